"""Which day it is, where commands speak of days and people of many time zones give them."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

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
