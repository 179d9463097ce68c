"""How a deliverable changes by its events."""

import datetime as dt

from services.recruitment.domain.program.state import (
    Deliverable,
    DeliverableStage,
    Due,
    Submission,
    Waiver,
    part_id,
)
from shared.contracts.recruitment.qio_deliverables import (
    DeliverableAccepted,
    DeliverableMoved,
    DeliverableRequired,
    DeliverableReturned,
    DeliverableSubmitted,
    DeliverableWaived,
)

DeliverableEvent = (
    DeliverableRequired
    | DeliverableMoved
    | DeliverableSubmitted
    | DeliverableAccepted
    | DeliverableReturned
    | DeliverableWaived
)


def changed(before: Deliverable | None, event: DeliverableEvent, at: dt.datetime) -> Deliverable:
    """The deliverable after the event."""
    if isinstance(event, DeliverableRequired):
        return _required(event, at)
    assert before is not None, "a deliverable begins by being required"
    if isinstance(event, DeliverableMoved):
        fields = event.model_dump(exclude={"contract", "deliverable"})
        return before.model_copy(update={"dues": (*before.dues, Due(at=at, **fields))})
    if isinstance(event, DeliverableSubmitted):
        handed_in = Submission(at=at, **event.model_dump(exclude={"contract", "deliverable"}))
        return _in_stage(before, DeliverableStage.SUBMITTED, (*before.submissions, handed_in))
    if isinstance(event, DeliverableWaived):
        waiver = Waiver(at=at, **event.model_dump(exclude={"contract", "deliverable"}))
        return before.model_copy(update={"stage": DeliverableStage.WAIVED, "waiver": waiver})
    return _answered(before, event)


def _required(event: DeliverableRequired, at: dt.datetime) -> Deliverable:
    due = Due(
        due_on=event.due_on,
        effective_on=None,
        kind=None,
        reason=None,
        source=event.source,
        actor=event.actor,
        at=at,
    )
    return Deliverable(
        id=part_id(event.contract, event.deliverable),
        contract=event.contract,
        deliverable=event.deliverable,
        title=event.title,
        task=event.task,
        stage=DeliverableStage.EXPECTED,
        dues=(due,),
    )


def _answered(before: Deliverable, event: DeliverableAccepted | DeliverableReturned) -> Deliverable:
    *earlier, last = before.submissions
    if isinstance(event, DeliverableAccepted):
        answer: dict[str, object] = {"accepted_on": event.accepted_on}
        stage = DeliverableStage.ACCEPTED
    else:
        answer = {"returned_on": event.returned_on, "reasons": event.reasons}
        stage = DeliverableStage.RETURNED
    answered = last.model_copy(update={**answer, "answer_recorded_by": event.actor})
    return _in_stage(before, stage, (*earlier, answered))


def _in_stage(before: Deliverable, stage: DeliverableStage, submissions: tuple[Submission, ...]) -> Deliverable:
    return before.model_copy(update={"stage": stage, "submissions": submissions})
