"""Notices on their ways, without a database."""

import datetime as dt
from typing import Any
from uuid import UUID

from services.notifications.domain.acts import Against, act
from services.notifications.domain.notice import Notice
from services.notifications.domain.planning import Plan, plan
from services.notifications.domain.route import NOTHING, Known
from shared.contracts.message import Command
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.contacts import ContactFacts
from tests.notifications.support import NOW, desk, request

POSTAL = {"lines": ["12 Main Street"], "city": "Lincoln", "state": "NE", "zip_code": "68508"}
CONTACT = UUID("9b0e3f1c-0000-5000-8000-000000000001")
LATER = NOW + dt.timedelta(hours=1)


def asked(number: int = 1, kind: str = "WELCOME", role: str = "facility", **recipient: Any) -> NoticeRequested:
    """A request whose recipient has these addresses besides, or instead."""
    made = request(number, kind, role, due=NOW + dt.timedelta(days=2))
    changed = {**made.recipient.model_dump(), **recipient}
    return made.model_copy(update={"recipient": type(made.recipient).model_validate(changed)})


def planned(message: NoticeRequested, now: dt.datetime = NOW, known: Known = NOTHING) -> Notice:
    """The notice as it is first kept."""
    return plan(message, desk(now, known)).notice


def person(**facts: Any) -> ContactFacts:
    """A contact."""
    return ContactFacts.model_validate({"name": "Ana Example", **facts})


def done(command: Command, notice: Notice, now: dt.datetime = LATER, known: Known = NOTHING) -> Plan:
    """What follows from an act of staff that is accepted."""
    after = act(command, notice, desk(now, known))
    assert isinstance(after, Plan), after
    return after


def refused(command: Command, notice: Notice, now: dt.datetime = LATER, known: Known = NOTHING) -> list[str]:
    """The codes of why an act of staff is refused."""
    after = act(command, notice, desk(now, known))
    assert isinstance(after, Against), after
    return [reason.code for reason in after.reasons]


def said(plan: Plan) -> list[str]:
    """The events, by name."""
    return [type(emit.event).__name__ for emit in plan.events]
