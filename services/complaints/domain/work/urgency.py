"""How much of the time an act is allowed has gone: the limits at which work is escalated."""

import datetime as dt
from typing import Literal

from services.complaints.domain.deadlines import SOFT_LIMITS

Level = Literal[0, 50, 75, 90, 100]


def escalation(trigger_at: dt.datetime, due_at: dt.datetime, now: dt.datetime) -> Level:
    """The highest limit that has passed, in percent of the time allowed; 100 when the act is late.

    The limits are those the ticker announces; reckoned from the clock itself, so a ticker that stands still hides none.
    """
    if now.replace(microsecond=0) > due_at:
        return 100
    passed = [percent for percent in SOFT_LIMITS if now >= trigger_at + (due_at - trigger_at) * percent / 100]
    return passed[-1] if passed else 0
