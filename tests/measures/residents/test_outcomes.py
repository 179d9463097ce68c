"""Who counts in each measure, and who is left out, by CMS's MDS 3.0 Quality Measures User's Manual (long stay)."""

from typing import Any

import pytest

from tests.measures.residents.records import Record, assessed, entered, figure_of

ENTRY = entered("entry", "2017-06-01")
PRIOR = assessed("prior", "2018-01-15")
MET, NOT_MET, OUT = (1, 1), (0, 1), (0, 0)


def of(component: str, *records: Record, **items: Any) -> tuple[int, int]:
    """Of a resident with an assessment in January and one in March, the latter with these items."""
    return figure_of(
        "2018-06-30", "2018Q1", component, ENTRY, PRIOR, assessed("target", "2018-03-20", **items), *records
    )


ON_ADMISSION = ({"A0310A": "01"}, {"A0310B": "01"}, {"A0310B": "06"})


@pytest.mark.parametrize(
    ("component", "items", "expected"),
    [
        ("falls_injury", {"J1800": 1, "J1900C": 1}, MET),
        ("falls_injury", {"J1800": 1, "J1900C": 2}, MET),
        ("falls_injury", {"J1800": 1, "J1900C": 0}, NOT_MET),
        ("falls", {"J1800": 1, "J1900C": 0}, MET),
        ("falls", {}, NOT_MET),
        ("urinary_infection", {"I2300": 1}, MET),
        ("urinary_infection", {}, NOT_MET),
        ("urinary_infection", {"I2300": None}, OUT),
        *(("urinary_infection", {"I2300": 1} | early, OUT) for early in ON_ADMISSION),
        ("pain", {"J0300": 1, "J0400": 1, "J0600A": 5}, MET),
        ("pain", {"J0300": 1, "J0400": 2, "J0600A": 9}, MET),
        ("pain", {"J0300": 1, "J0400": 3, "J0600A": 9}, NOT_MET),
        ("pain", {"J0300": 1, "J0400": 2, "J0600A": 4}, NOT_MET),
        ("pain", {"J0300": 1, "J0400": 2, "J0600B": 2}, MET),
        ("pain", {"J0300": 1, "J0400": 4, "J0600A": 10}, MET),
        ("pain", {"J0300": 1, "J0400": 4, "J0600B": 4}, MET),
        ("pain", {"J0300": 1, "J0400": 4, "J0600B": 3}, NOT_MET),
        ("pain", {"J0300": 1, "J0400": 1, "J0600A": 99, "J0600B": 9}, OUT),
        ("pain", {"J0300": 1, "J0400": 9, "J0600A": 5}, OUT),
        ("pain", {"J0300": 1, "J0400": 1, "J0600A": 0}, OUT),
        ("pain", {"J0300": 9}, OUT),
        ("pain", {"J0200": 0}, OUT),
        ("pain", {"J0300": 1, "J0400": 1, "J0600A": 5, "A0310A": "01"}, OUT),
        ("pressure_ulcers", {"G0110A1": 3, "M0210": 1, "M0300B1": 0, "M0300C1": 1, "M0300D1": 0}, MET),
        ("pressure_ulcers", {"G0110B1": 8, "M0210": 1, "M0300B1": 9}, MET),
        ("pressure_ulcers", {"G0110A1": 3, "M0210": 1, "M0300B1": 0, "M0300C1": 0, "M0300D1": 0}, NOT_MET),
        ("pressure_ulcers", {"G0110A1": 3, "M0210": 1, "M0300B1": 0, "M0300C1": 0}, OUT),
        ("pressure_ulcers", {"G0110A1": 3}, NOT_MET),
        ("pressure_ulcers", {"B0100": 1}, NOT_MET),
        ("pressure_ulcers", {"I5600": 1}, NOT_MET),
        ("pressure_ulcers", {"M0210": 1, "M0300B1": 1}, OUT),
        ("pressure_ulcers", {"G0110A1": 3, "M0210": 1, "M0300B1": 1, "A0310B": "01"}, OUT),
        ("bowel_or_bladder", {"H0300": 2}, MET),
        ("bowel_or_bladder", {"H0400": 3}, MET),
        ("bowel_or_bladder", {"H0300": 1, "H0400": 1}, NOT_MET),
        ("bowel_or_bladder", {"H0300": None}, OUT),
        ("bowel_or_bladder", {"H0300": None, "H0400": 2}, MET),
        ("bowel_or_bladder", {"H0300": 2, "C0500": 7}, OUT),
        ("bowel_or_bladder", {"H0300": 2, "C0500": 8}, MET),
        ("bowel_or_bladder", {"H0300": 2, "C0500": 99, "C0700": 1, "C1000": 3}, OUT),
        ("bowel_or_bladder", {"H0300": 2, "C0500": 99, "C0700": 1, "C1000": 2}, MET),
        ("bowel_or_bladder", {"H0300": 2, "C0500": 99}, OUT),
        ("bowel_or_bladder", {"H0300": 2, "G0110A1": 4, "G0110B1": 7, "G0110E1": 8}, OUT),
        *(("bowel_or_bladder", {"H0300": 2, item: 7}, OUT) for item in ("G0110A1", "G0110B1", "G0110E1")),
        ("bowel_or_bladder", {"H0300": 2, "G0110A1": 3, "G0110B1": 3, "G0110E1": 3}, MET),
        ("bowel_or_bladder", {"H0300": 2, "G0110E1": None}, OUT),
        ("bowel_or_bladder", {"H0300": 2, "B0100": 1}, OUT),
        ("bowel_or_bladder", {"H0300": 2, "H0100A": 1}, OUT),
        ("bowel_or_bladder", {"H0300": 2, "H0100C": 1}, OUT),
        ("bowel_or_bladder", {"H0300": 2, "H0100C": None}, OUT),
        ("catheter", {"H0100A": 1}, MET),
        ("catheter", {}, NOT_MET),
        ("catheter", {"H0100A": 1, "I1550": 1}, OUT),
        ("catheter", {"H0100A": 1, "I1650": 1}, OUT),
        ("catheter", {"H0100A": 1, "I1650": None}, OUT),
        ("catheter", {"H0100A": 1, "A0310B": "06"}, OUT),
        ("catheter_infection", {"H0100A": 1, "I2300": 1}, MET),
        ("catheter_infection", {"H0100A": 1}, NOT_MET),
        ("catheter_infection", {"I2300": 1}, OUT),
        *(("restraints", {item: 2}, MET) for item in ("P0100B", "P0100C", "P0100E", "P0100F", "P0100G")),
        ("restraints", {"P0100B": 1}, NOT_MET),
        ("restraints", {"P0100B": None}, OUT),
        ("restraints", {"P0100B": None, "P0100G": 2}, MET),
        ("weight_loss", {"K0300": 2}, MET),
        ("weight_loss", {"K0300": 1}, NOT_MET),
        ("weight_loss", {"K0300": None}, OUT),
        ("weight_loss", {"K0300": 2, "A0310A": "01"}, OUT),
        *(("weight_loss", {"K0300": 2, item: told}, OUT) for item in ("J1400", "O0100K2") for told in (1, None)),
        ("depressive", {"D0200A2": 2, "D0300": 10}, MET),
        ("depressive", {"D0200B2": 3, "D0300": 27}, MET),
        ("depressive", {"D0200A2": 2, "D0300": 9}, NOT_MET),
        ("depressive", {"D0200A2": 1, "D0200B2": 1, "D0300": 20}, NOT_MET),
        ("depressive", {"D0300": 99}, OUT),
        ("depressive", {"D0300": 99, "D0500A2": 2, "D0500B2": 0, "D0600": 10}, MET),
        ("depressive", {"D0300": 99, "D0500A2": 0, "D0500B2": 0, "D0600": 4}, NOT_MET),
        ("depressive", {"D0200A2": 2, "D0300": 10, "B0100": 1}, OUT),
        ("antipsychotic", {"N0410A": 1}, MET),
        ("antipsychotic", {}, NOT_MET),
        ("antipsychotic", {"N0410A": None}, OUT),
        *(("antipsychotic", {"N0410A": 7, item: 1}, OUT) for item in ("I6000", "I5350", "I5250")),
        ("influenza", {"O0250A": 1}, MET),
        *(("influenza", {"O0250A": 0, "O0250C": why}, MET) for why in (2, 3, 4)),
        *(("influenza", {"O0250A": 0, "O0250C": why}, NOT_MET) for why in (1, 5, 6, 9)),
        ("pneumococcal", {"O0300A": 1}, MET),
        *(("pneumococcal", {"O0300A": 0, "O0300B": why}, MET) for why in (1, 2)),
        ("pneumococcal", {"O0300A": 0, "O0300B": 3}, NOT_MET),
        ("pneumococcal", {"O0300A": None}, NOT_MET),
    ],
)
def test_the_target_assessment_decides(component: str, items: dict[str, Any], expected: tuple[int, int]) -> None:
    assert of(component, **items) == expected


HELP = ("G0110A1", "G0110B1", "G0110H1", "G0110I1")


@pytest.mark.parametrize(
    ("before", "now", "items", "expected"),
    [
        ((1, 1, 0, 2), (3, 1, 0, 2), {}, MET),  # two points in one
        ((1, 1, 0, 2), (2, 1, 1, 2), {}, MET),  # one point in two
        ((1, 1, 0, 2), (2, 1, 0, 2), {}, NOT_MET),
        ((1, 1, 0, 2), (0, 0, 0, 0), {}, NOT_MET),
        ((3, 3, 0, 2), (7, 8, 0, 2), {}, MET),  # 7 and 8 count as 4
        ((4, 1, 0, 2), (8, 1, 0, 2), {}, NOT_MET),
        ((4, 7, 8, 4), (4, 4, 4, 4), {}, OUT),
        ((4, 7, 8, 3), (4, 4, 4, 4), {}, OUT),
        ((4, 7, 8, 2), (4, 4, 4, 4), {}, MET),
        ((1, 1, 0, 2), (3, 1, 0, 2), {"B0100": 1}, OUT),
        ((1, 1, 0, 2), (3, 1, 0, 2), {"J1400": 1}, OUT),
        ((1, 1, 0, 2), (3, 1, 0, 2), {"O0100K2": 1}, OUT),
        ((1, 1, 0, 2), (3, 1, 0, None), {}, MET),
        ((1, 1, 0, 2), (2, 1, 0, None), {}, OUT),
        ((1, 1, None, 2), (2, 1, 0, 2), {}, OUT),
    ],
)
def test_more_help_is_measured_against_the_prior_assessment(
    before: tuple[int, ...], now: tuple[int, ...], items: dict[str, Any], expected: tuple[int, int]
) -> None:
    prior = assessed("prior", "2018-01-15", 2, "adjust", **dict(zip(HELP, before, strict=True)))
    assert of("more_help", prior, **dict(zip(HELP, now, strict=True)), **items) == expected


def test_tourettes_syndrome_is_read_from_the_prior_assessment_where_the_target_does_not_ask() -> None:
    prior = assessed("prior", "2018-01-15", 2, "adjust", I5350=1)
    assert of("antipsychotic", prior, N0410A=1, I5350=None) == OUT
    assert of("antipsychotic", prior, N0410A=1, I5350=0) == MET


def test_a_fall_of_the_look_back_counts_and_it_is_unknown_only_where_no_assessment_tells() -> None:
    assert of("falls_injury", assessed("prior", "2018-01-15", 2, "adjust", J1800=1, J1900C=1)) == MET
    unknown: dict[str, Any] = {"J1800": 1, "J1900C": None}
    assert of("falls_injury", **unknown) == NOT_MET
    assert of("falls_injury", assessed("prior", "2018-01-15", 2, "adjust", **unknown), **unknown) == OUT
    nothing: dict[str, Any] = {"J1800": None}
    assert of("falls", assessed("prior", "2018-01-15", 2, "adjust", **nothing), **nothing) == OUT
