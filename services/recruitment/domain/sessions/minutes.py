"""How long somebody was there who came and went: what several joins cover together, nothing counted twice."""

import datetime as dt
from collections.abc import Iterable

Span = tuple[dt.datetime, dt.datetime]


def covered(spans: Iterable[Span]) -> int:
    """The seconds that lie within any of these spans, each from joining to leaving (instants with a zone)."""
    total = dt.timedelta()
    until: dt.datetime | None = None
    for joined, left in sorted(spans):
        start = joined if until is None else max(joined, until)
        if left > start:
            total += left - start
        until = left if until is None else max(until, left)
    return int(total.total_seconds())


def minutes(seconds: int) -> int:
    """Seconds as whole minutes, half a minute and more as one."""
    return (seconds + 30) // 60
