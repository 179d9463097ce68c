"""A followed chart as it is kept: MessagePack, exact numbers as text."""

from fractions import Fraction
from typing import Any

import msgspec

from services.measures.domain.methods.charts.state import ChartState


def encode(state: ChartState) -> bytes:
    """The chart as bytes."""
    return msgspec.msgpack.encode(state, enc_hook=_written)


def decode(body: bytes) -> ChartState:
    """The chart again, equal to what was encoded."""
    return msgspec.msgpack.decode(body, type=ChartState, dec_hook=_read)


def _written(value: Any) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not part of a chart")


def _read(kind: type[Any], value: Any) -> Any:
    if kind is Fraction:
        return Fraction(value)
    raise TypeError(f"{kind.__name__} is not part of a chart")
