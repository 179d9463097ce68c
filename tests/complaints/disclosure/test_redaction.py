"""No message of a topic that is not confidential can carry what section 13 forbids, and small numbers are withheld."""

import datetime as dt
from enum import StrEnum
from itertools import product
from typing import Any, ClassVar, Literal, cast
from uuid import UUID

import pytest
from pydantic import create_model

from services.complaints.domain.disclosure.redact import SMALLEST_CELL, leaks, suppress
from shared.contracts.catalog import TOPICS
from shared.contracts.complaints import CaseContact
from shared.contracts.feeds import Ccn, InpatientClaim, Reference
from shared.contracts.message import REDISCLOSURE, Event, Message, PublicEvent
from shared.contracts.notifications import REQUESTS, NoticeRequested
from shared.contracts.topic import Confidentiality

OPEN = [
    (topic.name, message)
    for topic in TOPICS
    if topic.confidentiality is not Confidentiality.CONFIDENTIAL
    for message in topic.messages
]


OUTBOUND = [
    message
    for topic in TOPICS
    if "partner" in topic.readers or topic.name.startswith("qio.partner.") or topic.name == REQUESTS.name
    for message in topic.messages
]


class Kind(StrEnum):
    """A list of words with one that tells too much."""

    APPEAL = "APPEAL"
    EMTALA_5DAY = "EMTALA_5DAY"


class OfComplaints(Event):
    """A base for messages of complaints."""

    TYPE: ClassVar[str] = "complaints.Made"


class OfRecruitment(Event):
    """A base for messages of recruitment."""

    TYPE: ClassVar[str] = "recruitment.Made"


class OfThePublic(PublicEvent):
    """A base for messages of partners."""

    TYPE: ClassVar[str] = "public.Made"


def checks(base: type[Message], **fields: Any) -> set[str]:
    """What is found in a message made of these fields."""
    made = create_model("Made", __base__=base, **cast("Any", {name: (kind, ...) for name, kind in fields.items()}))
    return {leak.check for leak in leaks(made)}


def test_there_are_open_topics() -> None:
    assert len(OPEN) > 10


@pytest.mark.parametrize(("topic", "message"), OPEN, ids=lambda value: getattr(value, "__name__", str(value)))
def test_nothing_of_the_deny_list_can_stand_in_an_open_message(topic: str, message: type[Message]) -> None:
    assert leaks(message) == (), topic


@pytest.mark.parametrize("message", OUTBOUND, ids=lambda message: message.__name__)
def test_whatever_leaves_the_platform_carries_the_redisclosure_mark(message: type[Message]) -> None:
    assert message.model_fields["redisclosure"].default == REDISCLOSURE == "42CFR480.107"


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"reviewer_id": str}, {"name"}),
        ({"patient_name": str}, {"name"}),
        ({"npi": str}, {"name"}),
        ({"concern_text": str}, {"name"}),
        ({"concern": UUID}, set()),
        ({"reviewer": UUID}, {"name"}),
        ({"parties": tuple[CaseContact, ...]}, {"name"}),
        ({"who": Reference}, {"person reference"}),
        ({"whose": Reference | None}, {"person reference"}),
        ({"content": dict[str, str]}, {"open content"}),
        ({"content": object}, {"open content"}),
        ({"content": bytes}, {"open content"}),
        ({"content": dict[Ccn, object]}, {"open content"}),
        ({"content": dict[Ccn, int]}, set()),
        ({"case_type": Kind}, {"hidden value"}),
        ({"case_type": Literal["APPEAL", "SANCTION"] | None}, {"hidden value"}),
        ({"ccn": Ccn, "at": dt.datetime}, {"time at facility"}),
        ({"ccn": Ccn, "on": dt.date}, set()),
        ({"case": UUID, "at": dt.datetime}, set()),
    ],
)
def test_the_check_finds_by_name_type_and_value(fields: dict[str, Any], found: set[str]) -> None:
    assert checks(OfComplaints, **fields) == found


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"at": dt.datetime}, {"exact time"}),
        ({"name": str}, {"name"}),
        ({"zip_code": str}, {"name"}),
        ({"month": str, "region": str, "on_time": bool, "rule_version": int}, set()),
    ],
)
def test_the_check_is_stricter_with_what_anyone_may_read(fields: dict[str, Any], found: set[str]) -> None:
    assert checks(OfThePublic, **fields) == found


def test_who_acts_is_open_where_no_reviewer_can_act_and_nowhere_else() -> None:
    assert checks(OfRecruitment, actor=str) == set()
    assert checks(OfRecruitment, actor=str, phone=str) == {"name"}
    assert checks(OfComplaints, actor=str) == checks(OfThePublic, actor=str) == {"name"}


def test_the_check_looks_inside() -> None:
    inner: Any = create_model("Inner", votes=(int, ...))
    assert checks(OfComplaints, panel=tuple[inner, ...] | None) == {"name"}


def test_messages_that_are_confidential_would_not_pass() -> None:
    assert leaks(NoticeRequested)
    assert leaks(InpatientClaim)


def test_small_cells_are_withheld_and_cannot_be_had_back_from_the_total() -> None:
    assert suppress({"a": 30, "b": 11}) == ({"a": 30, "b": 11}, 41)
    assert suppress({"a": 30, "b": 10}) == ({"a": None, "b": None}, 40)
    assert suppress({"a": 30, "b": 10, "c": 50}) == ({"a": None, "b": None, "c": 50}, 90)
    assert suppress({"a": 4}) == ({"a": None}, None)
    assert suppress({"a": 5, "b": 9, "c": 40}) == ({"a": None, "b": None, "c": 40}, 54)
    assert suppress({}) == ({}, None)


def test_no_count_below_eleven_follows_from_what_is_shown() -> None:
    for counts in product((0, 1, 5, 10, 11, 12, 40), repeat=4):
        cells = dict(enumerate(counts))
        shown, total = suppress(cells)
        withheld = [key for key, count in shown.items() if count is None]
        assert all(count is None or count >= SMALLEST_CELL for count in shown.values())
        assert all(cells[key] >= SMALLEST_CELL for key in shown if key not in withheld)
        if total is not None:
            assert len(withheld) != 1
            hidden = total - sum(count for count in shown.values() if count is not None)
            assert not withheld or hidden >= SMALLEST_CELL
