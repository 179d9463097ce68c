"""Tests of change: planned, carried out, studied, acted on, shared or not."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.kinds import COHORT, NETWORK, network_of
from services.recruitment.domain.networks.packages import CHANGE_PACKAGE, change_named
from services.recruitment.domain.networks.standing import (
    at_work,
    in_future,
    is_open,
    learning_id,
    member_of,
    too_early,
    unknown,
)
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.practices.evidence import seen
from services.recruitment.domain.practices.testing_kind import CHANGE_TEST
from services.recruitment.domain.practices.testing_state import ACTS, TEST_MACHINE, ChangeTest, TestStep
from shared.contracts.recruitment.change_test_commands import (
    ActOnChangeTest,
    CarryOutChangeTest,
    Decision,
    PlanChangeTest,
    RecordSharingWish,
    StudyChangeTest,
)
from shared.contracts.recruitment.changes_tested import (
    ChangeTestDecided,
    ChangeTestPerformed,
    ChangeTestPlanned,
    ChangeTestStudied,
    SharingWishRecorded,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

_LAST: Final = "the last that is recorded of the test"


def _plan_keys(command: PlanChangeTest, ids: Ids) -> Iterable[str]:
    network = network_of(command.cohort)
    yield from (NETWORK.key(network), COHORT.key(command.cohort), CHANGE_PACKAGE.key(network))
    yield PARTICIPANT.key(command.participant)
    yield CHANGE_TEST.key(learning_id(network, ids("change-test")))


def plan(command: PlanChangeTest, held: Held, asked: Asked) -> Decided | Against:
    """Plan a test of change."""
    network, day, field = network_of(command.cohort), command.planned_on, "planned_on"
    cohort = held.get(COHORT, command.cohort)
    reasons = [
        *at_work(held.get(NETWORK, network), day, field),
        *is_open(cohort, day, field),
        *in_future(day, asked.now, field),
    ]
    if gone := reason_against(held.get(PARTICIPANT, command.participant), day, "participant"):
        reasons.append(gone)
    elif cohort is not None and cohort.on(day):
        reasons += member_of(cohort, command.participant, day, "participant")
    reasons += _change(command, held, network)
    if against := refused(reasons):
        return against
    test = learning_id(network, asked.new_id("change-test"))
    event = ChangeTestPlanned(**command.model_dump(), test=test, network=network)
    return Decided({"test": test, "cycle": 1}, (event,))


def _change(command: PlanChangeTest, held: Held, network: str) -> Iterator[Reason]:
    if command.version is None and command.change is None:
        return
    if command.version is None or command.change is None:
        text = "A change is named by the version of the change package and its number in it."
        yield Reason(code="CHANGE_HALF_NAMED", field="change", text=text)
        return
    yield from change_named(held.get(CHANGE_PACKAGE, network), command.version, command.change, "change")


_OfTest = CarryOutChangeTest | StudyChangeTest | ActOnChangeTest | RecordSharingWish


def _keys(command: _OfTest, ids: Ids) -> Iterable[str]:
    del ids
    return (CHANGE_TEST.key(command.test),)


def impossible(test: ChangeTest, step: TestStep) -> Against | None:
    """The refusal of a step that cannot be taken with a test as it stands."""
    reason = TEST_MACHINE.reason_against(test.phase, step, "test")
    return Against((reason,)) if reason else None


def carry_out(command: CarryOutChangeTest, held: Held, asked: Asked) -> Decided | Against:
    """Record what was done."""
    found = held.get(CHANGE_TEST, command.test)
    if found is None:
        return unknown("test")
    if against := impossible(found, TestStep.CARRY_OUT):
        return against
    reasons = [
        *too_early(command.done_on, found.last_day(), "done_on", _LAST),
        *in_future(command.done_on, asked.now, "done_on"),
    ]
    if against := refused(reasons):
        return against
    return Decided(_made(found), (ChangeTestPerformed(**command.model_dump()),))


def _made(test: ChangeTest) -> dict[str, object]:
    return {"test": test.id, "cycle": len(test.cycles)}


def study(command: StudyChangeTest, held: Held, asked: Asked) -> Decided | Against:
    """Record what was learned."""
    found = held.get(CHANGE_TEST, command.test)
    if found is None:
        return unknown("test")
    if against := impossible(found, TestStep.STUDY):
        return against
    reasons = [
        *too_early(command.studied_on, found.last_day(), "studied_on", _LAST),
        *in_future(command.studied_on, asked.now, "studied_on"),
        *seen(command.values),
    ]
    if against := refused(reasons):
        return against
    return Decided(_made(found), (ChangeTestStudied(**command.model_dump()),))


def act(command: ActOnChangeTest, held: Held, asked: Asked) -> Decided | Against:
    """Decide what follows."""
    found = held.get(CHANGE_TEST, command.test)
    if found is None:
        return unknown("test")
    if against := impossible(found, ACTS[command.decision]):
        return against
    reasons = [
        *too_early(command.acted_on, found.last_day(), "acted_on", _LAST),
        *in_future(command.acted_on, asked.now, "acted_on"),
    ]
    adapted = command.decision is Decision.ADAPT
    if adapted and command.prediction is None:
        text = "The change is tried otherwise: say what is expected of the next cycle."
        reasons.append(Reason(code="PREDICTION_MISSING", field="prediction", text=text))
    elif not adapted and command.prediction is not None:
        text = "Nothing is predicted of a test that ends."
        reasons.append(Reason(code="NO_NEXT_CYCLE", field="prediction", text=text))
    if against := refused(reasons):
        return against
    event = ChangeTestDecided(**command.model_dump())
    return Decided({**_made(found), "decision": event.decision, "cycle": len(found.cycles) + adapted}, (event,))


def share(command: RecordSharingWish, held: Held, asked: Asked) -> Decided | Against:
    """Record the participant's wish."""
    found = held.get(CHANGE_TEST, command.test)
    if found is None:
        return unknown("test")
    if against := impossible(found, TestStep.SHARE):
        return against
    reasons = [
        *too_early(command.said_on, found.cycles[0].planned_on, "said_on", "the test was planned"),
        *in_future(command.said_on, asked.now, "said_on"),
    ]
    if found.wish is not None:
        reasons += too_early(command.said_on, found.wish.said_on, "said_on", "the last wish")
    if against := refused(reasons):
        return against
    changed = found.wish is None or found.wish.agreed is not command.shared
    made = {"test": found.id, "shared": command.shared, "changed": changed}
    return Decided(made, (SharingWishRecorded(**command.model_dump()),) if changed else ())


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(PlanChangeTest, _plan_keys, plan),
    Rule(CarryOutChangeTest, _keys, carry_out),
    Rule(StudyChangeTest, _keys, study),
    Rule(ActOnChangeTest, _keys, act),
    Rule(RecordSharingWish, _keys, share),
)
