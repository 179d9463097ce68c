"""An application for funding as it stands, its machine, and how it changes by its events."""

import datetime as dt
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment import funding as contract
from shared.contracts.recruitment.funding import (
    FundingAdvanced,
    FundingApplicationAmended,
    FundingApplicationStarted,
    FundingStatus,
    FundingStep,
    Partner,
    Program,
)
from shared.contracts.recruitment.intervention_terms import InterventionType
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine

MACHINE: Final = Machine(
    "the application",
    {
        (FundingStatus.DRAFTED, FundingStep.AMEND): FundingStatus.DRAFTED,
        (FundingStatus.DRAFTED, FundingStep.SUBMIT): FundingStatus.SUBMITTED,
        (FundingStatus.DRAFTED, FundingStep.WITHDRAW): FundingStatus.WITHDRAWN,
        (FundingStatus.SUBMITTED, FundingStep.AWARD): FundingStatus.AWARDED,
        (FundingStatus.SUBMITTED, FundingStep.DECLINE): FundingStatus.DECLINED,
        (FundingStatus.SUBMITTED, FundingStep.WITHDRAW): FundingStatus.WITHDRAWN,
        (FundingStatus.AWARDED, FundingStep.REQUIRE_REPORT): FundingStatus.REPORTING_DUE,
        (FundingStatus.AWARDED, FundingStep.CLOSE): FundingStatus.CLOSED,
        (FundingStatus.REPORTING_DUE, FundingStep.REPORT): FundingStatus.AWARDED,
    },
)


class Taken(Record):
    """A step that was taken on a day, with where its proof is kept."""

    step: FundingStep
    on: dt.date
    reason: str | None
    evidence: tuple[str, ...]


class Funding(Record):
    """An application or grant; amounts in US cents, ``report_due_on`` while a report is due, ``steps`` in order."""

    id: str
    coalition: str
    number: int
    program: Program
    funder: str
    title: str
    applicant: Partner
    partners: tuple[Partner, ...]
    proposed: tuple[InterventionType, ...]
    amount_cents: int
    deadline: dt.date | None
    started_on: dt.date
    since: dt.date
    status: FundingStatus = FundingStatus.DRAFTED
    awarded_cents: int | None = None
    ends_on: dt.date | None = None
    report_due_on: dt.date | None = None
    steps: tuple[Taken, ...] = ()


def _advanced(held: Funding, event: FundingAdvanced) -> dict[str, Any]:
    taken = Taken(step=event.step, on=event.on, reason=event.reason, evidence=event.evidence)
    changes = {"status": event.status, "since": event.on, "steps": (*held.steps, taken), "report_due_on": event.due_on}
    if event.step is FundingStep.AWARD:
        changes |= {"awarded_cents": event.amount_cents, "ends_on": event.ends_on}
    return changes


def _evolve(before: Funding | None, event: Event, at: dt.datetime) -> Funding:
    del at
    if isinstance(event, FundingApplicationStarted):
        # Partners are values of the contract; they are kept as they were said.
        told = dict(event)
        del told["actor"], told["funding"]
        return Funding(id=event.funding, since=event.started_on, **told)
    assert before is not None, "an application is started first"
    match event:
        case FundingApplicationAmended():
            changes: dict[str, Any] = {
                "partners": event.partners,
                "proposed": event.proposed,
                "amount_cents": event.amount_cents,
                "deadline": event.deadline,
                "since": event.amended_on,
            }
        case FundingAdvanced():
            changes = _advanced(before, event)
        case _:
            changes = {}
    return before.model_copy(update=changes)


FUNDING: Final = Kind(
    name="funding",
    state=Funding,
    events=(FundingApplicationStarted, FundingApplicationAmended, FundingAdvanced),
    begins=(FundingApplicationStarted,),
    id_of=lambda event: event.funding,
    evolve=_evolve,
    topic=contract.FUNDING.name,
)
