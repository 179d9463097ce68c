"""The ZIP codes there are, in use or retired, from the ``zipcodes`` package."""

from functools import cache

import zipcodes

from shared.program.states import STATES

# The armed forces and the freely associated states have ZIP codes as well.
_ELSEWHERE = ("AA", "AE", "AP", "FM", "MH", "PW")


@cache
def known_zips() -> frozenset[str]:
    """All codes. State by state, because the whole list of places would stay in memory (140 MB)."""
    return frozenset(
        place["zip_code"]
        for state in (*STATES, *_ELSEWHERE)
        for place in zipcodes.filter_by(state=state)  # type: ignore[no-untyped-call]
    )
