"""The ranking of where infections have to be prevented, and the rates beside it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.measures.domain.methods import tap
from services.measures.domain.methods.sir import Infections
from services.measures.domain.methods.tap import Location

GOAL = Fraction(1, 2)


def location(name: str, observed: int, predicted: str, *days: int, facility: str = "330001") -> Location:
    return Location(facility, name, Infections(observed, Fraction(predicted)), *days)


# Measures research §5.3, goal ratio 0.5; device and patient days give its DUR and rate.
WORKED = [
    location("Ward-D", 0, "0.4"),
    location("ICU-B", 3, "4.1"),
    location("ICU-A", 8, "5.2", 1900, 2600),
    location("Ward-C", 5, "2.0", 300, 1500),
]
drawn = st.lists(
    st.builds(
        location,
        st.integers(0, 30).map(str),
        st.integers(0, 40),
        st.decimals("0", "30", places=3).map(str),
        facility=st.sampled_from(["010001", "330001", "360180"]),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda one: (one.facility, one.name),
)


def test_the_icu_with_most_to_prevent_comes_before_the_ward_with_the_highest_ratio() -> None:
    found = tap.locations(WORKED, GOAL)
    assert [(row.place, row.location, row.cad) for row in found] == [
        (1, "ICU-A", Fraction("5.40")),
        (2, "Ward-C", Fraction("4.00")),
        (3, "ICU-B", Fraction("0.95")),
        (4, "Ward-D", Fraction("-0.20")),
    ]
    ratios = [row.ratio for row in found]
    assert [ratio if ratio is None else round(float(ratio), 3) for ratio in ratios] == [1.538, 2.500, 0.732, None]
    assert found[0].use is not None
    assert found[0].rate is not None
    assert float(found[0].use) == pytest.approx(0.731, abs=0.0005)
    assert float(found[0].rate) == pytest.approx(4.21, abs=0.005)
    assert found[1].use == Fraction("0.200")


def test_the_facility_is_the_sum_of_its_locations() -> None:
    (found,) = tap.facilities(WORKED, GOAL)
    assert (found.place, found.location, found.cad) == (1, None, Fraction("10.15"))
    assert found.ratio == Fraction(16) / Fraction("11.7")
    assert found.use is None  # of two locations the days are not known


def test_a_ratio_can_be_allowed_at_the_facility_only() -> None:
    # Measures research §5.3, a critical access hospital: line days x predicted per 1,000 of three locations.
    parts = [Fraction("0.5333"), Fraction("0.4018"), Fraction("0.3596")]
    rows = [Location("361300", str(index), Infections(1, part)) for index, part in enumerate(parts)]
    assert [row.ratio for row in tap.locations(rows, GOAL)] == [None, None, None]
    (whole,) = tap.facilities(rows, GOAL)
    assert whole.infections.predicted == Fraction("1.2947")
    assert whole.ratio is not None


@given(drawn)
def test_what_is_attributable_adds_up_and_the_order_of_rows_does_not_matter(rows: list[Location]) -> None:
    by_location, by_facility = tap.locations(rows, GOAL), tap.facilities(rows, GOAL)
    assert sum(row.cad for row in by_location) == sum(row.cad for row in by_facility)
    assert tap.locations(rows[::-1], GOAL) == by_location
    assert tap.facilities(rows[::-1], GOAL) == by_facility
    assert [row.cad for row in by_location] == sorted((row.cad for row in by_location), reverse=True)
    assert all(row.place == 1 + sum(other.cad > row.cad for other in by_location) for row in by_location)


def test_locations_with_as_much_to_prevent_share_a_place() -> None:
    rows = [location("C", 2, "2"), location("A", 5, "2"), location("B", 2, "2"), location("D", 1, "2")]
    found = [(row.place, row.location) for row in tap.locations(rows, GOAL)]
    assert found == [(1, "A"), (2, "B"), (2, "C"), (4, "D")]


def test_a_deleted_infection_moves_the_rank() -> None:
    corrected = [location("ICU-A", 6, "5.2"), *WORKED[:2], WORKED[3]]
    assert [row.location for row in tap.locations(corrected, GOAL)][:2] == ["Ward-C", "ICU-A"]


def test_nothing_is_divided_by_no_days() -> None:
    assert tap.device_use(0, 0) is None
    assert tap.device_rate(0, 0) is None


@pytest.mark.parametrize(
    ("days", "rule"),
    [
        ((7,), "more infections than days"),
        ((20, 10), "device days cannot be more than patient days"),
        ((-1,), "days cannot be below 0"),
        ((20, -1), "days cannot be below 0"),
    ],
)
def test_days_that_cannot_be_are_refused(days: tuple[int, ...], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        location("ICU", 8, "2", *days)


def test_a_ranking_of_nothing_or_of_one_location_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one location"):
        tap.locations([], GOAL)
    with pytest.raises(ValueError, match="only once"):
        tap.facilities([WORKED[0], WORKED[0]], GOAL)
    with pytest.raises(ValueError, match="goal ratio cannot be below 0"):
        tap.locations(WORKED, Fraction(-1))
    with pytest.raises(ValueError, match="infections cannot be below 0"):
        tap.device_rate(-1, 5)
