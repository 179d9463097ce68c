"""Measures as people speak of them, and which are followed for gaps."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Followed:
    """A measure that alerts are made of: lower is better, and its interval is known.

    Measures without an interval (community tenure, payments) are not followed: noise could not be told from news.
    """

    words: str
    per: str


FOLLOWED: Final[Mapping[str, Followed]] = {
    "rehospitalizations-30d": Followed("30-day rehospitalizations", "per 1,000 beneficiaries per quarter"),
    "readmissions-unplanned-30d": Followed("unplanned 30-day readmissions", "percent of index admissions"),
    "avoidable-hospitalizations": Followed(
        "potentially avoidable hospitalizations", "per 1,000 beneficiaries per quarter"
    ),
    "ade-any-events": Followed("adverse drug events", "per 1,000 beneficiaries per quarter"),
}
_MORE: Final[Mapping[str, str]] = {
    "hospitalizations": "hospitalizations",
    "community-tenure": "nights at home (community tenure)",
    "ade-any": "adverse drug events",
}
_GOALS: Final[Mapping[str, str]] = {
    "rehospitalizations": "20 % fewer rehospitalizations",
    "hospitalizations": "20 % fewer hospitalizations",
    "community_tenure": "10 % fewer nights away from home",
    "community_tenure_literal": "10 % more nights at home",
    "adverse_drug_events": "fewer adverse drug events",
}


def measure_in_words(measure: str) -> str:
    """A measure by its id; one we have no words for keeps its own."""
    followed = FOLLOWED.get(measure)
    return followed.words if followed else _MORE.get(measure, measure.replace("-", " "))


def goal_in_words(goal: str) -> str:
    """A goal of the program by its id; one we have no words for keeps its own."""
    return _GOALS.get(goal, goal.replace("_", " "))


def period_in_words(period: str) -> str:
    """``2018Q1R4`` as the four quarters that end with it, ``2018Q1`` as itself, ``2018-03`` as the month it is."""
    if period[4] == "-":
        return f"{calendar.month_name[int(period[5:7])]} {period[:4]}"
    quarter = f"quarter {period[5]} of {period[:4]}"
    return f"the four quarters to {quarter}" if period.endswith("R4") else quarter


def last_day(period: str) -> dt.date:
    """The last day of a quarter, of four that end with it, or of a month; ValueError for what is none."""
    year, month = int(period[:4]), int(period[5:7]) if period[4] == "-" else 3 * int(period[5])
    return dt.date(year, month, calendar.monthrange(year, month)[1])
