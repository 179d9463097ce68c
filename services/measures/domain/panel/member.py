"""The facts of one member: the highest version of each holds, a cancelled one leaves a tombstone."""

import datetime as dt
import zlib
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from services.measures.domain.panel.counted import Amounts
from services.measures.domain.panel.kind import CANCEL, Kind

_LEVEL: Final = 1  # keys of records repeat: the fastest level already makes a fifth of them
_TOMB: Final = b""


class Kept(msgspec.Struct, array_like=True):
    """A fact as it is kept: version, wire type and MessagePack of the record, empty for a tombstone."""

    version: int
    type: str
    body: bytes


class Stored(msgspec.Struct, array_like=True):
    """A member as it is stored: facts by natural key, what they add, and under which rules."""

    facts: dict[str, Kept]
    counted: dict[str, dict[str, int]]
    rules: int


_decoder = msgspec.msgpack.Decoder(Stored)
_encoder = msgspec.msgpack.Encoder()


class Member:
    """One member while it is changed."""

    def __init__(self, kind: Kind, body: bytes = b"") -> None:
        self._kind = kind
        self._stored = _decoder.decode(zlib.decompress(body)) if body else Stored({}, {}, kind.rules)
        self.changed = False
        self.wake: dt.date | None = None

    def take(self, fact: str, wire_type: str, record: Any) -> None:
        """Take a record over; one whose natural key is known under the same or a higher version changes nothing."""
        kept = self._stored.facts.get(fact)
        if kept is not None and kept.version >= record.version:
            return
        body = _TOMB if getattr(record, "action", None) == CANCEL else _encoder.encode(record)
        self._stored.facts[fact] = Kept(record.version, wire_type, body)
        self.changed = True

    def recount(self, today: dt.date) -> Mapping[str, Amounts]:
        """What the member adds now less what it added before, by period; periods without a change are left out."""
        counted = self._kind.count(self.facts(), today)
        if counted.wake is not None and counted.wake <= today:
            raise ValueError(f"{self._kind.name}: a day that has begun cannot wake anybody")
        before = self._stored.counted
        after = {period: _nonzero(amounts) for period, amounts in counted.amounts.items()}
        after = {period: amounts for period, amounts in after.items() if amounts}
        self.wake = counted.wake
        self.changed = self.changed or after != before or self._stored.rules != self._kind.rules
        self._stored.counted, self._stored.rules = after, self._kind.rules
        changes = {period: _less(after.get(period, {}), before.get(period, {})) for period in before.keys() | after}
        return {period: amounts for period, amounts in changes.items() if amounts}

    def body(self) -> bytes:
        """As it is stored."""
        return zlib.compress(_encoder.encode(self._stored), _LEVEL)

    @property
    def known(self) -> int:
        """How many natural keys it holds, tombstones included."""
        return len(self._stored.facts)

    def facts(self) -> list[Any]:
        """The records that hold, in the order of their natural keys."""
        return [
            msgspec.msgpack.decode(kept.body, type=self._kind.facts[kept.type])
            for _, kept in sorted(self._stored.facts.items())
            if kept.body
        ]


def _nonzero(amounts: Amounts) -> dict[str, int]:
    return {name: amount for name, amount in amounts.items() if amount}


def _less(after: Amounts, before: Amounts) -> dict[str, int]:
    return _nonzero({name: after.get(name, 0) - before.get(name, 0) for name in before.keys() | after.keys()})
