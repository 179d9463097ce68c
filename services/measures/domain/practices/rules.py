"""What changed from year to year in the definitions of the measures, each with its source, and how uncertain it is."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

_ECQI: Final = "eCQI Resource Center, eligible clinician eCQM "


class Ages(NamedTuple):
    """Who is asked, by completed years, both included; ``at_end``: on the last day of the year, else on its first.

    Holds from the year ``since`` on.
    """

    since: int
    youngest: int
    oldest: int
    at_end: bool
    source: str


class Vaccinated(NamedTuple):
    """From which birthday on a pneumococcal vaccination counts, None: any; from the year ``since`` on."""

    since: int
    birthday: int | None
    source: str


class LookBack(NamedTuple):
    """A test speaks for the year it is done in and for this many years after."""

    concept: str
    years: int
    source: str


NO_LIMIT: Final = 200

TOBACCO: Final = (
    Ages(0, 18, NO_LIMIT, False, f"{_ECQI}CMS138v1 to v10, patients 18 and older"),
    Ages(2023, 12, NO_LIMIT, False, f"{_ECQI}CMS138v11 (2023), patients 12 and older"),
)
PNEUMOCOCCAL: Final = (
    Ages(0, 65, NO_LIMIT, False, f"{_ECQI}CMS127v1 to v9, patients 65 and older"),
    Ages(2022, 66, NO_LIMIT, True, f"{_ECQI}CMS127v10 (2022), patients 66 and older; day of the age not verified"),
)
PNEUMOCOCCAL_COUNTS: Final = (
    Vaccinated(0, None, f"{_ECQI}CMS127v1 to v9, ever received"),
    Vaccinated(2022, 60, f"{_ECQI}CMS127v10 (2022), on or after the 60th birthday"),
)
COLORECTAL: Final = (
    Ages(0, 50, 75, True, f"{_ECQI}CMS130v1 to v10, adults 50-75; day of the age not verified"),
    Ages(2023, 46, 75, True, f"{_ECQI}CMS130v11 (2023), adults 45-75: 46 to 75 at the end of the period"),
)
BREAST: Final = (
    Ages(0, 51, 74, True, f"{_ECQI}CMS125v1 to v10, women 51-74; the year of the change to 52 not verified"),
    Ages(2023, 52, 74, True, f"{_ECQI}CMS125v11 (2023), women 52-74 at the end of the period"),
    Ages(2026, 42, 74, True, f"{_ECQI}CMS125v14 (2026), women 42-74"),
)
COLORECTAL_TESTS: Final = (
    LookBack("stool_blood_test", 0, f"{_ECQI}CMS130: in the period"),
    LookBack("stool_dna_test", 2, f"{_ECQI}CMS130: in the period or the two years before"),
    LookBack("sigmoidoscopy", 4, f"{_ECQI}CMS130: in the period or the four years before"),
    LookBack("ct_colonography", 4, f"{_ECQI}CMS130: in the period or the four years before"),
    LookBack("colonoscopy", 9, f"{_ECQI}CMS130: in the period or the nine years before"),
)

R = TypeVar("R", Ages, Vaccinated)


def in_force(rules: Sequence[R], year: int) -> R:
    """The rule of that year: the last that had begun."""
    return max((rule for rule in rules if rule.since <= year), key=lambda rule: rule.since)


def asked(rules: Sequence[Ages], year: int, at_start: int, at_end: int) -> bool:
    """Whether somebody of these ages on the first and the last day of the year is asked."""
    rule = in_force(rules, year)
    return rule.youngest <= (at_end if rule.at_end else at_start) <= rule.oldest


def first_day(year: int) -> dt.date:
    """1 January."""
    return dt.date(year, 1, 1)


def last_day(year: int) -> dt.date:
    """31 December."""
    return dt.date(year, 12, 31)
