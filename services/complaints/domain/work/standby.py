"""Who answers for a decision that falls due while the office is not staffed."""

import datetime as dt
from collections.abc import Sequence

from services.complaints.domain.reviewers.roster import Need, Shift, on_call

_INSTANT = dt.timedelta(microseconds=1)


def answering(shifts: Sequence[Shift], need: Need, now: dt.datetime, due_at: dt.datetime) -> tuple[Shift, ...]:
    """The shifts that answer a need when a decision is due, or else the last that do before; () when none does."""
    found = on_call(shifts, need, due_at)
    if found:
        return found
    before = [shift.end for shift in shifts if need.met_by(shift) and now < shift.end <= due_at]
    return on_call(shifts, need, max(before) - _INSTANT) if before else ()
