"""Rosters: at every instant it is known who answers, and gaps are exactly the times when nobody does."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.reviewers.roster import Need, Shift, Span, coverage, gaps, may_stand, on_call
from shared.contracts.reviewers import Profession, Specialty
from tests.complaints.reviewers.people import licence, person, reviewer

START = dt.datetime(2026, 7, 3, 22, 0, tzinfo=dt.UTC)  # Friday, 17:00 in Chicago
HOUR = dt.timedelta(hours=1)
END = START + 63 * HOUR
NEED = Need("IL", Profession.MD)


def shift(first: int, last: int, who: int = 1, **more: object) -> Shift:
    made = Shift(uuid4(), person(who), START + first * HOUR, START + last * HOUR, frozenset({"IL"}), Profession.MD)
    return replace(made, **more)  # type: ignore[arg-type]


shifts = st.lists(
    st.builds(
        lambda first, length, who, states, profession, specialty: shift(
            first, first + length, who, states=states, profession=profession, specialty=specialty
        ),
        st.integers(-10, 70),
        st.integers(1, 40),
        st.integers(1, 4),
        st.sampled_from([frozenset({"IL"}), frozenset({"WI"}), frozenset({"IL", "WI"})]),
        st.sampled_from([Profession.MD, Profession.DO, Profession.NURSE]),
        st.sampled_from([None, Specialty.CARDIOLOGY]),
    ),
    max_size=8,
)
needs = st.builds(
    Need,
    st.just("IL"),
    st.sampled_from([Profession.MD, Profession.NURSE]),
    st.sampled_from([None, Specialty.CARDIOLOGY]),
)


@given(shifts, needs)
def test_coverage_cuts_the_period_without_holes_or_overlaps(roster: list[Shift], need: Need) -> None:
    spans = coverage(roster, need, START, END)
    assert [spans[0].start, *(span.end for span in spans)] == [*(span.start for span in spans), END]
    assert spans[0].start == START
    assert all(span.start < span.end for span in spans)
    assert all(one.reviewers != two.reviewers for one, two in pairwise(spans))


@given(shifts, needs, st.integers(0, 62), st.integers(0, 59))
def test_an_instant_is_in_a_gap_exactly_when_nobody_is_on_call(
    roster: list[Shift], need: Need, hour: int, minute: int
) -> None:
    at = START + hour * HOUR + dt.timedelta(minutes=minute)
    answering = {found.reviewer_id for found in on_call(roster, need, at)}
    (span,) = [span for span in coverage(roster, need, START, END) if span.start <= at < span.end]
    assert span.reviewers == answering
    assert any(gap.start <= at < gap.end for gap in gaps(roster, need, START, END)) == (not answering)


def test_an_empty_roster_is_one_gap_and_an_empty_period_none() -> None:
    assert gaps([], NEED, START, END) == (Span(START, END, frozenset()),)
    assert coverage([], NEED, START, START) == ()


def test_a_handover_leaves_no_gap_and_an_hour_between_does() -> None:
    roster = [shift(0, 24, 1), shift(24, 48, 2), shift(49, 63, 3)]
    assert gaps(roster, NEED, START, END) == (Span(START + 48 * HOUR, START + 49 * HOUR, frozenset()),)
    (handed,) = on_call(roster, NEED, START + 24 * HOUR)
    assert handed.reviewer_id == person(2)


def test_a_specialist_answers_for_all_but_all_do_not_answer_for_the_specialist() -> None:
    heart = Need("IL", Profession.MD, Specialty.CARDIOLOGY)
    assert gaps([shift(0, 63, specialty=Specialty.CARDIOLOGY)], NEED, START, END) == ()
    assert gaps([shift(0, 63, profession=Profession.DO)], NEED, START, END) == ()
    assert len(gaps([shift(0, 63)], heart, START, END)) == 1


def test_a_shift_stands_on_a_licence_of_each_state_to_the_last_local_day() -> None:
    """The licence ends on Saturday; the shift ends at Saturday's midnight in Chicago, 05:00 UTC on Sunday."""
    saturday = dt.date(2026, 7, 4)
    who = reviewer(licences=(licence(valid_to=saturday),))
    until_midnight = shift(0, 31)
    assert until_midnight.end == dt.datetime(2026, 7, 5, 5, 0, tzinfo=dt.UTC)
    assert may_stand(who, until_midnight)
    assert not may_stand(who, shift(0, 32))
    assert not may_stand(who, replace(until_midnight, states=frozenset({"IL", "WI"})))
    assert not may_stand(who, replace(until_midnight, specialty=Specialty.UROLOGY))
    assert may_stand(who, replace(until_midnight, specialty=Specialty.CARDIOLOGY))
    assert not may_stand(replace(who, retired_on=saturday), until_midnight)
