"""How a test of change changes by its events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.practices.testing_state import (
    Amendment,
    ChangeTest,
    Cycle,
    TestPhase,
    Wish,
)
from shared.contracts.message import Event
from shared.contracts.recruitment.change_test_commands import Decision
from shared.contracts.recruitment.changes_tested import (
    CHANGE_TESTS,
    ChangeTestCorrected,
    ChangeTestDecided,
    ChangeTestPerformed,
    ChangeTestPlanned,
    ChangeTestStudied,
    SharingWishRecorded,
)
from shared.records.kinds import Kind

# What of a correction is about the cycle; the aim is of the whole test.
OF_CYCLE: Final = (
    "prediction",
    "planned_on",
    "done",
    "done_on",
    "learned",
    "values",
    "studied_on",
    "reason",
    "acted_on",
)

_AFTER: Final = {
    Decision.ADOPT: TestPhase.ADOPTED,
    Decision.ADAPT: TestPhase.PLANNED,
    Decision.ABANDON: TestPhase.ABANDONED,
}


def _evolve(before: ChangeTest | None, event: Event, at: dt.datetime) -> ChangeTest:
    del at
    if isinstance(event, ChangeTestPlanned):
        first = Cycle(prediction=event.prediction, planned_on=event.planned_on)
        told = event.model_dump(exclude={"test", "actor", "prediction", "planned_on"})
        return ChangeTest(id=event.test, cycles=(first,), **told)
    assert before is not None, "a test is planned first"
    return before.model_copy(update=_changes(before, event))


def _changes(held: ChangeTest, event: Event) -> dict[str, Any]:
    match event:
        case ChangeTestPerformed():
            return {"phase": TestPhase.CARRIED_OUT, **_last(held, done=event.done, done_on=event.done_on)}
        case ChangeTestStudied():
            seen = {"learned": event.learned, "values": event.values, "studied_on": event.studied_on}
            return {"phase": TestPhase.STUDIED, **_last(held, **seen)}
        case ChangeTestDecided():
            return _acted(held, event)
        case SharingWishRecorded():
            wish = Wish(agreed=event.shared, said_by=event.said_by, said_on=event.said_on)
            return {"shared": event.shared, "wish": wish}
        case ChangeTestCorrected():
            return _corrected(held, event)
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


def _last(held: ChangeTest, **seen: Any) -> dict[str, Any]:
    return {"cycles": (*held.cycles[:-1], held.cycles[-1].model_copy(update=seen))}


def _acted(held: ChangeTest, event: ChangeTestDecided) -> dict[str, Any]:
    after = _last(held, decision=event.decision, reason=event.reason, acted_on=event.acted_on)
    phase = _AFTER[event.decision]
    if event.prediction is None:
        return {"phase": phase, **after}
    following = Cycle(prediction=event.prediction, planned_on=event.acted_on)
    return {"phase": phase, "cycles": (*after["cycles"], following)}


def _corrected(held: ChangeTest, event: ChangeTestCorrected) -> dict[str, Any]:
    given = {name: value for name in OF_CYCLE if (value := getattr(event, name)) is not None}
    cycles = tuple(
        one.model_copy(update=given) if number == event.cycle else one
        for number, one in enumerate(held.cycles, start=1)
    )
    fields = (*given, *(("aim",) if event.aim is not None else ()))
    note = Amendment(cycle=event.cycle, fields=fields, because=event.because)
    aim = held.aim if event.aim is None else event.aim
    return {"aim": aim, "cycles": cycles, "corrections": (*held.corrections, note)}


CHANGE_TEST: Final = Kind(
    name="change-test",
    state=ChangeTest,
    events=(
        ChangeTestPlanned,
        ChangeTestPerformed,
        ChangeTestStudied,
        ChangeTestDecided,
        SharingWishRecorded,
        ChangeTestCorrected,
    ),
    begins=(ChangeTestPlanned,),
    id_of=lambda event: event.test,
    evolve=_evolve,
    topic=CHANGE_TESTS.name,
)
