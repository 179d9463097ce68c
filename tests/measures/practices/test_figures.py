"""Practices' measures, from facts of patients to figures."""

import datetime as dt
from typing import Any

from services.measures.domain.panel.figures import figure
from services.measures.domain.practices.count import COMPONENTS, count
from services.measures.domain.practices.definitions import MEASURES
from tests.measures.practices.records import Record, born, in_force, noted, pressure

BY_ID = {one.id: one for one in MEASURES}
TENSE = (noted("essential_hypertension", "2015-02-02"), noted("visit", "2024-03-01"))


def of(name: str, *patients: tuple[Record, ...], year: str = "2024") -> tuple[Any, ...]:
    found = [count(in_force(one), dt.date(2025, 6, 30)).amounts.get(year, {}) for one in patients]
    return figure(BY_ID[name], found)[:3]


def test_three_of_four_patients_with_controlled_blood_pressure_are_75_percent() -> None:
    well, ill = (pressure("2024-03-01", 120, 70),), (pressure("2024-03-01", 150, 95),)
    patients = [(born("1960-05-05"), *TENSE, *told) for told in (well, well, well, ill)]
    assert of("practice-blood-pressure", *patients) == (3, 4, 75)


def test_statins_of_all_four_groups_are_one_share_and_a_patient_is_in_one_group() -> None:
    visit, drug = noted("visit", "2024-03-01"), noted("statin", "2020-01-01")
    patients = [
        (born("1960-01-01"), visit, noted("ascvd diabetes", "2019-01-01"), drug),
        (born("1970-01-01"), visit, noted("familial_hypercholesterolemia diabetes", "2019-01-01")),
        (born("1970-01-01"), visit, noted("diabetes", "2019-01-01"), drug),
        (born("1970-01-01"), visit, noted("ascvd_risk_20_or_more", "2024-01-01")),
    ]
    assert of("practice-statin", *patients) == (2, 4, 50)
    shares = [of(f"practice-statin-{number}", *patients) for number in (1, 2, 3, 4)]
    assert shares == [(1, 1, 100), (0, 1, 0), (1, 1, 100), (0, 1, 0)]


def test_of_three_patients_screened_for_tobacco_the_users_alone_are_asked_who_was_helped() -> None:
    visit = noted("preventive_visit", "2024-03-01")
    patients = [
        (born("1970-01-01"), visit, noted("tobacco_user", "2024-03-01"), noted("cessation_drug", "2024-04-01")),
        (born("1970-01-01"), visit, noted("tobacco_user", "2024-03-01")),
        (born("1970-01-01"), visit, noted("tobacco_non_user", "2024-03-01")),
        (born("1970-01-01"), visit),
    ]
    assert of("practice-tobacco-screened", *patients) == (3, 4, 75)
    assert of("practice-tobacco-helped", *patients) == (1, 2, 50)
    assert of("practice-tobacco", *patients) == (2, 4, 50)


def test_every_component_is_asked_for_by_a_measure_that_is_a_percentage() -> None:
    assert {name for one in MEASURES for name in one.numerator} == set(COMPONENTS)
    for one in MEASURES:
        assert one.denominator == {f"{name}_of": 1 for name in one.numerator}
        assert (one.scale, one.better) == (100, "higher")
