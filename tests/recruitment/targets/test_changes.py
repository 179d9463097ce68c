"""Charts and infections of single facilities: what is for the worse, settled, certain and new moves a rank."""

import datetime as dt
from typing import Any

import pytest

from services.measures.domain.kinds import MEASURES
from services.recruitment.domain.measured import last_day
from services.recruitment.domain.targets.changes import change, harm, infection_of, infections
from services.recruitment.domain.targets.places import Around, Charts, Places
from services.recruitment.domain.targets.signals import Signal
from services.recruitment.domain.targets.weights import Kind
from shared.contracts.facilities import FacilityMeasured
from shared.contracts.signals import SignalRaised, SignalRetracted


def signalled(**fields: Any) -> SignalRaised:
    """The falls of a home signal."""
    plain = {"measure": "nursing-home-falls", "unit_type": "nursing_home", "unit": "225001", "period": "2018Q1"}
    more = {"rule": "WE1", "side": "high", "direction": "worse", "revision": 1, "baseline_version": 1}
    return SignalRaised.model_validate({**plain, **more, "raised_at": "2018-08-20T10:00:00Z", **fields})


def retracted(**fields: Any) -> SignalRetracted:
    """They do not, after all."""
    plain = {"measure": "nursing-home-falls", "unit_type": "nursing_home", "unit": "225001", "period": "2018Q1"}
    more = {"rule": "WE1", "side": "high", "direction": "worse", "because": "the baseline was restated"}
    return SignalRetracted.model_validate({**plain, **more, "retracted_at": "2018-11-20T10:00:00Z", **fields})


def infected(**fields: Any) -> FacilityMeasured:
    """30 infections where 15 were predicted: 2.0, mid-P interval 1.3741 to 2.8191 (scipy)."""
    plain = {
        "measure": "clabsi-sir-2015", "specification": 1, "unit_type": "hospital", "unit": "220001", "spans": 1,
        "period": "2018Q1", "baseline": "2015", "computable": True, "reason": None, "numerator": 30,
        "denominator": None, "predicted": "15", "value": "2.0000", "low": "1.3741", "high": "2.8191",
        "status": "FINAL", "revision": 2, "as_of": "2018-08-20T10:00:00Z",
    }  # fmt: skip
    return FacilityMeasured.model_validate({**plain, **fields})


def harmed(**fields: Any) -> Signal | None:
    kept = infections(infected(**fields))
    return harm(kept) if kept else None


def places(charts: Charts | None = None, *ratios: FacilityMeasured) -> Places:
    around = [Around("river-valley", 1, ("02139",))]
    return Places((), around, {}, charts, [kept for one in ratios if (kept := infections(one))])


def test_more_infections_than_predicted_for_certain_are_a_signal_with_the_ratio() -> None:
    # 1.3741 - 1 = 0.37: a fifth or more for certain, three steps of 30.
    assert harmed() == Signal(
        Kind.HARM,
        90,
        "central line-associated bloodstream infections of this hospital: 2.00 times those predicted, more by 20% or "
        "more for certain (2018Q1)",
    )


@pytest.mark.parametrize(("low", "weight"), [("1.01", 30), ("1.10", 60), ("1.19", 60), ("1.20", 90)])
def test_the_weight_grows_with_what_is_certain(low: str, weight: int) -> None:
    found = harmed(low=low)
    assert found is not None
    assert found.weight == weight


@pytest.mark.parametrize(
    "fields",
    [
        {"low": "1.0000"},
        {"numerator": 10},
        {"computable": False, "reason": "fewer than one event was predicted", "value": None, "low": None, "high": None},
        {"status": "PROVISIONAL"},
        {"measure": "clabsi-rate", "baseline": None, "denominator": 10, "predicted": None},
        {"measure": "readmissions-sir-2015"},
        {"unit_type": "community"},
    ],
    ids=["touches", "ten infections", "not computable", "provisional", "a rate", "another ratio", "a community"],
)
def test_what_is_no_signal_of_infections(fields: dict[str, Any]) -> None:
    assert harmed(**fields) is None


def test_every_standardized_ratio_that_measures_publishes_is_followed_and_no_other() -> None:
    published = {name for name, one in MEASURES.items() if one.form.value == "standardized"}
    assert {name for name in MEASURES if infection_of(name)} == published


def test_a_change_for_the_worse_is_kept_and_one_for_the_better_or_of_a_state_is_not() -> None:
    assert change(signalled()) is not None
    assert change(signalled(direction="better", side="low")) is None
    assert change(signalled(unit_type="state", unit="MA")) is None


def test_a_retraction_replaces_what_it_retracts_and_an_older_word_does_not() -> None:
    raised, gone, again = change(signalled()), change(retracted()), change(signalled(raised_at="2019-01-01T00:00:00Z"))
    assert raised is not None
    assert gone is not None
    assert again is not None
    assert raised.key == gone.key == again.key
    assert sorted((again, gone, raised), key=lambda one: one.rank) == [raised, gone, again]


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2018-02", "2018-02-28"),
        ("2018Q1", "2018-03-31"),
        ("2018Q4", "2018-12-31"),
        ("2018", "2018-12-31"),
        ("2014-04-01/2015-03-31", "2015-03-31"),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, last: str) -> None:
    assert last_day(period) == dt.date.fromisoformat(last)


def test_several_charts_of_a_home_are_one_signal_that_names_them() -> None:
    found = places({(False, "225001"): [("nursing-home-pain", "2018Q2"), ("nursing-home-falls", "2018Q1")]})
    assert found.of("225001", "99999", "MA") == (
        Signal(
            Kind.CHANGE,
            20,
            "control charts of this facility changed for the worse (nursing home falls in 2018Q1, nursing home pain in "
            "2018Q2)",
        ),
    )
    assert found.of("225002", "99999", "MA") == ()


def test_a_chart_of_a_community_signals_the_facilities_of_its_zip_codes() -> None:
    found = places({(True, "river-valley"): [("rehospitalizations-30d", "2018Q1")]})
    (told,) = found.of("225001", "02139", "MA")
    assert told.words == (
        "control charts of the community river-valley changed for the worse (30-day rehospitalizations in 2018Q1)"
    )
    assert found.of("225001", "02141", "MA") == ()


def test_a_change_of_the_facility_and_of_its_community_count_once() -> None:
    both: Charts = {
        (True, "river-valley"): [("rehospitalizations-30d", "2018Q1")],
        (False, "225001"): [("nursing-home-falls", "2018Q1")],
    }
    assert [one.weight for one in places(both).of("225001", "02139", "MA")] == [20]


def test_the_worst_infection_of_a_hospital_counts() -> None:
    found = places(None, infected(low="1.05"), infected(measure="cauti-sir-2015", low="1.50"))
    (told,) = found.of("220001", "99999", "MA")
    assert (told.kind, told.weight) == (Kind.HARM, 90)
    assert told.words.startswith("catheter-associated urinary tract infections")
