"""Coverage: recruited against target by state, how many are missing."""

import datetime as dt

from services.recruitment.domain.targets.coverage import Coverage, coverage
from services.recruitment.domain.targets.state import RecruitmentTarget, Version

FIRST, LAST = dt.date(2015, 4, 1), dt.date(2018, 3, 31)
ELIGIBLE = {"MA": 401, "VT": 40, "CT": 200}
RECRUITED = [
    ("MA", dt.date(2015, 3, 31), 7),  # before the period
    ("MA", dt.date(2015, 4, 1), 100),
    ("VT", dt.date(2016, 1, 1), 30),
    ("VT", dt.date(2018, 3, 31), 4),
    ("VT", dt.date(2018, 4, 1), 1),  # after it
    ("NY", dt.date(2016, 1, 1), 50),  # of another network
]


def target(area: str, *versions: tuple[dt.date, int | None, int | None]) -> RecruitmentTarget:
    made = tuple(
        Version(
            starts_on=FIRST,
            ends_on=LAST,
            number=number,
            share_percent=share,
            effective_on=effective_on,
            source="Example",
            actor="t",
            at=dt.datetime(2015, 1, 1, tzinfo=dt.UTC),
        )
        for effective_on, number, share in versions
    )
    return RecruitmentTarget(task="C.2", collaborative="NNHQCC", area=area, versions=made)


def covered(found: RecruitmentTarget, on: dt.date = dt.date(2020, 1, 1)) -> Coverage:
    (one,) = coverage(found, on, ELIGIBLE, RECRUITED)
    return one


def test_a_share_is_rounded_up_and_counts_the_period_only() -> None:
    one = covered(target("MA", (FIRST, None, 75)))
    # 75 % of 401 are 300.75.
    assert (one.wanted, one.recruited, one.missing, one.eligible) == (301, 100, 201, 401)


def test_a_network_is_the_sum_of_its_states_and_says_each() -> None:
    one = covered(target("qin:new-england", (FIRST, 120, None)))
    assert (one.wanted, one.recruited, one.missing, one.eligible) == (120, 134, 0, 641)
    assert [tuple(state) for state in one.states] == [
        ("CT", 200, 0),
        ("MA", 401, 100),
        ("ME", 0, 0),
        ("NH", 0, 0),
        ("RI", 0, 0),
        ("VT", 40, 34),
    ]


def test_the_amendment_that_counts_on_the_day_decides_and_later_joiners_are_not_there_yet() -> None:
    found = target("VT", (FIRST, 20, None), (dt.date(2017, 1, 1), 50, None))
    assert (covered(found, dt.date(2016, 12, 31)).wanted, covered(found, dt.date(2016, 12, 31)).recruited) == (20, 30)
    assert (covered(found).wanted, covered(found).missing) == (50, 16)
