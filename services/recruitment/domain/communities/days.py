"""Which day it is, where commands speak of days and people of many time zones give them."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from shared.contracts.replies import Reason

PROGRAM_FROM: Final = dt.date(1982, 9, 3)
_PROGRAM_SOURCE: Final = "Peer Review Improvement Act of 1982, Pub. L. 97-248, enacted 3 September 1982"
# UTC+10 without summer time: nowhere in the program does a day begin earlier.
_FIRST: Final = ZoneInfo("Pacific/Guam")
# UTC-11 without summer time: nowhere does a day end later.
_LAST: Final = ZoneInfo("Pacific/Pago_Pago")


def today_anywhere(now: dt.datetime) -> dt.date:
    """The latest day that it is anywhere in the program at an instant; only later days are in the future."""
    return now.astimezone(_FIRST).date()


def today_everywhere(now: dt.datetime) -> dt.date:
    """The earliest day that it is anywhere in the program at an instant; all days before it are over."""
    return now.astimezone(_LAST).date()


def before_program(day: dt.date, field: str) -> Reason | None:
    """Why nothing of the program can have been on a day: it was enacted later; None when it can."""
    if day >= PROGRAM_FROM:
        return None
    text = f"There was no program on {day}; it was enacted on {PROGRAM_FROM}."
    return Reason(code="BEFORE_PROGRAM", field=field, text=text, citation=_PROGRAM_SOURCE)
