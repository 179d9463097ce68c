"""How made-up care outside inpatient wards is billed: late, corrected, repeated, or twice with a cancel."""

import datetime as dt
from random import Random
from typing import Final, NamedTuple

from shared.feeds.person_time import Span

_CORRECTED, _BILLED_TWICE, _REPEATED, _LATE = 0.02, 0.006, 0.003, 0.04
_ADJUSTMENT, _VOID = "7", "8"
ONCE, FIRST, CONTINUING, LAST = "1", "2", "3", "4"
OUTPATIENT: Final = "outpatient"
SNF: Final = "snf"
HOME_HEALTH: Final = "home_health"
HOSPICE: Final = "hospice"


class CareVersion(NamedTuple):
    """One version of one claim as it was received; ``claim`` numbers the claim family, ``paid`` are cents."""

    person: str
    claim: str
    version: int
    action: str
    setting: str
    provider: str
    first: dt.date
    last: dt.date
    status: str
    frequency: str
    received: dt.date
    paid: int
    diagnoses: tuple[str, ...] = ()
    emergency: bool = False
    observation: bool = False
    nights: tuple[Span, ...] = ()


class Care(NamedTuple):
    """Care as it was given, before anyone billed it."""

    setting: str
    provider: str
    first: dt.date
    last: dt.date
    paid: int
    diagnoses: tuple[str, ...]
    status: str = "01"
    frequency: str = ONCE
    emergency: bool = False
    observation: bool = False
    nights: tuple[Span, ...] = ()


class Office:
    """Bills the care of one person; claim families are numbered in the order asked."""

    def __init__(self, person: str, kind: str, chance: Random) -> None:
        self._person = person
        self._kind = kind
        self._chance = chance
        self._families = 0

    def bill(self, care: Care) -> list[CareVersion]:
        """Every version of the claim for this care, and of the one billed twice by mistake."""
        chance, told = self._chance, self._told(care)
        draw = chance.random()
        if draw < _CORRECTED:
            mended = told.received + dt.timedelta(days=chance.randint(5, 60))
            return [
                told._replace(diagnoses=told.diagnoses[:1], paid=told.paid // 2),
                told._replace(version=2, action="adjust", frequency=_ADJUSTMENT, received=mended),
            ]
        if draw < _CORRECTED + _BILLED_TWICE:
            twice = self._told(care)
            found_out = twice.received + dt.timedelta(days=chance.randint(5, 60))
            void = twice._replace(version=2, action="cancel", frequency=_VOID, received=found_out, paid=0)
            return [told, twice, void]
        return [told, told] if draw < _CORRECTED + _BILLED_TWICE + _REPEATED else [told]

    def _told(self, care: Care) -> CareVersion:
        chance = self._chance
        lag = chance.randint(90, 330) if chance.random() < _LATE else chance.randint(3, 40)
        claim = f"{self._person}-{self._kind}{self._families:03d}"
        self._families += 1
        return CareVersion(
            self._person,
            claim,
            1,
            "original",
            care.setting,
            care.provider,
            care.first,
            care.last,
            care.status,
            care.frequency,
            care.last + dt.timedelta(days=lag),
            care.paid,
            care.diagnoses,
            care.emergency,
            care.observation,
            care.nights,
        )
