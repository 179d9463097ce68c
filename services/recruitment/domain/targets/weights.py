"""What moves a target up the list and by how much, as data with the reason for each weight.

The order of groups is what the nursing-home task asks for: One-Star homes especially, then special-focus homes, all
eligible. Signals decide within these groups, and lift a facility of neither group over those without a signal. The
most that all weights of a group can add up to stays below the distance between groups.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final


class Group(IntEnum):
    """Groups of targets; a higher one goes before a lower one whatever else is known of its members."""

    ELIGIBLE = 0
    SIGNALLED = 1
    SPECIAL_FOCUS = 2
    ONE_STAR = 3


APART: Final = 1_000  # between two groups

# A One-Star home that is special focus as well goes before the other One-Star homes, whatever their signals.
SPECIAL_FOCUS: Final = 500
# Among homes of more than one star, worse ratings need more help. A home without a rating is too new or lacks data:
# after two stars, before three.
STARS: Final[Mapping[int | None, int]] = {2: 150, None: 125, 3: 100, 4: 50, 5: 0}
# Knows the work and may mentor others: attention to it is asked for, and it decides among equals.
EXPERIENCE: Final = 20


class Kind(StrEnum):
    """Why a place should be looked at."""

    READMISSION = "READMISSION"
    GAP = "GAP"
    SPECIAL_POPULATION = "SPECIAL_POPULATION"
    CONCERN = "CONCERN"
    HARM = "HARM"
    CHANGE = "CHANGE"


@dataclass(frozen=True, slots=True)
class Weight:
    """What each step of a signal adds, and why so much."""

    per_step: int
    reason: str


WEIGHTS: Final[Mapping[Kind, Weight]] = {
    Kind.READMISSION: Weight(30, "An aim of the program with a number: 20 % fewer by 2019."),
    Kind.GAP: Weight(20, "Aims of the program too, in part about the same admissions."),
    Kind.SPECIAL_POPULATION: Weight(20, "Task C.3 targets them; they are part of everybody, who counts already."),
    # One step: a concern says that a standard of care was not met, not how often.
    Kind.CONCERN: Weight(40, "A standard of care was not met there, by a decision and not by statistics."),
    Kind.HARM: Weight(30, "An aim of the program with a number: 40 % fewer infections and other harm."),
    # One step: a chart says that something changed, not how the place compares with others.
    Kind.CHANGE: Weight(20, "A change that chance rarely makes; help is wanted while it is new."),
}

# How much worse for certain, and how many steps that is. The aim is a fifth; half of it, and anything, are less.
STEPS: Final = ((0.20, 3), (0.10, 2), (0.0, 1))


@dataclass(frozen=True, slots=True)
class Followed:
    """A measure that is heard for signals: lower is better, and its interval is known."""

    kind: Kind
    words: str
    per: str


# Not followed: measures without an interval (community tenure, payments), because noise could not be told from news.
MEASURES: Final[Mapping[str, Followed]] = {
    "rehospitalizations-30d": Followed(
        Kind.READMISSION, "30-day rehospitalizations", "per 1,000 beneficiaries per quarter"
    ),
    "readmissions-unplanned-30d": Followed(
        Kind.READMISSION, "unplanned 30-day readmissions", "percent of index admissions"
    ),
    "avoidable-hospitalizations": Followed(
        Kind.GAP, "potentially avoidable hospitalizations", "per 1,000 beneficiaries per quarter"
    ),
    "ade-any-events": Followed(Kind.GAP, "adverse drug events", "per 1,000 beneficiaries per quarter"),
}

# Infections of hospitals, over those that the national baseline predicts for such patients and wards.
INFECTIONS: Final[Mapping[str, str]] = {
    "clabsi": "central line-associated bloodstream infections",
    "cauti": "catheter-associated urinary tract infections",
    "ssi-colon": "infections after colon surgery",
    "ssi-hysterectomy": "infections after abdominal hysterectomy",
    "mrsa": "MRSA bloodstream infections",
    "cdi": "Clostridioides difficile infections",
}

EVERYBODY: Final = "all"
# The special and vulnerable populations of Task C.3; what a stratum means stands in docs/measures.md.
POPULATIONS: Final[Mapping[str, str]] = {
    "dual_full": "people with full Medicaid benefits",
    "dual_partial": "people with partial Medicaid benefits",
    "chronic_2": "people with two or more chronic conditions",
    "chronic_4": "people with four or more chronic conditions",
    "chronic_6": "people with six or more chronic conditions",
    "polypharmacy": "people with five or more medications",
    "polypharmacy_10": "people with ten or more medications",
    "chronic_2+polypharmacy": "people with several chronic conditions and many medications",
    "behavioural": "people with behavioural health conditions",
    "low_income_area": "people in low-income areas",
}
