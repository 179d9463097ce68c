"""Adverse drug events by code: worked example 1 of the measures research §4.4, and every code of T36-T50."""

import csv

import pytest

from services.measures.domain import adverse_drug_events as ade
from services.measures.domain.components import ADE_CLASSES
from tests.support.data import real_data

INTENTS = {
    "poisoning_accidental": "1",
    "poisoning_self_harm": "2",
    "poisoning_assault": "3",
    "poisoning_undetermined": "4",
    "adverse_effect": "5",
    "underdosing": "6",
}
# The families of the file by our class.
FAMILY = {"anticoagulants": "anticoagulant", "insulin_oral_hypoglycemics": "diabetic", "opioids": "opioid"}


@pytest.mark.parametrize(
    ("code", "intent"),
    [
        *(("T45515A", "5"), ("T3695XA", "5"), ("T383X5A", "5"), ("T402X1A", "1"), ("T45516A", "6")),
        *(("T50905D", "5"), ("T50A15A", "5"), ("T510X1A", None), ("T3595XA", None), ("D6832", None), ("T4551", None)),
    ],
)
def test_the_intent_is_the_sixth_character_or_the_fifth_before_an_x(code: str, intent: str | None) -> None:
    assert ade.intent_of(code) == intent


@pytest.mark.parametrize(
    ("code", "classes"),
    [
        ("T45515A", {"anticoagulant", "any"}),
        ("T45515D", set()),  # a later encounter
        ("T45515S", set()),  # a sequela
        ("T45516A", set()),  # too little taken
        ("D6832", {"anticoagulant", "any"}),
        ("T383X5A", {"diabetic", "any"}),
        ("E160", {"diabetic", "any"}),
        ("E11649", {"diabetic", "any"}),
        ("E1165", set()),
        ("T402X5A", {"opioid", "any"}),
        ("T40425A", {"opioid", "any"}),
        ("T402X1A", set()),  # poisoning
        ("T401X5A", {"any"}),  # heroin has no adverse effect in ICD-10-CM, and is no opioid of the class
        ("T3695XA", {"any"}),
        ("T50A15A", {"any"}),
        *((code, {"any"}) for code in ("I952", "L270", "N141", "N1411", "N1419", "T887XXA")),
        ("K922", set()),
        ("", set()),
    ],
)
def test_a_code_is_an_event_of_its_class_and_of_any(code: str, classes: set[str]) -> None:
    assert ade.classes_of_event(code) == classes


def test_the_rule_agrees_with_the_description_of_every_code() -> None:
    folder = real_data()
    if folder is None:
        pytest.skip("the official descriptions are in a public file this machine does not have")
    with (folder / "icd10cm_ade" / "icd10cm_t36_t50.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 3_186
    assert [row["icd10cm"] for row in rows if ade.intent_of(row["icd10cm"]) != INTENTS[row["intent"]]] == []
    for row in rows:
        code = row["icd10cm"]
        counts = row["intent"] == "adverse_effect" and code.endswith("A")
        family = {FAMILY[row["ade_high_risk_family"]]} if row["ade_high_risk_family"] else set()
        assert ade.classes_of_event(code) == ({"any"} | family if counts else set()), code


@pytest.mark.parametrize(
    ("code", "classes"),
    [("Z7901", {"anticoagulant"}), ("Z794", {"diabetic"}), ("Z7984", {"diabetic"}), ("Z79891", {"opioid"})],
)
def test_long_term_use_is_exposure(code: str, classes: set[str]) -> None:
    assert ade.exposure_of_code(code) == classes
    assert ade.exposure_of_code("Z7902") == frozenset()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *(
            ("warfarin", "anticoagulant"),
            ("Warfarin Sodium", "anticoagulant"),
            ("heparin sodium, porcine", "anticoagulant"),
        ),
        *(("insulin glargine", "diabetic"), ("insulin, regular, human", "diabetic"), ("metformin", "diabetic")),
        *(("oxycodone hydrochloride", "opioid"), ("tramadol", "opioid"), ("naloxone", None), ("insulinase", None)),
        *(("clopidogrel", None), ("loperamide", None), ("", None), ("17-beta estradiol", None)),
    ],
)
def test_an_ingredient_belongs_to_its_class_in_any_case_and_salt(name: str, expected: str | None) -> None:
    assert ade.class_of_ingredient(name) == expected


def test_the_classes_are_those_cells_count() -> None:
    assert (*ade.HIGH_RISK, ade.ANY) == ADE_CLASSES
