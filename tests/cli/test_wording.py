"""A value that does not keep a rule of its command: the field and the rule in plain words, never the value."""

from typing import Any

import pytest
from pydantic import ValidationError

from shared.cli.ask import command_of
from shared.cli.wording import broken_rules
from shared.contracts.message import Command
from shared.contracts.recruitment import COMMANDS
from shared.contracts.recruitment.intervention_commands import RecordDose, StartIntervention
from shared.contracts.recruitment.people_commands import RecordContact, RegisterPerson
from shared.contracts.recruitment.pipeline_commands import CorrectEngagement
from shared.contracts.recruitment.program import EnterContact


def rules(command: type[Command], /, **values: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as refused:
        command.model_validate({"actor": "t", **values})
    return dict(broken_rules(command, refused.value))


STEP = {"participant": "225009", "collaborative": "NNHQCC", "step": 1, "reason": "entered twice"}


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"reason": "no"}, "reason", "must have at least 3 characters."),
        ({"reason": "x" * 301}, "reason", "must have at most 300 characters."),
        ({"step": 0}, "step", "must be at least 1."),
        ({"step": "two"}, "step", "must be a whole number."),
        ({"on": "2015-02-30"}, "on", "must be a day such as 2015-03-31."),
        ({"collaborative": "nnhqcc"}, "collaborative", "must be of this form: for example NNHQCC."),
    ],
)
def test_a_rule_is_said_in_plain_words(changes: dict[str, Any], field: str, rule: str) -> None:
    assert rules(CorrectEngagement, **STEP | changes) == {field: rule}


def test_every_field_is_named_once_with_what_its_contract_says_of_it() -> None:
    profile = {"name": "", "profession": "nurse", "email": "none", "expertise": ["B!", "C!"]}
    given = {"person": "A B", "kind": "STAFF", "profile": profile, "role": " ", "states": ["Ohio"], "since": "x"}
    assert rules(RegisterPerson, **given) == {
        "person": "must be of this form: as the QIO names its people: a personnel number or a short name.",
        "name": "may not be empty.",
        "expertise": "must be of this form: a topic, for example pressure-ulcers.",
        "email": "must be of this form: for example ann@example.org.",
        "states": "must be of this form: postal code of a state or territory.",
        "since": "must be a day such as 2015-03-31.",
    }


def test_what_is_missing_empty_or_blank_is_told_apart() -> None:
    found = rules(StartIntervention, settings=(), kind="HOPE", kind_text=" ")
    assert found["name"] == "is needed."
    assert found["settings"] == "may not be empty."
    assert found["kind_text"] == "may not be blank."
    assert found["kind"].startswith("must be one of these: CARE_TRANSITIONS_INTERVENTION, ")
    assert rules(RecordDose, intervention="aa.0123456789ab", month="2015-03", units=1, because="") == {
        "because": "may not be empty."
    }


def test_a_form_that_a_field_may_go_without_is_described_as_well() -> None:
    found = rules(EnterContact, state="MA", role="QIN-QIO", since="2015-01-01", source="a letter", website="x")
    assert found == {"website": "must be of this form: an address that begins with https://."}


def test_the_value_is_not_shown_and_nothing_is_sent(capsys: pytest.CaptureFixture[str]) -> None:
    facts = {"person": "ann", "subject": "Mrs Secret", "on": "2015-03-02", "channel": "PHONE", "about": ""}
    with pytest.raises(SystemExit) as ended:
        command_of(RecordContact, {"facts": facts})
    assert ended.value.code == 1
    assert capsys.readouterr().err.splitlines() == [
        "Refused: subject: must be of this form: participant:, community: or person: and its id.",
        "Refused: about: may not be empty.",
    ]


def test_every_form_that_staff_of_recruitment_fill_in_is_described() -> None:
    undescribed = [
        f"{command.__name__}: {pattern}"
        for command in COMMANDS.messages
        for pattern in _undescribed(command.model_json_schema(), described=False)
    ]
    assert undescribed == []


def _undescribed(schema: Any, *, described: bool) -> list[str]:
    """The patterns in a schema that neither they nor the field they are of say in words."""
    if isinstance(schema, list):
        return [pattern for one in schema for pattern in _undescribed(one, described=described)]
    if not isinstance(schema, dict):
        return []
    said = described or "description" in schema
    if schema.get("pattern", r"\S") != r"\S" and not said:
        return [schema["pattern"]]
    inner = {name: one for name, one in schema.items() if name != "anyOf"}
    found = _undescribed(schema.get("anyOf", []), described=said)
    return found + [pattern for one in inner.values() for pattern in _undescribed(one, described=False)]
