"""A second recomputation of what residents add to their home's quarters, day by day, from the definitions alone.

Standard library only and nothing of the service's. Records are dictionaries with official item names, dates as text.
It writes down for every day where the resident was, looks at each day and quarter on its own, and finds the next
change by trying every following day. Slow, and therefore easy to check by eye.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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


# The measures: whether the resident belongs to the denominator, and to the numerator.


def tally(target: Told, prior: Told | None, scan: Sequence[Told], vaccinated: Told | None) -> dict[str, int]:
    t = target.get
    counts: dict[str, int] = {}

    def put(name: str, belongs: bool, met: bool) -> None:
        if belongs:
            counts[f"{name}_of"] = 1
            if met:
                counts[name] = 1

    late_enough = target["A0310A"] != "01" and target["A0310B"] not in ("01", "06")
    put(
        "falls_injury",
        any("J1900C" in one or one.get("J1800") == 0 for one in scan),
        any(one.get("J1900C", 0) > 0 for one in scan),
    )
    put("falls", any("J1800" in one for one in scan), any(one.get("J1800") == 1 for one in scan))
    put("urinary_infection", late_enough and "I2300" in target, t("I2300") == 1)
    put("catheter_infection", late_enough and t("H0100A") == 1 and "I2300" in target, t("I2300") == 1)
    put("pain", *pain(target, late_enough))
    put("pressure_ulcers", *ulcers(target, late_enough))
    put("bowel_or_bladder", *control(target, late_enough))
    put("catheter", late_enough and t("I1550") == 0 and t("I1650") == 0 and "H0100A" in target, t("H0100A") == 1)
    devices = [t(item) for item in ("P0100B", "P0100C", "P0100E", "P0100F", "P0100G")]
    put("restraints", 2 in devices or None not in devices, 2 in devices)
    put("more_help", *more_help(target, prior))
    put("weight_loss", late_enough and "K0300" in target, t("K0300") == 2)
    put("depressive", *depressive(target))
    tourette = t("I5350") if "I5350" in target else (prior or {}).get("I5350")
    spared = t("I6000") == 1 or t("I5250") == 1 or tourette == 1
    put("antipsychotic", not spared and "N0410A" in target, t("N0410A", 0) >= 1)
    flu = (vaccinated or {}).get
    put("influenza", vaccinated is not None, flu("O0250A") == 1 or flu("O0250C") in (2, 3, 4))
    put("pneumococcal", True, t("O0300A") == 1 or t("O0300B") in (1, 2))
    return counts


def pain(target: Told, late_enough: bool) -> tuple[bool, bool]:
    often, number, word = target.get("J0400", 9), target.get("J0600A", 99), target.get("J0600B", 9)
    moderate = 5 <= number <= 9 or word in (2, 3)
    met = (often in (1, 2) and moderate) or number == 10 or word == 4
    asked = target.get("J0200") == 1 and target.get("J0300", 9) != 9
    if target.get("J0300") == 1:
        asked = asked and often != 9 and (number != 99 or word != 9) and number != 0
    return late_enough and (met or asked), met


def ulcers(target: Told, late_enough: bool) -> tuple[bool, bool]:
    weak = any(target.get(item) in (3, 4, 7, 8) for item in ("G0110A1", "G0110B1"))
    high_risk = weak or target.get("B0100") == 1 or target.get("I5600") == 1
    stages = [target.get(item) for item in ("M0300B1", "M0300C1", "M0300D1")]
    met = any(stage is not None and stage > 0 for stage in stages)
    known = target.get("M0210") == 0 or None not in stages
    return late_enough and high_risk and (met or known), met


def control(target: Told, late_enough: bool) -> tuple[bool, bool]:
    t = target.get
    if not late_enough or t("B0100") != 0 or t("H0100A") != 0 or t("H0100C") != 0:
        return False, False
    severe = t("C0500", 99) <= 7 or (t("C1000") == 3 and t("C0700") == 1)
    moving = [t(item) for item in ("G0110A1", "G0110B1", "G0110E1")]
    if severe or all(level in (4, 7, 8) for level in moving) or None in moving:
        return False, False
    if t("C0500", 99) == 99 and ("C0700" not in target or "C1000" not in target):
        return False, False
    met = t("H0300") in (2, 3) or t("H0400") in (2, 3)
    return met or ("H0300" in target and "H0400" in target), met


def more_help(target: Told, prior: Told | None) -> tuple[bool, bool]:
    if prior is None or any(target.get(item) != 0 for item in ("B0100", "J1400", "O0100K2")):
        return False, False
    full = unknown = points_two = points_one = 0
    threes = 0
    for item in ("G0110A1", "G0110B1", "G0110H1", "G0110I1"):
        before, now = prior.get(item), target.get(item)
        full += before in (4, 7, 8)
        threes += before == 3
        if before is None or now is None:
            unknown += 1
            continue
        more = min(now, 4) - min(before, 4)
        points_two += more >= 2
        points_one += more >= 1
    if full == 4 or (full == 3 and threes == 1):
        return False, False
    met = points_two >= 1 or points_one >= 2
    return met or unknown == 0, met


def depressive(target: Told) -> tuple[bool, bool]:
    t = target.get
    if t("B0100") != 0:
        return False, False
    self_told = (t("D0200A2") in (2, 3) or t("D0200B2") in (2, 3)) and 10 <= t("D0300", 0) <= 27
    staff_told = (t("D0500A2") in (2, 3) or t("D0500B2") in (2, 3)) and 10 <= t("D0600", 0) <= 30
    asked = all(item in target for item in ("D0200A2", "D0200B2")) and t("D0300", 99) != 99
    watched = all(item in target for item in ("D0500A2", "D0500B2", "D0600"))
    met = self_told or staff_told
    return met or asked or watched, met
