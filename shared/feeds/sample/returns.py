"""Made-up returns on the day of discharge, to the same hospital: for the same reason, or for another."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import Final, NamedTuple

from shared.feeds.sample.stays import Stay

_RETURNED: Final = 0.006
_AT_HOME: Final = "01"


class Return(NamedTuple):
    """``stay`` begins on the day ``after`` ends; ``same``: for the reason of that stay, so that it goes on."""

    after: Stay
    stay: Stay
    same: bool


def returns(stays: Sequence[Stay], death: dt.date | None, chance: Random) -> Iterator[Return]:
    """Short stays that leave at least a day before the next one, and before death."""
    for stay, onward in pairwise((*stays, None)):
        draw = chance.random()
        if stay is None or not stay.acute or stay.status != _AT_HOME or draw >= _RETURNED:
            continue
        discharge = stay.discharge + dt.timedelta(days=chance.randint(1, 3))
        limits = [day for day in (onward.admission if onward else None, death) if day is not None]
        if all(discharge + dt.timedelta(days=1) < day for day in limits):
            yield Return(stay, Stay(stay.provider, stay.discharge, discharge, _AT_HOME), chance.random() < 0.5)
