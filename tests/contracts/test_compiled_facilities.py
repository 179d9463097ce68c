"""The compiled decoders of infections, scores and counts accept what their contracts accept, and nothing else."""

import datetime as dt
import json
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.contracts import (
    compiled_counts,
    compiled_infections,
    compiled_scores,
    counts,
    evidence,
    infections,
    residents,
    scores,
)
from shared.contracts.files import EXAMPLES
from shared.contracts.message import FeedRecord
from tests.contracts.test_compiled import Decoders, _agree, _damaged

_head = {
    "ccn": st.from_regex(r"\A[0-9A-Z]{6}\Z"),
    "version": st.integers(1, 2**40),
    "action": st.sampled_from(("original", "adjust", "cancel")),
}
_dates = st.dates(dt.date(2019, 1, 1), dt.date(2026, 12, 31)).map(dt.date.isoformat)
_number = st.none() | st.integers(-1, 60)
_rate = st.none() | st.from_regex(r"\A[0-9]{1,3}(\.[0-9]{1,4})?\Z")
_signed = st.none() | st.from_regex(r"\A-?[0-9]{1,2}\.[0-9]{1,4}\Z")
_month = st.from_regex(r"\A20[0-9]{2}-(0[1-9]|1[0-2])\Z")
_periods = (
    _month
    | st.sampled_from(
        ("2015-01-01/2015-12-31", "2015-12-31/2015-01-01", "2015-02-30/2015-03-31", "2004-12", "2015-13", "2015-1")
    )
    | st.sampled_from(("2100-12", "2101-01", "9999-12", "2015-01-01/9999-12-31"))
)
_infection = st.fixed_dictionaries(
    _head
    | {
        "infection": st.sampled_from((*get_args(infections.Infection), "VAP")),
        "location": st.from_regex(r"\A[A-Za-z0-9 _.&/-]{1,41}\Z"),
        "period": _periods,
        "source": st.sampled_from((*get_args(infections.Source), "")),
        "baseline": st.sampled_from((*get_args(infections.Baseline), "2009")),
    },
    optional={
        "observed": _number,
        "predicted": _rate | st.from_regex(r"\A-?[0-9]{7,9}(\.[0-9]{6,7})?\Z"),
        "exposure": _number,
        "patient_days": _number,
        "unit": st.none() | st.from_regex(r"\A[A-Z_]{1,3}(:[A-Z]{1,3}){0,6}\Z"),
        "unknown": st.text(),
    },
)
_survey = st.fixed_dictionaries(
    _head
    | {
        "year": st.integers(2004, 2101),
        "kind": st.sampled_from((*get_args(infections.HospitalKind), "children")),
        **{name: st.integers(-1, 60) for name in ("patient_days", "admissions", "beds", "icu_beds")},
    }
)
_readmissions = st.fixed_dictionaries(
    _head
    | {
        "fiscal_year": st.integers(2010, 2101),
        "condition": st.sampled_from((*get_args(scores.Condition), "STROKE")),
        "first": _dates,
        "last": _dates | st.sampled_from(("2100-12-31", "2101-01-01", "9999-12-31")),
    },
    optional={
        "discharges": _number,
        "readmissions": _number,
        **dict.fromkeys(("predicted", "expected"), st.sampled_from((None, "0", "20.5", "100", "100.1"))),
        "ratio": st.sampled_from((None, "0", "1", "1.0000", "1.0003", "0.205")),
    },
)
_values = {
    name: _signed if name.endswith("_z") or name == "total" else _rate for name in scores.HarmScored.model_fields
}
_harm = st.fixed_dictionaries(
    _head | {"fiscal_year": st.integers(2010, 2101)},
    optional={
        **{name: how for name, how in _values.items() if name not in {*_head, "fiscal_year", "reduced"}},
        "reduced": st.none() | st.booleans(),
    },
)
_purchased = st.fixed_dictionaries(
    _head | {"fiscal_year": st.just(2024), "measure": st.sampled_from((*get_args(scores.Purchased), "HAI-7"))},
    optional={
        **dict.fromkeys(("threshold", "benchmark", "baseline", "performance"), _rate),
        **dict.fromkeys(("achievement", "improvement", "score"), st.none() | st.sampled_from((-1, 0, 3, 9, 10, 11))),
    },
)
_total = st.fixed_dictionaries(
    _head | {"fiscal_year": st.just(2024)},
    optional=dict.fromkeys(("clinical_outcomes", "engagement", "safety", "efficiency", "total"), _rate),
)
_entered = {"month": _month | st.just("1999-12"), **_head}
_optional = {"numerator": _number, "denominator": _number}
_by_hospital = st.fixed_dictionaries(
    _entered | {"measure": st.sampled_from((*get_args(counts.HospitalMeasure), "staff-stability"))}, optional=_optional
)
_by_home = st.fixed_dictionaries(
    _entered | {"measure": st.sampled_from((*get_args(counts.HomeMeasure), "harm-fall"))}, optional=_optional
)
PAIRS: list[tuple[type[FeedRecord], Decoders, Any, st.SearchStrategy[dict[str, Any]]]] = [
    (infections.InfectionCount, compiled_infections.INFECTIONS, compiled_infections, _infection),
    (infections.HospitalSurveyed, compiled_infections.INFECTIONS, compiled_infections, _survey),
    (scores.ReadmissionsScored, compiled_scores.SCORES, compiled_scores, _readmissions),
    (scores.HarmScored, compiled_scores.SCORES, compiled_scores, _harm),
    (scores.PurchasingScored, compiled_scores.SCORES, compiled_scores, _purchased),
    (scores.PurchasingTotalled, compiled_scores.SCORES, compiled_scores, _total),
    (counts.HospitalCount, compiled_counts.HOSPITAL_COUNTS, compiled_counts, _by_hospital),
    (counts.HomeCount, compiled_counts.HOME_COUNTS, compiled_counts, _by_home),
]
pairs = pytest.mark.parametrize(("model", "decoders", "module", "values"), PAIRS, ids=lambda one: None)


@pairs
def test_records_are_read_as_the_contract_reads_them(
    model: type[FeedRecord], decoders: Decoders, module: Any, values: st.SearchStrategy[dict[str, Any]]
) -> None:
    @settings(max_examples=120, deadline=None)
    @given(_damaged(values))
    def agree(value: dict[str, Any]) -> None:
        _agree(model, decoders[model.wire_type()], value)

    agree()


@pairs
def test_a_decoder_has_the_fields_of_its_contract(
    model: type[FeedRecord], decoders: Decoders, module: Any, values: st.SearchStrategy[dict[str, Any]]
) -> None:
    fields = {one.encode_name: one.required for one in msgspec.structs.fields(getattr(module, model.__name__))}
    assert fields == {name: field.is_required() for name, field in model.model_fields.items()}


@pytest.mark.parametrize("topic", [*infections.TOPICS, *scores.TOPICS, *counts.TOPICS], ids=lambda topic: topic.name)
def test_every_record_of_a_topic_has_a_decoder(topic: Any) -> None:
    decoders = {**compiled_infections.INFECTIONS, **compiled_scores.SCORES}
    decoders |= {**compiled_counts.HOME_COUNTS, **compiled_counts.HOSPITAL_COUNTS}
    assert {message.wire_type() for message in topic.messages} <= decoders.keys()


_FAR: dict[type[FeedRecord], dict[str, str]] = {
    infections.InfectionCount: {"period": "2101-01"},
    scores.ReadmissionsScored: {"last": "2101-01-01"},
    residents.ResidentAssessed: {"A2300": "2101-01-01"},
    residents.ResidentMoved: {"on": "2101-01-01"},
    evidence.EvidenceNoted: {"first": "2101-01-01"},
    evidence.PressureTaken: {"on": "2101-01-01"},
}


@pytest.mark.parametrize("model", _FAR, ids=lambda model: model.TYPE)
def test_a_day_after_2100_is_refused_by_field_since_the_calendar_ends_before_what_follows_from_it(
    model: type[FeedRecord],
) -> None:
    ((field, day),) = _FAR[model].items()
    sound = json.loads((EXAMPLES / model.wire_type() / "1.json").read_text())
    assert model.model_validate_json(json.dumps(sound))
    with pytest.raises(ValidationError, match=rf"{field} (is|ends) after 2100"):
        model.model_validate_json(json.dumps(sound | {field: day}))
