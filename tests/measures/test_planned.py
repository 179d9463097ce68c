"""Planned readmissions and stays that are no index: worked examples E, G, H and J of the measures research §2.6."""

from collections.abc import Mapping

import pytest

from services.measures.domain import planned
from services.measures.domain.values import NO_VALUE_SETS, ValueSets

HEART_FAILURE, PNEUMONIA, ARTHROSIS, CHEMOTHERAPY = "I5023", "J189", "M1611", "Z5111"
BROKEN_HIP, DEPRESSION, LUNG_CANCER = "S72011A", "F329", "C3490"
NEW_HIP, KIDNEY_TRANSPLANT, LOBECTOMY, TRANSFUSION = "0SR9019", "0TY00Z0", "0BTC0ZZ", "30233N1"
MASTECTOMY = "0HTT0ZZ"


def sets(**of: Mapping[str, str]) -> ValueSets:
    """Value sets by name (underscores for dashes), one or more meanings of a code, separated by blanks."""
    return ValueSets(
        1,
        {
            name.replace("_", "-"): {code: frozenset(meanings.split()) for code, meanings in codes.items()}
            for name, codes in of.items()
        },
    )


VALUES = sets(
    ccs_diagnoses={
        HEART_FAILURE: "108",
        PNEUMONIA: "122",
        ARTHROSIS: "203",
        CHEMOTHERAPY: "45",
        BROKEN_HIP: "226",
        DEPRESSION: "657",
        LUNG_CANCER: "19",
    },
    ccs_procedures={NEW_HIP: "153", KIDNEY_TRANSPLANT: "105", LOBECTOMY: "36", TRANSFUSION: "222", MASTECTOMY: "167"},
    planned_readmission={
        "105": "always_px_ccs",
        "45": "always_dx_ccs potential_px_ccs",
        "153": "potential_px_ccs",
        "226": "acute_dx_ccs",
        "108": "acute_dx_ccs",
        PNEUMONIA: "acute_dx",
        "0JH604Z": "potential_px",
    },
    hwr_exclusions={"657": "psychiatric", "254": "rehabilitation", "19": "cancer"},
    hwr_surgery={LOBECTOMY: "surgery", "167": "surgery_ccs"},
)


@pytest.mark.parametrize(
    ("case", "diagnoses", "procedures", "expected"),
    [
        ("E: a new hip for arthrosis", (ARTHROSIS,), (NEW_HIP,), True),
        ("H: chemotherapy", (CHEMOTHERAPY,), (), True),
        ("J: a new hip for a broken one", (BROKEN_HIP,), (NEW_HIP,), False),
        ("A: heart failure", (HEART_FAILURE,), (), False),
        ("a transplant, whatever the diagnosis", (HEART_FAILURE,), (TRANSFUSION, KIDNEY_TRANSPLANT), True),
        ("chemotherapy beside heart failure", (HEART_FAILURE, CHEMOTHERAPY), (), False),
        ("a procedure listed by itself", (ARTHROSIS,), ("0JH604Z",), True),
        ("a diagnosis acute by itself", (PNEUMONIA,), (NEW_HIP,), False),
        ("an unknown diagnosis is not acute", (), (NEW_HIP,), True),
        ("nothing known", (), (), False),
    ],
)
def test_a_readmission_is_planned_by_what_is_done_and_why(
    case: str, diagnoses: tuple[str, ...], procedures: tuple[str, ...], expected: bool
) -> None:
    assert planned.is_planned(VALUES, diagnoses, procedures) is expected, case


@pytest.mark.parametrize(
    ("case", "principal", "procedures", "expected"),
    [
        ("G: depression", DEPRESSION, (), True),
        ("G: pneumonia after it", PNEUMONIA, (), False),
        ("cancer treated with drugs", LUNG_CANCER, (), True),
        ("cancer with a transfusion", LUNG_CANCER, (TRANSFUSION,), True),
        ("cancer operated on", LUNG_CANCER, (TRANSFUSION, LOBECTOMY), False),
        ("cancer operated on, by the category of the operation", LUNG_CANCER, (MASTECTOMY,), False),
        ("surgery does not bring depression in", DEPRESSION, (LOBECTOMY,), True),
        ("a diagnosis of no category", "U071", (), True),
        ("no diagnosis", None, (), True),
    ],
)
def test_some_stays_are_no_index(case: str, principal: str | None, procedures: tuple[str, ...], expected: bool) -> None:
    assert planned.excluded(VALUES, principal, procedures) is expected, case


def test_without_value_sets_nothing_is_planned_and_no_stay_is_an_index() -> None:
    assert not planned.is_planned(NO_VALUE_SETS, (CHEMOTHERAPY,), (KIDNEY_TRANSPLANT,))
    assert planned.excluded(NO_VALUE_SETS, HEART_FAILURE, ())
