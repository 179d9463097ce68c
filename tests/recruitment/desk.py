"""Recruitment's desk in memory: its real rules over real records, without a database."""

import datetime as dt
from collections.abc import Iterable

from services.recruitment.domain.registry import KINDS, rules
from shared.contracts.message import Event
from shared.messaging.handling import Emit
from tests.records.desk import COMMAND_ID, RecordDesk

__all__ = ["COMMAND_ID", "NOW", "ZIPS", "Desk", "own"]

NOW = dt.datetime(2015, 3, 6, 16, 30, tzinfo=dt.UTC)
ZIPS = {"02139": "MA", "02140": "MA", "02141": "MA", "10001": "NY"}


class Desk(RecordDesk):
    """Decides commands of recruitment one after another; ``now`` (UTC) may be moved between them."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        super().__init__(KINDS, rules(ZIPS), now)


def own(emits: Iterable[Emit]) -> list[Event]:
    """The events among them that records are made from."""
    return [emit.event for emit in emits if type(emit.event) in KINDS.events]
