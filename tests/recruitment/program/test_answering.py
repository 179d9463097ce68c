"""Who answers for every state in every month from 2008 to today: named with a source, or UNKNOWN with the reason."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from services.recruitment.domain.program.answering import Answer, answering, roles_on
from shared.contracts.recruitment.qio_contracts import Role
from shared.program.jurisdictions import UNKNOWN, Standing
from shared.program.states import PACIFIC_TERRITORIES, STATES
from shared.runtime.clock import utc_now

COUNTED = set(STATES) - PACIFIC_TERRITORIES
DIVIDED = dt.date(2014, 8, 1)
ELEVENTH_ENDED = dt.date(2019, 7, 31)
REGIONS = dt.date(2019, 12, 1)


def boundaries() -> Iterator[dt.date]:
    """The first and the last day of every month from 2008 to this one."""
    today = utc_now().date()
    first = dt.date(2008, 1, 1)
    while first <= today:
        following = (first + dt.timedelta(days=32)).replace(day=1)
        yield first
        yield following - dt.timedelta(days=1)
        first = following


def everyone(day: dt.date) -> dict[str, tuple[Answer, ...]]:
    return {state: answering(state, day, {}) for state in STATES}


def days(first: dt.date | None, last: dt.date | None) -> list[dt.date]:
    return [one for one in boundaries() if (first is None or first <= one) and (last is None or one <= last)]


def test_fifty_three_are_counted_and_three_territories_come_with_hawaii() -> None:
    assert (len(COUNTED), len(PACIFIC_TERRITORIES)) == (53, 3)


def test_on_every_day_each_state_has_one_answer_for_each_role_and_each_answer_its_source() -> None:
    for day in boundaries():
        for state, answers in everyone(day).items():
            assert tuple(one.role for one in answers) == roles_on(day), (state, day)
            for one in answers:
                assert len(one.source) > 20, (state, day)
                assert (one.qio == UNKNOWN) == (one.standing is Standing.UNKNOWN), (state, day)


def test_before_august_2014_each_has_one_contractor_whom_no_source_names() -> None:
    for day in days(None, DIVIDED - dt.timedelta(days=1)):
        for state, answers in everyone(day).items():
            (only,) = answers
            assert (only.role, only.qio) == (Role.STATE_QIO, UNKNOWN)
            said = "Pacific territories" if state in PACIFIC_TERRITORIES else "one contractor per state"
            assert said in only.source


def test_under_the_eleventh_statement_fourteen_networks_serve_two_to_six_each() -> None:
    for day in days(DIVIDED, ELEVENTH_ENDED):
        networks = defaultdict(set)
        reviewers = set()
        for state, (network, reviewer) in everyone(day).items():
            assert UNKNOWN not in (network.qio, reviewer.qio), (state, day)
            networks[network.qio].add("HI" if state in PACIFIC_TERRITORIES else state)
            reviewers.add(reviewer.qio)
        assert len(networks) == 14
        assert all(2 <= len(served) <= 6 for served in networks.values()), day
        assert reviewers == {"Livanta", "KEPRO"}


def test_the_pacific_territories_are_served_as_hawaii_is() -> None:
    for day in days(DIVIDED, ELEVENTH_ENDED):
        served = everyone(day)
        assert {tuple(one.qio for one in served[state]) for state in (*PACIFIC_TERRITORIES, "HI")} == {
            ("Mountain-Pacific Quality Health", "Livanta")
        }


def test_the_gap_of_august_to_november_2019_is_said_for_everyone() -> None:
    gap = days(ELEVENTH_ENDED + dt.timedelta(days=1), REGIONS - dt.timedelta(days=1))
    assert len(gap) == 8
    for day in gap:
        for answers in everyone(day).values():
            assert all(one.qio == UNKNOWN and "between the contracts" in one.source for one in answers), day


def test_after_it_regions_one_to_ten_have_their_reviewer_and_networks_stay_unknown() -> None:
    acentra = {"Region 1", "Region 4", "Region 6", "Region 8", "Region 10"}
    for day in days(REGIONS, None):
        regions = defaultdict(set)
        for state, (network, reviewer) in everyone(day).items():
            assert network.qio == UNKNOWN
            assert reviewer.area is not None
            assert reviewer.standing is Standing.SOURCED
            assert ("Acentra" in reviewer.qio) == (reviewer.area in acentra)
            if state in COUNTED:
                regions[reviewer.area].add(state)
        assert [len(regions[f"Region {number}"]) for number in range(1, 11)] == [6, 4, 6, 8, 6, 5, 4, 6, 4, 4]


def test_between_the_twelfth_and_thirteenth_the_reason_names_that_gap() -> None:
    network, _ = answering("OH", dt.date(2025, 2, 1), {})
    assert "12th statement of work ended in November 2024" in network.source


def test_a_single_unconfirmed_list_never_passes_for_a_sourced_one() -> None:
    day = dt.date(2016, 1, 1)
    sourced = {one.state for answers in everyone(day).values() for one in answers if one.standing is Standing.SOURCED}
    assert sourced == {"CO", "IA", "IL"}
