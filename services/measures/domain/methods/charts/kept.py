"""A followed chart as it is kept: MessagePack, exact numbers as text."""

from fractions import Fraction
from functools import lru_cache
from typing import Any

import msgspec

from services.measures.domain.methods.charts.state import ChartState


def encode(state: ChartState) -> bytes:
    """The chart as bytes."""
    return _encoder.encode(state)


def decode(body: bytes) -> ChartState:
    """The chart again, equal to what was encoded."""
    return _decoder.decode(body)


def _written(value: Any) -> str:
    if type(value) is Fraction:  # isinstance asks an abstract class
        return str(value)
    raise TypeError(f"{type(value).__name__} is not part of a chart")


def _read(kind: type[Any], value: Any) -> Any:
    if kind is Fraction:
        return _number(value)
    raise TypeError(f"{kind.__name__} is not part of a chart")


@lru_cache(maxsize=10_000)  # exposures come again: in every measure of a community, and where there are few residents
def _number(text: str) -> Fraction:
    """What str wrote of a fraction; Fraction itself would look for other forms of a number."""
    top, _, bottom = text.partition("/")
    return Fraction(int(top), int(bottom or 1))


_encoder = msgspec.msgpack.Encoder(enc_hook=_written)
_decoder = msgspec.msgpack.Decoder(ChartState, dec_hook=_read)
