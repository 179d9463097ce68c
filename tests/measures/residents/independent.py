"""A second recomputation of what residents add to their home's quarters, day by day, from the definitions alone.

Standard library only and nothing of the service's. Records are dictionaries with official item names, dates as text.
It writes down for every day where the resident was, looks at each day and quarter on its own, and finds the next
change by trying every following day. Slow, and therefore easy to check by eye.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.measures.residents.independent_measures import tally

DAY = dt.timedelta(days=1)
AFTERWARDS = 230  # days after the last record: 101 of a stay, 120 of a target
Told = Mapping[str, Any]
Counts = dict[str, dict[str, int]]


def day_of(text: Any) -> dt.date:
    return dt.date.fromisoformat(text)


def holding(records: Iterable[Told]) -> list[Told]:
    """Of every record the highest version; nothing of one that was inactivated."""
    by_name: dict[str, list[Told]] = {}
    for one in records:
        by_name.setdefault(one["record"], []).append(one)
    last = [max(versions, key=lambda one: one["version"]) for versions in by_name.values()]
    return [one for one in last if one["action"] != "cancel"]


# Where the resident was: for each day, the number of the episode and whether the day counts.


class Diary:
    """``inside`` holds the counted days of each episode, ``gone`` the day on which its last stay ended."""

    def __init__(self, told: Sequence[Told], until: dt.date) -> None:
        entries, goings = self.moves(told)
        self.inside: list[set[dt.date]] = []
        self.gone: dt.date | None = None
        here = False
        why = ""
        dates = [day for day in {*entries, *goings} if day <= until]
        day = min(dates, default=until + DAY)
        while day <= until:
            came, went = day in entries, goings.get(day)
            was_here = here
            if was_here and went:
                here, self.gone, why = False, day, went
            if came and not here:
                if not self.inside or not self.same_episode(day, why):
                    self.inside.append(set())
                here = True
            if here:
                self.inside[-1].add(day)
            if not was_here and here and went:
                here, self.gone, why = False, day, went
            day += DAY
        self.here = here

    def same_episode(self, day: dt.date, why: str) -> bool:
        assert self.gone is not None
        away = (day - self.gone).days
        return (why == "11" and away <= 30) or (why == "10" and away <= 3)

    @staticmethod
    def moves(told: Sequence[Told]) -> tuple[set[dt.date], dict[dt.date, str]]:
        entries: set[dt.date] = set()
        goings: dict[dt.date, str] = {}
        for one in told:
            if "on" in one and one["A0310F"] == "01":
                entries.add(day_of(one["on"]))
                continue
            if one.get("A1600"):
                entries.add(day_of(one["A1600"]))
            left = one.get("on") or one.get("A2000")
            if left:
                known = goings.get(day_of(left), "11")
                # Death before a discharge for good, that before one with return expected.
                goings[day_of(left)] = min(known, one["A0310F"], key=("12", "10", "11").index)
        return entries, goings


def target_day(one: Told) -> dt.date:
    return day_of(one.get("A2000") or one["A2300"])


def can_be_target(one: Told) -> bool:
    if "A2300" not in one:
        return False
    return one["A0310A"] != "99" or one["A0310B"] in ("01", "02", "03", "04", "05", "06") or one["A0310F"] != "99"


def quarter_days(day: dt.date) -> tuple[str, dt.date, dt.date]:
    number = (day.month + 2) // 3
    first = dt.date(day.year, 3 * number - 2, 1)
    following = dt.date(day.year + number // 4, 3 * number % 12 + 1, 1)
    return f"{day.year}Q{number}", first, following - DAY


def recompute(records: Iterable[Told], today: dt.date, since: dt.date | None = None) -> Counts:
    """By quarter, of which those before the one of ``since`` are left out."""
    told = holding(records)
    days = [target_day(one) for one in told if can_be_target(one)]
    if not days:
        return {}
    found: Counts = {}
    day = max(min(days), since or min(days))
    while day <= today:
        quarter, first, last = quarter_days(day)
        counts = of_quarter(told, first, last, min(last, today))
        if counts:
            found[quarter] = counts
        day = last + DAY
    return found


def next_change(records: Iterable[Told], today: dt.date) -> dt.date | None:
    """The next day on which the current quarter, or one after it, is another than today; None if there is none."""
    told = list(records)
    _, first, _ = quarter_days(today)
    dates = [day_of(one[name]) for one in told for name in ("on", "A2300", "A2000", "A1600") if one.get(name)]
    now = recompute(told, today, first)
    day = today + DAY
    while day <= max([*dates, today]) + AFTERWARDS * DAY:
        if recompute(told, day, first) != now:
            return day
        day += DAY
    return None


def of_quarter(told: Sequence[Told], first: dt.date, last: dt.date, seen: dt.date) -> dict[str, int]:
    diary = Diary(told, seen)
    if not diary.inside:
        return {}
    episode = diary.inside[-1]
    end = seen if diary.here else diary.gone
    assert end is not None
    if end < first or len(episode) < 101:
        return {}
    begun = min(episode)
    candidates = [one for one in told if can_be_target(one) and begun <= target_day(one) <= end]
    candidates.sort(key=lambda one: (target_day(one), bool(one.get("A2000")), one["record"]))
    if not candidates:
        return {}
    target = candidates[-1]
    on = target_day(target)
    if on < end - 120 * DAY or on >= dt.date(2023, 10, 1):
        return {}
    prior: Told | None = None
    for one in candidates:
        if on - 165 * DAY <= target_day(one) <= on - 46 * DAY:
            prior = one
    scan = [one for one in candidates if target_day(one) >= on - 275 * DAY]
    vaccinated: Told | None = None
    if begun <= dt.date(last.year, 3, 31):
        for one in candidates:
            if dt.date(last.year - 1, 10, 1) <= target_day(one) <= dt.date(last.year, 6, 30):
                vaccinated = one
    return tally(target, prior, scan, vaccinated)
