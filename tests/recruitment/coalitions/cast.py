"""A desk that knows a community and participants of many settings, and commands about its coalition."""

import datetime as dt
from typing import Any

from shared.contracts.message import Event
from shared.contracts.recruitment.coalition_commands import (
    ChooseCoalitionMeasure,
    EndCoalition,
    FormCoalition,
    JoinCoalition,
    LeaveCoalition,
    PlanMeasurement,
    RecordInfrastructure,
    ReopenInfrastructure,
    SeatCoalitionMember,
)
from shared.contracts.recruitment.coalition_terms import Item
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.participants import ParticipantRegistered
from shared.messaging.handling import Emit
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.support import define

PLACE = "greater-cambridge"
HOSPITAL, HOME, PHARMACY, FAMILY, ADVOCATES, CENTER = (
    "220001",
    "225009",
    "npi:1234567893",
    "own:family-1",
    "own:advocates",
    "own:center",
)
SETTINGS = {
    HOSPITAL: Setting.HOSPITAL,
    HOME: Setting.NURSING_HOME,
    PHARMACY: Setting.PHARMACY,
    FAMILY: Setting.BENEFICIARY_OR_FAMILY,
    ADVOCATES: Setting.PATIENT_ADVOCACY,
    CENTER: Setting.REGIONAL_EXTENSION_CENTER,
}


def known() -> tuple[Event, ...]:
    """Everyone is registered."""
    return tuple(
        ParticipantRegistered(
            participant=one,
            setting=setting,
            name=f"The {setting.value.lower()}",
            state="MA",
            zip_code="02139",
            qin_qio="New England QIN (Healthcentric Advisors)",
            registered_on=dt.date(2014, 8, 1),
            actor="t",
        )
        for one, setting in SETTINGS.items()
    )


def desk(now: dt.datetime = NOW) -> Desk:
    """It is 6 March 2015; the community is defined since September 2014."""
    at = Desk(now).has(*known())
    at.done(define(PLACE, "zip:02139", "zip:02140").model_copy(update={"effective_from": dt.date(2014, 9, 1)}))
    return at


def formed(now: dt.datetime = NOW, **fields: object) -> Desk:
    """The same with a coalition that the hospital convened and the home leads, since December 2014."""
    at = desk(now)
    at.done(form(**fields))
    return at


def rebuilt(at: Desk) -> bool:
    """Whether the events alone make the same records again (the participants were given)."""
    again = Desk(at.now).has(*known())
    again.said = [Emit("t", "k", event) for event in known()] + at.said
    return again.again() == at.records


def form(**fields: object) -> FormCoalition:
    plain: dict[str, object] = {
        "actor": "t",
        "community": PLACE,
        "task": "C.3",
        "formed_on": "2014-12-01",
        "conveners": (HOSPITAL,),
        "members": (PHARMACY,),
        "lead": HOME,
    }
    return FormCoalition.model_validate({**plain, **fields})


def join(participant: str = FAMILY, on: str = "2015-01-10", **fields: object) -> JoinCoalition:
    plain: dict[str, object] = {"actor": "t", "community": PLACE, "participant": participant, "on": on}
    return JoinCoalition.model_validate({**plain, **fields})


def leave(participant: str, on: str = "2015-02-01") -> LeaveCoalition:
    return LeaveCoalition(
        actor="t", community=PLACE, participant=participant, on=dt.date.fromisoformat(on), reason="Moved away"
    )


def seat(participant: str, role: str, on: str = "2015-02-01") -> SeatCoalitionMember:
    plain: dict[str, object] = {"actor": "t", "community": PLACE, "participant": participant, "role": role, "on": on}
    return SeatCoalitionMember.model_validate(plain)


def record(item: Item, done_on: str = "2015-02-01", review_by: str | None = None) -> RecordInfrastructure:
    plain: dict[str, object] = {"actor": "t", "community": PLACE, "item": item, "evidence": f"folder/{item.value}"}
    return RecordInfrastructure.model_validate({**plain, "done_on": done_on, "review_by": review_by})


def reopen(item: Item, on: str = "2015-03-01") -> ReopenInfrastructure:
    plain: dict[str, object] = {"actor": "t", "community": PLACE, "item": item, "on": on, "reason": "Never signed"}
    return ReopenInfrastructure.model_validate(plain)


def choose(measure: str = "rehospitalizations-30d", **fields: Any) -> ChooseCoalitionMeasure:
    plain: dict[str, object] = {
        "actor": "t",
        "community": PLACE,
        "measure": measure,
        "target": "12.0",
        "baseline_period": "2014Q4R4",
        "due": "2016Q4",
    }
    return ChooseCoalitionMeasure.model_validate({**plain, **fields})


def plan(measure: str = "rehospitalizations-30d", **fields: Any) -> PlanMeasurement:
    plain: dict[str, object] = {
        "actor": "t",
        "community": PLACE,
        "measure": measure,
        "source": "Medicare claims",
        "sampling": "ALL",
        "chart": "U",
        "frequency": "QUARTERLY",
        "baseline": "15.0",
        "observed": 10_000,
        "begins": "2015Q2",
    }
    return PlanMeasurement.model_validate({**plain, **fields})


def end(on: str = "2015-03-01") -> EndCoalition:
    return EndCoalition(actor="t", community=PLACE, on=dt.date.fromisoformat(on), reason="Merged with the next valley")
