"""Handlers of interviews: begun, answered, left, and made a case in the transaction that ends them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from services.complaints.announcements import Announcer
from services.complaints.domain import filing
from services.complaints.domain.case import Entry
from services.complaints.domain.intake import outage, reading
from services.complaints.domain.intake.draft import Draft, State
from services.complaints.domain.intake.request import request
from services.complaints.domain.refusal import Refusal
from services.complaints.handlers import case_key, file_request
from services.complaints.intake.outages import Declared, outage_key
from services.complaints.intake.settings import IntakeSettings
from services.complaints.intake.store import intake_key
from services.complaints.intake.view import Counter, outline
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import CaseStore
from shared.contracts.envelope import format_instant
from shared.contracts.intake import (
    AbandonIntake,
    AnswerIntake,
    CompleteIntake,
    DeclareOutage,
    IntakeCommand,
    StartIntake,
)
from shared.contracts.replies import Reason
from shared.messaging.handling import Accepted, Decision, On, Received, Refused, Work

C = TypeVar("C", bound=IntakeCommand)
_NO_INTAKE = Refused((Reason(code="NO_SUCH_INTAKE", field="intake_id", text="There is no such interview."),))
_TAKEN = Refused((Reason(code="INTAKE_EXISTS", field="intake_id", text="There is an interview of this id."),))


def intake_handlers(
    announcer: Announcer, pseudonyms: Pseudonyms, store: CaseStore, settings: IntakeSettings
) -> tuple[On[Any, Any], ...]:
    """The handlers of ``shared.contracts.intake``, for a store that has cases, interviews and outages."""

    def counter() -> Counter:
        return Counter(store.desk, settings.served(), pseudonyms)  # outages are those of the last load

    return (
        _starting(counter),
        _changing(AnswerIntake, counter, lambda draft, c, work: reading.continued(draft, c, work.now)),
        _changing(AbandonIntake, counter, _abandoned),
        _completing(announcer, pseudonyms, store),
        _outage(),
    )


def _starting(counter: Callable[[], Counter]) -> On[StartIntake, Any]:
    def handle(received: Received[StartIntake], work: Work[Any]) -> Decision:
        key = intake_key(received.message.intake_id)
        if work.get(key) is not None:
            return _TAKEN
        try:
            draft = reading.started(received.message, work.now)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        work.put(key, draft)
        return Accepted(outline(draft, counter(), work.now))

    return On(StartIntake, _keys, handle)


def _changing(
    command: type[C], counter: Callable[[], Counter], change: Callable[[Draft, C, Work[Any]], Draft]
) -> On[C, Any]:
    def handle(received: Received[C], work: Work[Any]) -> Decision:
        key = intake_key(received.message.intake_id)
        before: Draft | None = work.get(key)
        if before is None:
            return _NO_INTAKE
        try:
            draft = change(before, received.message, work)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        work.put(key, draft)
        return Accepted(outline(draft, counter(), work.now))

    return On(command, _keys, handle)


def _completing(announcer: Announcer, pseudonyms: Pseudonyms, store: CaseStore) -> On[CompleteIntake, Any]:
    def keys(received: Received[CompleteIntake]) -> tuple[str, ...]:
        return intake_key(received.message.intake_id), case_key(received.message.case_id)

    def handle(received: Received[CompleteIntake], work: Work[Any]) -> Decision:
        message = received.message
        key = intake_key(message.intake_id)
        draft: Draft | None = work.get(key)
        if draft is None:
            return _NO_INTAKE
        try:
            reading.check_open(draft, work.now)
            command = request(draft, message.actor, work.now)
            if pseudonyms.case(filing.identity(command)) != message.case_id:
                text = "The answers lead to another case than was read back; read them back again."
                return Refused((Reason(code="CASE_CHANGED", field="case_id", text=text),))
            filed = file_request(announcer, pseudonyms, store, work, command, message.wire_type())
        except Refusal as refusal:
            return Refused(refusal.reasons)
        ended = replace(draft, state=State.COMPLETED, case_id=message.case_id)
        work.put(key, ended.noted(Entry(work.now, message.actor, message.wire_type())))
        return Accepted({**filed.made, "intake_id": str(draft.id)}, filed.events)

    return On(CompleteIntake, keys, handle)


def _abandoned(draft: Draft, command: AbandonIntake, work: Work[Any]) -> Draft:
    reading.check_open(draft, work.now)
    ended = replace(draft, state=State.ABANDONED, why=command.reason)
    return ended.noted(Entry(work.now, command.actor, command.wire_type()))


def _outage() -> On[DeclareOutage, Any]:
    def handle(received: Received[DeclareOutage], work: Work[Any]) -> Decision:
        message = received.message
        try:
            declared = outage.declared(message.since, message.until, work.now)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        work.put(outage_key(message.since), Declared(declared, message.actor))
        return Accepted({"since": format_instant(declared.since), "until": format_instant(declared.until)})

    return On(DeclareOutage, lambda received: (outage_key(received.message.since),), handle)


def _keys(received: Received[C]) -> tuple[str, ...]:
    return (intake_key(received.message.intake_id),)
