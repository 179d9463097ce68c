"""The year day by day: which steps are taken on which day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.year.homes import ccn
from benchmarks.year.peers import Peers
from benchmarks.year.practices import Practices
from benchmarks.year.sessions import Month
from benchmarks.year.steps import COHORT, ENDED, NETWORK, STARTED, Pass, Steps, Year, ask, command
from benchmarks.year.trials import Trials
from shared.contracts.recruitment.change_packages import PublishChangePackage
from shared.contracts.recruitment.cohorts import JoinCohort, LeaveCohort, OpenCohort
from shared.contracts.recruitment.learning_networks import EstablishNetwork

SESSIONS: Final = 12
_ROUNDS: Final = (0, 3, 6, 9)
_MATCHED: Final = (1, 4, 7)
_WITHDRAWN: Final = 4
# The months after whose session homes leave, and which of thirty.
_LEAVING: Final = {4: 7, 8: 19}
Act = Callable[[], Steps]


def year_of(homes: int) -> Year:
    """A cohort of so many homes; the guest is the next."""
    return Year(homes=tuple(map(ccn, range(homes))), guest=ccn(homes))


def days() -> list[dt.date]:
    """The days of the sessions: the second Tuesday of each month from October 2014."""
    months = [dt.date(2014 + (9 + one) // 12, (9 + one) % 12 + 1, 1) for one in range(SESSIONS)]
    return [one + dt.timedelta(days=(1 - one.weekday()) % 7 + 7) for one in months]


def course(year: Year, folder: Path) -> Steps:
    """All steps of the year in order; exports of webinars are written into the folder."""
    morning, evening = _plan(year, folder)
    day = STARTED
    while day <= ENDED:
        yield Pass(dt.datetime.combine(day, dt.time(12), dt.UTC))
        for act in morning[day]:
            yield from act()
        if day in evening:
            yield Pass(dt.datetime.combine(day, dt.time(22), dt.UTC))
            yield from evening[day]()
        day += dt.timedelta(days=1)


def _plan(year: Year, folder: Path) -> tuple[dict[dt.date, list[Act]], dict[dt.date, Act]]:
    held = days()
    months = [Month(year, number, day, folder) for number, day in enumerate(held)]
    peers, practices = Peers(year), Practices(year)
    plan: dict[dt.date, list[Act]] = defaultdict(list)
    plan[STARTED] += [partial(_begin, year), peers.consent]
    trials = {number: Trials(year) for number in _ROUNDS}
    for month in months:
        for day, act in _of_session(month, held):
            plan[day].append(act)
        for day, act in _besides(month, year, trials, peers):
            plan[day].append(act)
    for day, act in _spread(months, practices, peers, trials[3]):
        plan[day].append(act)
    return plan, {month.day: month.hold for month in months}


def _of_session(month: Month, held: list[dt.date]) -> Iterator[tuple[dt.date, Act]]:
    last = held[month.number + 1] - dt.timedelta(days=1) if month.number + 1 < len(held) else month.after(28)
    yield month.after(-24), month.plan
    yield month.after(-18), month.register
    yield month.after(-1), month.hand_out
    yield month.day, month.begin
    yield month.after(1), month.evaluate
    yield month.after(1), partial(month.start, last)
    yield month.after(8), month.early
    yield month.after(14), month.late
    yield month.after(18), month.second
    yield last + dt.timedelta(days=2), month.close


def _besides(month: Month, year: Year, trials: dict[int, Trials], peers: Peers) -> Iterator[tuple[dt.date, Act]]:
    if month.number in _LEAVING:
        yield month.after(10), partial(_leave, year, month.after(10), _LEAVING[month.number])
    if month.number in trials:
        own = trials[month.number]
        for days_after, act in ((2, own.plan), (6, own.do), (16, own.study), (20, own.act), (21, own.share)):
            yield month.after(days_after), partial(act, month.after(days_after))
    if month.number in _MATCHED:
        yield month.after(3), partial(peers.propose, month.after(3), _MATCHED.index(month.number))
        yield month.after(7), partial(peers.answer, month.after(7))
        yield month.after(15), partial(peers.meet, month.after(15))
        yield month.after(22), partial(peers.end, month.after(22))
    if month.number == _WITHDRAWN:
        yield month.after(18), partial(peers.withdraw, month.after(18))


def _spread(months: list[Month], practices: Practices, peers: Peers, trials: Trials) -> Iterator[tuple[dt.date, Act]]:
    published = months[3].after(23)
    yield published, partial(practices.publish, published, trials)
    yield published, partial(practices.tell, published)
    day = months[4].after(2)
    yield day, partial(practices.hear_from_notice, day)
    for number in (5, 8):
        day = months[number].after(2)
        yield day, partial(practices.hear_from_peers, day, peers)
        yield day, partial(_in_session, practices, months[number], day)
    for number in (6, 7, 9, 10):
        day = months[number].after(4)
        yield day, partial(practices.adopt, day)
    yield months[10].after(5), partial(practices.give_up, months[10].after(5))


def _in_session(practices: Practices, month: Month, day: dt.date) -> Steps:
    yield from practices.hear_in_session(day, month.session)


def _begin(year: Year) -> Steps:
    driver = {"name": "Staff", "source": "guide", "changes": [{"text": "Huddle after each fall", "source": "talk"}]}
    yield from ask([
        command(
            EstablishNetwork, network=NETWORK, name="National Nursing Home Quality Care Collaborative, New England",
            kind="COLLABORATIVE", collaborative="NNHQCC", task="C.2", topics=["FALLS", "PRESSURE_ULCERS"],
            states=["CT", "MA", "ME", "NH", "RI", "VT"], started_on=STARTED,
        ),
        command(OpenCohort, network=NETWORK, number=1, name="First", focus="FALLS", opened_on=STARTED),
        command(
            PublishChangePackage, network=NETWORK, title="Fewer falls", drivers=[driver], published_on=STARTED,
        ),
    ])  # fmt: skip
    yield from ask(
        command(JoinCohort, cohort=COHORT, participant=one, joined_on=STARTED, role="TEAM") for one in year.homes
    )


def _leave(year: Year, day: dt.date, which: int) -> Steps:
    going = [one for n, one in enumerate(year.homes) if n % 30 == which]
    yield from ask(
        command(LeaveCohort, cohort=COHORT, participant=one, left_on=day, reason="Its owner goes another way")
        for one in going
    )
    year.gone.update(dict.fromkeys(going, day))
