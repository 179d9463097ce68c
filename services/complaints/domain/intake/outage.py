"""Declaring that nobody could ask the QIO for a time."""

import datetime as dt

from services.complaints.domain.outages import Outage
from services.complaints.domain.refusal import Refusal
from shared.contracts.replies import Reason

# A line that is down for longer is a closed QIO, which no rule speaks of.
LONGEST = dt.timedelta(days=31)
_RELIEF = "42 CFR 405.1202(b)(1), 405.1204(b)(1), 476.140(a)(1), 476.170(a)(1)"


def declared(since: dt.datetime, until: dt.datetime, now: dt.datetime) -> Outage:
    """The outage in UTC, known or expected to end; raises Refusal for one that has not begun or cannot be."""
    for field, at in (("since", since), ("until", until)):
        if at.tzinfo is None:
            raise _refused("TIME_WITHOUT_ZONE", field, "The time has no time zone; give it as 2026-07-04T23:40-05:00.")
    if since > now:
        raise _refused("TIME_IN_FUTURE", "since", "An outage is declared when it has begun.")
    if until <= since:
        raise _refused("TIME_OUT_OF_ORDER", "until", "The outage ends before it begins.")
    if until - since > LONGEST:
        raise _refused("TOO_LONG", "until", f"An outage is of at most {LONGEST.days} days.")
    return Outage(since.astimezone(dt.UTC), until.astimezone(dt.UTC))


def _refused(code: str, field: str, text: str) -> Refusal:
    return Refusal(Reason(code=code, field=field, text=text, citation=_RELIEF))
