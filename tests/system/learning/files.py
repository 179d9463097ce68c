"""The files of the story: homes, who is recruited and written to, figures over quarters, people and their stays."""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from shared.feeds.sample import files
from shared.feeds.sample.communities import communities
from shared.feeds.sample.plan import Plan

PLAN: Final = Plan(seed=11, beneficiaries=150, homes=0, first_year=2013, years=4)
TOWN: Final = communities(PLAN)[0]
ZIPS: Final = tuple(place.zip_code for place in TOWN.places)

ELM, OAK = "495001", "495002"  # of one star, and the home that learns from it
MEMBERS: Final = tuple(f"{495_000 + number}" for number in range(1, 14))
OTHERS: Final = tuple(f"{495_000 + number}" for number in range(14, 27))
HOMES: Final = (*MEMBERS, *OTHERS)
ZONE: Final = ZoneInfo("America/New_York")
NAMES: Final = {ELM: "Elm Home", OAK: "Oak Home"}
_RESIDENTS: Final = 80

Rows = Iterable[Sequence[object]]


def name_of(ccn: str) -> str:
    """What a home is called."""
    return NAMES.get(ccn, f"Home {ccn[3:]}")


def address_of(ccn: str) -> str:
    """Where whoever leads quality in a home gets mail."""
    return f"quality@home-{ccn}.example"


def homes(folder: Path) -> Path:
    """CMS's list of August 2014 with the homes of one state."""
    return _write(
        folder / "homes.csv",
        ("CMS Certification Number (CCN)", "Provider Name", "Provider Address", "City/Town", "State", "ZIP Code",
         "Number of Certified Beds", "Average Number of Residents per Day", "Overall Rating"),
        ((ccn, name_of(ccn), "1 Road", "Culpeper", "VA", ZIPS[place % len(ZIPS)], 100, _RESIDENTS,
          1 if ccn == ELM else 3) for place, ccn in enumerate(HOMES)),
    )  # fmt: skip


def contacts(folder: Path) -> Path:
    """Who leads quality in each home of the cohort."""
    rows = ((ccn, f"Quality of {ccn}", address_of(ccn), "QUALITY_LEAD", f"facility:{ccn}") for ccn in MEMBERS)
    header = ("key", "name", "email", "part", "place", "since")
    return _write(folder / "contacts.csv", header, ((*row, "2014-01-01") for row in rows))


def recruits(folder: Path) -> Path:
    """Who joins the collaborative at once: all members but the home that was invited."""
    return _write(folder / "recruits.csv", ("ccn", "recruited_on"), ((ccn, "2014-12-01") for ccn in MEMBERS[1:]))


def joins(folder: Path) -> Path:
    """Who is in the cohort."""
    return _write(folder / "joins.csv", ("participant", "joined_on"), ((ccn, "2015-01-05") for ccn in MEMBERS))


def stability(folder: Path, first: int, last: int) -> Path:
    """How many of 100 staff stayed in each month of these years."""
    rows = (
        (ccn, "staff-stability", f"{year}-{month:02}", stayed(ccn, year, month), 100)
        for ccn in HOMES
        for year in range(first, last + 1)
        for month in range(1, 13)
    )
    return _write(folder / f"stability-{first}.csv", ("ccn", "measure", "month", "numerator", "denominator"), rows)


def stayed(ccn: str, year: int, month: int) -> int:
    """All begin alike; Elm does better after it tested a change in 2015, Oak after it took that over in 2016.

    Of the others those in the cohort come further than those outside it.
    """
    if year < 2015 or (ccn == OAK and year == 2015):
        return 50
    if ccn in NAMES:
        return 75 + (year == 2016) + month // 4
    return (58 if ccn in MEMBERS else 51) + int(ccn) % 4


def people(folder: Path) -> Path:
    """A sample of people in which, from 2015 on, three of four stays of those who live in the town are not needed."""
    counts = files.write(PLAN, folder)
    assert counts["homes"] == 0
    stability(folder, 2014, 2015).replace(folder / files.COUNTS)
    for path in (folder / files.EVIDENCE).iterdir():
        path.unlink()
    here = {row["person"] for row in _read(folder / files.ENROLMENT) if row["zip_code"] in ZIPS}
    claims = _read(folder / files.CLAIMS)
    ours = sorted({row["claim"] for row in claims if row["person"] in here and row["admission"] >= "2015"})
    avoided = {claim for place, claim in enumerate(ours) if place % 4}
    kept = (tuple(row.values()) for row in claims if row["claim"] not in avoided)
    _write(folder / files.CLAIMS, tuple(claims[0]), kept)
    return folder


def export(folder: Path, starts_at: dt.datetime, minutes: dict[str, int]) -> Path:
    """Who took part in a webinar, as it tells that: one person of each home, from its start for so many minutes."""
    head = [
        "Attended",
        "User Name (Original Name)",
        "Email",
        "Join Time",
        "Leave Time",
        "Time in Session (minutes)",
        "CCN",
    ]

    def line(ccn: str, length: int) -> Sequence[object]:
        joined = starts_at.astimezone(ZONE)
        left = joined + dt.timedelta(minutes=length)
        return "Yes", "Somebody", address_of(ccn), _time(joined), _time(left), length, ccn

    return _write(folder / "export.csv", head, (line(*one) for one in minutes.items()))


def _time(instant: dt.datetime) -> str:
    return f"{instant:%m/%d/%Y %I:%M:%S %p}"


def _write(path: Path, header: Sequence[str], rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
