"""Results of measures as events, as they could be published."""

import datetime as dt
from typing import Any

from services.recruitment.domain.targets.signals import Result, result
from shared.contracts.measures import MeasureUpdated


def updated(unit_type: str = "community", unit: str = "river-valley", **fields: Any) -> MeasureUpdated:
    """360 rehospitalizations in 20,000 beneficiary-quarters, 18 per 1,000, interval 16.2 to 19.9; settled."""
    plain = {
        "measure": "rehospitalizations-30d",
        "specification": 1,
        "unit_type": unit_type,
        "unit": unit,
        "unit_version": 1,
        "period": "2018Q1R4",
        "computable": True,
        "reason": None,
        "numerator": 360,
        "denominator": 1_825_000,
        "exposure": "20000.0000",
        "days_in_period": 365,
        "value": "18.0000",
        "low": "16.2000",
        "high": "19.9000",
        "status": "FOLLOWED_UP",
        "cause": "DATA",
        "watermark": dt.date(2018, 5, 2),
        "revision": 3,
        "as_of": dt.datetime(2018, 5, 2, 16, 30, tzinfo=dt.UTC),
    }
    return MeasureUpdated.model_validate({**plain, **fields})


def of_state(unit: str = "MA", **fields: Any) -> MeasureUpdated:
    """A state's result: 12 per 1,000, interval 11.9 to 12.1."""
    plain = {"numerator": 30_000, "denominator": 228_000_000, "value": "12.0000", "low": "11.9000", "high": "12.1000"}
    return updated("state", unit, **{**plain, **fields})


def kept(event: MeasureUpdated) -> Result:
    """The result as it is kept."""
    return result(event)
