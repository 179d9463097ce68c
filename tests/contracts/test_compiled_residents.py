"""The compiled decoders of residents' records accept what the JSON Schema and the contract accept, and nothing else."""

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts import compiled_residents as compiled
from shared.contracts import residents
from shared.contracts.message import FeedRecord
from tests.contracts.test_compiled import _agree, _damaged

_hex = st.text("0123456789abcdef", min_size=32, max_size=32)
_dates = st.dates(dt.date(1949, 12, 1), dt.date(2030, 12, 31)).map(dt.date.isoformat)
_dates |= st.sampled_from(("2100-12-31", "2101-01-01", "9999-12-31"))
_head = {
    "ccn": st.from_regex(r"\A[0-9A-Z]{6}\Z"),
    "resident": _hex,
    "record": _hex,
    "version": st.integers(1, 2**40),
    "action": st.sampled_from(("original", "adjust", "cancel")),
}
_codes = st.sampled_from(("01", "02", "06", "08", "10", "11", "12", "99"))
_item = st.none() | st.integers(-1, 31) | st.just(99)
_assessed = st.fixed_dictionaries(
    _head | {"A0310A": _codes, "A0310B": _codes, "A0310F": st.sampled_from(("99", "10")), "A2300": _dates},
    optional={"A1600": st.none() | _dates, "A2000": st.none() | _dates, "unknown": st.text()},
)
_few_items = st.dictionaries(st.sampled_from(residents.ITEMS), st.integers(0, 2), max_size=4)
_some_item = st.dictionaries(st.sampled_from(residents.ITEMS), _item, max_size=1)
_moved = st.fixed_dictionaries(_head | {"A0310F": _codes, "on": _dates})


@settings(max_examples=150, deadline=None)
@given(_damaged(_assessed), _few_items, _some_item)
def test_assessments_are_read_as_the_contract_reads_them(
    value: dict[str, Any], items: dict[str, Any], item: dict[str, Any]
) -> None:
    _agree(residents.ResidentAssessed, compiled.RESIDENTS[residents.ResidentAssessed.wire_type()], value | items | item)


@settings(max_examples=100, deadline=None)
@given(_damaged(_moved))
def test_moves_are_read_as_the_contract_reads_them(value: dict[str, Any]) -> None:
    _agree(residents.ResidentMoved, compiled.RESIDENTS[residents.ResidentMoved.wire_type()], value)


@pytest.mark.parametrize("model", residents.RESIDENTS.messages)
def test_a_decoder_has_the_fields_of_its_contract(model: type[FeedRecord]) -> None:
    fields = {one.encode_name: one.required for one in msgspec.structs.fields(getattr(compiled, model.__name__))}
    assert model.wire_type() in compiled.RESIDENTS
    assert fields == {name: field.is_required() for name, field in model.model_fields.items()}
