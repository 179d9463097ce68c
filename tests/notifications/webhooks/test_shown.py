"""What partners are shown: every public fact, opaque ids under names of their own, and nothing else."""

import json
from collections.abc import Iterator
from typing import Any, get_args
from uuid import UUID

import pytest
from pydantic import BaseModel, Field, create_model

from services.notifications.domain.webhooks.shown import SHOWN, TOPICS, as_shown
from services.notifications.webhooks.names import Names
from shared.contracts.catalog import TOPICS as CATALOG
from shared.contracts.catalog import message_types
from shared.contracts.complaints import PublicCaseMilestone
from shared.contracts.message import PublicEvent
from shared.contracts.topic import Confidentiality
from tests.support.service import KEYRING

PUBLIC = sorted(
    (model for model in message_types().values() if issubclass(model, PublicEvent)), key=lambda model: model.TYPE
)
NAMES = Names(KEYRING)
ONE, OTHER = UUID(int=1), UUID(int=2)
CASE = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")
every = pytest.mark.parametrize("model", PUBLIC, ids=lambda model: model.TYPE)


def _kinds(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for info in annotation.model_fields.values():
            yield from _kinds(info.annotation)


def opaque_fields(model: type[BaseModel]) -> set[str]:
    """Fields that hold a UUID, at any depth."""
    return {name for name, info in model.model_fields.items() if UUID in set(_kinds(info.annotation))}


def milestone(**given: Any) -> PublicCaseMilestone:
    values = {"case": CASE, "case_type": "APPEAL", "milestone": "OPENED", "region": "1", "month": "2015-03"}
    return PublicCaseMilestone.model_validate(values | given)


@every
def test_every_opaque_id_of_a_public_model_is_listed_and_plain(model: type[PublicEvent]) -> None:
    assert model in SHOWN, "say in shown.py which of its fields are opaque ids"
    rule = SHOWN[model]
    assert set(rule.opaque) == opaque_fields(model)
    assert all(model.model_fields[name].annotation is UUID for name in rule.opaque)
    assert rule.subject
    assert set(rule.subject) <= set(model.model_fields)


def test_an_opaque_id_that_nobody_listed_would_be_found() -> None:
    inner = create_model("Inner", own=(UUID, ...))
    model = create_model(
        "Model", __base__=PublicEvent, a=(UUID | None, None), b=(tuple[UUID, ...], ()), c=(inner, ...), d=(str, Field())
    )
    assert opaque_fields(model) == {"a", "b", "c"}


def test_every_public_topic_is_heard() -> None:
    assert {topic.name for topic in TOPICS} == {
        topic.name for topic in CATALOG if topic.confidentiality is Confidentiality.PUBLIC
    }


def test_a_partner_sees_the_public_facts_and_another_name_of_the_case() -> None:
    subject, body = as_shown(milestone(), NAMES.of(ONE))
    told = json.loads(body)
    assert told.pop("case") == subject != str(CASE)
    assert told == json.loads(milestone().model_dump_json(exclude={"case"}))
    assert PublicCaseMilestone.model_validate_json(body).redisclosure == "42CFR480.107"


def test_two_partners_cannot_join_what_they_get_by_any_id() -> None:
    events = [(UUID(int=number), milestone(case=UUID(int=number % 7))) for number in range(100, 150)]
    seen = []
    for hook in (ONE, OTHER):
        ids = {str(NAMES.webhook_id(hook, event_id)) for event_id, _ in events}
        ids |= {as_shown(event, NAMES.of(hook))[0] for _, event in events}
        seen.append(ids)
    own = {str(UUID(int=number)) for number in range(150)}
    assert [len(ids) for ids in seen] == [57, 57]
    assert not seen[0] & seen[1]
    assert not (seen[0] | seen[1]) & own


def test_one_partner_sees_one_case_under_one_name_and_two_cases_under_two() -> None:
    first, _ = as_shown(milestone(), NAMES.of(ONE))
    assert as_shown(milestone(milestone="CLOSED"), NAMES.of(ONE))[0] == first
    assert as_shown(milestone(case=UUID(int=9)), NAMES.of(ONE))[0] != first


def test_an_event_and_a_case_with_one_id_have_two_names() -> None:
    assert NAMES.of(ONE)("case", CASE) != NAMES.webhook_id(ONE, CASE)


def test_a_secret_is_32_bytes_of_its_partner_and_name_alone() -> None:
    secrets = {NAMES.secret(partner, UUID(int=n)) for partner in ("one", "other") for n in (1, 2)}
    assert len(secrets) == 4
    assert {len(secret) for secret in secrets} == {32}
    assert NAMES.secret("one", UUID(int=1)) == Names(KEYRING).secret("one", UUID(int=1))


@every
def test_a_body_has_the_fields_of_the_public_model_and_no_other(model: type[PublicEvent]) -> None:
    from tests.notifications.webhooks.events import examples  # noqa: PLC0415

    for event in examples(model):
        _, body = as_shown(event, NAMES.of(ONE))
        told = json.loads(body)
        assert set(told) == set(model.model_fields)
        changed = {name for name in told if told[name] != json.loads(event.model_dump_json())[name]}
        assert changed == set(SHOWN[model].opaque)
