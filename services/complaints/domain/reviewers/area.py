"""The States of a QIO's area on a day, in which a reviewer must be licensed (42 CFR 476.98(a)(1))."""

import datetime as dt
from functools import lru_cache

from shared.program.jurisdictions import jurisdiction
from shared.program.states import STATES


def area_name(state: str, day: dt.date) -> str | None:
    """The contract area of a State, such as ``Region 5``; None where no source names one. KeyError: no such State."""
    return jurisdiction(state, day).bfcc_qio.area


@lru_cache(maxsize=4096)
def area_states(state: str, day: dt.date) -> frozenset[str]:
    """All States of the area that a State of service belongs to.

    The State alone where no source names the area (one contractor per State before August 2014, and between the
    contracts of 2019): the narrow reading never lets in a reviewer who is not licensed there. KeyError: no such State.
    """
    name = area_name(state, day)
    if name is None:
        return frozenset({state})
    return frozenset(code for code in STATES if area_name(code, day) == name)
