"""When the QIO could not accept requests: who was kept from asking in time may ask until noon of the next open day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from services.complaints.domain import clock


@dataclass(frozen=True, slots=True, order=True)
class Outage:
    """Intake was down from ``since`` until ``until``, which is itself open again; both UTC."""

    since: dt.datetime
    until: dt.datetime

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise ValueError("an outage needs times with a zone")
        if self.until <= self.since:
            raise ValueError("an outage ends after it begins")


class OutageCalendar:
    """All outages of one intake; requests are otherwise taken on every day of the year."""

    def __init__(self, outages: Iterable[Outage] = ()) -> None:
        self._outages = tuple(sorted(outages))

    def down(self, at: dt.datetime) -> bool:
        """Whether nobody could ask at that second."""
        return any(outage.since <= at < outage.until for outage in self._outages)

    def relieved(self, due_at: dt.datetime, zone: str) -> dt.datetime:
        """``due_at``, or noon of the next day intake is open when it was down at ``due_at``.

        42 CFR 405.1202(b)(1), 405.1204(b)(1), 476.140(a)(1), 476.170(a)(1). A day on which intake is still down at
        noon is not open: its noon would help nobody.
        """
        if not self.down(due_at):
            return due_at
        day = clock.local_date(due_at, zone) + clock.DAY
        while self.down(clock.noon(day, zone)):
            day += clock.DAY
        return clock.noon(day, zone)


ALWAYS_OPEN = OutageCalendar()
