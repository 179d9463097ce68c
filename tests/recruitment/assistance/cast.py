"""Hospitals, a home, a center and the QIO's people around technical assistance, and the commands about it."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.assistance_commands import (
    AssignAssistance,
    CloseAssistance,
    PauseAssistance,
    RecordAssistance,
    ReopenAssistance,
    RequestAssistance,
    ResumeAssistance,
    SetAssistanceTarget,
)
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.interest import Direction, Enquirer, InterestReceived
from shared.contracts.recruitment.participants import ParticipantRegistered
from shared.contracts.recruitment.people import PersonRegistered, RoleAssigned
from shared.contracts.recruitment.people_terms import PersonKind, Profile
from shared.contracts.recruitment.quality_reporting import RecordSubmission, SetReportingDue
from shared.contracts.recruitment.resources import AddResource, RetireResource, ReviseResource
from tests.recruitment.desk import COMMAND_ID, NOW, Desk

HOSPITAL, OTHER, FAR = "220001", "220002", "100001"
HOME: Final = "225009"
CENTER: Final = "own:records-center"
PERSON: Final = "person:ida"
INTEREST: Final = UUID("c994e98f-d1b9-5e13-9cde-f46df39c91e3")
_WHO: Final = {
    HOSPITAL: (Setting.HOSPITAL, "MA"),
    OTHER: (Setting.HOSPITAL, "MA"),
    FAR: (Setting.HOSPITAL, "FL"),
    HOME: (Setting.NURSING_HOME, "MA"),
    CENTER: (Setting.REGIONAL_EXTENSION_CENTER, "MA"),
}
SETUP: Final[tuple[Event, ...]] = (
    *(
        ParticipantRegistered(participant=one, setting=setting, name=one, state=state, zip_code="02139", qin_qio="Q")
        for one, (setting, state) in _WHO.items()
    ),
    *(
        PersonRegistered(person=one, kind=PersonKind.STAFF, profile=Profile(name=one, profession="nurse"), actor="t")
        for one in ("ida", "kit")
    ),
    RoleAssigned(
        person="ida",
        role_id=COMMAND_ID,
        role="advisor",
        qio="Q",
        states=("MA",),
        since=dt.date(2014, 8, 1),
        actor="t",
    ),
    InterestReceived(
        interest=INTEREST,
        direction=Direction.ASK,
        enquirer=Enquirer.PERSON,
        subject="s",
        zip_code="02139",
        state="MA",
        received_on=dt.date(2014, 9, 1),
        answer_due_on=dt.date(2014, 9, 8),
        why_with_staff=None,
        language="en",
        actor="t",
    ),
)
DUE: Final = "inpatient.2014-q3.chart-abstracted"


def desk(*more: Event) -> Desk:
    """A desk that knows them."""
    return Desk(NOW).has(*SETUP, *more)


def again(at: Desk, *more: Event) -> dict[str, Any]:
    """The records made once more from what was said."""
    made = desk(*more)
    made.has(*(emit.event for emit in at.said if type(emit.event) in made.kinds.events))
    return dict(made.records)


def command(of: type[Command], /, **fields: object) -> Command:
    """A command of these fields by somebody."""
    return of.model_validate({"actor": "t", **fields})


def target(days: int = 30, kind: str = "MEASUREMENT") -> Command:
    """A command to set target days."""
    return command(SetAssistanceTarget, kind=kind, days=days)


def ask(asked_by: str = f"participant:{HOSPITAL}", on: str = "2014-10-01", **fields: object) -> Command:
    """A command to take in a request."""
    plain = {"asked_by": asked_by, "kind": "MEASUREMENT", "about": "How is this counted?", "received_on": on}
    return command(RequestAssistance, **{**plain, **fields})


def assign(request: str, on: str = "2014-10-02", to: str = PERSON) -> Command:
    """A command to give a request to somebody."""
    return command(AssignAssistance, request=request, to=to, assigned_on=on)


def give(request: str, *resources: str, on: str = "2014-10-03", minutes: int = 40) -> Command:
    """A command to record help."""
    return command(RecordAssistance, request=request, given_on=on, minutes=minutes, what="w", resources=resources)


def pause(request: str, on: str = "2014-10-04") -> Command:
    """A command to let a request wait."""
    return command(PauseAssistance, request=request, waiting_for="CMS", since=on)


def resume(request: str, on: str = "2014-10-05") -> Command:
    """A command to go on."""
    return command(ResumeAssistance, request=request, resumed_on=on)


def close(request: str, outcome: str = "RESOLVED", on: str = "2014-10-06", **fields: object) -> Command:
    """A command to end a request."""
    plain = {"helped": "YES"} if outcome == "RESOLVED" else {"reason": "r"}
    return command(CloseAssistance, **{"request": request, "outcome": outcome, "closed_on": on, **plain, **fields})


def reopen(request: str, on: str = "2014-10-07") -> Command:
    """A command to take a request up again."""
    return command(ReopenAssistance, request=request, reason="r", reopened_on=on)


def add(on: str = "2014-09-01", **fields: object) -> Command:
    """A command to add a resource."""
    plain = {"title": "T", "kind": "TOOLKIT", "origin": "AHRQ", "version": "1", "kept_at": "k", "evidence": ["a trial"]}
    return command(AddResource, **{**plain, "tasks": ["hospital-reporting"], "added_on": on, **fields})


def revise(resource: str, version: str = "2", on: str = "2014-11-01", **fields: object) -> Command:
    """A command to add a version."""
    plain = {"resource": resource, "version": version, "kept_at": "k", "evidence": ["a review"], "revised_on": on}
    return command(ReviseResource, **{**plain, **fields})


def retire(resource: str, on: str = "2015-01-01") -> Command:
    """A command to take a resource out of use."""
    return command(RetireResource, resource=resource, retired_on=on, reason="r")


def due(on: str = "2015-02-15", **fields: object) -> Command:
    """A command to enter what is due."""
    plain = {"program": "INPATIENT", "period": "2014-Q3", "measure_set": "chart-abstracted", "source": "a notice"}
    return command(SetReportingDue, **{**plain, "due_on": on, **fields})


def sent(hospital: str = HOSPITAL, status: str = "SUBMITTED", as_of: str = "2015-02-10", **fields: object) -> Command:
    """A command to record what was sent."""
    plain = {"due": DUE, "hospital": hospital, "status": status, "as_of": as_of, "source": "a report"}
    return command(RecordSubmission, **{**plain, **fields})
