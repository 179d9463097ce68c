"""Activity of a month that cannot be is set aside: one such month would make thousands for every facility."""

import datetime as dt
from typing import Any

import pytest

from services.measures.handlers import activity
from shared.contracts.complaints import FacilityActivity
from shared.messaging.handling import Reject, Work
from tests.measures.test_activity import told

NOW = dt.datetime(2026, 7, 31, 12, tzinfo=dt.UTC)


def hear(month: str) -> Work[FacilityActivity]:
    work: Work[FacilityActivity] = Work(NOW, {})
    received: Any = type("Received", (), {"message": told("140001", month=month)})()
    work.begin(activity.keys(received))
    activity.counted(received, work)
    work.keep()
    return work


@pytest.mark.parametrize("month", ["1999-12", "2026-09", "2026-00", "2025-13"])
def test_a_month_that_cannot_be_is_set_aside_and_the_field_is_named(month: str) -> None:
    with pytest.raises(Reject) as refused:
        hear(month)
    assert (refused.value.code, refused.value.paths) == ("month-out-of-range", ("month",))


@pytest.mark.parametrize("month", ["2000-01", "2026-07", "2026-08"])
def test_a_month_up_to_tomorrow_is_taken(month: str) -> None:
    """At noon UTC on the last of July it is August on islands of the Pacific."""
    assert hear(month).changes()
