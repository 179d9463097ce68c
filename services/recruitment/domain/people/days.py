"""Which days may be spoken of: not in the future anywhere, not before there was a program."""

import datetime as dt
from typing import Final

from services.recruitment.domain.communities.days import today_anywhere
from shared.contracts.replies import Reason

PROGRAM_FROM: Final = dt.date(1982, 9, 3)
_PROGRAM_SOURCE: Final = "Peer Review Improvement Act of 1982, Pub. L. 97-248, enacted 3 September 1982"
# Our own limit: roles are arranged ahead, but a day further away than a year is a slip of the pen.
AHEAD: Final = dt.timedelta(days=366)


def reason_against_past(day: dt.date, now: dt.datetime, field: str) -> Reason | None:
    """Why it cannot have been on that day: IN_THE_FUTURE or BEFORE_PROGRAM."""
    if day > today_anywhere(now):
        return Reason(code="IN_THE_FUTURE", field=field, text=f"{day} is in the future.")
    return _before_program(day, field)


def reason_against_arranged(day: dt.date, now: dt.datetime, field: str) -> Reason | None:
    """Why it cannot be arranged for that day: TOO_FAR_AHEAD by more than a year, or BEFORE_PROGRAM."""
    if day > today_anywhere(now) + AHEAD:
        return Reason(code="TOO_FAR_AHEAD", field=field, text=f"{day} is more than a year ahead.")
    return _before_program(day, field)


def _before_program(day: dt.date, field: str) -> Reason | None:
    if day >= PROGRAM_FROM:
        return None
    text = f"There was no program on {day}; it was enacted on {PROGRAM_FROM}."
    return Reason(code="BEFORE_PROGRAM", field=field, text=text, citation=_PROGRAM_SOURCE)
