"""The independent recomputation gives what the worked examples of the measures research say."""

import datetime as dt
from collections import Counter

import pytest

from tests.measures import independent
from tests.measures.examples import EXAMPLES, Example
from tests.measures.expectation import check
from tests.measures.independent.adverse_events import adverse_effect, tells_event
from tests.measures.independent.readmissions import age
from tests.measures.value_sets import VALUES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example.name))
def test_a_worked_example_has_its_known_answer(example: Example) -> None:
    check(example, independent.recompute(example.records, VALUES, example.today))


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("T45515A", True),  # intent 5
        ("T3695XA", True),  # the fifth character, because the sixth is X
        ("T383X5A", True),
        ("T402X1A", False),  # intent 1, accident
        ("T45516A", False),  # intent 6, underdosing
        ("T50905D", False),  # intent 5 but not initial
        ("T50A15A", True),
    ],
)
def test_the_intent_of_a_poisoning_code(code: str, event: bool) -> None:
    """Measures research 4.4 (1)."""
    assert adverse_effect(code) is event
    assert tells_event(code, "any") is event


def test_a_birthday_on_a_leap_day_is_reached_on_the_first_of_march() -> None:
    born = dt.date(1952, 2, 29)
    assert (age(born, dt.date(2017, 2, 28)), age(born, dt.date(2017, 3, 1))) == (64, 65)


def test_quarters_sum_months_and_strata() -> None:
    cells = {
        ("zip:15001", "2018-01", frozenset[str]()): {"days": 31},
        ("zip:15001", "2018-01", frozenset({"diabetes"})): {"days": 5},
        ("zip:15002", "2018-03", frozenset[str]()): {"days": 2},
        ("zip:15001", "2018-04", frozenset[str]()): {"days": 30},
    }
    sums = independent.by_quarter(cells, lambda unit: ["both"] if unit == "zip:15002" else ["one", "both"])
    assert sums == {
        ("one", "2018Q1"): {"days": 36},
        ("both", "2018Q1"): {"days": 38},
        ("one", "2018Q2"): {"days": 30},
        ("both", "2018Q2"): {"days": 30},
    }


def test_every_example_has_its_own_name_and_expects_something() -> None:
    assert max(Counter(example.name for example in EXAMPLES).values()) == 1
    assert all(example.sums or example.months or example.flags for example in EXAMPLES)
