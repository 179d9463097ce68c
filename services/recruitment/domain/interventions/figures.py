"""The rules of dose and reach: what was delivered month by month, and how far it went."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.interventions.intervention_kind import INTERVENTION
from services.recruitment.domain.interventions.standing import unknown
from services.recruitment.domain.interventions.state import MACHINE, Intervention, Step
from shared.contracts.recruitment.intervention_commands import RecordDose, RecordReach
from shared.contracts.recruitment.interventions import InterventionDosed, InterventionReached
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

# CMS's cell size policy (versions of 2017 and 2024): no count of 1 to 10 people is told. It is not kept either, since
# records are made from what was told.
FEWEST_TOLD: Final = 11


def _keys(command: RecordDose | RecordReach, ids: Ids) -> Iterable[str]:
    del ids
    yield INTERVENTION.key(command.intervention)


def dose(command: RecordDose, held: Held, asked: Asked) -> Decided | Against:
    """Record or correct the dose of a month."""
    found = held.get(INTERVENTION, command.intervention)
    if found is None:
        return unknown("intervention")
    before = found.dose.get(command.month)
    same = before is not None and before.units == command.units
    recorded = before is not None and not same
    if against := refused(_reasons(found, command, asked.now, corrects=recorded)):
        return against
    revision = (before.revision if before else 0) + (not same)
    event = InterventionDosed(
        **command.model_dump(), coalition=found.coalition, unit=found.dose_unit, revision=revision
    )
    made = {
        "intervention": found.id,
        "month": command.month,
        "units": command.units,
        "unit": found.dose_unit,
        "revision": revision,
        "changed": not same,
    }
    return Decided(made, () if same else (event,))


def reach(command: RecordReach, held: Held, asked: Asked) -> Decided | Against:
    """Record or correct the reach of a month."""
    found = held.get(INTERVENTION, command.intervention)
    if found is None:
        return unknown("intervention")
    told = None if 0 < command.beneficiaries < FEWEST_TOLD else command.beneficiaries
    before = found.reach.get(command.month)
    now = (told, command.areas, command.facilities)
    same = before is not None and (before.beneficiaries, before.areas, before.facilities) == now
    reasons = [*_reasons(found, command, asked.now, corrects=before is not None and not same)]
    if command.areas > found.areas:
        text = f"The intervention is over {found.areas} areas."
        reasons.append(Reason(code="MORE_AREAS_THAN_THERE_ARE", field="areas", text=text))
    if against := refused(reasons):
        return against
    revision = (before.revision if before else 0) + (not same)
    event = InterventionReached(
        **{**command.model_dump(), "coalition": found.coalition, "beneficiaries": told, "revision": revision}
    )
    made = event.model_dump(include={"intervention", "month", "beneficiaries", "areas", "facilities", "revision"})
    return Decided({**made, "changed": not same}, () if same else (event,))


def _reasons(
    held: Intervention, command: RecordDose | RecordReach, now: dt.datetime, *, corrects: bool
) -> Iterator[Reason]:
    if impossible := MACHINE.reason_against(held.phase, Step.RECORD, "intervention"):
        yield impossible
    month = command.month
    if month < _month(held.started_on):
        text = f"The intervention started on {held.started_on}."
        yield Reason(code="OUTSIDE_INTERVENTION", field="month", text=text)
    if held.ended_on is not None and month > _month(held.ended_on):
        yield Reason(code="OUTSIDE_INTERVENTION", field="month", text=f"The intervention ended on {held.ended_on}.")
    if month > _month(today_anywhere(now)):
        yield Reason(code="IN_THE_FUTURE", field="month", text=f"{month} is in the future.")
    if corrects and command.because is None:
        text = f"{month} is recorded already; say why to correct it."
        yield Reason(code="ALREADY_RECORDED", field="because", text=text)


def _month(day: dt.date) -> str:
    return day.isoformat()[:7]


RULES: Final[tuple[AnyRule, ...]] = (Rule(RecordDose, _keys, dose), Rule(RecordReach, _keys, reach))
