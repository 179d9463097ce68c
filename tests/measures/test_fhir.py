"""A figure as a FHIR MeasureReport is valid by the base specification and says what the figure says."""

import datetime as dt
import json
from typing import Any

import pytest
from fhir.resources.R4B.measurereport import MeasureReport

from services.measures.domain.definitions import Aim, Priority
from services.measures.domain.panel.figures import figure
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.panel.published import Published, Where, published
from services.measures.domain.practices.kind import PATIENTS
from services.measures.domain.residents.definitions import COMPOSITE
from services.measures.domain.residents.kind import RESIDENTS
from services.measures.fhir import Stratum, measure_report
from tests.support.data import real_data

NOW = dt.datetime(2025, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
PRESSURE = next(measure for measure in PATIENTS.measures if measure.id == "practice-blood-pressure")
STANDARDIZED = FacilityMeasure(
    id="clabsi", specification=2, title="CLABSI <observed> & predicted", numerator={"observed": 1},
    denominator={"predicted": 1}, form=Form.STANDARDIZED, better="lower", source="CDC", baseline="2015",
    aim=Aim.BETTER_CARE, priority=Priority.SAFER_CARE,
)  # fmt: skip


def made(measure: FacilityMeasure, unit: str, period: str, **amounts: int) -> Published:
    kind = RESIDENTS if measure is COMPOSITE else PATIENTS
    found = published(kind, measure, Where(measure.id, unit, period), figure(measure, [amounts]), None, NOW, 1)
    assert found is not None
    return found


def report(measure: FacilityMeasure, unit_type: Any, told: Published, **strata: list[Stratum]) -> dict[str, Any]:
    """As it would travel, and valid."""
    text = json.dumps(measure_report(measure, unit_type, told, strata))
    MeasureReport.model_validate_json(text)
    found: dict[str, Any] = json.loads(text)
    return found


def counts(element: dict[str, Any]) -> dict[str, int]:
    return {one["code"]["coding"][0]["code"]: one["count"] for one in element["population"]}


def test_a_share_is_a_proportion_with_its_populations() -> None:
    told = report(PRESSURE, "practice", made(PRESSURE, "1234567893", "2024", blood_pressure=30, blood_pressure_of=40))
    (group,) = told["group"]
    assert counts(group) == {"denominator": 40, "numerator": 30}
    assert group["measureScore"] == {"value": 0.75}
    assert told["period"] == {"start": "2024-01-01", "end": "2024-12-31"}
    assert told["reporter"]["identifier"] == {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}
    assert told["improvementNotation"]["coding"][0]["code"] == "increase"
    assert told["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == "proportion"
    assert (told["status"], told["type"], told["date"]) == ("complete", "summary", "2025-02-03T04:05:06+00:00")
    assert told["meta"]["tag"][0]["code"] == "PROVISIONAL"
    assert told["measure"] == "urn:qio:measure:practice-blood-pressure|1"


def test_strata_have_their_own_populations_and_scores() -> None:
    whole = made(PRESSURE, "practice-7", "2024", blood_pressure=30, blood_pressure_of=40)
    told = report(PRESSURE, "practice", whole, sex=[Stratum("female", 20, 25), Stratum("male", 10, 15)])
    (stratifier,) = told["group"][0]["stratifier"]
    assert stratifier["code"] == [{"text": "sex"}]
    female, male = stratifier["stratum"]
    assert (female["value"], counts(female), female["measureScore"]) == (
        {"text": "female"},
        {"denominator": 25, "numerator": 20},
        {"value": 0.8},
    )
    assert sum(counts(one)["denominator"] for one in (female, male)) == 40
    assert told["reporter"]["identifier"]["system"] == "urn:qio:practice"


def test_a_figure_that_cannot_be_computed_says_so_and_has_no_score() -> None:
    told = report(STANDARDIZED, "hospital", made(STANDARDIZED, "360134", "2014Q1", observed=1, predicted=900_000))
    (group,) = told["group"]
    assert "value" not in group["measureScore"]
    assert group["measureScore"]["extension"][0]["valueCode"] == "not-applicable"
    assert "&lt;observed&gt; &amp; predicted" in told["text"]["div"]
    assert "fewer than one event was predicted" in told["text"]["div"]


def test_a_standardized_ratio_has_its_value_and_no_predicted_count() -> None:
    told = report(STANDARDIZED, "hospital", made(STANDARDIZED, "360134", "2014Q1", observed=3, predicted=2_000_000))
    (group,) = told["group"]
    assert (counts(group), group["measureScore"]) == ({"numerator": 3}, {"value": 1.5})
    assert told["improvementNotation"]["coding"][0]["code"] == "decrease"
    assert told["reporter"]["identifier"]["value"] == "360134"


def test_the_period_is_all_that_a_rolling_figure_covers() -> None:
    told = report(COMPOSITE, "nursing_home", made(COMPOSITE, "365001", "2018Q1", falls_injury=2, falls_injury_of=80))
    assert told["period"] == {"start": "2017-10-01", "end": "2018-03-31"}
    assert told["group"][0]["measureScore"] == {"value": 2.5}


def test_figures_of_another_measure_and_strata_of_a_ratio_are_refused() -> None:
    told = made(COMPOSITE, "365001", "2018Q1", falls_injury=2, falls_injury_of=80)
    with pytest.raises(ValueError, match="is not a figure of practice-blood-pressure"):
        measure_report(PRESSURE, "practice", told)
    with pytest.raises(ValueError, match="only shares are stratified"):
        measure_report(COMPOSITE, "nursing_home", told, {"sex": [Stratum("male", 1, 2)]})


@pytest.mark.parametrize("measure", PATIENTS.measures, ids=lambda measure: measure.id)
def test_every_measure_of_practices_can_be_reported(measure: FacilityMeasure) -> None:
    names = dict.fromkeys(measure.numerator, 1) | dict.fromkeys(measure.denominator, 2)
    assert report(measure, "practice", made(measure, "1234567893", "2024", **names))["group"][0]["measureScore"] == {
        "value": 0.5
    }


def test_a_report_has_the_shape_of_published_examples() -> None:
    folder = real_data()
    if folder is None:
        pytest.skip("the published examples are not here")
    examples = [
        json.loads(path.read_text())
        for path in sorted((folder / "fhir_deqm_examples").glob("MeasureReport-summ*.json"))
    ]
    whole = made(PRESSURE, "1234567893", "2024", blood_pressure=30, blood_pressure_of=40)
    told = report(PRESSURE, "practice", whole, sex=[Stratum("female", 20, 25)])
    seen = {name for example in examples for name in example}
    assert told.keys() - seen <= {"text", "identifier"}  # of every resource, and of the base specification
    groups = [group for example in examples for group in example["group"]]
    assert told["group"][0].keys() <= {name for group in groups for name in group}
    stratified = [one for group in groups for one in group.get("stratifier", ())]
    assert told["group"][0]["stratifier"][0].keys() <= {name for one in stratified for name in one}


def test_a_restated_figure_is_told_as_such() -> None:
    told = made(PRESSURE, "1234567893", "2024", blood_pressure=3, blood_pressure_of=4)
    assert report(PRESSURE, "practice", told._replace(status="RESTATED"))["meta"]["tag"][0]["code"] == "RESTATED"
