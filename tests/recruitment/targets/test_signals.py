"""Signals: what is certain and large enough counts, noise and small numbers do not."""

from typing import Any

import pytest

from services.recruitment.domain.targets.places import Around, Places
from services.recruitment.domain.targets.signals import Signal, concern, excess, matters, signal, strongest, weigh
from services.recruitment.domain.targets.weights import Kind
from shared.contracts.measures import MeasureUpdated
from tests.recruitment.targets.results import kept, of_state, updated


def signalled(own: MeasureUpdated, other: MeasureUpdated, where: str = "here") -> Signal | None:
    weighed = weigh(kept(own), kept(other))
    return signal(weighed, where) if weighed else None


def test_a_community_that_is_surely_worse_than_its_state_is_a_signal_with_its_rates() -> None:
    found = signalled(updated(), of_state(), "in the community river-valley")
    # 16.2 / 12.1 - 1 = 0.339: a fifth or more for certain, three steps of 30.
    assert found == Signal(
        Kind.READMISSION,
        90,
        "30-day rehospitalizations in the community river-valley: 18.0 per 1,000 beneficiaries per quarter, MA 12.0, "
        "worse by 20% or more for certain (four quarters to 2018Q1)",
    )


@pytest.mark.parametrize(
    ("low", "weight"), [("12.2", 30), ("13.2", 30), ("13.4", 60), ("14.5", 60), ("14.6", 90), ("30", 90)]
)
def test_the_weight_grows_in_steps_with_what_is_certain(low: str, weight: int) -> None:
    found = signalled(updated(low=low), of_state())
    assert found is not None
    assert found.weight == weight


@pytest.mark.parametrize(
    "fields",
    [
        {"low": "12.1000"},
        {"low": "8.0000", "value": "12.5000"},
        {"low": None, "high": None},
        {"numerator": 10},
        {"numerator": 1_824_990},
        {"value": None},
        {"computable": False, "numerator": None, "denominator": None, "value": None, "low": None, "high": None},
    ],
    ids=["touches", "noise", "no interval", "ten events", "all but ten", "no value", "not computable"],
)
def test_noise_and_small_numbers_are_no_signal(fields: dict[str, Any]) -> None:
    assert signalled(updated(**fields), of_state()) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"period": "2017Q4R4"},
        {"specification": 2},
        {"measure": "ade-any-events"},
        {"stratum": "dual_full"},
        {"numerator": 10},
    ],
)
def test_only_the_same_measure_period_and_population_are_compared(fields: dict[str, Any]) -> None:
    assert excess(kept(updated()), kept(of_state(**fields))) is None


def test_a_special_population_is_a_signal_of_its_own_kind_beside_the_same_population_of_the_state() -> None:
    own, state = updated(stratum="dual_full"), of_state(stratum="dual_full")
    found = signalled(own, state)
    assert found is not None
    assert (found.kind, found.weight) == (Kind.SPECIAL_POPULATION, 60)
    assert found.words.startswith("30-day rehospitalizations of people with full Medicaid benefits here: 18.0")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "PROVISIONAL"},
        {"period": "2018Q1", "days_in_period": 90},
        {"measure": "community-tenure"},
        {"stratum": "not-dual_full"},
        {"unit_type": "region"},
    ],
)
def test_what_is_not_settled_or_not_followed_is_not_kept(fields: dict[str, Any]) -> None:
    assert matters(updated())
    assert not matters(updated(**fields))


def test_only_the_strongest_of_a_kind_counts() -> None:
    weak, strong, gap = Signal(Kind.READMISSION, 30, "b"), Signal(Kind.READMISSION, 90, "c"), Signal(Kind.GAP, 40, "a")
    assert strongest([weak, gap, strong]) == (strong, gap)
    assert strongest([Signal(Kind.GAP, 40, "z"), gap]) == (gap,)


def places(*events: Any, version: int = 1, concerns: dict[str, list[str]] | None = None) -> Places:
    around = [Around("river-valley", version, ("02139", "02140"))]
    return Places(map(kept, events), around, concerns or {})


def test_a_community_signals_the_facilities_of_its_zip_codes_and_no_others() -> None:
    found = places(updated(), of_state())
    assert [one.kind for one in found.of("225009", "02139", "MA")] == [Kind.READMISSION]
    assert found.of("225009", "02141", "MA") == ()


def test_a_facility_is_compared_with_its_own_state_and_with_the_nation_where_there_is_none() -> None:
    nation = updated("nation", "US", value="10", low="9.9", high="10.1", numerator=300_000, denominator=10**9)
    good_state = of_state(value="20", low="19.9", high="20.1")
    assert places(updated(), nation, good_state).of("225009", "02139", "MA") == ()
    (found,) = places(updated(), nation, good_state).of("305009", "02139", "NH")
    assert ", the nation 10.0, " in found.words


def test_a_community_defined_anew_says_nothing_until_it_is_measured_anew() -> None:
    assert places(updated(), of_state(), version=2).of("225009", "02139", "MA") == ()
    assert places(updated(unit_version=2), of_state(), version=2).of("225009", "02139", "MA")


def test_a_hospital_has_its_own_signal_beside_that_of_its_community() -> None:
    hospital = updated("hospital", "220001", measure="readmissions-unplanned-30d", denominator=2_000)
    state = of_state(measure="readmissions-unplanned-30d")
    found = places(hospital, state).of("220001", "99999", "MA")
    assert [one.words.split(":")[0] for one in found] == ["unplanned 30-day readmissions of this hospital"]
    gap = updated(measure="avoidable-hospitalizations", value="18", low="16.2")
    both = places(hospital, state, gap, of_state(measure="avoidable-hospitalizations")).of("220001", "02139", "MA")
    assert [one.kind for one in both] == [Kind.READMISSION, Kind.GAP]


def test_of_equal_weights_the_worst_is_told() -> None:
    other = {"measure": "readmissions-unplanned-30d"}
    found = places(updated(), of_state(), updated(low="17", **other), of_state(**other))
    (told,) = found.of("225009", "02139", "MA")
    assert told.words.startswith("unplanned 30-day readmissions")


def test_confirmed_concerns_are_one_signal_that_tells_topics_and_no_number() -> None:
    (found,) = places(concerns={"225009": ["falls", "falls", "care planning"]}).of("225009", "02139", "MA")
    assert found == concern(["care planning", "falls"])
    assert found == Signal(Kind.CONCERN, 40, "a standard of care was not met (care planning, falls)")
