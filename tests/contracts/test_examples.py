"""Golden examples: every message has one, each fits its schema, and each decodes for ever."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from shared.contracts import files
from shared.contracts.catalog import message_types
from shared.contracts.evidence import PressureTaken
from shared.contracts.message import PublicEvent
from shared.contracts.notifications.lists import AddressCommand

EXAMPLES = sorted(files.EXAMPLES.glob("*/*.json"))
COMMITTED = files.current()
NAMES = [f"{path.parent.name}/{path.stem}" for path in EXAMPLES]

# A Social Security number, a Medicare number (CMS's format: 11 places, letters without S L O I B Z), a railroad or
# old claim number, a telephone number.
LETTER = "[AC-HJKMNP-RT-Y]"
PERSONAL = [
    re.compile(r"(?<![0-9-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9-])"),
    re.compile(
        rf"\b[1-9]{LETTER}[0-9A-Z][0-9]-?{LETTER}[0-9A-Z][0-9]-?{LETTER}{LETTER}[0-9]{{2}}\b",
    ),
    re.compile(r"(?<![0-9a-f-])[0-9]{9}[A-Z][0-9A-Z]?\b"),
    re.compile(r"\(?\b[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}\b"),
]


def test_every_message_has_an_example_and_every_example_a_message() -> None:
    assert {path.parent.name for path in EXAMPLES} == set(message_types())


def test_examples_are_numbered_without_gaps() -> None:
    for folder in {path.parent for path in EXAMPLES}:
        numbers = sorted(int(path.stem) for path in folder.iterdir())
        assert numbers == list(range(1, len(numbers) + 1)), folder.name


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_an_example_fits_the_committed_schema(path: Path) -> None:
    document = COMMITTED[path.parent.name]
    validator = Draft202012Validator(document, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.json_path for error in validator.iter_errors(json.loads(path.read_text()))] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_an_example_decodes_and_says_the_same_when_written_again(path: Path) -> None:
    model = message_types()[path.parent.name]
    decoded = model.model_validate_json(path.read_bytes())
    again = model.model_validate_json(decoded.model_dump_json())
    assert again == decoded
    kept = decoded.model_dump(mode="json", exclude_unset=True)
    assert set(kept) == set(json.loads(path.read_text()))


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_an_example_is_written_the_one_way_and_shows_no_persons_number(path: Path) -> None:
    text = path.read_text()
    assert text == files.render(json.loads(text))
    assert [pattern.pattern for pattern in PERSONAL if pattern.search(text)] == []
    assert set(re.findall(r"@[a-z.]+", text)) <= {"@hospital.example", "@home.example"}


@pytest.mark.parametrize("text", ["123-45-6789", "1EG4-TE5-MK73", "1EG4TE5MK73", "123456789A", "(410) 555-1234"])
def test_the_patterns_of_persons_numbers_find_them(text: str) -> None:
    assert any(pattern.search(f'{{"x": "{text}"}}') for pattern in PERSONAL)


# Of these one is always given, so none of them is optional alone.
EITHER = {AddressCommand: {"notice", "contact"}, PressureTaken: {"systolic", "diastolic"}}


@pytest.mark.parametrize("name", sorted(message_types()))
def test_optional_fields_appear_filled_and_left_out(name: str) -> None:
    model = message_types()[name]
    optional = {field for field, info in model.model_fields.items() if not info.is_required()} - {"redisclosure"}
    shown = [set(json.loads(path.read_text())) for path in EXAMPLES if path.parent.name == name]
    assert optional <= set().union(*shown)
    optional -= next((either for kind, either in EITHER.items() if issubclass(model, kind)), set())
    assert not optional or any(not fields & optional for fields in shown)


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_a_newer_writers_field_is_ignored_by_readers_and_refused_by_public_models(path: Path) -> None:
    model = message_types()[path.parent.name]
    newer = {**json.loads(path.read_text()), "not_yet_known": {"a": [1]}}
    if issubclass(model, PublicEvent):
        with pytest.raises(ValidationError, match="extra_forbidden"):
            model.model_validate_json(json.dumps(newer))
    else:
        assert model.model_validate_json(json.dumps(newer)) == model.model_validate_json(path.read_bytes())


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_a_field_of_the_wrong_kind_is_refused_without_showing_its_value(path: Path) -> None:
    model = message_types()[path.parent.name]
    value = json.loads(path.read_text())
    properties = COMMITTED[path.parent.name]["properties"]
    secret = "Mary Example 1EG4-TE5-MK73"
    for field in model.model_fields:
        nested = "$ref" in properties[field] or properties[field].get("type") == "object"
        wrong = [secret] if nested else {"not": secret}
        with pytest.raises(ValidationError) as refused:
            model.model_validate_json(json.dumps({**value, field: wrong}))
        assert secret not in str(refused.value)
