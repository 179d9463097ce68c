"""The AsyncAPI document is well-formed, resolves, and shows each service what is its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from shared.contracts import files
from shared.contracts.asyncapi import channel_id, document
from shared.contracts.catalog import DOCUMENTED, message_types
from shared.stack.plan import SERVICES

REFERENCE: dict[str, Any] = {
    "type": "object",
    "required": ["$ref"],
    "additionalProperties": False,
    "properties": {"$ref": {"type": "string", "pattern": "^#/"}},
}
NAMED = "^[A-Za-z0-9._-]+$"


def _map(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "minProperties": 1, "additionalProperties": False, "patternProperties": {NAMED: of}}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


# What AsyncAPI 3.0.0 requires of the objects used here (https://www.asyncapi.com/docs/reference/specification/v3.0.0).
TEXT = {"type": "string", "minLength": 1}
STRUCTURE = _object(
    ["asyncapi", "info"],
    asyncapi={"const": "3.0.0"},
    id=TEXT,
    info=_object(["title", "version"], title=TEXT, version=TEXT, description=TEXT),
    defaultContentType=TEXT,
    channels=_map(
        _object(
            ["address"],
            address=TEXT,
            title=TEXT,
            summary=TEXT,
            description=TEXT,
            messages=_map(REFERENCE),
            parameters=_map(_object([], description=TEXT)),
            bindings=_object(
                [],
                kafka=_object(
                    [], topic=TEXT, partitions={"type": "integer", "minimum": 1}, replicas={}, bindingVersion=TEXT
                ),
            ),
        )
    ),
    operations=_map(
        _object(
            ["action", "channel"],
            action={"enum": ["send", "receive"]},
            channel=REFERENCE,
            summary=TEXT,
            messages={"type": "array", "items": REFERENCE},
        )
    ),
    components=_object(
        [],
        messages=_map(
            _object(
                [],
                name=TEXT,
                title=TEXT,
                summary=TEXT,
                contentType=TEXT,
                headers={"type": "object"},
                payload={"type": "object"},
            )
        ),
        schemas={"type": "object", "additionalProperties": False, "patternProperties": {NAMED: {"type": "object"}}},
    ),
)
WHOLE = document()
COMMITTED = files.current()
every = pytest.mark.parametrize("service", [None, *SERVICES])


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for entry in node:
            yield from _references(entry)


def _at(whole: dict[str, Any], reference: str) -> Any:
    node: Any = whole
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return node


@every
def test_the_document_has_the_structure_of_asyncapi_3(service: str | None) -> None:
    errors = Draft202012Validator(STRUCTURE).iter_errors(document(service))
    assert [f"{error.json_path}: {error.message[:80]}" for error in errors] == []


@every
def test_every_reference_leads_somewhere(service: str | None) -> None:
    whole = document(service)
    found = list(_references(whole))
    assert found
    for reference in found:
        assert isinstance(_at(whole, reference), dict), reference


@every
def test_every_channel_has_an_operation_and_every_message_a_channel(service: str | None) -> None:
    whole = document(service)
    used = {operation["channel"]["$ref"].rpartition("/")[2] for operation in whole["operations"].values()}
    assert used == set(whole["channels"])
    carried = {ref["$ref"] for channel in whole["channels"].values() for ref in channel["messages"].values()}
    assert carried == {f"#/components/messages/{name}" for name in whole["components"]["messages"]}


def test_the_whole_document_has_every_topic_and_every_message() -> None:
    whole = document()
    assert list(whole["channels"]) == [channel_id(topic) for topic in DOCUMENTED]
    assert set(whole["components"]["messages"]) == set(message_types())
    for topic in DOCUMENTED:
        assert whole["channels"][channel_id(topic)]["bindings"]["kafka"]["partitions"] == topic.partitions


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_shows_what_it_sends_and_receives_and_nothing_else(service: str) -> None:
    found = {
        (op["action"], op["channel"]["$ref"].rpartition("/")[2]) for op in document(service)["operations"].values()
    }
    wanted = {("send", channel_id(topic)) for topic in DOCUMENTED if service in topic.writers}
    wanted |= {("receive", channel_id(topic)) for topic in DOCUMENTED if service in topic.readers}
    assert found == wanted


def test_a_service_of_which_the_catalog_knows_nothing_has_an_empty_document() -> None:
    assert document("nobody")["channels"] == {}


@pytest.mark.parametrize("name", sorted(message_types()))
def test_payloads_are_draft_07_schemas_that_judge_the_examples_as_the_committed_schemas_do(name: str) -> None:
    payload = {**WHOLE["components"]["messages"][name]["payload"], "components": WHOLE["components"]}
    Draft7Validator.check_schema(payload)
    for path in (files.EXAMPLES / name).iterdir():
        value = json.loads(path.read_text())
        assert Draft7Validator(payload).is_valid(value)
        for field in COMMITTED[name].get("required", ()):
            less = {key: held for key, held in value.items() if key != field}
            assert not Draft7Validator(payload).is_valid(less)


def test_the_items_of_a_tuple_are_judged_one_by_one() -> None:
    whole = document()
    payload = {**whole["components"]["messages"]["feeds.EnrolmentYear.v1"]["payload"], "components": {}}
    value = json.loads((files.EXAMPLES / "feeds.EnrolmentYear.v1" / "1.json").read_text())
    assert Draft7Validator(payload).is_valid(value)
    assert not Draft7Validator(payload).is_valid({**value, "eligible": [["2009-01-01", 5]]})


def test_the_command_prints_the_document_as_json() -> None:
    run = [sys.executable, "-m", "shared.cli.main", "catalog", "asyncapi"]
    run[1:3] = ["-c", "from shared.cli.main import main; main()"]
    ended = subprocess.run(run, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(ended.stdout) == json.loads(json.dumps(document()))
