"""Voluntary chronic care improvement programs: started, figures by month, ended."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.interventions.figures import FEWEST_TOLD
from services.recruitment.domain.networks import belonging
from services.recruitment.domain.networks.chronic_kind import (
    PROGRAM,
    PROGRAM_MACHINE,
    ChronicCare,
    ProgramStep,
)
from services.recruitment.domain.networks.kinds import NETWORK
from services.recruitment.domain.networks.standing import at_work, in_future, learning_id, too_early, unknown
from shared.contracts.recruitment.chronic_care import (
    ChronicCareProgramEnded,
    ChronicCareProgramStarted,
    ChronicCareRecorded,
    Condition,
    EndChronicCareProgram,
    RecordChronicCare,
    StartChronicCareProgram,
)
from shared.contracts.recruitment.learning_networks import NetworkKind
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _start_keys(command: StartChronicCareProgram, ids: Ids) -> Iterable[str]:
    yield NETWORK.key(command.network)
    yield PROGRAM.key(learning_id(command.network, ids("chronic-care")))
    yield from belonging.keys(command.sponsor)


def start(command: StartChronicCareProgram, held: Held, asked: Asked) -> Decided | Against:
    """Start a program."""
    network = held.get(NETWORK, command.network)
    sponsor = belonging.reasons_against(network, command.sponsor, command.started_on, held)
    reasons = [
        *at_work(network, command.started_on, "started_on"),
        *in_future(command.started_on, asked.now, "started_on"),
        *(one.model_copy(update={"field": "sponsor"}) for one in sponsor),
        *_once(command.conditions),
    ]
    if network is not None and network.kind is not NetworkKind.CHRONIC_CARE_IMPROVEMENT:
        text = f"{network.name} is no network of chronic care improvement programs."
        reasons.append(Reason(code="NO_CHRONIC_CARE", field="network", text=text))
    if against := refused(reasons):
        return against
    program = learning_id(command.network, asked.new_id("chronic-care"))
    event = ChronicCareProgramStarted(**command.model_dump(), program=program)
    return Decided({"program": program, "sponsor": event.sponsor, "conditions": list(event.conditions)}, (event,))


def _once(conditions: tuple[Condition, ...]) -> Iterator[Reason]:
    for position, one in enumerate(conditions):
        if one in conditions[:position]:
            yield Reason(code="REPEATED", field=f"conditions[{position}]", text=f"{one} is given twice.")


def _keys(command: RecordChronicCare | EndChronicCareProgram, ids: Ids) -> Iterable[str]:
    del ids
    return (PROGRAM.key(command.program),)


def record(command: RecordChronicCare, held: Held, asked: Asked) -> Decided | Against:
    """Record or correct the figures of a month; of 1 to 10 people no number is told or kept."""
    found = held.get(PROGRAM, command.program)
    if found is None:
        return unknown("program")
    if impossible := PROGRAM_MACHINE.reason_against(found.status, ProgramStep.RECORD, "program"):
        return Against((impossible,))
    before = found.months.get(command.month)
    kept = {name: _kept(getattr(command, name)) for name in ("invited", "taking_part", "ended")}
    same = before is not None and before.model_dump(include=set(kept)) == kept
    if against := refused(_reasons(command, found, asked.now, corrects=before is not None and not same)):
        return against
    revision = (before.revision if before else 0) + (not same)
    made = {"program": found.id, "month": command.month, **kept, "revision": revision, "changed": not same}
    event = ChronicCareRecorded(**{**command.model_dump(), **kept, "network": found.network, "revision": revision})
    return Decided(made, () if same else (event,))


def _kept(count: int) -> int | None:
    return None if 0 < count < FEWEST_TOLD else count


def _reasons(command: RecordChronicCare, held: ChronicCare, now: dt.datetime, *, corrects: bool) -> Iterator[Reason]:
    month = command.month
    if month < held.started_on.isoformat()[:7]:
        text = f"The program started on {held.started_on}."
        yield Reason(code="OUTSIDE_PROGRAM", field="month", text=text)
    if held.ended_on is not None and month > held.ended_on.isoformat()[:7]:
        yield Reason(code="OUTSIDE_PROGRAM", field="month", text=f"The program ended on {held.ended_on}.")
    if month > today_anywhere(now).isoformat()[:7]:
        yield Reason(code="IN_THE_FUTURE", field="month", text=f"{month} is in the future.")
    if corrects and command.because is None:
        text = f"{month} is recorded already; say why to correct it."
        yield Reason(code="ALREADY_RECORDED", field="because", text=text)


def end(command: EndChronicCareProgram, held: Held, asked: Asked) -> Decided | Against:
    """End a program, not before the last month that has figures."""
    found = held.get(PROGRAM, command.program)
    if found is None:
        return unknown("program")
    if impossible := PROGRAM_MACHINE.reason_against(found.status, ProgramStep.END, "program"):
        return Against((impossible,))
    last = max((dt.date.fromisoformat(f"{one}-01") for one in found.months), default=found.started_on)
    reasons = [
        *too_early(command.ended_on, max(last, found.started_on), "ended_on", "the last that is recorded of it"),
        *in_future(command.ended_on, asked.now, "ended_on"),
    ]
    if against := refused(reasons):
        return against
    event = ChronicCareProgramEnded(**command.model_dump(), network=found.network)
    return Decided({"program": found.id, "ended_on": event.ended_on.isoformat()}, (event,))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(StartChronicCareProgram, _start_keys, start),
    Rule(RecordChronicCare, _keys, record),
    Rule(EndChronicCareProgram, _keys, end),
)
