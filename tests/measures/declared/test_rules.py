"""What may be declared, revised and retired; each refusal says in one sentence what is wrong."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.components import COMPONENTS
from services.measures.domain.declared.kinds import DECLARED_MEASURE
from services.measures.domain.declared.parts import PARTS
from services.measures.domain.definitions import Definition
from shared.contracts.declared import DeclareMeasure
from shared.records.deciding import Against, Decided
from shared.records.kinds import NotBegun
from tests.measures.declared.commands import NOW, Desk, as_declared, declaration


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda one: one.id)
def test_a_built_in_measure_that_is_declared_counts_needs_and_waits_the_same(definition: Definition) -> None:
    desk = Desk()
    told = DeclareMeasure.model_validate(as_declared(definition))
    assert isinstance(desk.ask(told), Decided)
    own = desk.measure(told.measure).definition
    for name in ("numerator", "denominator", "per", "scale", "better", "uncertainty", "needs", "value_sets"):
        assert getattr(own, name) == getattr(definition, name), name
    assert own.complete_months == definition.complete_months


def test_every_component_but_the_doubtful_ones_is_a_part() -> None:
    assert PARTS.keys() == {"days", *COMPONENTS} - {"impossible_stays", "provisional_stays"}


@pytest.mark.parametrize(
    ("changed", "field", "code", "sentence"),
    [
        ({"numerator": {"falls": 1}}, "numerator", "COMPONENT_UNKNOWN", "There is no component falls"),
        ({"denominator": ("days", "beds")}, "denominator", "COMPONENT_UNKNOWN", "There is no component beds"),
        ({"numerator": {"lacks_snf": 1}}, "numerator", "COMPONENT_UNKNOWN", "There is no component lacks_snf"),
        ({"numerator": {"nights": 0, "hospitalizations": 1}}, "numerator", "SIGN", "The component nights is added"),
        ({"numerator": {"avoidable_acute": -1}}, "numerator", "NOTHING_ADDED", "At least one component"),
        ({"denominator": ("nights", "nights")}, "denominator", "TWICE", "The component nights stands"),
        ({"numerator": {"hospitalizations": 1}}, "denominator", "SAME", "Numerator and denominator are the same"),
        ({"scale": "0"}, "scale", "SCALE_ZERO", "The scale is above 0"),
        ({"scale": "1/0"}, "scale", "SCALE_ZERO", "The scale is above 0"),
        ({"per": "beneficiary-quarter"}, "denominator", "NOT_PERSON_TIME", "Per beneficiary-quarter"),
        ({"numerator": {"days": 1}}, "numerator", "PERSON_TIME_COUNTED", "The component days is person-time"),
        ({"numerator": {"nights": 1}, "interval": "events"}, "interval", "NO_INTERVAL", "The component nights is no"),
        (
            {"numerator": {"live_discharges": 1, "hwr_index": -1}, "interval": "events"},
            "interval",
            "NO_INTERVAL",
            "A difference of counts",
        ),
        ({"interval": "share"}, "interval", "NO_SHARE", "The component avoidable_acute is no part"),
        ({"community": "lake"}, "community", "COMMUNITY_UNKNOWN", "There is no community lake"),
        ({"community": "gone"}, "community", "COMMUNITY_UNKNOWN", "There is no community gone"),
    ],
)
def test_what_is_wrong_is_named_with_its_field_in_one_sentence(
    changed: dict[str, Any], field: str, code: str, sentence: str
) -> None:
    decision = Desk().declare(**changed)
    assert isinstance(decision, Against)
    found = [reason for reason in decision.reasons if reason.code == code]
    assert found
    assert found[0].field == field
    assert found[0].text.startswith(sentence)
    assert found[0].text.count(". ") == 0


def test_all_that_is_wrong_is_said_at_once() -> None:
    decision = Desk().declare(numerator={"falls": 1, "beds": 0}, scale="0", community="lake")
    assert isinstance(decision, Against)
    assert {reason.code for reason in decision.reasons} == {
        "COMMUNITY_UNKNOWN",
        "COMPONENT_UNKNOWN",
        "SCALE_ZERO",
        "SIGN",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("measure", "hospitalizations"),  # would pass for a built-in one
        ("numerator", {}),
        ("numerator", {"days": 2}),
        ("denominator", ()),
        ("scale", "-1"),
        ("scale", "0.5"),
        ("better", "more"),
        ("per", "person"),
        ("interval", "wide"),
        ("reason", "  "),
    ],
)
def test_what_the_contract_bounds_is_refused_by_field(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as error:
        DeclareMeasure.model_validate(declaration(**{field: value}))
    assert {one["loc"][0] for one in error.value.errors()} == {field}


def test_declaring_again_what_holds_changes_nothing_and_another_under_the_same_id_is_refused() -> None:
    desk = Desk()
    first = desk.declare()
    assert isinstance(first, Decided)
    assert first.made == {
        "measure": "local-avoidable-share",
        "community": "river",
        "version": 1,
        "changed": True,
    }
    again = desk.declare()
    assert isinstance(again, Decided)
    assert (again.made["changed"], again.events) == (False, ())
    other = desk.declare(scale="1000")
    assert isinstance(other, Against)
    assert [reason.code for reason in other.reasons] == ["DECLARED_ALREADY"]


def test_a_revision_is_the_next_version_of_what_stays_and_what_changes() -> None:
    desk = Desk()
    desk.declare()
    desk.revise(1, scale="1000", denominator=("live_discharges",))
    found = desk.measure()
    assert [one.version for one in found.versions] == [1, 2]
    assert (found.definition.specification, found.definition.scale) == (2, 1000)
    assert found.definition.denominator == ("live_discharges",)
    assert found.definition.numerator == {"avoidable_acute": 1, "avoidable_chronic": 1}
    assert (found.versions[0].scale, found.versions[0].source) == ("100", "coalition charter, section 4")


def test_a_revision_of_another_version_than_the_current_one_is_refused() -> None:
    desk = Desk()
    desk.declare()
    desk.revise(1, scale="1000")
    late = desk.revise(1, scale="10")
    assert isinstance(late, Against)
    assert late.reasons[0].text == "The measure is in version 2, not in version 1; look at what it is now."


def test_a_revision_is_validated_as_a_whole() -> None:
    desk = Desk()
    desk.declare()
    wrong = desk.revise(1, per="beneficiary-quarter")
    assert isinstance(wrong, Against)
    assert [(reason.field, reason.code) for reason in wrong.reasons] == [("denominator", "NOT_PERSON_TIME")]
    assert len(desk.measure().versions) == 1


def test_a_revision_that_changes_nothing_is_no_version() -> None:
    desk = Desk()
    desk.declare()
    same = desk.revise(1, scale="100")
    assert isinstance(same, Decided)
    assert (same.made["changed"], same.made["version"]) == (False, 1)
    assert len(desk.events) == 1


def test_a_retired_measure_is_withdrawn_and_neither_changes_nor_comes_back() -> None:
    desk = Desk()
    desk.declare()
    desk.retire(1)
    found = desk.measure().definition
    assert (found.specification, found.withdrawn) == (2, "retired: the work is done")
    for decision in (desk.declare(), desk.revise(2, scale="10"), desk.retire(2)):
        assert isinstance(decision, Against)
        assert [reason.code for reason in decision.reasons] == ["RETIRED"]


def test_nothing_is_revised_or_retired_that_was_not_declared() -> None:
    for decision in (Desk().revise(1, scale="10"), Desk().retire(1)):
        assert isinstance(decision, Against)
        assert [reason.code for reason in decision.reasons] == ["MEASURE_UNKNOWN"]


def test_events_alone_make_the_measure_again() -> None:
    desk = Desk()
    desk.declare()
    desk.revise(1, scale="1000")
    desk.retire(2)
    made = None
    for event in desk.events:
        made = DECLARED_MEASURE.after(made, event, NOW)
    assert made == desk.measure()
    with pytest.raises(NotBegun):
        DECLARED_MEASURE.after(None, desk.events[1], NOW)
