"""The record about nobody that follows erased ones on a compacted topic, so that the broker cleans them away."""

import datetime as dt
from typing import Any, Final

from shared.contracts.message import Event
from shared.records.kinds import Kind, Record

# Stands where the id of a person does, and is none.
TIDIED: Final = "tidied"


class Tidied(Record):
    """The last day (UTC) on which what was erased was left to the broker to clean away."""

    on: dt.date


def tidied_kind(name: str, event: type[Event], topic: str) -> Kind[Tidied]:
    """The kind of the one such record of a topic; ``event`` says the day as ``on``, and alone tells all."""
    return Kind(name=name, state=Tidied, events=(event,), id_of=lambda _: TIDIED, evolve=_evolve, topic=topic)


def _evolve(before: Tidied | None, event: Any, at: dt.datetime) -> Tidied:
    del before, at
    return Tidied(on=event.on)
