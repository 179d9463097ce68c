"""The measures and populations that coalitions choose from, by the names the measures service publishes them under.

Source: docs/measures.md, which is made from the definitions of that service. A test holds this list to it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.contracts.recruitment.coalition_terms import Direction


class Shape(StrEnum):
    """What a value is: a share of discharges or starts, a count per people and quarter, or something added up."""

    SHARE = "SHARE"
    RATE = "RATE"
    AMOUNT = "AMOUNT"


@dataclass(frozen=True, slots=True)
class Listed:
    """A measure: ``better`` is the way it gets better, ``per`` what its published values are out of.

    An amount (nights, days, payments) has no ``per``: one person adds many, so that they are no trials or events.
    """

    better: Direction
    shape: Shape
    per: int | None


def _share(per: int) -> Listed:
    return Listed(Direction.DOWN, Shape.SHARE, per)


def _rate() -> Listed:
    return Listed(Direction.DOWN, Shape.RATE, 1000)


def _amount(better: Direction = Direction.DOWN) -> Listed:
    return Listed(better, Shape.AMOUNT, None)


MEASURES: Final = {
    "hospitalizations": _rate(),
    "rehospitalizations-30d": _rate(),
    "rehospitalizations-percent": _share(100),
    "readmissions-unplanned-30d": _share(100),
    "community-tenure": _amount(Direction.UP),
    "community-tenure-strict": _amount(Direction.UP),
    "non-home-nights": _amount(),
    "ade-anticoagulant": _share(1000),
    "ade-diabetic": _share(1000),
    "ade-opioid": _share(1000),
    "ade-any": _share(1000),
    "ade-any-ed": _share(1000),
    "ade-any-observation": _share(1000),
    "ade-any-inpatient": _share(1000),
    "ade-anticoagulant-events": _rate(),
    "ade-diabetic-events": _rate(),
    "ade-opioid-events": _rate(),
    "ade-any-events": _rate(),
    "avoidable-hospitalizations": _rate(),
    "avoidable-hospitalizations-acute": _rate(),
    "avoidable-hospitalizations-chronic": _rate(),
    "home-health-hospitalization": _share(100),
    "ltss-use": _amount(Direction.UP),
    "ltss-days-to-first-service": _amount(),
    "payments-per-beneficiary": _amount(),
    "payments-share-heart-failure": _amount(),
    "payments-share-diabetes": _amount(),
    "payments-share-copd": _amount(),
    "payments-share-ckd": _amount(),
    "payments-share-ischemic": _amount(),
    "payments-share-stroke": _amount(),
    "payments-share-dementia": _amount(),
    "payments-share-cancer": _amount(),
}

EVERYBODY: Final = "all"
FLAGS: Final = (
    "dual_full",
    "dual_partial",
    "chronic_2",
    "chronic_4",
    "chronic_6",
    "polypharmacy",
    "polypharmacy_10",
    "behavioural",
    "low_income_area",
    "heart_failure",
    "diabetes",
    "copd",
)


def populations_of(stratum: str) -> tuple[str, ...] | None:
    """The flags a stratum joins, each with ``not-`` where it must be absent; None for what is no stratum."""
    if stratum == EVERYBODY:
        return ()
    parts = tuple(stratum.split("+"))
    if any(part.removeprefix("not-") not in FLAGS for part in parts):
        return None
    return parts
