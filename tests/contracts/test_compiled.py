"""The compiled decoders accept what the JSON Schema and the contract accept, and nothing else."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any, get_args

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.contracts import compiled, feeds
from shared.contracts.message import FeedRecord

Decoders = Mapping[str, Callable[[bytes], Any]]

PAIRS: list[tuple[type[FeedRecord], Decoders]] = [
    (feeds.EnrolmentYear, compiled.ENROLMENT),
    (feeds.InpatientClaim, compiled.CLAIMS),
    (feeds.CareClaim, compiled.CARE),
    (feeds.DrugFill, compiled.CARE),
    (feeds.EncounterNotice, compiled.CARE),
    (feeds.CommunityService, compiled.CARE),
]

_hex = st.text("0123456789abcdef", min_size=32, max_size=32)
_dates = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)).map(dt.date.isoformat)
_versions = {
    "beneficiary": _hex,
    "version": st.integers(1, 2**40),
    "action": st.sampled_from(("original", "adjust", "cancel")),
}
_provider = st.from_regex(r"\A[0-9A-Z]{6}\Z")
_status = st.none() | st.from_regex(r"\A[0-9]{2}\Z")
_spans = st.lists(st.lists(_dates, min_size=2, max_size=2), max_size=3)
_diagnoses = st.lists(st.from_regex(r"\A[0-9A-Z]{3,8}\Z"), max_size=3)
_area = st.from_regex(r"\A(zip|ssa):[0-9]{5}\Z")
_billed = {
    "status": _status,
    "frequency": st.none() | st.from_regex(r"\A[0-9A-Z]\Z"),
    "paid": st.none() | st.integers(-(10**12), 10**12),
    "diagnoses": _diagnoses,
    "icd": st.sampled_from((None, 9, 10)),
    "received": st.none() | _dates,
    "unknown": st.integers(),
}
_claim = st.fixed_dictionaries(
    _versions | {"claim": _hex, "provider": _provider, "admission": _dates, "discharge": _dates},
    optional=_billed
    | {
        "drg": st.none() | st.from_regex(r"\A[0-9]{3}\Z"),
        "poa": st.none() | st.from_regex(r"\A[A-Z0-9-]{0,30}\Z"),
        "procedures": st.lists(st.from_regex(r"\A[0-9A-Z]{3,7}\Z"), max_size=3),
        "leave": _spans,
    },
)
_care = st.fixed_dictionaries(
    _versions
    | {
        "claim": _hex,
        "setting": st.sampled_from(("outpatient", "snf", "home_health", "hospice")),
        "provider": _provider,
        "first": _dates,
        "last": _dates,
    },
    optional=_billed | {"emergency": st.booleans(), "observation": st.booleans(), "nights": _spans},
)
_fill = st.fixed_dictionaries(
    _versions
    | {
        "fill": _hex,
        "filled": _dates,
        "days": st.integers(0, 366),
        "system": st.sampled_from(("ndc", "rxnorm")),
        "code": st.from_regex(r"\A[0-9]{1,12}\Z"),
    }
)
_notice = st.fixed_dictionaries(
    _versions | {"visit": _hex, "provider": _provider, "admission": _dates, "told": _dates},
    optional={"discharge": st.none() | _dates, "status": _status, "diagnoses": _diagnoses},
)
_service = st.fixed_dictionaries(
    _versions | {"service": _hex, "kind": st.from_regex(r"\A[a-z_]{1,41}\Z"), "referred": _dates},
    optional={"started": st.none() | _dates, "ended": st.none() | _dates},
)
_enrolment = st.fixed_dictionaries(
    {
        "beneficiary": _hex,
        "year": st.integers(1990, 2100),
        "version": st.integers(1, 2**40),
        "area": _area,
        "eligible": st.lists(st.tuples(_dates, _dates).map(list), max_size=24),
        "basis": st.text(max_size=40),
    },
    optional={
        "death": st.none() | _dates,
        "birth": st.none() | _dates,
        "dual": st.lists(st.from_regex(r"\A[0-9A-Z]{2}\Z"), max_size=13),
        "moves": st.lists(st.tuples(_dates, _area).map(list), max_size=2),
        "conditions": st.lists(st.from_regex(r"\A[a-z0-9_]{1,60}\Z"), max_size=2),
        "carries": st.lists(st.sampled_from((*get_args(feeds.Input), "weather")), max_size=20),
        "unknown": st.text(),
    },
)
_odd = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.integers(1985, 2105), st.text(max_size=3), _dates, _hex,
    _hex.map(str.upper), _hex.map(lambda text: text + "\n"), st.just("2020-02-30"), st.just("2020-1-1"),
    st.just("2020-01-01T00:00:00"), st.just("zip:1234"), st.just("zip:12345\n"), st.just("9\n"), st.just("30\n"),
    st.just("٣٠"), st.just("abcdef"), st.just("b" * 41), st.just([["2020-01-01"]]), st.just([["2020-01-01"] * 3]),
    st.just([["2020-01-01"] * 2] * 25), st.just({}), st.just([]), st.just(1.5), st.just("470\n"),
    st.just(["I10\n"]), st.just(["A" * 9]), st.just(["I10"] * 31), st.just([["2020-01-01", "zip:1"]]),
    st.just("-" * 31), st.just(["age", "age"]), st.just(["NA\n"]), st.just("true"), st.just(10), st.just("10"),
    st.just(366),
)  # fmt: skip


@st.composite
def _damaged(draw: st.DrawFn, sound: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    value = dict(draw(sound))
    for name in draw(st.lists(st.sampled_from(sorted(value)), max_size=2)):
        if draw(st.booleans()):
            value.pop(name, None)
        else:
            value[name] = draw(_odd)
    return value


def _agree(model: type[FeedRecord], decode: Callable[[bytes], Any], value: dict[str, Any]) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    fits = jsonschema.Draft202012Validator(model.model_json_schema(), format_checker=checker).is_valid(value)
    text = json.dumps(value).encode()
    try:
        contract = model.model_validate_json(text, strict=True) if fits else None
    except ValidationError:
        contract = None
    if contract is None:
        with pytest.raises(ValueError, match=r"."):
            decode(text)
    else:
        assert msgspec.structs.asdict(decode(text)) == dict(contract)


@settings(max_examples=500, deadline=None)
@given(_damaged(_claim))
def test_claims_are_read_as_the_contract_reads_them(value: dict[str, Any]) -> None:
    _agree(feeds.InpatientClaim, compiled.CLAIMS[feeds.InpatientClaim.wire_type()], value)


@settings(max_examples=500, deadline=None)
@given(_damaged(_enrolment))
def test_enrolment_is_read_as_the_contract_reads_it(value: dict[str, Any]) -> None:
    _agree(feeds.EnrolmentYear, compiled.ENROLMENT[feeds.EnrolmentYear.wire_type()], value)


@settings(max_examples=300, deadline=None)
@given(_damaged(_care))
def test_claims_of_other_settings_are_read_as_the_contract_reads_them(value: dict[str, Any]) -> None:
    _agree(feeds.CareClaim, compiled.CARE[feeds.CareClaim.wire_type()], value)


@settings(max_examples=300, deadline=None)
@given(_damaged(_fill))
def test_fills_are_read_as_the_contract_reads_them(value: dict[str, Any]) -> None:
    _agree(feeds.DrugFill, compiled.CARE[feeds.DrugFill.wire_type()], value)


@settings(max_examples=300, deadline=None)
@given(_damaged(_notice))
def test_notices_are_read_as_the_contract_reads_them(value: dict[str, Any]) -> None:
    _agree(feeds.EncounterNotice, compiled.CARE[feeds.EncounterNotice.wire_type()], value)


@settings(max_examples=300, deadline=None)
@given(_damaged(_service))
def test_services_are_read_as_the_contract_reads_them(value: dict[str, Any]) -> None:
    _agree(feeds.CommunityService, compiled.CARE[feeds.CommunityService.wire_type()], value)


def test_every_record_of_a_hot_feed_has_a_decoder() -> None:
    for topic, decoders in (
        (feeds.ENROLMENT, compiled.ENROLMENT),
        (feeds.CLAIMS, compiled.CLAIMS),
        (feeds.CARE, compiled.CARE),
    ):
        assert {message.wire_type() for message in topic.messages} == set(decoders)


@pytest.mark.parametrize(("model", "decoders"), PAIRS)
def test_a_decoder_has_the_fields_of_its_contract(model: type[FeedRecord], decoders: Decoders) -> None:
    compiled_type = getattr(compiled, model.__name__)
    fields = {field.encode_name: field.required for field in msgspec.structs.fields(compiled_type)}
    assert model.wire_type() in decoders
    assert fields == {name: field.is_required() for name, field in model.model_fields.items()}


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b'{"version": 1}', b"\xff", b"1" * 20_000])
def test_bytes_that_are_no_record_raise_value_error(text: bytes) -> None:
    for _, decoders in PAIRS:
        for decode in decoders.values():
            with pytest.raises(ValueError, match=r"."):
                decode(text)
