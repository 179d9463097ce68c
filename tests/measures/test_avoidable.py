"""Potentially avoidable stays by principal diagnosis, as AHRQ's Prevention Quality Indicators 6.0 list them."""

import pytest

from services.measures.domain import avoidable


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("E1010", "chronic"),  # PQI 01
        ("E1110", "chronic"),  # PQI 01, a code of 2018
        ("E1121", "chronic"),  # PQI 03
        ("E11621", "chronic"),
        ("E118", "chronic"),
        ("E1165", "chronic"),  # PQI 14
        ("E11649", "chronic"),
        ("E119", None),  # diabetes without a complication
        ("E0965", None),
        ("J441", "chronic"),  # PQI 05
        ("J45901", "chronic"),
        ("J45909", None),  # asthma without an exacerbation
        ("J40", None),
        ("I10", "chronic"),  # PQI 07
        ("I129", "chronic"),
        ("I120", None),
        ("I160", None),
        ("I110", "chronic"),  # PQI 08
        ("I5023", "chronic"),
        ("J189", "acute"),  # PQI 11
        ("J13", "acute"),
        ("J129", None),  # viral pneumonia
        ("J156", None),
        ("N390", "acute"),  # PQI 12
        ("N3000", "acute"),
        ("N3020", None),
        ("A419", None),
        ("", None),
    ],
)
def test_a_principal_diagnosis_is_acute_chronic_or_not_avoidable(code: str, kind: str | None) -> None:
    assert avoidable.kind_of(code) == kind
