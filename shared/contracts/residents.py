"""Nursing-home residents as MDS 3.0 tells of them: assessments, and tracking of entry, discharge and death.

Items have their official names and codes (CMS, Long-Term Care Facility RAI User's Manual, as in force before October
2023). An item that was skipped or not assessed is left out.
"""

import datetime as dt
from typing import Annotated, ClassVar, Final, Literal, Protocol, Self

from pydantic import Field, model_validator

from shared.contracts.feeds import LATEST, Action, Ccn, Reference
from shared.contracts.message import FeedRecord
from shared.contracts.topic import Confidentiality, Gaps, Topic

MDS_3: Final = dt.date(2010, 10, 1)  # the first day of MDS 3.0
EARLIEST: Final = dt.date(1950, 1, 1)  # nobody has lived in a home since before
NOT_COMPLETED: Final = 99  # code of a score that could not be made

Obra = Literal["01", "02", "03", "04", "05", "06", "99"]
Pps = Literal["01", "02", "03", "04", "05", "06", "07", "08", "99"]
Yes = Literal[0, 1]
Score = Annotated[int, Field(ge=0, le=NOT_COMPLETED)]
Days = Literal[0, 1, 2, 3]  # how often in two weeks, or how far a resident decides
Help = Literal[0, 1, 2, 3, 4, 7, 8]
Continence = Literal[0, 1, 2, 3, 9]
Degree = Literal[1, 2, 3, 4, 9]
Few = Literal[0, 1, 2]
Ulcers = Annotated[int, Field(ge=0, le=9)]
HIGHEST: Final = {"C0500": 15, "D0300": 27, "D0600": 30, "J0600A": 10}
"""The highest score of these items; all but the staff's D0600 also have 99: not completed."""


class _Assessment(Protocol):
    """What the rules of an assessment look at, whichever class holds it."""

    @property
    def A0310F(self) -> str: ...  # noqa: N802 - the item's official name
    @property
    def A2300(self) -> dt.date: ...  # noqa: N802
    @property
    def A1600(self) -> dt.date | None: ...  # noqa: N802
    @property
    def A2000(self) -> dt.date | None: ...  # noqa: N802


def check_assessment(told: _Assessment) -> None:
    """Raise ValueError, which begins with the item's name, where dates or scores do not fit together."""
    for item, day in (("A2300", told.A2300), ("A2000", told.A2000)):
        _check_day(item, day)
    if (told.A2000 is not None) != (told.A0310F in {"10", "11"}):
        raise ValueError("A2000 belongs to a discharge (A0310F 10 or 11), and to nothing else")
    if told.A1600 is not None:
        if told.A1600 < EARLIEST:
            raise ValueError("A1600 is before 1950")
        if min(told.A2300, told.A2000 or told.A2300) < told.A1600:
            raise ValueError("A1600 is after the assessment or the discharge")
    for item, highest in HIGHEST.items():
        score = getattr(told, item)
        if score is not None and score > highest and (score != NOT_COMPLETED or item == "D0600"):
            raise ValueError(f"{item} is above {highest}, its highest score")


def _check_day(item: str, day: dt.date | None) -> None:
    if day is not None and day < MDS_3:
        raise ValueError(f"{item} is before 1 October 2010, when MDS 3.0 began")
    if day is not None and day > LATEST:
        raise ValueError(f"{item} is after 2100")


def check_move(on: dt.date) -> None:
    """Raise ValueError where nobody can have moved on that day."""
    if on < EARLIEST:
        raise ValueError("on is before 1950")
    if on > LATEST:
        raise ValueError("on is after 2100")


class ResidentAssessed(FeedRecord):
    """One version of one MDS assessment; a discharge assessment also tells that the resident left on ``A2000``.

    Natural key ``(ccn, resident, record)``, shared with ``ResidentMoved``; the highest ``version`` holds. A new record
    (A0050=1) is ``original``, a modification (2) ``adjust``, an inactivation (3) ``cancel``. ``A1600`` is the most
    recent entry the assessment names.
    """

    TYPE: ClassVar[str] = "feeds.ResidentAssessed"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn", "resident", "record")
    KEY_OF: ClassVar[str] = "resident's record"

    ccn: Ccn
    resident: Reference
    record: Reference
    version: int = Field(ge=1)
    action: Action
    A0310A: Obra
    A0310B: Pps
    A0310F: Literal["10", "11", "99"]
    A2300: dt.date
    A1600: dt.date | None = None
    A2000: dt.date | None = None
    B0100: Yes | None = None
    C0500: Score | None = None
    C0700: Yes | None = None
    C1000: Days | None = None
    D0200A2: Days | None = None
    D0200B2: Days | None = None
    D0300: Score | None = None
    D0500A2: Days | None = None
    D0500B2: Days | None = None
    D0600: Score | None = None
    G0110A1: Help | None = None
    G0110B1: Help | None = None
    G0110E1: Help | None = None
    G0110H1: Help | None = None
    G0110I1: Help | None = None
    H0100A: Yes | None = None
    H0100C: Yes | None = None
    H0300: Continence | None = None
    H0400: Continence | None = None
    I1550: Yes | None = None
    I1650: Yes | None = None
    I2300: Yes | None = None
    I5250: Yes | None = None
    I5350: Yes | None = None
    I5600: Yes | None = None
    I6000: Yes | None = None
    J0200: Yes | None = None
    J0300: Literal[0, 1, 9] | None = None
    J0400: Degree | None = None
    J0600A: Score | None = None
    J0600B: Degree | None = None
    J1400: Yes | None = None
    J1800: Yes | None = None
    J1900C: Few | None = None
    K0300: Few | None = None
    M0210: Yes | None = None
    M0300B1: Ulcers | None = None
    M0300C1: Ulcers | None = None
    M0300D1: Ulcers | None = None
    N0410A: Annotated[int, Field(ge=0, le=7)] | None = None
    O0100K2: Yes | None = None
    O0250A: Yes | None = None
    O0250C: Literal[1, 2, 3, 4, 5, 6, 9] | None = None
    O0300A: Yes | None = None
    O0300B: Literal[1, 2, 3] | None = None
    P0100B: Few | None = None
    P0100C: Few | None = None
    P0100E: Few | None = None
    P0100F: Few | None = None
    P0100G: Few | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_assessment(self)
        return self


class ResidentMoved(FeedRecord):
    """One version of one tracking record: entry (A0310F=01) or death in the home (12) on a day, or a discharge that is
    told without an assessment (10: no return expected, 11: return expected).

    Natural key and versions as for assessments.
    """

    TYPE: ClassVar[str] = "feeds.ResidentMoved"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn", "resident", "record")
    KEY_OF: ClassVar[str] = "resident's record"

    ccn: Ccn
    resident: Reference
    record: Reference
    version: int = Field(ge=1)
    action: Action
    A0310F: Literal["01", "10", "11", "12"]
    on: dt.date

    @model_validator(mode="after")
    def _possible(self) -> Self:
        check_move(self.on)
        return self


ITEMS: Final = tuple(name for name in ResidentAssessed.model_fields if name[0].isupper() and name[0] != "A")
"""The items of an assessment below its head, by their official names."""

RESIDENTS = Topic(
    name="qio.feeds.residents.v1",
    owner="feeds",
    summary="MDS assessments and tracking of nursing-home residents, every version.",
    messages=(ResidentAssessed, ResidentMoved),
    key="CCN",
    partitions=4,
    retention_days=30,
    gaps=Gaps.NONE,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("feeds", "cli"),
    readers=("measures",),
)

TOPICS = (RESIDENTS,)
