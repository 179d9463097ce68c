"""A corrected time is held to what a time given at first is held to: it has happened, and a receipt has its hour."""

import datetime as dt
from typing import Any

import pytest

from services.complaints.domain import amendments
from services.complaints.domain.case import Case
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import CorrectFact
from tests.complaints.cases import CASE, DESK, opened, utc

NOW = utc("2026-07-05T09:00:00-05:00")
BASE: dict[str, Any] = {"actor": "staff@example.org", "case_id": CASE, "at": NOW, "note": "misread"}


def corrected(fact: str, value: str) -> Case:
    return amendments.fact_corrected(opened(now=NOW), CorrectFact(**BASE, fact=fact, value=value), DESK, NOW).case


def refused(fact: str, value: str) -> list[tuple[str, str | None]]:
    with pytest.raises(Refusal) as found:
        corrected(fact, value)
    return [(reason.code, reason.field) for reason in found.value.reasons]


def test_what_has_happened_is_not_corrected_to_a_day_to_come() -> None:
    assert refused("admitted", "2026-07-06") == [("TIME_IN_FUTURE", "value")]
    assert corrected("admitted", "2026-06-29").course.facts["admitted"] == dt.date(2026, 6, 29)


def test_what_is_planned_may_be_corrected_to_a_time_to_come() -> None:
    after = corrected("discharge_date", "2026-07-09T10:00:00-05:00")
    assert after.course.facts["discharge_date"] == utc("2026-07-09T10:00:00-05:00")


def test_a_receipt_keeps_its_hour_and_the_case_counts_from_it() -> None:
    assert refused("request_received", "2026-07-04") == [("HOUR_NEEDED", "value")]
    after = corrected("request_received", "2026-07-04T21:00:00-05:00")
    assert after.received_at == after.course.facts["request_received"] == utc("2026-07-04T21:00:00-05:00")
