"""Predicted infections are those of CDC's coefficients."""

from decimal import Decimal
from fractions import Fraction

import pytest

from services.measures.domain.infections.models import MODELS, Setting, model_for, predicted
from services.measures.domain.panel.counted import MILLION


def test_the_model_predicts_a_critical_access_hospital_as_published() -> None:
    # CDC's coefficients (SIR Model Explorer, 2022 baseline), worked example of measures research §5.3.
    model = model_for("2022", "CLABSI", "critical_access")
    assert model is not None
    icu, long, short = (
        Setting("IN:ACUTE:CC:MS", Fraction(9), Fraction(0)),  # long stays count elsewhere only
        Setting("IN:ACUTE:WARD:M", Fraction("8.9"), Fraction(0)),
        Setting("IN:ACUTE:WARD:M", Fraction("8.8999"), Fraction(0)),
    )
    parts = predicted(model, icu, 900), predicted(model, long, 1200), predicted(model, short, 3000)
    assert [round(Decimal(part) / MILLION, 4) for part in parts] == [
        Decimal("0.5333"),
        Decimal("0.4018"),
        Decimal("0.3596"),
    ]
    assert sum(parts) / MILLION == pytest.approx(1.2947, abs=0.00005)


def test_other_covariates_of_a_model_count_by_their_bounds() -> None:
    # CDC, SIR Model Explorer, 2022 baseline, CAUTI (LTACHs): exp(-7.8086 + 0.5783 + 0.3579) x 10,000 = 10.36
    model = model_for("2022", "CAUTI", "long_term_acute")
    assert model is not None
    at = [("22.2", "0.102", 10.36), ("22.1", "0.103", 4.06), ("27.8", "0.103", 12.20), ("27.7", "0.103", 7.24)]
    for stay, share, wanted in at:
        found = predicted(model, Setting("IN:ACUTE:LTAC", Fraction(stay), Fraction(share)), 10_000)
        assert found / MILLION == pytest.approx(wanted, abs=0.005)


def test_every_model_says_whose_it_is_once() -> None:
    keys = [(one.baseline, one.infection, one.hospital, one.version) for one in MODELS]
    assert len(set(keys)) == len(keys)
    assert all(one.source.startswith("CDC") for one in MODELS)
