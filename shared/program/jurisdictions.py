"""Which QIO answers for a state on a date, with its source; what no source says is UNKNOWN, never a guess."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from shared.program.states import PACIFIC_TERRITORIES, STATES, Qin, State

UNKNOWN = "UNKNOWN"

# 11th statement of work: both kinds of QIO, 14 networks and 5 areas (qioprogram.org).
ELEVENTH_FROM = dt.date(2014, 8, 1)
ELEVENTH_TO = dt.date(2019, 7, 31)
# The next contracts are published as "from November 2019" without a day, so nothing is asserted before December.
REGIONS_FROM = dt.date(2019, 12, 1)
# cms.gov: the two BFCC-QIO contracts run from May 2024 to April 2029; nobody is named after that.
REGIONS_TO = dt.date(2029, 4, 30)
# From when to when (last day) a source names the contractor of every state.
QIN_NAMED = ((ELEVENTH_FROM, ELEVENTH_TO),)
BFCC_NAMED = ((ELEVENTH_FROM, ELEVENTH_TO), (REGIONS_FROM, REGIONS_TO))

_NINETEEN = "between the contracts: the 11th statement of work ended on 31 July 2019, the next began in November 2019"
# cms.gov: 12 QIN-QIOs from November 2019 to November 2024, 7 from May 2025 to May 2030, without days.
_TWELFTH_ENDED = dt.date(2024, 12, 1)
_THIRTEENTH_BEGAN = dt.date(2025, 5, 1)
_ONE_PER_STATE = "before August 2014 one contractor per state had both halves of the work; no source names it"
_PACIFIC = (
    "before August 2014 there was one contractor for each state, DC, Puerto Rico and the U.S. Virgin Islands; "
    "no source says who served the Pacific territories"
)

_AREA_QIO = {1: "Livanta", 5: "Livanta", 2: "KEPRO", 3: "KEPRO", 4: "KEPRO"}
# The dates on which the two firms took their later names are not in a source we have: both names are given.
_ACENTRA = "Acentra Health (formerly KEPRO)"
_COMMENCE = "Commence Health (formerly Livanta)"
_ACENTRA_REGIONS = frozenset({1, 4, 6, 8, 10})

_NETWORKS = "qioprogram.org: 14 QIN-QIOs from August 2014"
_AREAS = "qioprogram.org: 2 BFCC-QIOs in 5 areas from August 2014"
_REGIONS = "BFCC-QIO region map 1-10, all states and territories"


class Standing(StrEnum):
    """How well the fact is founded."""

    SOURCED = "sourced"
    UNCONFIRMED = "unconfirmed"  # consistent with published counts, the list itself not found
    CONFIGURED = "configured"  # entered by staff with a source of their own
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Responsible:
    """The contractor that answers, its area, and where that is written (or why it is not known)."""

    name: str
    area: str | None
    standing: Standing
    source: str


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Both contractors of one state on one date."""

    state: str
    as_of: dt.date
    qin_qio: Responsible
    bfcc_qio: Responsible


def jurisdiction(state: str, as_of: dt.date) -> Jurisdiction:
    """The QIN-QIO and BFCC-QIO of a state (postal code) by the state of service; raises KeyError for no such state."""
    row = STATES[state]
    return Jurisdiction(state=state, as_of=as_of, qin_qio=_qin(row, as_of), bfcc_qio=_bfcc(row, as_of))


def _qin(row: State, as_of: dt.date) -> Responsible:
    if as_of < ELEVENTH_FROM:
        return _unknown(_one_per_state(row))
    if as_of <= ELEVENTH_TO:
        standing = Standing.SOURCED if row.qin is Qin.TELLIGEN else Standing.UNCONFIRMED
        return Responsible(name=row.qin.value, area=None, standing=standing, source=_NETWORKS)
    if as_of < REGIONS_FROM:
        return _unknown(_between(as_of))
    if _TWELFTH_ENDED <= as_of < _THIRTEENTH_BEGAN:
        return _unknown(
            "between the contracts: the 12th statement of work ended in November 2024, the QIN-QIOs of the 13th "
            "began in May 2025"
        )
    return _unknown("no source names the QIN-QIOs after November 2019; configure the network to have it named")


def _bfcc(row: State, as_of: dt.date) -> Responsible:
    if as_of < ELEVENTH_FROM:
        return _unknown(_one_per_state(row))
    if as_of <= ELEVENTH_TO:
        source = _AREAS + ("; Pacific territory counted with Hawaii" if row.code in PACIFIC_TERRITORIES else "")
        return Responsible(_AREA_QIO[row.bfcc_area], f"Area {row.bfcc_area}", Standing.UNCONFIRMED, source)
    if as_of < REGIONS_FROM:
        return _unknown(_between(as_of))
    if as_of > REGIONS_TO:
        return _unknown("the BFCC-QIO contracts that sources name end in April 2029")
    name = _ACENTRA if row.region in _ACENTRA_REGIONS else _COMMENCE
    return Responsible(name, f"Region {row.region}", Standing.SOURCED, _REGIONS)


def _one_per_state(row: State) -> str:
    return _PACIFIC if row.code in PACIFIC_TERRITORIES else _ONE_PER_STATE


def _between(as_of: dt.date) -> str:
    return _NINETEEN if as_of.month < REGIONS_FROM.month - 1 else f"{_NINETEEN}, of which no source gives the day"


def _unknown(why: str) -> Responsible:
    return Responsible(name=UNKNOWN, area=None, standing=Standing.UNKNOWN, source=why)
