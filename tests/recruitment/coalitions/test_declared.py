"""A coalition chooses, plans and gives up measures that it declared, as long as they stand."""

from typing import Any
from uuid import uuid5

from hypothesis import given
from hypothesis import strategies as st

from services.recruitment.domain.coalitions.catalogue import Shape
from services.recruitment.domain.coalitions.declared import DECLARED_MEASURE, DeclaredMeasure
from services.recruitment.domain.registry import KINDS
from services.recruitment.handlers.declared import subscription
from shared.contracts.declared import MeasureDeclared, MeasureRetired, MeasureRevised
from shared.contracts.envelope import Envelope
from shared.contracts.recruitment.coalition_terms import Direction
from shared.messaging.handling import Received, Work
from shared.records.kinds import Record
from shared.records.store import RecordStore
from tests.recruitment.coalitions.cast import PLACE, choose, formed, plan, rebuilt
from tests.recruitment.desk import COMMAND_ID, NOW, Desk

Word = MeasureDeclared | MeasureRevised | MeasureRetired
OWN = "local-pharmacist-visits"


def declared(version: int = 1, **fields: Any) -> MeasureDeclared | MeasureRevised:
    plain = {
        "measure": OWN, "version": version, "community": PLACE, "title": "Visits of a pharmacist",
        "numerator": {"admissions": 1}, "denominator": ["person_days"], "per": "beneficiary-quarter", "scale": "1000",
        "better": "higher", "interval": "events", "reason": "Asked by the residents", "source": "Ours", "actor": "t",
    }  # fmt: skip
    return (MeasureDeclared if version == 1 else MeasureRevised).model_validate({**plain, **fields})


def retired(version: int = 2) -> MeasureRetired:
    return MeasureRetired(measure=OWN, version=version, community=PLACE, reason="Nobody looks at it", actor="t")


def hear(at: Desk, *words: Word) -> Desk:
    """Let the service's handler take them in."""
    on = {one.message: one for one in subscription(RecordStore(KINDS, {})).handlers}
    for word in words:
        known = uuid5(COMMAND_ID, word.model_dump_json())
        received = Received(Envelope(known, word.wire_type(), "test", NOW, OWN, known), word, OWN, "t", 0, 0)
        work: Work[Record] = Work(NOW, at.records)
        work.begin(on[type(word)].keys(received))
        assert on[type(word)].handle(received, work) == ()
        work.keep()
        at.records |= work.changes()
    return at


def own(**fields: Any) -> Any:
    return choose(measure=OWN, target="60", **fields)


def test_a_coalition_chooses_and_plans_a_measure_it_declared() -> None:
    at = hear(formed(), declared())
    assert at.done(own())["direction"] == "UP"
    made = at.done(plan(measure=OWN, baseline="40", chart="U"))
    assert (made["method"], made["target"]) == ("TWO_RATES", "60")


def test_a_measure_that_nobody_declared_or_another_community_did_is_none() -> None:
    assert formed().refused(own()) == [("MEASURE_UNKNOWN", "measure")]
    assert hear(formed(), declared(community="elsewhere")).refused(own()) == [("MEASURE_UNKNOWN", "measure")]


def test_a_measure_that_is_retired_is_neither_chosen_nor_planned() -> None:
    assert hear(formed(), declared(), retired()).refused(own()) == [("MEASURE_UNKNOWN", "measure")]
    at = hear(formed(), declared())
    at.done(own())
    hear(at, retired())
    assert at.refused(plan(measure=OWN, baseline="40", chart="U")) == [("MEASURE_UNKNOWN", "measure")]


def test_the_direction_is_the_one_that_was_declared() -> None:
    assert hear(formed(), declared()).refused(own(direction="DOWN")) == [("WRONG_DIRECTION", "direction")]


def test_a_revision_changes_what_the_measure_is() -> None:
    at = hear(formed(), declared(), declared(2, better="lower", interval="none", scale="1/100"))
    held = at.held(DECLARED_MEASURE, OWN)
    assert (held.version, held.better, held.shape, held.per) == (2, Direction.DOWN, Shape.AMOUNT, None)


def test_a_share_cannot_be_more_than_it_is_out_of() -> None:
    at = hear(formed(), declared(interval="share", per="ratio", scale="100"))
    assert at.refused(choose(measure=OWN, target="101")) == [("OUT_OF_RANGE", "target")]


def test_choices_are_made_again_from_what_was_said_of_our_own() -> None:
    at = hear(formed(), declared())
    at.done(own())
    del at.records[DECLARED_MEASURE.key(OWN)]  # read again from what measures said, not from what we did
    assert rebuilt(at)


@given(st.permutations([declared(), declared(), declared(2, better="lower"), declared(3), retired(4)]))
def test_the_highest_version_holds_in_any_order_and_repetition(words: list[Word]) -> None:
    held = None
    for word in words:
        held = DECLARED_MEASURE.after(held, word, NOW)
    assert held == DeclaredMeasure(id=OWN, community=PLACE, version=4)
