"""Sequences: what is missing is seen in any order, what comes twice or of a past given up does not count."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.rebuild.sequences import InOrder, Sequences, parse

S = ("t", "k")


def seen(*numbers: tuple[int, int]) -> Sequences:
    found = Sequences()
    for epoch, number in numbers:
        found.see(S, epoch, number)
    return found


def given_out(numbers: list[tuple[int, int]]) -> list[tuple[int, int]]:
    order: InOrder[tuple[int, int]] = InOrder(seen(*numbers))
    return [one for epoch, number in numbers for one in order.take(S, epoch, number, (epoch, number))]


@given(st.integers(1, 30), st.integers(1, 3), st.randoms())
def test_every_order_and_repetition_gives_each_number_once_in_order(count: int, times: int, chance: Random) -> None:
    numbers = [(1, number) for number in range(1, count + 1)] * times
    chance.shuffle(numbers)
    found = seen(*numbers)
    assert found.missing(["t"]) == {}
    assert found.last() == {S: count}
    assert given_out(numbers) == [(1, number) for number in range(1, count + 1)]


@given(st.integers(2, 30), st.randoms())
def test_a_number_that_is_missing_before_the_last_is_named(count: int, chance: Random) -> None:
    gone = chance.randrange(1, count)
    numbers = [(1, number) for number in range(1, count + 1) if number != gone]
    chance.shuffle(numbers)
    assert seen(*numbers).missing(["t"]) == {S: gone}
    assert seen(*numbers).missing(["other"]) == {}


def test_the_numbers_go_on_in_a_higher_epoch() -> None:
    found = seen((1, 1), (1, 2), (2, 3), (3, 4))
    assert (found.missing(["t"]), found.last(), found.epoch) == ({}, {S: 4}, 3)
    assert seen((1, 1), (2, 3)).missing(["t"]) == {S: 2}
    assert seen((2, 2)).missing(["t"]) == {S: 1}


def test_after_a_restore_from_an_older_backup_the_new_past_stands() -> None:
    numbers = [(1, 1), (1, 2), (1, 3), (1, 4), (2, 3)]
    assert seen(*numbers).missing(["t"]) == {}
    assert seen(*numbers).last() == {S: 3}
    assert given_out(numbers) == [(1, 1), (1, 2), (2, 3)]


def test_what_is_missing_of_a_past_that_was_given_up_is_not_missed() -> None:
    assert seen((1, 1), (1, 3), (2, 2), (2, 3)).missing(["t"]) == {}


@pytest.mark.parametrize("text", [None, "", "1", "1:", ":1", "0:1", "1:0", "a:b", "1:2:3"])
def test_what_is_no_sequence_is_refused(text: str | None) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)
