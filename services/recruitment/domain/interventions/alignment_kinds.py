"""Aligned programs and agreements as they stand, their machines, and how they change by their events."""

import datetime as dt
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment import alignment as contract
from shared.contracts.recruitment.alignment import (
    AgreementAdvanced,
    AgreementAmended,
    AgreementKind,
    AgreementParty,
    AgreementStarted,
    AgreementStatus,
    AgreementStep,
    AlignmentEnded,
    ProgramAligned,
)
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class AlignmentStatus(StrEnum):
    """Whether a program is aligned."""

    ALIGNED = "ALIGNED"
    ENDED = "ENDED"


class AlignmentStep(StrEnum):
    """What can be done with an alignment."""

    END = "END"


ALIGNMENT_MACHINE: Final = Machine(
    "the alignment", {(AlignmentStatus.ALIGNED, AlignmentStep.END): AlignmentStatus.ENDED}
)
AGREEMENT_MACHINE: Final = Machine(
    "the agreement",
    {
        (AgreementStatus.DRAFTED, AgreementStep.AMEND): AgreementStatus.DRAFTED,
        (AgreementStatus.DRAFTED, AgreementStep.SIGN): AgreementStatus.SIGNED,
        (AgreementStatus.DRAFTED, AgreementStep.TERMINATE): AgreementStatus.TERMINATED,
        (AgreementStatus.SIGNED, AgreementStep.AMEND): AgreementStatus.SIGNED,
        (AgreementStatus.SIGNED, AgreementStep.END): AgreementStatus.ENDED,
        (AgreementStatus.SIGNED, AgreementStep.TERMINATE): AgreementStatus.TERMINATED,
    },
)


class Alignment(Record):
    """A program of an organisation that works towards a goal; ``ended_on`` is the last day it did."""

    id: str
    coalition: str
    number: int
    organisation: str
    program: str
    goal: str
    measure: str | None
    how: str
    since: dt.date
    status: AlignmentStatus = AlignmentStatus.ALIGNED
    ended_on: dt.date | None = None
    reason: str | None = None


class Terms(Record):
    """The last day (None: open) and the amount in US cents that hold from a day on."""

    since: dt.date
    ends_on: dt.date | None
    amount_cents: int
    because: str | None = None


class Agreement(Record):
    """An agreement; ``terms`` are all there were, the last hold. ``since`` is the day its status is from."""

    id: str
    coalition: str
    number: int
    organisation: str
    kind: AgreementKind
    party: AgreementParty
    subject: str
    starts_on: dt.date
    ends_on: dt.date | None
    amount_cents: int
    drafted_on: dt.date
    terms: tuple[Terms, ...]
    status: AgreementStatus = AgreementStatus.DRAFTED
    since: dt.date
    signed_on: dt.date | None = None
    reason: str | None = None

    @property
    def latest_day(self) -> dt.date:
        """The last day on which something is recorded of it."""
        return max(self.since, *(one.since for one in self.terms))


def _alignment(before: Alignment | None, event: Event, at: dt.datetime) -> Alignment:
    del at
    if isinstance(event, ProgramAligned):
        return Alignment(id=event.alignment, **event.model_dump(exclude={"alignment", "actor"}))
    assert before is not None, "a program is aligned first"
    assert isinstance(event, AlignmentEnded)
    changes = {"status": AlignmentStatus.ENDED, "ended_on": event.ended_on, "reason": event.reason}
    return before.model_copy(update=changes)


def _started(event: AgreementStarted) -> Agreement:
    terms = Terms(since=event.drafted_on, ends_on=event.ends_on, amount_cents=event.amount_cents)
    told = event.model_dump(exclude={"agreement", "actor"})
    return Agreement(id=event.agreement, since=event.drafted_on, terms=(terms,), **told)


def _agreement(before: Agreement | None, event: Event, at: dt.datetime) -> Agreement:
    del at
    if isinstance(event, AgreementStarted):
        return _started(event)
    assert before is not None, "an agreement is started first"
    changes: dict[str, Any] = {}
    match event:
        case AgreementAmended():
            told = {"ends_on": event.ends_on, "amount_cents": event.amount_cents}
            terms = Terms(since=event.amended_on, because=event.because, **told)
            changes = {**told, "terms": (*before.terms, terms)}
        case AgreementAdvanced():
            changes = {"status": event.status, "since": event.on, "reason": event.reason}
            if event.step is AgreementStep.SIGN:
                changes["signed_on"] = event.on
    return before.model_copy(update=changes)


ALIGNMENT: Final = Kind(
    name="alignment",
    state=Alignment,
    events=(ProgramAligned, AlignmentEnded),
    begins=(ProgramAligned,),
    id_of=lambda event: event.alignment,
    evolve=_alignment,
    topic=contract.ALIGNMENT.name,
)
AGREEMENT: Final = Kind(
    name="agreement",
    state=Agreement,
    events=(AgreementStarted, AgreementAmended, AgreementAdvanced),
    begins=(AgreementStarted,),
    id_of=lambda event: event.agreement,
    evolve=_agreement,
    topic=contract.ALIGNMENT.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (ALIGNMENT, AGREEMENT)
