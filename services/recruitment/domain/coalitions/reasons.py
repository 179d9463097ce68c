"""Reasons that every rule of coalitions may have: it is unknown or ended, a day is in the future or out of order."""

import datetime as dt
from collections.abc import Iterator

from services.recruitment.domain.coalitions.state import MACHINE, Action, Coalition
from services.recruitment.domain.communities.days import today_anywhere
from shared.contracts.replies import Reason
from shared.records.deciding import Against, against


def not_possible(coalition: Coalition | None, action: Action) -> Against | None:
    """Why nothing of the kind can be done with the community's coalition; None when it can."""
    if coalition is None:
        return against("COALITION_UNKNOWN", "community", "No coalition has been formed over this community.")
    reason = MACHINE.reason_against(coalition.standing, action, "community")
    return Against((reason,)) if reason else None


def about_day(day: dt.date, field: str, now: dt.datetime, earliest: dt.date, what: str) -> Iterator[Reason]:
    """Why something cannot have happened on a day; ``what`` happened on ``earliest``, in words. ``now`` is in UTC."""
    if day > today_anywhere(now):
        yield Reason(code="IN_THE_FUTURE", field=field, text=f"{day} is in the future.")
    if day < earliest:
        yield Reason(code="DATES_OUT_OF_ORDER", field=field, text=f"{day} is before {what} ({earliest}).")
