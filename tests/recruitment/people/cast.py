"""Commands about people that would be accepted, and a desk that knows a home, a community and two colleagues."""

import datetime as dt
from typing import Any
from uuid import UUID

from services.recruitment.domain.participants.editions import edition
from services.recruitment.domain.participants.editions import listed as listed_event
from shared.contracts.message import Event
from shared.contracts.recruitment.people_commands import (
    AssignCaseload,
    CorrectContact,
    RecordContact,
    RegisterPerson,
    RetirePerson,
    TransferCaseload,
)
from tests.recruitment.desk import Desk, own
from tests.recruitment.support import define, listed

HOME = "participant:225009"
COMMUNITY = "community:aa"
# Massachusetts is of this network from August 2014 to July 2019.
NETWORK = "New England QIN (Healthcentric Advisors)"


def home() -> Event:
    """A home in Massachusetts is listed."""
    listing = listed()
    return listed_event(listing, edition(listing))


def desk() -> Desk:
    """It is 6 March 2015; ann serves New England since August 2014, bob since January 2015, cy serves Florida."""
    at = Desk().has(home())
    at.said.clear()
    at.done(define("aa", "zip:02139"))
    at.done(register("ann", since="2014-08-01"))
    at.done(register("bob", since="2015-01-01", states=("MA", "VT")))
    at.done(register("cy", since="2015-01-01", states=("FL",)))
    return at


def rebuilt(at: Desk) -> bool:
    """Whether the events alone make the same records again (the listed home was given)."""

    return Desk(at.now).has(home(), *own(at.said)).records == at.records


def register(person: str = "ann", **fields: Any) -> RegisterPerson:
    """Take somebody up as an adviser in Massachusetts."""
    plain: dict[str, object] = {
        "actor": "t",
        "person": person,
        "kind": "STAFF",
        "profile": {"name": "A Name", "profession": "registered nurse", "expertise": ("pressure-ulcers",)},
        "role": "quality improvement adviser",
        "states": ("MA",),
        "since": "2014-08-01",
    }
    return RegisterPerson.model_validate({**plain, **fields})


def retire(person: str, last_day: str) -> RetirePerson:
    """Let somebody leave."""
    return RetirePerson(actor="t", person=person, last_day=dt.date.fromisoformat(last_day))


def assign(person: str, since: str = "2015-02-01", subject: str = HOME, part: str = "LEAD") -> AssignCaseload:
    """Give the home to somebody."""
    return AssignCaseload.model_validate(
        {"actor": "t", "subject": subject, "person": person, "part": part, "since": since}
    )


def transfer(to: str, on: str, subject: str = HOME) -> TransferCaseload:
    """Hand the home over."""
    return TransferCaseload(actor="t", subject=subject, to=to, on=dt.date.fromisoformat(on))


def facts(**fields: object) -> dict[str, object]:
    """A telephone call with the home."""
    plain = {"person": "ann", "subject": HOME, "on": "2015-03-02", "channel": "PHONE", "about": "Joining NNHQCC"}
    return {**plain, **fields}


def contact(**fields: object) -> RecordContact:
    """Write the call down."""
    return RecordContact.model_validate({"actor": "t", "facts": facts(**fields)})


def correct(identifier: str, version: int = 1, **fields: Any) -> CorrectContact:
    """Say the call anew."""
    values = {"actor": "u", "contact": UUID(identifier), "version": version, "facts": facts(**fields), "why": "A slip"}
    return CorrectContact.model_validate(values)
