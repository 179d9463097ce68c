"""The rules on series of distances, with their known answers and at their edges."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.measures.domain.methods.charts import rules
from services.measures.domain.methods.charts.rules import Found, Mark, Rule, Side

# Distances in sigma and the first signal: measures research §8.4.
KNOWN = [
    ("0.2 -0.5 0.9 -1.1 0.3 -0.4 0.1 3.2", Found(7, Rule.WE1, Side.HIGH)),
    ("0.1 2.3 0.4 2.1", Found(3, Rule.WE2, Side.HIGH)),
    ("1.2 1.4 0.3 1.1 1.6", Found(4, Rule.WE3, Side.HIGH)),
    ("-1 -0.5 -0.7 -0.2 -0.9 -0.3 -0.8 -0.4", Found(7, Rule.WE4, Side.LOW)),
    ("-1 -0.6 -0.1 0.2 0.5 0.9", Found(5, Rule.N3, Side.HIGH)),
]
DISTANCES = st.lists(st.decimals(-4, 4, places=1).map(Fraction), max_size=20)


def signals(written: str) -> list[Found]:
    return rules.signals([Mark.at(Fraction(number)) for number in written.split()])


@pytest.mark.parametrize(("written", "signal"), KNOWN)
def test_each_rule_fires_where_the_example_says_and_nowhere_else(written: str, signal: Found) -> None:
    assert signals(written) == [signal]


@pytest.mark.parametrize(
    "written",
    [
        "3",  # on the limit, not beyond
        "2 2 2",
        "2.1 -2.1 0.1",  # on two sides
        "2.1 0 0 2.1",  # too far apart
        "1 1 1 1 1",
        "0.1 0.1 0.1 0.1 0.1 0.1 0.1",  # seven in a row
        "-0.4 -0.5 0 -0.4 -0.5 -0.4 -0.5 -0.4",  # one on the centre
        "-0.5 -0.4 -0.3 0.1 0.2",  # five rising
        "-0.5 -0.4 -0.3 -0.3 0.1 0.2",  # not rising everywhere
    ],
)
def test_what_only_nearly_fits_a_rule_does_not_signal(written: str) -> None:
    assert signals(written) == []


def test_a_point_that_takes_no_part_does_not_signal_for_those_before_it() -> None:
    assert signals("2.1 2.1 0.1") == [Found(1, Rule.WE2, Side.HIGH)]


def test_a_run_goes_on_signalling_while_it_lasts() -> None:
    assert [found.place for found in signals("0.5 " * 10)] == [7, 8, 9]


def test_a_point_can_break_several_rules() -> None:
    assert signals("3.1 3.2") == [
        Found(0, Rule.WE1, Side.HIGH),
        Found(1, Rule.WE1, Side.HIGH),
        Found(1, Rule.WE2, Side.HIGH),
    ]


@given(DISTANCES)
def test_a_chart_upside_down_has_the_same_signals_on_the_other_side(distances: list[Fraction]) -> None:
    up = rules.signals([Mark.at(distance) for distance in distances])
    down = rules.signals([Mark.at(-distance) for distance in distances])
    other = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH}
    assert sorted(Found(found.place, found.rule, other[found.side]) for found in down) == sorted(up)


@given(DISTANCES, DISTANCES)
def test_later_points_do_not_change_the_signals_of_earlier_ones(some: list[Fraction], more: list[Fraction]) -> None:
    marks = [Mark.at(distance) for distance in (*some, *more)]
    early = rules.signals(marks[: len(some)])
    assert [found for found in rules.signals(marks) if found.place < len(some)] == early


@given(DISTANCES)
def test_signals_are_those_of_the_rules_read_literally(distances: list[Fraction]) -> None:
    found = {(one.place, one.rule, one.side) for one in rules.signals([Mark.at(one) for one in distances])}
    wanted = set()
    for place in range(len(distances)):
        for side, sign in ((Side.HIGH, 1), (Side.LOW, -1)):
            back = [sign * distance for distance in distances[: place + 1]][::-1]
            for rule, many, of, sigma in (
                (Rule.WE1, 1, 1, 3), (Rule.WE2, 2, 3, 2), (Rule.WE3, 4, 5, 1), (Rule.WE4, 8, 8, 0)
            ):  # fmt: skip
                if back[0] > sigma and len([one for one in back[:of] if one > sigma]) >= many:
                    wanted.add((place, rule, side))
            if len(back) >= 6 and all(back[step] > back[step + 1] for step in range(5)):
                wanted.add((place, Rule.N3, side))
    assert found == wanted
