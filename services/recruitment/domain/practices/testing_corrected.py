"""Corrections of what is recorded of a test of change."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.standing import in_future, unknown
from services.recruitment.domain.practices.evidence import seen
from services.recruitment.domain.practices.testing import impossible
from services.recruitment.domain.practices.testing_kind import CHANGE_TEST, OF_CYCLE
from services.recruitment.domain.practices.testing_state import ChangeTest, Cycle, TestStep
from shared.contracts.recruitment.change_test_commands import CorrectChangeTest
from shared.contracts.recruitment.changes_tested import ChangeTestCorrected
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

# What must have been recorded before a field can be corrected.
_AFTER: Final = {
    "done": "done_on",
    "done_on": "done_on",
    "learned": "studied_on",
    "values": "studied_on",
    "studied_on": "studied_on",
    "reason": "acted_on",
    "acted_on": "acted_on",
}


def _keys(command: CorrectChangeTest, ids: Ids) -> Iterable[str]:
    del ids
    return (CHANGE_TEST.key(command.test),)


def correct(command: CorrectChangeTest, held: Held, asked: Asked) -> Decided | Against:
    """Correct what is recorded of a test."""
    found = held.get(CHANGE_TEST, command.test)
    if found is None:
        return unknown("test")
    if against := impossible(found, TestStep.CORRECT):
        return against
    if command.cycle > len(found.cycles):
        text = f"The test has {len(found.cycles)} cycles."
        return Against((Reason(code="CYCLE_UNKNOWN", field="cycle", text=text),))
    if against := refused(_reasons(command, found, asked)):
        return against
    event = ChangeTestCorrected(**command.model_dump())
    after = CHANGE_TEST.evolve(found, event, asked.now)
    changed = (after.aim, after.cycles) != (found.aim, found.cycles)
    made = {"test": found.id, "cycle": command.cycle, "changed": changed}
    return Decided(made, (event,) if changed else ())


def _reasons(command: CorrectChangeTest, test: ChangeTest, asked: Asked) -> Iterator[Reason]:
    cycle = test.cycles[command.cycle - 1]
    given = {name: value for name in OF_CYCLE if (value := getattr(command, name)) is not None}
    if not given and command.aim is None:
        yield Reason(code="NOTHING_GIVEN", field=None, text="Nothing is given that would be corrected.")
    for name, value in given.items():
        if name in _AFTER and getattr(cycle, _AFTER[name]) is None:
            text = "Nothing of this is recorded of the cycle yet."
            yield Reason(code="NOT_RECORDED", field=name, text=text)
        if name.endswith("_on"):
            yield from in_future(value, asked.now, name)
    yield from seen(command.values or ())
    yield from _order(command, test, cycle.model_copy(update=given))


def _order(command: CorrectChangeTest, test: ChangeTest, after: Cycle) -> Iterator[Reason]:
    place = command.cycle - 1
    cycles = (*test.cycles[:place], after, *test.cycles[place + 1 :])
    if not test.model_copy(update={"cycles": cycles}).in_order():
        text = "The days of the cycles would not stand in the order plan, do, study, act."
        yield Reason(code="OUT_OF_ORDER", field=None, text=text)


RULES: Final[tuple[AnyRule, ...]] = (Rule(CorrectChangeTest, _keys, correct),)
