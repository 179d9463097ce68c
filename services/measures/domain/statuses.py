"""How settled a published period is: provisional, followed up, final, restated."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.measures.domain import periods


class Status(StrEnum):
    """The states a published period goes through, in this order."""

    PROVISIONAL = "PROVISIONAL"
    FOLLOWED_UP = "FOLLOWED_UP"
    FINAL = "FINAL"
    RESTATED = "RESTATED"


_ORDER: Final = tuple(Status)


@dataclass(frozen=True, slots=True)
class Maturity:
    """After how many days past its end a period is followed up, and final.

    30 days are the follow-up of a discharge; claims have run out 90 days later.
    """

    follow_up: int = 30
    final: int = 120

    def __post_init__(self) -> None:
        if not 0 <= self.follow_up <= self.final:
            raise ValueError("a period is followed up before it is final")


STANDARD: Final = Maturity()


def status_of(
    period: str,
    *,
    watermark: dt.date | None,
    provisional_stays: int = 0,
    before: Status | None = None,
    changed: bool = False,
    maturity: Maturity = STANDARD,
) -> Status:
    """The status of a figure that is about to be published.

    ``watermark`` is the latest day on which claims are known to have been received (None: none yet), never the wall
    clock; ``provisional_stays`` how many stays rest on notices whose claims have not come; ``before`` the status last
    published, ``changed`` whether the figure differs from it. A final figure that changes is RESTATED and stays so;
    otherwise a status never goes back, also when the watermark does or a notice comes late. Repeating is harmless.
    """
    if before in {Status.FINAL, Status.RESTATED}:
        return Status.RESTATED if changed else before
    reached = _reached(periods.end(period), watermark, provisional_stays, maturity)
    return reached if before is None else max(before, reached, key=_ORDER.index)


def _reached(end: dt.date, watermark: dt.date | None, provisional_stays: int, maturity: Maturity) -> Status:
    if watermark is None or provisional_stays or watermark < end + dt.timedelta(days=maturity.follow_up):
        return Status.PROVISIONAL
    return Status.FINAL if watermark >= end + dt.timedelta(days=maturity.final) else Status.FOLLOWED_UP
