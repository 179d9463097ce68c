"""Command ids are UUIDs of version 7: ordered by time, unique by chance."""

import datetime as dt
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.cli.publish import milliseconds, uuid7

TIMES = st.integers(0, (1 << 48) - 1)
CHANCE = st.integers(0, (1 << 74) - 1)


def test_the_example_of_the_standard_comes_out() -> None:
    """RFC 9562, appendix A.6: 2022-02-22 14:22:22 -05:00."""
    made = uuid7(0x017F22E279B0, 0xCC3 << 62 | 0x18C4DC0C0C07398F)
    assert made == UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")


@given(TIMES, CHANCE)
def test_version_variant_and_time_stand_where_they_belong(moment: int, chance: int) -> None:
    made = uuid7(moment, chance)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == moment


@given(TIMES, TIMES, CHANCE, CHANCE)
def test_later_ids_are_greater(one: int, other: int, first: int, second: int) -> None:
    if one != other:
        assert (uuid7(one, first) < uuid7(other, second)) == (one < other)


@given(TIMES, CHANCE, CHANCE)
def test_every_bit_of_chance_is_kept(moment: int, one: int, other: int) -> None:
    assert (uuid7(moment, one) == uuid7(moment, other)) == (one == other)


def test_an_instant_counts_in_milliseconds_of_utc() -> None:
    new_york = dt.timezone(dt.timedelta(hours=-5))
    assert milliseconds(dt.datetime(2022, 2, 22, 14, 22, 22, tzinfo=new_york)) == 0x017F22E279B0
