"""The ZIP codes there are, in use or retired, from the ``zipcodes`` package."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Final

import zipcodes

from shared.program.states import STATES

# The armed forces and the freely associated states have ZIP codes as well.
ELSEWHERE: Final = ("AA", "AE", "AP", "FM", "MH", "PW")


@cache
def zip_states() -> Mapping[str, str]:
    """All codes, each with the postal code of its state.

    State by state, because the whole list of places would stay in memory (140 MB).
    """
    return {
        place["zip_code"]: state
        for state in (*STATES, *ELSEWHERE)
        for place in zipcodes.filter_by(state=state)  # type: ignore[no-untyped-call]
    }


def known_zips() -> AbstractSet[str]:
    """All codes."""
    return zip_states().keys()
