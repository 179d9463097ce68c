"""What the records of one resident add to the quarters of the home, and when time alone changes that."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from services.measures.domain import periods
from services.measures.domain.days import month_of
from services.measures.domain.panel.counted import Counted
from services.measures.domain.residents.episodes import LONG_STAY, episode_on
from services.measures.domain.residents.life import Fact, Life, life_of
from services.measures.domain.residents.outcomes import OUTCOMES
from services.measures.domain.residents.sample import TARGET_DAYS, select

Amounts = dict[str, dict[str, int]]


def count(facts: Collection[Fact], today: dt.date) -> Counted:
    """One resident of one home; ``facts`` are the records that hold, in any order.

    A quarter that has ended is seen as of its last day, the current one as of today. What is dated later is not seen.
    """
    life, day = life_of(facts), today.toordinal()
    amounts = _amounts(life, _quarters(life, day), day)
    return Counted(amounts, _wake(life, day, amounts.get(_quarter(day), {})))


def _amounts(life: Life, quarters: Iterable[str], day: int) -> Amounts:
    found: Amounts = {}
    for quarter in quarters:
        chosen = select(life, quarter, day)
        if chosen is not None:
            met = {name: outcome(chosen) for name, outcome in OUTCOMES.items()}
            of = {f"{name}_of": 1 for name, one in met.items() if one is not None}
            found[quarter] = of | {name: 1 for name, one in met.items() if one}
    return found


def _quarters(life: Life, day: int) -> list[str]:
    """The quarters up to that day that an assessment can be the target of, first to last."""
    found: dict[str, None] = {}
    for one in life.assessments:
        for last in range(one.day, one.day + TARGET_DAYS + 1, TARGET_DAYS // 2):
            if one.day <= day:
                found[_quarter(min(last, day))] = None
    return sorted(found)


def _wake(life: Life, day: int, now: dict[str, int]) -> dt.date | None:
    """The first later day on which the current quarter, or one after it, is not as it is now."""
    current = _quarter(day)
    for later in sorted(set(_turns(life, day))):
        quarters = (quarter for quarter in _quarters(life, later) if quarter >= current)
        if _amounts(life, quarters, later) != ({current: now} if now else {}):
            return dt.date.fromordinal(later)
    return None


def _turns(life: Life, day: int) -> Iterator[int]:
    """Every later day on which the count can change: a date that is told, the 101st day, the end of a target's time,
    the beginning of a quarter."""
    told = [on for on in (*life.moves, *(one.day for one in life.assessments)) if on > day]
    yield from told
    for on in (day, *told):
        episode = episode_on(life, on)
        if episode is not None and episode.there and episode.days < LONG_STAY:
            yield on + LONG_STAY - episode.days
    ends = [one.day + TARGET_DAYS for one in life.assessments if one.day + TARGET_DAYS >= day]
    yield from (last + 1 for last in ends)
    quarter = periods.shift(_quarter(day), 1)
    while ends and periods.begin(quarter).toordinal() <= max(ends):
        yield periods.begin(quarter).toordinal()
        quarter = periods.shift(quarter, 1)


def _quarter(day: int) -> str:
    return periods.quarter_of(month_of(day))
