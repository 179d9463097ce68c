"""A second recomputation of hospitalizations and rehospitalizations, written from the definition alone.

Standard library only and nothing of the service's: it keeps every day as a date in a set and every record in a list,
and reads the definition as prose. Slow, and therefore easy to check by eye.

Records are dictionaries with the fields of the feed contracts, dates as ``datetime.date``, spans as tuples.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

DAY = dt.timedelta(days=1)
Record = Mapping[str, Any]
Spans = tuple[tuple[dt.date, dt.date], ...]
Count = dict[str, int]
Cells = dict[tuple[str, str], Count]


def last_versions(claims: Iterable[Record]) -> list[Record]:
    """Of every claim the highest version; under one version a cancel, then the later dates, then larger codes."""
    best: dict[tuple[str, str], Record] = {}

    def precedence(claim: Record) -> tuple[Any, ...]:
        return (
            claim["version"],
            claim["action"] == "cancel",
            claim["admission"],
            claim["discharge"],
            claim["provider"],
            claim["status"] or "",
            claim["frequency"] or "",
        )

    for claim in claims:
        key = (claim["beneficiary"], claim["claim"])
        if key not in best or precedence(claim) > precedence(best[key]):
            best[key] = claim
    return [claim for claim in best.values() if claim["action"] != "cancel"]


def last_enrolments(enrolments: Iterable[Record]) -> dict[tuple[str, int], Record]:
    best: dict[tuple[str, int], Record] = {}

    def precedence(record: Record) -> tuple[Any, ...]:
        return (record["version"], record["area"], record["eligible"], record["death"] or dt.date.min)

    for record in enrolments:
        key = (record["beneficiary"], record["year"])
        if key not in best or precedence(record) > precedence(best[key]):
            best[key] = record
    return best


def acute(provider: str) -> bool:
    """Short-term and critical access hospitals, and numbers that are no CCN."""
    if provider.isdigit():
        return 1 <= int(provider[2:]) < 880 or 1300 <= int(provider[2:]) < 1400
    looks_like_unit = provider[:2].isdigit() and provider[3:].isdigit() and provider[2] in set("MSRTUWYZ")
    return not looks_like_unit


def still_in(claim: Record) -> bool:
    return claim["status"] == "30" or claim["frequency"] in {"2", "3"}


def episodes(claims: list[Record]) -> list[list[Record]]:
    """Groups of claims that are one stay: joined while the next begins before, on, or just after the end."""
    groups: list[list[Record]] = []
    for claim in sorted(claims, key=lambda c: (c["admission"], c["discharge"], c["provider"], c["claim"])):
        if groups:
            end = final(groups[-1])
            if claim["admission"] <= end["discharge"]:
                groups[-1].append(claim)
                continue
            next_day = claim["admission"] == end["discharge"] + DAY
            if next_day and (claim["provider"] != end["provider"] or still_in(end)):
                groups[-1].append(claim)
                continue
        groups.append([claim])
    return groups


def final(group: list[Record]) -> Record:
    """The claim a stay ends with."""
    return max(group, key=lambda c: (c["discharge"], c["admission"], c["provider"], c["claim"]))


def recompute(enrolments: Iterable[Record], claims: Iterable[Record]) -> Cells:
    """Counts by (area, month ``YYYY-MM``): hospitalizations, live, rehospitalizations, impossible, days."""
    cells: Cells = defaultdict(lambda: defaultdict(int))
    years = last_enrolments(enrolments)
    by_person: dict[str, list[Record]] = defaultdict(list)
    for claim in last_versions(claims):
        by_person[claim["beneficiary"]].append(claim)
    deaths: dict[str, list[dt.date]] = defaultdict(list)
    for (person, year), record in years.items():
        if record["death"]:
            deaths[person].append(record["death"])
        for month, days in days_by_month(record["eligible"], year):
            cells[record["area"], month]["days"] += days
    for person, own in by_person.items():
        deaths[person] += [claim["discharge"] for claim in own if claim["status"] == "20"]
    for person, own in by_person.items():
        count_person(person, [c for c in own if acute(c["provider"])], years, min(deaths[person], default=None), cells)
    return {key: {name: n for name, n in count.items() if n} for key, count in cells.items() if any(count.values())}


@cache  # most people share their eligible days with thousands of others
def days_of(eligible: Spans, year: int) -> frozenset[dt.date]:
    found = set()
    for first, last in eligible:
        day = first
        while day <= last:
            if day.year == year:
                found.add(day)
            day += DAY
    return frozenset(found)


@cache
def days_by_month(eligible: Spans, year: int) -> list[tuple[str, int]]:
    return list(Counter(f"{day:%Y-%m}" for day in days_of(eligible, year)).items())


def count_person(
    person: str,
    claims: list[Record],
    years: Mapping[tuple[str, int], Record],
    death: dt.date | None,
    cells: Cells,
) -> None:
    def at(day: dt.date) -> tuple[str, str] | None:
        record = years.get((person, day.year))
        return (record["area"], f"{day:%Y-%m}") if record else None

    for claim in claims:
        place = at(claim["discharge"])
        if death and claim["admission"] > death and place:
            cells[place]["impossible"] += 1
    stays = episodes([c for c in claims if not (death and c["admission"] > death)])
    for number, group in enumerate(stays):
        end = final(group)
        day = end["discharge"]
        place = at(day)
        if place is None or still_in(end) or day not in days_of(years[person, day.year]["eligible"], day.year):
            continue
        cells[place]["hospitalizations"] += 1
        if end["status"] == "20" or (death and death <= day):
            continue
        cells[place]["live"] += 1
        later = [min(c["admission"] for c in other) for other in stays[number + 1 :]]
        if later and 0 <= (min(later) - day).days <= 30:
            cells[place]["rehospitalizations"] += 1


def by_quarter(cells: Cells, community_of: Callable[[str], Iterable[str]]) -> dict[tuple[str, str], Count]:
    """Sums by (community, quarter ``YYYYQn``)."""
    sums: dict[tuple[str, str], Count] = defaultdict(lambda: defaultdict(int))
    for (area, month), count in cells.items():
        quarter = f"{month[:4]}Q{(int(month[5:]) - 1) // 3 + 1}"
        for community in community_of(area):
            for name, n in count.items():
                sums[community, quarter][name] += n
    return {key: dict(count) for key, count in sums.items()}
