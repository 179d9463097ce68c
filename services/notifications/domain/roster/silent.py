"""Kinds of record that no event changes one by one: loaded from many records, or kept set-wise."""

import datetime as dt
from typing import Any, TypeVar

from shared.records.kinds import Kind, Record

S = TypeVar("S", bound=Record)


def silent(name: str, state: type[S]) -> Kind[S]:
    """A kind of this name that follows nothing."""
    return Kind(name=name, state=state, events=(), id_of=_of_none, evolve=_by_none, topic=None)


def _of_none(event: Any) -> str:
    raise TypeError(f"no record follows {type(event).__name__}")


def _by_none(before: Any, event: Any, at: dt.datetime) -> Any:
    del before, at
    raise TypeError(f"no record follows {type(event).__name__}")
