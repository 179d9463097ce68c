"""Handlers of claims: the case says whose turn it is, the claim who has it; the heads of both are held."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from services.complaints.domain import clock, procedures
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Deadline
from services.complaints.domain.refusal import Refusal
from services.complaints.domain.work.claim import Claim, Entry
from services.complaints.domain.work.turn import turn
from services.complaints.repository import PREFIX, CaseStore
from services.complaints.work.store import work_key
from shared.contracts.envelope import format_instant
from shared.contracts.replies import Reason
from shared.contracts.work import ClaimWork, ReassignWork, ReleaseWork, WorkCommand, WorkRole
from shared.messaging.handling import Accepted, Decision, On, Received, Refused, Work

C = TypeVar("C", bound=WorkCommand)


class Item(NamedTuple):
    """The work of one case as it stands: somebody's turn, and who has it."""

    case: Case
    role: WorkRole
    steps: tuple[str, ...]
    due: Deadline | None
    claim: Claim


def work_handlers(store: CaseStore) -> tuple[On[Any, Any], ...]:
    """The handlers of everything complaints is asked about its work queues; they publish nothing."""
    return (
        _on(ClaimWork, store, _claimed),
        _on(ReleaseWork, store, lambda item, command, _: item.claim.released(command.actor)),
        _on(ReassignWork, store, lambda item, command, now: item.claim.handed(command.to, command.holder, now)),
    )


def _on(command: type[C], store: CaseStore, change: Callable[[Item, C, dt.datetime], Claim]) -> On[C, object]:
    def handle(received: Received[C], work: Work[object]) -> Decision:
        message = received.message
        case_key, claim_key = keys(received)
        try:
            item = _item(work.get(case_key), work.get(claim_key), store)
            after = change(item, message, work.now)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        work.put(claim_key, after.noted(Entry(work.now, message.actor, message.wire_type())))
        return Accepted(_outline(item, after))

    def keys(received: Received[C]) -> tuple[str, str]:
        case_id: UUID = received.message.case_id
        return f"{PREFIX}{case_id}", work_key(case_id)

    return On(command, keys, handle)


def _item(case: object, claim: object, store: CaseStore) -> Item:
    """The work as the messages before this one left it; raises Refusal where there is none to be had."""
    if not isinstance(case, Case):
        raise Refusal(Reason(code="NO_SUCH_CASE", field="case_id", text="There is no such case."))
    if procedures.of(case.type).terminal(case.state):
        raise Refusal(Reason(code="CASE_ENDED", field="case_id", text="The case has ended: nothing is to be done."))
    role, steps, due = turn(case, store.desk)
    if role is None:
        text = "The case waits for others: nobody of the QIO has to act now."
        raise Refusal(Reason(code="NOBODYS_TURN", field="case_id", text=text))
    held = claim if isinstance(claim, Claim) else Claim(case_id=case.id, role=role)
    return Item(case, role, steps, due, held.at_turn_of(role))


def _claimed(item: Item, command: ClaimWork, now: dt.datetime) -> Claim:
    if command.role not in (None, item.role):
        text = "The case has gone on to another queue; look at it again."
        raise Refusal(Reason(code="ROLE_CHANGED", field="role", text=text))
    return item.claim.taken(command.actor, now)


def _outline(item: Item, claim: Claim) -> dict[str, object]:
    """What the reply says: the work, who has it, and by when; no person of the case."""
    due_at, zone = None if item.due is None else item.due.due_at, item.case.zone
    return {
        "case_id": str(item.case.id),
        "case_type": item.case.type.value,
        "state": item.case.state,
        "role": item.role.value,
        "next_steps": list(item.steps),
        "due_at": None if due_at is None else format_instant(due_at),
        "due_local": None if due_at is None else clock.in_words(due_at, zone),
        "claimed_by": claim.holder,
        "claimed_at": None if claim.since is None else format_instant(claim.since),
    }
