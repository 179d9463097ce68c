"""Pledges of members: made, kept in part or whole, broken, withdrawn."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, Final

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.interventions.standing import (
    beginning,
    gone,
    in_future,
    membership,
    too_early,
    unknown,
    work_id,
)
from services.recruitment.domain.participants.kinds import PARTICIPANT
from shared.contracts.message import Event
from shared.contracts.recruitment.pledges import (
    PLEDGES,
    DeclarePledgeBroken,
    PledgeClosed,
    PledgeKind,
    PledgeRecorded,
    PledgeReported,
    PledgeStatus,
    RecordPledge,
    RecordPledgeKept,
    WithdrawPledge,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class Step(StrEnum):
    """What can happen to a pledge; KEEP_NONE only corrects."""

    KEEP_NONE = "KEEP_NONE"
    KEEP_PART = "KEEP_PART"
    KEEP_ALL = "KEEP_ALL"
    BREAK = "BREAK"
    WITHDRAW = "WITHDRAW"


MACHINE: Final = Machine(
    "the pledge",
    {
        (PledgeStatus.OPEN, Step.KEEP_PART): PledgeStatus.PARTLY_KEPT,
        (PledgeStatus.OPEN, Step.KEEP_ALL): PledgeStatus.KEPT,
        (PledgeStatus.OPEN, Step.BREAK): PledgeStatus.BROKEN,
        (PledgeStatus.OPEN, Step.WITHDRAW): PledgeStatus.WITHDRAWN,
        (PledgeStatus.PARTLY_KEPT, Step.KEEP_NONE): PledgeStatus.OPEN,
        (PledgeStatus.PARTLY_KEPT, Step.KEEP_PART): PledgeStatus.PARTLY_KEPT,
        (PledgeStatus.PARTLY_KEPT, Step.KEEP_ALL): PledgeStatus.KEPT,
        (PledgeStatus.PARTLY_KEPT, Step.BREAK): PledgeStatus.BROKEN,
        (PledgeStatus.PARTLY_KEPT, Step.WITHDRAW): PledgeStatus.WITHDRAWN,
        (PledgeStatus.KEPT, Step.KEEP_NONE): PledgeStatus.OPEN,
        (PledgeStatus.KEPT, Step.KEEP_PART): PledgeStatus.PARTLY_KEPT,
        (PledgeStatus.KEPT, Step.KEEP_ALL): PledgeStatus.KEPT,
        (PledgeStatus.BROKEN, Step.KEEP_PART): PledgeStatus.PARTLY_KEPT,
        (PledgeStatus.BROKEN, Step.KEEP_ALL): PledgeStatus.KEPT,
    },
)
_OVER: Final = frozenset({PledgeStatus.BROKEN, PledgeStatus.WITHDRAWN})


class Pledge(Record):
    """A pledge; ``since`` is the day its status is from, ``reason`` why it was broken, withdrawn or corrected."""

    id: str
    coalition: str
    number: int
    participant: str
    kind: PledgeKind
    amount: int
    what: str
    pledged_on: dt.date
    due_on: dt.date
    kept: int = 0
    status: PledgeStatus = PledgeStatus.OPEN
    since: dt.date
    reason: str | None = None


def _evolve(before: Pledge | None, event: Event, at: dt.datetime) -> Pledge:
    del at
    if isinstance(event, PledgeRecorded):
        told = event.model_dump(exclude={"pledge", "actor"})
        return Pledge(id=event.pledge, since=event.pledged_on, **told)
    assert before is not None, "a pledge is recorded first"
    if isinstance(event, PledgeReported):
        changes: dict[str, Any] = {"reason": event.because}
    else:
        assert isinstance(event, PledgeClosed)
        changes = {"reason": event.reason}
    return before.model_copy(update={**changes, "kept": event.kept, "status": event.status, "since": event.on})


PLEDGE: Final = Kind(
    name="pledge",
    state=Pledge,
    events=(PledgeRecorded, PledgeReported, PledgeClosed),
    begins=(PledgeRecorded,),
    id_of=lambda event: event.pledge,
    evolve=_evolve,
    topic=PLEDGES.name,
)


def _made_keys(command: RecordPledge, ids: Ids) -> Iterable[str]:
    yield COALITION.key(command.coalition)
    yield PARTICIPANT.key(command.participant)
    yield PLEDGE.key(work_id(command.coalition, ids("pledge")))


def make(command: RecordPledge, held: Held, asked: Asked) -> Decided | Against:
    """Record a member's pledge."""
    coalition = held.get(COALITION, command.coalition)
    reasons = [
        *beginning(coalition, command.pledged_on, "pledged_on"),
        *membership(coalition, command.participant, command.pledged_on, "participant"),
        *gone(held.get(PARTICIPANT, command.participant), command.pledged_on, "participant"),
        *in_future(command.pledged_on, asked.now, "pledged_on"),
        *too_early(command.due_on, command.pledged_on, "due_on", "the day it is pledged"),
    ]
    if against := refused(reasons):
        return against
    assert coalition is not None
    pledge = work_id(coalition.id, asked.new_id("pledge"))
    event = PledgeRecorded(**command.model_dump(), pledge=pledge, number=coalition.number)
    return Decided({"pledge": pledge, "status": PledgeStatus.OPEN, "due_on": event.due_on.isoformat()}, (event,))


def _keys(command: RecordPledgeKept | DeclarePledgeBroken | WithdrawPledge, ids: Ids) -> Iterable[str]:
    del ids
    yield PLEDGE.key(command.pledge)


def keep(command: RecordPledgeKept, held: Held, asked: Asked) -> Decided | Against:
    """Record how much has been given altogether."""
    found = held.get(PLEDGE, command.pledge)
    if found is None:
        return unknown("pledge")
    step = Step.KEEP_ALL if command.kept >= found.amount else Step.KEEP_PART if command.kept else Step.KEEP_NONE
    if found.status not in _OVER and command.kept == found.kept:
        return Decided(_made(found, found.kept, found.status))
    reasons = [*_possible(found, step, command.on, asked)]
    if command.kept < found.kept and command.because is None:
        text = "Less than was recorded before; say why to correct it."
        reasons.append(Reason(code="ALREADY_RECORDED", field="because", text=text))
    if against := refused(reasons):
        return against
    status = MACHINE.table[found.status, step]
    event = PledgeReported(**command.model_dump(), coalition=found.coalition, status=status)
    return Decided(_made(found, command.kept, status), (event,))


def break_(command: DeclarePledgeBroken, held: Held, asked: Asked) -> Decided | Against:
    """Declare a pledge broken; not before its day is over."""
    found = held.get(PLEDGE, command.pledge)
    if found is None:
        return unknown("pledge")
    reasons = [*_possible(found, Step.BREAK, command.on, asked)]
    if command.on <= found.due_on:
        text = f"It can be kept until {found.due_on}; a member that takes it back withdraws it."
        reasons.append(Reason(code="NOT_YET_DUE", field="on", text=text))
    return _closed(command, found, Step.BREAK, reasons)


def withdraw(command: WithdrawPledge, held: Held, asked: Asked) -> Decided | Against:
    """Withdraw a pledge."""
    found = held.get(PLEDGE, command.pledge)
    if found is None:
        return unknown("pledge")
    return _closed(command, found, Step.WITHDRAW, _possible(found, Step.WITHDRAW, command.on, asked))


def _closed(
    command: DeclarePledgeBroken | WithdrawPledge, found: Pledge, step: Step, reasons: Iterable[Reason]
) -> Decided | Against:
    if against := refused(reasons):
        return against
    status = MACHINE.table[found.status, step]
    event = PledgeClosed(**command.model_dump(), coalition=found.coalition, status=status, kept=found.kept)
    return Decided(_made(found, found.kept, status), (event,))


def _possible(found: Pledge, step: Step, on: dt.date, asked: Asked) -> Iterator[Reason]:
    if impossible := MACHINE.reason_against(found.status, step, "pledge"):
        yield impossible
    yield from too_early(on, found.since, "on", "the last that is recorded of it")
    yield from in_future(on, asked.now, "on")


def _made(found: Pledge, kept: int, status: PledgeStatus) -> dict[str, object]:
    return {"pledge": found.id, "status": status, "kept": kept, "amount": found.amount, "kind": found.kind}


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RecordPledge, _made_keys, make),
    Rule(RecordPledgeKept, _keys, keep),
    Rule(DeclarePledgeBroken, _keys, break_),
    Rule(WithdrawPledge, _keys, withdraw),
)
