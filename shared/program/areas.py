"""The state in which a residence area lies, and the QIN-QIO responsible for it in a month."""

import datetime as dt
from functools import lru_cache

import zipcodes

from shared.program.jurisdictions import UNKNOWN, jurisdiction
from shared.program.ssa import STATE_BY_CODE
from shared.program.states import STATES

__all__ = ["UNKNOWN", "region_of", "state_of"]


@lru_cache(maxsize=100_000)
def state_of(area: str) -> str:
    """Postal code of the state of ``zip:44130`` or ``ssa:36170``; UNKNOWN for places outside the program."""
    kind, _, code = area.partition(":")
    if kind == "ssa":
        return STATE_BY_CODE.get(code[:2], UNKNOWN)
    return _states_of_prefix(code[:3]).get(code, UNKNOWN)


@lru_cache(maxsize=20_000)
def region_of(state: str, month: int) -> str:
    """The QIN-QIO of a state in a month ``YYYYMM``, UNKNOWN where no source says.

    Contracts began on the first and ended on the last day of a month, so the month's first day decides.
    """
    if state == UNKNOWN:
        return UNKNOWN
    return jurisdiction(state, dt.date(month // 100, month % 100, 1)).qin_qio.name


@lru_cache(maxsize=1_000)
def _states_of_prefix(prefix: str) -> dict[str, str]:
    """The ZIP codes that begin with three digits (3 ms; the whole list would stay in memory with 140 MB)."""
    found = zipcodes.similar_to(prefix)  # type: ignore[no-untyped-call]
    return {place["zip_code"]: place["state"] for place in found if place["state"] in STATES}
