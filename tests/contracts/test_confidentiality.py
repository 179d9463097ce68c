"""What partners may read is an allow-list, and what identifies people stays off internal and public topics."""

import re
from collections.abc import Iterator
from typing import Any, cast, get_args
from uuid import UUID

import pytest
from pydantic import BaseModel, create_model

from shared.contracts import declared
from shared.contracts.catalog import TOPICS, message_types
from shared.contracts.message import REDISCLOSURE, Message, PublicEvent
from shared.contracts.notifications import NoticeRequested
from shared.contracts.topic import Confidentiality, Topic

# Words of the field deny-list for topics readable outside complaints (42 CFR 480.101, 480.132-480.143).
DENIED = set(
    re.findall(
        "[a-z]+",
        """
    name dob birth address street city zip phone email mbi hicn ssn mrn account photo voice patient beneficiary person
    member representative complainant narrative concern rationale text diagnosis procedure record records physician
    practitioner npi licence license attending reviewer specialty note notes vote attestation screening deliberation
    iid consent emtala sanction discussion disclosure actor contact recipient facts claim
    """,
    )
)
# On internal topics institutions may be named (42 CFR 480.105); people may not.
PERSONAL = DENIED - {
    "name",
    "zip",
    "address",
    "city",
    "street",
    "account",
    "member",
    "text",
    "note",
    "record",
    "records",
}
# A party's role ("beneficiary", "hospital") tells which, not who.
ROLES = {"recipient_role"}
# Who of the staff acted: an operator's account, and they are neither patient nor practitioner nor reviewer
# (42 CFR 480.101). Records of recruitment and of declared measures name them and are made again from their events,
# so the events name them too.
STAFF = {"actor"}
# How an institution is reached (42 CFR 480.105): the number of a QIO's office, in the directory and in letters.
OF_INSTITUTIONS = {
    f"recruitment.{event}.v1.phone"
    for event in ("ContactEntered", "SessionPlanned", "ActionPeriodStarted", "PairingProposed")
}
# A pseudonym tells one thing from another and nothing about it.
PSEUDONYMS = {"complaints.ConcernConfirmed.v1.concern"}
# Days of all patients of a hospital together: what infections are counted in.
EXPOSURES = {"patient_days"}
# Items of MDS 3.0 bear CMS's own numbers, such as J1900C.
ITEM = re.compile("[A-Z][0-9]{4}[A-Z]?[0-9]?")
# Public figures are counts that went through suppression; whatever else is public is flat text.
OF_FIGURES = {"measures.MeasuresSnapshotPublished.v1"}
FIGURES = {"string", "integer", "boolean", "null"}

PUBLIC = [model for model in message_types().values() if issubclass(model, PublicEvent)]
classed = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)


def _fields(kind: Any, seen: frozenset[Any] = frozenset()) -> Iterator[str]:
    """Every field name of a model and of the models inside it."""
    if isinstance(getattr(kind, "model_fields", None), dict):
        if kind in seen:
            return
        for name, info in cast("type[BaseModel]", kind).model_fields.items():
            yield name
            yield from _fields(info.annotation, seen | {kind})
    for inner in get_args(kind):
        yield from _fields(inner, seen)


def _words(name: str) -> set[str]:
    return set(re.findall("[a-z]+", name.lower()))


def test_there_are_public_messages() -> None:
    assert PUBLIC


@pytest.mark.parametrize("model", PUBLIC, ids=lambda model: model.wire_type())
def test_a_public_message_is_closed_and_carries_the_redisclosure_mark(model: type[PublicEvent]) -> None:
    assert model.model_config["extra"] == "forbid"
    assert model.model_config["frozen"]
    mark = model.model_fields["redisclosure"]
    assert mark.default == REDISCLOSURE == "42CFR480.107"
    assert get_args(mark.annotation) == ("42CFR480.107",)


@pytest.mark.parametrize("model", PUBLIC, ids=lambda model: model.wire_type())
def test_a_public_message_has_no_field_of_the_deny_list(model: type[PublicEvent]) -> None:
    fields = set(_fields(model)) - {"redisclosure"}
    assert {name for name in fields if _words(name) & DENIED} == set()


@pytest.mark.parametrize("model", PUBLIC, ids=lambda model: model.wire_type())
def test_a_public_message_has_no_exact_time_and_no_free_text_inside(model: type[PublicEvent]) -> None:
    for name, found in model.model_json_schema(mode="serialization")["properties"].items():
        assert found.get("format") not in {"date", "date-time", "time"}, name
        if found.get("type") == "array":
            assert _is_of_a_closed_vocabulary(found["items"], model), name
            continue
        kinds = {one.get("type") for one in found.get("anyOf", [found])}
        assert kinds <= (FIGURES if model.wire_type() in OF_FIGURES else {"string"}), "one flat allow-list"


def _is_of_a_closed_vocabulary(items: dict[str, Any], model: type[PublicEvent]) -> bool:
    """Whether a list holds nothing but words that are listed, or postal codes of states."""
    definitions = model.model_json_schema(mode="serialization").get("$defs", {})
    items = definitions.get(items.get("$ref", "").rpartition("/")[2], items)
    return "enum" in items or items.get("pattern") == "^[A-Z]{2}$"


def test_what_leaves_with_a_letter_carries_the_mark_too() -> None:
    assert NoticeRequested.model_fields["redisclosure"].default == REDISCLOSURE


@classed
def test_a_field_that_names_people_stays_off_topics_that_are_not_confidential(topic: Topic) -> None:
    if topic.confidentiality is Confidentiality.CONFIDENTIAL:
        return
    allowed = ROLES | EXPOSURES | {"redisclosure"} | (STAFF if _may_name_staff(topic) else set())
    found = {
        f"{message.wire_type()}.{name}"
        for message in topic.messages
        for name in set(_fields(message)) - allowed
        if _words(name) & PERSONAL
    }
    assert found - PSEUDONYMS - OF_INSTITUTIONS == set()


def _may_name_staff(topic: Topic) -> bool:
    internal = topic.confidentiality is Confidentiality.INTERNAL
    return internal and (topic.owner == "recruitment" or topic is declared.DECLARED)


def test_nothing_public_and_nothing_of_other_services_names_staff() -> None:
    for topic in TOPICS:
        named = {name for message in topic.messages for name in _fields(message)} & STAFF
        if named and topic.confidentiality is not Confidentiality.CONFIDENTIAL:
            assert _may_name_staff(topic), topic.name


def test_what_is_let_through_as_a_pseudonym_is_a_uuid() -> None:
    for place in PSEUDONYMS:
        wire_type, _, field = place.rpartition(".")
        assert message_types()[wire_type].model_fields[field].annotation is UUID, place


@classed
def test_no_key_or_name_of_an_open_topic_speaks_of_people(topic: Topic) -> None:
    if topic.confidentiality is not Confidentiality.CONFIDENTIAL:
        assert _words(topic.key) & PERSONAL == set()
    assert _words(topic.name) & (PERSONAL - {"claim"}) == set()


@classed
def test_a_confidential_message_is_on_no_open_topic(topic: Topic) -> None:
    if topic.confidentiality is Confidentiality.CONFIDENTIAL:
        elsewhere = {
            message
            for other in TOPICS
            for message in other.messages
            if other.confidentiality is not topic.confidentiality
        }
        assert not elsewhere & set(topic.messages)


@pytest.mark.parametrize(("field", "denied"), [("reviewer_id", True), ("patientName", False), ("patient_name", True)])
def test_the_check_sees_a_denied_field_in_a_nested_model(field: str, denied: bool) -> None:
    inner: Any = create_model("Inner", **cast("Any", {field: str}))
    outer = create_model("Outer", __base__=Message, parts=(tuple[inner, ...] | None, None))
    assert any(_words(name) & PERSONAL for name in _fields(outer)) is denied


def test_fields_are_written_in_snake_case_so_that_their_words_can_be_checked() -> None:
    for model in message_types().values():
        for name in _fields(model):
            assert re.fullmatch("[a-z][a-z0-9_]*", name) or ITEM.fullmatch(name), f"{model.wire_type()}.{name}"
