"""Public events to send: the golden examples of each model, and what is put on a topic by hand."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid5

from shared.contracts.envelope import Envelope
from shared.contracts.message import PublicEvent
from shared.messaging.handling import Received

EXAMPLES = Path(__file__).parents[3] / "shared" / "contracts" / "examples"
SPACE = UUID("9b0e3f1c-0000-5000-8000-000000000000")


def examples(model: type[PublicEvent]) -> Iterator[PublicEvent]:
    """The golden examples of a public model."""
    for path in sorted((EXAMPLES / model.wire_type()).glob("*.json")):
        yield model.model_validate_json(path.read_bytes())


def received(event: PublicEvent, topic: str, key: str, number: int, at: dt.datetime) -> Received[PublicEvent]:
    """An event as it comes from its topic, the ``number``-th of it."""
    event_id = uuid5(SPACE, f"{topic}/{number}")
    envelope = Envelope(event_id, event.wire_type(), "qio-test", at, key, event_id, sequence=f"1:{number}")
    return Received(envelope, event, key, topic, 0, number)
