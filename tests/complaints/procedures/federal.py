"""Cases that begin with CMS, a claim or a sanction, their notices, and the ways they are refused."""

import datetime as dt
from typing import Any

from services.complaints.announcements import Announcer
from services.complaints.domain import engine, surveys
from services.complaints.domain.case import Case
from services.complaints.domain.look import Act
from services.complaints.domain.refusal import Refusal
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.settings import ComplaintsSettings
from shared.contracts.message import Event
from shared.contracts.notifications import REQUESTS, NoticeRequested
from tests.complaints.cases import DESK, LATER
from tests.support.service import KEYRING

ANNOUNCER = Announcer(Pseudonyms(KEYRING), ComplaintsSettings())


def codes(case: Case, act: Act, now: dt.datetime = LATER) -> set[str]:
    """Why a step is refused; empty when it is not."""
    try:
        engine.act(case, act, DESK, now)
    except Refusal as refusal:
        return {reason.code for reason in refusal.reasons}
    return set()


def published(case: Case, act: Act, now: dt.datetime = LATER) -> list[tuple[str, Event]]:
    """What a step makes known: topic and message."""
    taken = engine.act(case, act, DESK, now)
    return [(emit.topic, emit.event) for emit in ANNOUNCER.changes(case, taken, DESK, now)]


def notices(case: Case, act: Act) -> list[tuple[str, str]]:
    """The letters a step asks for: kind and role."""
    return [(notice.notice_type, notice.recipient.role) for notice in requested(case, act)]


def requested(case: Case, act: Act) -> list[NoticeRequested]:
    """The letters a step asks for; the invitation to a survey, which follows from closing, is none."""
    found: list[Any] = [message for topic, message in published(case, act) if topic == REQUESTS.name]
    asked = [message for message in found if isinstance(message, NoticeRequested)]
    return [notice for notice in asked if notice.notice_type != surveys.NOTICE]


def passed(case: Case, now: dt.datetime) -> Case:
    """The case after the clocks have spoken."""
    return engine.time_passed(case, DESK, now).case
