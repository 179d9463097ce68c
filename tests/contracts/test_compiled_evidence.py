"""The compiled decoders of patients' evidence accept what the JSON Schema and the contract accept, and nothing else."""

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts import compiled_evidence as compiled
from shared.contracts import evidence
from shared.contracts.message import FeedRecord
from tests.contracts.test_compiled import _agree, _damaged

_MODELS: tuple[type[FeedRecord], ...] = (
    *(evidence.PatientKnown, evidence.EvidenceNoted),
    *(evidence.PressureTaken, evidence.EvidenceWithdrawn),
)
_hex = st.text("0123456789abcdef", min_size=32, max_size=32)
_dates = st.dates(dt.date(1899, 12, 1), dt.date(2030, 12, 31)).map(dt.date.isoformat)
_dates |= st.sampled_from(("2100-12-31", "2101-01-01", "9999-12-31"))
_head = {
    "practice": st.from_regex(r"\A[0-9A-Za-z][0-9A-Za-z-]{1,5}\Z"),
    "patient": _hex,
    "fact": _hex,
    "version": st.integers(1, 2**40),
}
_concepts = st.lists(
    st.sampled_from((*sorted(evidence.LASTING), *sorted(evidence.MOMENTARY), "lung_cancer")), max_size=3
)
_half = st.none() | st.integers(-1, 401)
_known = st.fixed_dictionaries(_head | {"birth": _dates, "sex": st.sampled_from(("female", "unknown", "f"))})
_noted = st.fixed_dictionaries(_head | {"concepts": _concepts, "first": _dates}, optional={"last": st.none() | _dates})
_taken = st.fixed_dictionaries(
    _head | {"on": _dates, "setting": st.sampled_from(("outpatient", "inpatient", "home"))},
    optional={"systolic": _half, "diastolic": _half},
)
_withdrawn = st.fixed_dictionaries(_head, optional={"action": st.sampled_from(("cancel", "original"))})


@settings(max_examples=150, deadline=None)
@given(_damaged(_known) | _damaged(_noted) | _damaged(_taken) | _damaged(_withdrawn))
def test_facts_are_read_as_the_contracts_read_them(value: dict[str, Any]) -> None:
    for model in _MODELS:
        _agree(model, compiled.EVIDENCE[model.wire_type()], value)


@pytest.mark.parametrize("model", _MODELS)
def test_a_decoder_has_the_fields_of_its_contract(model: type[FeedRecord]) -> None:
    fields = {one.encode_name: one.required for one in msgspec.structs.fields(getattr(compiled, model.__name__))}
    assert set(evidence.EVIDENCE.messages) == set(_MODELS)
    assert fields == {name: field.is_required() for name, field in model.model_fields.items()}


def test_a_concept_either_lasts_or_is_of_one_day() -> None:
    assert not evidence.LASTING & evidence.MOMENTARY
