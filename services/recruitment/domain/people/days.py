"""Which days may be spoken of: not in the future anywhere, nor arranged too far ahead."""

import datetime as dt
from typing import Final

from services.recruitment.domain.communities.days import today_anywhere
from shared.contracts.replies import Reason

# Our own limit: roles are arranged ahead, but a day further away than a year is a slip of the pen.
AHEAD: Final = dt.timedelta(days=366)


def reason_against_past(day: dt.date, now: dt.datetime, field: str) -> Reason | None:
    """Why it cannot have been on that day: IN_THE_FUTURE."""
    if day > today_anywhere(now):
        return Reason(code="IN_THE_FUTURE", field=field, text=f"{day} is in the future.")
    return None


def reason_against_arranged(day: dt.date, now: dt.datetime, field: str) -> Reason | None:
    """Why it cannot be arranged for that day: TOO_FAR_AHEAD by more than a year."""
    if day > today_anywhere(now) + AHEAD:
        return Reason(code="TOO_FAR_AHEAD", field=field, text=f"{day} is more than a year ahead.")
    return None
