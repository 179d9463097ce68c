"""Golden examples make records: each follows the example that begins a record of its kind."""

import datetime as dt
from typing import Any

import pytest

from services.notifications.domain import registry as notifications
from services.recruitment.domain import registry as recruitment
from shared.contracts import files
from shared.contracts.message import Event
from shared.contracts.recruitment.interventions import InterventionPaused, InterventionResumed
from shared.contracts.recruitment.qio_deliverables import (
    DeliverableAccepted,
    DeliverableReturned,
    DeliverableSubmitted,
)
from shared.contracts.recruitment.questions import AnswerMarked, PostModerated, QuestionAnswered
from shared.records.kinds import Kind

AT = dt.datetime(2026, 3, 7, tzinfo=dt.UTC)


def _examples(model: type[Event]) -> list[Event]:
    paths = sorted((files.EXAMPLES / model.wire_type()).iterdir())
    return [model.model_validate_json(path.read_bytes()) for path in paths]


# What must have happened in between.
AFTER: dict[type[Event], type[Event]] = {
    DeliverableAccepted: DeliverableSubmitted,
    DeliverableReturned: DeliverableSubmitted,
    InterventionResumed: InterventionPaused,
    PostModerated: QuestionAnswered,
    AnswerMarked: QuestionAnswered,
}
EXAMPLES = [
    (kind, example)
    for kinds in (recruitment.KINDS, notifications.KINDS)
    for model, kind in kinds.events.items()
    if kind.topic is not None
    for example in _examples(model)
]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[type(example).__name__ for _, example in EXAMPLES])
def test_an_example_changes_the_record_that_was_begun_and_the_record_can_be_kept(
    kind: Kind[Any], example: Event
) -> None:
    before = kind.evolve(None, _examples(kind.events[0])[0], AT)
    if between := AFTER.get(type(example)):
        before = kind.evolve(before, _examples(between)[0], AT)
    changed = kind.evolve(before, example, AT)
    assert isinstance(changed, kind.state)
    assert kind.state.model_validate_json(changed.model_dump_json()) == changed
