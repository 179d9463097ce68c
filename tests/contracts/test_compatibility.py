"""Each kind of break is found, and what may be added is not called a break."""

import copy
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field

from shared.contracts.asyncapi import schema
from shared.contracts.catalog import message_types
from shared.contracts.compatibility import breaking_changes

Change = Callable[[dict[str, Any]], object]


class Colour(StrEnum):
    RED = "RED"
    BLUE = "BLUE"


class Part(BaseModel):
    size: int = Field(ge=1, le=9)
    note: str | None = None


class Sample(BaseModel):
    name: str = Field(min_length=1, max_length=20, pattern="^[a-z]+$")
    count: int
    colour: Colour
    part: Part
    parts: tuple[Part, ...] = Field(max_length=5)
    spans: tuple[tuple[int, int], ...]
    facts: dict[str, str]
    words: dict[Annotated[str, Field(pattern="^[a-z]+$", max_length=9)], Annotated[str, Field(max_length=50)]]
    kind: str = "plain"
    maybe: int | None = None


OLD = Sample.model_json_schema(mode="serialization")
NAMED = OLD["properties"]["words"]["patternProperties"]["^[a-z]+$"]


def changed(change: Change) -> list[str]:
    new = copy.deepcopy(OLD)
    change(new)
    return breaking_changes(OLD, new)


def _properties(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["properties"]
    return found


def test_the_same_schema_breaks_nothing() -> None:
    assert changed(lambda _: None) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d["properties"].pop("maybe"), "maybe: removed"),
        (lambda d: d["properties"].update(title=d["properties"].pop("kind")), "kind: removed"),
        (lambda d: d["properties"]["count"].update(type="string"), "count: type changed"),
        (lambda d: d["properties"].update(count={"anyOf": [{"type": "integer"}, {"type": "null"}]}), "count: type"),
        (lambda d: d["required"].append("maybe"), "maybe: became required"),
        (lambda d: d["required"].remove("count"), "count: became optional"),
        (lambda d: (d["properties"].update(new={"type": "string"}), d["required"].append("new")), "new: added as req"),
        (lambda d: d["properties"]["name"].update(minLength=2), "name: minLength changed"),
        (lambda d: d["properties"]["name"].update(maxLength=10), "name: maxLength changed"),
        (lambda d: d["properties"]["name"].pop("maxLength"), "name: maxLength changed"),
        (lambda d: d["properties"]["name"].update(pattern="^[a-f]+$"), "name: pattern changed"),
        (lambda d: d["properties"]["name"].update(format="date"), "name: format changed"),
        (lambda d: d["properties"]["count"].update(minimum=0), "count: minimum changed"),
        (lambda d: d["properties"]["parts"].update(maxItems=4), "parts: maxItems changed"),
        (lambda d: d["properties"]["kind"].update(default="fancy"), "kind: default changed"),
        (lambda d: d["properties"]["kind"].update(const="plain"), "kind: const changed"),
        (lambda d: d["$defs"]["Colour"]["enum"].remove("BLUE"), "colour: enum changed"),
        (lambda d: d["$defs"]["Colour"]["enum"].append("GREEN"), "colour: enum changed"),
        (lambda d: d["$defs"]["Part"]["properties"]["size"].update(maximum=8), "part.size: maximum changed"),
        (lambda d: d["$defs"]["Part"]["properties"]["size"].update(maximum=8), "parts[].size: maximum changed"),
        (lambda d: d["$defs"]["Part"]["properties"].pop("note"), "part.note: removed"),
        (lambda d: d["properties"]["maybe"]["anyOf"][0].update(minimum=1), "maybe: minimum changed"),
        (lambda d: d["properties"]["spans"]["items"]["prefixItems"][1].update(minimum=0), "spans[][1]: minimum"),
        (lambda d: d["properties"]["spans"]["items"]["prefixItems"].append({}), "spans[]: type changed"),
        (lambda d: d["properties"]["facts"]["additionalProperties"].update(type="integer"), "facts{}: type changed"),
        (lambda d: d["properties"]["words"].update(patternProperties={"^[a-f]+$": NAMED}), "words: patternProperties"),
        (lambda d: d["properties"]["words"].pop("patternProperties"), "words: patternProperties changed"),
        (
            lambda d: d["properties"]["words"]["patternProperties"]["^[a-z]+$"].update(maxLength=40),
            "words{}: maxLength changed",
        ),
        (lambda d: d["properties"]["words"]["propertyNames"].update(maxLength=8), "words{}: maxLength changed"),
        (lambda d: d.update(additionalProperties=False), "value: additionalProperties changed"),
    ],
)
def test_a_break_is_found_and_named_by_its_place(change: Change, reason: str) -> None:
    found = changed(change)
    assert any(line.startswith(reason) for line in found), found


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["properties"].update(new={"type": "string", "default": ""}),
        lambda d: d["properties"].update(new={"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}),
        lambda d: d["$defs"]["Part"]["properties"].update(new={"type": "string"}),
        lambda d: d.update(title="Other", description="said better"),
        lambda d: d["properties"]["count"].update(description="how many"),
        lambda d: d["$defs"]["Colour"]["enum"].reverse(),
        lambda d: d["required"].reverse(),
    ],
)
def test_an_optional_field_and_better_words_are_no_break(change: Change) -> None:
    assert changed(change) == []


def test_the_same_thing_written_in_place_of_a_reference_is_no_break() -> None:
    def inline(document: dict[str, Any]) -> None:
        _properties(document)["part"] = copy.deepcopy(document["$defs"]["Part"])

    assert changed(inline) == []


def test_a_field_added_to_a_closed_object_is_a_break_because_its_readers_refuse_it() -> None:
    old = schema(message_types()["public.FacilityJoined.v1"])
    new = copy.deepcopy(old)
    _properties(new)["phase"] = {"type": "string", "default": ""}
    assert breaking_changes(old, new) == ["phase: added to a closed object, old readers refuse it"]


@pytest.mark.parametrize("name", sorted(message_types()))
def test_dropping_any_field_of_any_message_is_found(name: str) -> None:
    old = schema(message_types()[name])
    for field in old["properties"]:
        new = copy.deepcopy(old)
        _properties(new).pop(field)
        assert f"{field}: removed" in breaking_changes(old, new)
