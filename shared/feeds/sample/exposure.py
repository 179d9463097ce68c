"""Which high-risk drugs a made-up person has at hand on a day."""

from collections.abc import Iterable, Mapping
from datetime import date

from shared.feeds.sample.drugs import BY_CODE
from shared.feeds.sample.fills import FillVersion

Supplies = list[tuple[int, int, str, str]]
"""first day, day after the last, class of drug, the diagnosis code of its long-term use"""


def supplies(fills: Iterable[FillVersion]) -> Supplies:
    """The high-risk fills that were not reversed."""
    held: Mapping[str, FillVersion] = {
        version.fill: version for version in fills if BY_CODE[version.code].high_risk
    }  # later versions come later
    found: Supplies = []
    for version in held.values():
        if version.action != "cancel":
            drug, day = BY_CODE[version.code], version.filled.toordinal()
            found.append((day, day + version.days, drug.high_risk, drug.mark))
    return found


def at_hand(supplies: Supplies, day: date) -> dict[str, str]:
    """The classes with a supply on that day, each with its code of long-term use (empty for a short course)."""
    at = day.toordinal()
    return {kind: mark for first, after, kind, mark in supplies if first <= at < after}
