"""Handlers: a command or a delivery leads to one step of one case, and to what is published about it."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from services.complaints.announcements import Announcer
from services.complaints.domain import amendments, engine, filing, procedures
from services.complaints.domain.case import Case, Entry, Taken
from services.complaints.domain.consistency.local_factors import Registry
from services.complaints.domain.look import Act
from services.complaints.domain.payment.bookkeeping import booked
from services.complaints.domain.procedure import Actor
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.refusal import Refusal
from services.complaints.outline import outline
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import PREFIX, CaseStore
from services.complaints.reviewers.assigning import assigning
from shared.contracts.complaints import (
    AddConcern,
    CaseCommand,
    CorrectFact,
    DecideCase,
    FileCase,
    NameParty,
    ReconsiderCase,
    RecordStep,
    ReopenCase,
    Role,
    TransferCase,
    WithdrawCase,
)
from shared.contracts.notifications import NoticeDelivered
from shared.contracts.replies import Reason
from shared.messaging.handling import Accepted, Decision, Emit, On, Received, Refused, Work

C = TypeVar("C", bound=CaseCommand)
_ROLES = {role.value: role for role in Role}
# Steps that have a command of their own and details that only it carries.
_BY_COMMAND = ("assign", "decide", "reconsider", "withdraw", "reopen")


def case_key(case_id: UUID) -> str:
    """The aggregate key of a case."""
    return f"{PREFIX}{case_id}"


def command_handlers(
    announcer: Announcer, pseudonyms: Pseudonyms, store: CaseStore, factors: Registry | None = None
) -> tuple[On[Any, Any], ...]:
    """The handlers of everything complaints is asked about cases; ``factors``: the local factors there are."""
    registry = factors or Registry()

    def step(command: type[C], act: Callable[[Case, C], Act]) -> On[C, Case]:
        return _on(command, announcer, store, lambda case, c, desk, now: engine.act(case, act(case, c), desk, now))

    return (
        _filing(announcer, pseudonyms, store, registry),
        step(RecordStep, _recorded),
        assigning(announcer, store),
        step(DecideCase, partial(_decided, registry)),
        step(ReconsiderCase, _reconsidered),
        step(WithdrawCase, lambda case, c: Act(step=_meant(case, "withdraw"), at=c.at, actor=c.actor)),
        step(
            ReopenCase,
            lambda case, c: Act(step=_meant(case, "reopen"), at=c.at, actor=c.actor, ground=c.ground, note=c.note),
        ),
        _on(TransferCase, announcer, store, amendments.transferred),
        _on(AddConcern, announcer, store, amendments.concern_added),
        _on(NameParty, announcer, store, amendments.party_named),
        _on(CorrectFact, announcer, store, amendments.fact_corrected),
    )


def delivery_handlers(announcer: Announcer, store: CaseStore) -> tuple[On[Any, Any], ...]:
    """The handler of delivered notices: a delivered letter is the written notice of its party."""

    def keys(received: Received[NoticeDelivered]) -> Iterable[str]:
        case_id = _case_of(received.message)
        return () if case_id is None else (case_key(case_id),)

    def handle(received: Received[NoticeDelivered], work: Work[Case]) -> Decision:
        notice = received.message
        case_id = _case_of(notice)
        before = None if case_id is None else work.get(case_key(case_id))
        role = _ROLES.get(notice.recipient_role)
        party = Role.BENEFICIARY if role is Role.REPRESENTATIVE else role
        if before is None or party is None:
            return ()
        name = procedures.of(before.type).letters.get(notice.notice_type)
        if name is None or before.course.told(name, party) is not None:
            return ()
        doing = Act(step=name, at=min(notice.delivered_at, work.now), actor="notifications", party=party)
        try:
            taken = engine.act(before, doing, store.desk, work.now)
        except Refusal:
            return ()  # the case has moved on: the letter changes nothing any more
        return _applied(announcer, store, work, before, taken, Entry(work.now, "notifications", notice.wire_type()))

    return (On(NoticeDelivered, keys, handle),)


def _case_of(notice: NoticeDelivered) -> UUID | None:
    try:
        return UUID(notice.subject)
    except ValueError:
        return None


def _filing(announcer: Announcer, pseudonyms: Pseudonyms, store: CaseStore, registry: Registry) -> On[FileCase, Case]:
    def case_of(received: Received[FileCase]) -> UUID | None:
        try:
            return pseudonyms.case(filing.identity(received.message))
        except Refusal:
            return None

    def keys(received: Received[FileCase]) -> Iterable[str]:
        case_id = case_of(received)
        return () if case_id is None else (case_key(case_id),)

    def handle(received: Received[FileCase], work: Work[Case]) -> Decision:
        command = received.message
        try:
            registry.checked(command.local_factors)
            return file_request(announcer, pseudonyms, store, work, command, command.wire_type())
        except Refusal as refusal:
            return Refused(refusal.reasons)

    return On(FileCase, keys, handle)


def file_request(
    announcer: Announcer, pseudonyms: Pseudonyms, store: CaseStore, work: Work[Any], command: FileCase, action: str
) -> Accepted:
    """Open or join the case a request is about, noted in its audit as ``action``; raises Refusal.

    The caller has declared the key of the case.
    """
    request = filing.read(command, store.desk, work.now)
    case_id = pseudonyms.case(filing.identity(command))
    before: Case | None = work.get(case_key(case_id))
    joined = filing.joins(before, request)
    if before is not None and joined:
        taken = filing.join(before, request, store.desk)
    else:
        taken = filing.open_case(case_id, request, store.desk, work.now, before)
    events = _applied(announcer, store, work, before, taken, Entry(work.now, command.actor, action))
    return Accepted({**outline(taken.case, store.desk), "joined": joined}, events)


def _on(
    command: type[C],
    announcer: Announcer,
    store: CaseStore,
    change: Callable[[Case, C, Desk, dt.datetime], Taken],
) -> On[C, Case]:
    def handle(received: Received[C], work: Work[Case]) -> Decision:
        message = received.message
        before = work.get(case_key(message.case_id))
        if before is None:
            return Refused((Reason(code="NO_SUCH_CASE", field="case_id", text="There is no such case."),))
        try:
            taken = change(before, message, store.desk, work.now)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        entry = Entry(work.now, message.actor, message.wire_type())
        events = _applied(announcer, store, work, before, taken, entry)
        return Accepted(outline(taken.case, store.desk), events)

    return On(command, lambda received: (case_key(received.message.case_id),), handle)


def _applied(
    announcer: Announcer, store: CaseStore, work: Work[Case], before: Case | None, taken: Taken, entry: Entry
) -> tuple[Emit, ...]:
    work.put(case_key(taken.case.id), booked(before, taken).noted(entry))
    return announcer.changes(before, taken, store.desk, work.now)


def _meant(case: Case, command: str) -> str:
    """The step a command means in the state of the case."""
    return procedures.of(case.type).step_for(command, case.state) or command


def _recorded(case: Case, command: RecordStep) -> Act:
    reserved = {name for by in _BY_COMMAND for name in procedures.of(case.type).commands.get(by, ())}
    if command.step in reserved:
        text = "This step has a command of its own: assign, decide, reconsider, withdraw or reopen."
        raise Refusal(Reason(code="OWN_COMMAND", field="step", text=text))
    step = procedures.of(case.type).steps.get(command.step)
    if step is not None and step.actor is Actor.CLOCK:
        text = "This step is the clock's: it follows by itself and nobody takes it."
        raise Refusal(Reason(code="CLOCKS_STEP", field="step", text=text, citation=step.citation))
    return Act(
        step=command.step,
        at=command.at,
        actor=command.actor,
        party=command.party,
        how=command.how,
        facts={name: filing.moment(name, text) for name, text in command.facts.items()},
        circumstances=command.circumstances,
        answers=command.answers,
        words=command.words,
        recovered_cents=command.recovered_cents,
        note=command.note,
    )


def _decided(registry: Registry, case: Case, command: DecideCase) -> Act:
    return Act(
        step=_meant(case, "decide"),
        at=command.at,
        actor=command.actor,
        reviewer=str(command.reviewer),
        outcome=command.outcome,
        rationale=command.rationale,
        findings=command.findings,
        answers=command.answers,
        words=command.words,
        liable_from=command.liable_from,
        setting=command.setting,
        recovered_cents=command.recovered_cents,
        local_factors=frozenset(registry.checked(command.local_factors)),
    )


def _reconsidered(case: Case, command: ReconsiderCase) -> Act:
    return Act(
        step=_meant(case, "reconsider"),
        at=command.at,
        actor=command.actor,
        party=command.party,
        facts={name: filing.moment(name, text) for name, text in command.facts.items()},
        circumstances=command.circumstances,
        good_cause=command.good_cause,
    )
