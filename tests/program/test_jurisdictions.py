"""Who answers for a state on a date: complete, disjoint, and UNKNOWN where no source speaks."""

import datetime as dt
from collections import Counter

import pytest

from shared.program.jurisdictions import BFCC_NAMED, QIN_NAMED, UNKNOWN, Standing, jurisdiction
from shared.program.states import PACIFIC_TERRITORIES, STATES

IN_2014 = dt.date(2014, 8, 1)
# The 53 of the program before the Pacific territories are counted: 50 states, DC, PR, VI.
COUNTED = sorted(set(STATES) - PACIFIC_TERRITORIES)


def test_the_fourteen_networks_are_disjoint_and_cover_fifty_three_with_two_to_six_each() -> None:
    served = Counter(jurisdiction(state, IN_2014).qin_qio.name for state in COUNTED)
    assert len(COUNTED) == 53
    assert sorted(served.values()) == sorted((3, 5, 4, 4, 5, 2, 3, 4, 6, 2, 5, 3, 5, 2))


@pytest.mark.parametrize(
    ("network", "states"),
    [
        ("Atlantic Quality Innovation Network (IPRO)", "DC NY SC"),
        ("atom Alliance (Qsource)", "AL IN KY MS TN"),
        ("Great Plains QIN", "KS NE ND SD"),
        ("HealthInsight", "NV NM OR UT"),
        ("Health Services Advisory Group", "AZ CA FL OH VI"),
        ("Alliant Quality (Alliant GMCF)", "GA NC"),
        ("Lake Superior QIN", "MI MN WI"),
        ("Mountain-Pacific Quality Health", "AK HI MT WY GU AS MP"),
        ("New England QIN (Healthcentric Advisors)", "CT ME MA NH RI VT"),
        ("Qualis Health", "ID WA"),
        ("Quality Insights QIN", "DE LA NJ PA WV"),
        ("Telligen", "CO IA IL"),
        ("TMF QIN", "AR MO OK PR TX"),
        ("VHQC", "MD VA"),
    ],
)
def test_each_network_serves_its_states(network: str, states: str) -> None:
    """Lists of the 14 QIN-QIOs, August 2014 to July 2019."""
    assert {code for code in STATES if jurisdiction(code, IN_2014).qin_qio.name == network} == set(states.split())


def test_bfcc_areas_and_regions_have_the_published_sizes() -> None:
    areas = Counter(jurisdiction(state, IN_2014).bfcc_qio.area for state in COUNTED)
    regions = Counter(jurisdiction(state, dt.date(2024, 5, 1)).bfcc_qio.area for state in COUNTED)
    assert [areas[f"Area {n}"] for n in range(1, 6)] == [11, 9, 15, 10, 8]
    assert [regions[f"Region {n}"] for n in range(1, 11)] == [6, 4, 6, 8, 6, 5, 4, 6, 4, 4]


def test_since_2019_even_regions_and_region_one_have_one_contractor_and_the_rest_the_other() -> None:
    names = Counter(jurisdiction(state, dt.date(2024, 5, 1)).bfcc_qio.name for state in COUNTED)
    assert names == {"Acentra Health (formerly KEPRO)": 29, "Commence Health (formerly Livanta)": 24}


@pytest.mark.parametrize("state", sorted(STATES))
def test_before_august_2014_nothing_is_named(state: str) -> None:
    found = jurisdiction(state, dt.date(2014, 7, 31))
    assert (found.qin_qio.name, found.bfcc_qio.name) == (UNKNOWN, UNKNOWN)
    assert "August 2014" in found.qin_qio.source


@pytest.mark.parametrize("day", [dt.date(2019, 8, 1), dt.date(2019, 10, 31), dt.date(2019, 11, 30)])
def test_the_gap_between_the_contracts_of_2019_is_said_plainly(day: dt.date) -> None:
    found = jurisdiction("OH", day)
    assert found.qin_qio.standing is Standing.UNKNOWN
    assert "between the contracts" in found.qin_qio.source
    assert "between the contracts" in found.bfcc_qio.source


def test_the_last_day_of_the_contract_still_belongs_to_it() -> None:
    assert jurisdiction("IL", dt.date(2019, 7, 31)).qin_qio.name == "Telligen"


def test_networks_after_2019_are_unknown_but_case_review_regions_are_known() -> None:
    found = jurisdiction("TX", dt.date(2026, 7, 4))
    assert found.qin_qio.name == UNKNOWN
    assert found.bfcc_qio.area == "Region 6"


def test_an_unknown_state_is_an_error_not_a_guess() -> None:
    with pytest.raises(KeyError):
        jurisdiction("ZZ", IN_2014)


def test_after_the_contracts_that_sources_name_nobody_is_named() -> None:
    assert jurisdiction("OH", dt.date(2029, 4, 30)).bfcc_qio.area == "Region 5"
    after = jurisdiction("OH", dt.date(2029, 5, 1)).bfcc_qio
    assert (after.name, after.area) == (UNKNOWN, None)
    assert "April 2029" in after.source


@pytest.mark.parametrize(("day", "unsure"), [(dt.date(2019, 10, 31), False), (dt.date(2019, 11, 1), True)])
def test_in_november_2019_it_is_said_that_no_source_gives_the_day(day: dt.date, unsure: bool) -> None:
    assert ("no source gives the day" in jurisdiction("OH", day).qin_qio.source) == unsure


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2024, 11, 30), "configure the network"),
        (dt.date(2024, 12, 1), "12th statement of work ended in November 2024"),
        (dt.date(2025, 4, 30), "12th statement of work ended in November 2024"),
        (dt.date(2025, 5, 1), "configure the network"),
    ],
)
def test_between_the_twelfth_and_thirteenth_statement_no_network_can_be_named(day: dt.date, words: str) -> None:
    assert words in jurisdiction("OH", day).qin_qio.source


@pytest.mark.parametrize("state", sorted(PACIFIC_TERRITORIES))
def test_no_source_counts_the_pacific_territories_before_august_2014(state: str) -> None:
    assert (
        "no source says who served the Pacific territories" in jurisdiction(state, dt.date(2012, 1, 1)).qin_qio.source
    )


@pytest.mark.parametrize("state", sorted(STATES))
def test_names_are_given_exactly_in_the_times_that_are_said_to_be_named(state: str) -> None:
    for offset in range(0, 366 * 24, 5):
        day = dt.date(2008, 1, 1) + dt.timedelta(days=offset)
        found = jurisdiction(state, day)
        for one, times in ((found.qin_qio, QIN_NAMED), (found.bfcc_qio, BFCC_NAMED)):
            assert (one.name != UNKNOWN) == any(first <= day <= last for first, last in times), day
