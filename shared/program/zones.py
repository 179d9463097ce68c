"""The time zone of a facility: its own where it is known, else by ZIP code, else by state."""

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import zipcodes

from shared.program.states import STATES


class ZoneError(ValueError):
    """The place does not lead to a time zone; ``code`` and ``field`` say why without showing the value."""

    def __init__(self, code: str, field: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.field = field


def facility_zone(state: str, zip_code: str | None = None, override: str | None = None) -> str:
    """IANA zone of a facility; ``override`` (what the facility itself says) goes before ZIP code and state.

    A ZIP code that is not in the list falls back to the state's default zone. Raises ZoneError for an unknown state
    or zone, and for a ZIP code of another state, because a clock in the wrong zone is a deadline missed.
    The first ZIP code asked for loads the list (about 0.3 s and 50 MB); call ``warm`` at start.
    """
    if state not in STATES:
        raise ZoneError("UNKNOWN_STATE", "state", "The state is not a state or territory of the program.")
    if override is not None:
        if not is_zone(override):
            raise ZoneError("UNKNOWN_ZONE", "zone", "The time zone is not an IANA time zone.")
        return override
    if zip_code is not None:
        place = _place(zip_code)
        if place is not None:
            if place[0] != state:
                raise ZoneError("ZIP_IN_OTHER_STATE", "zip_code", "The ZIP code lies in another state.")
            return place[1]
    return STATES[state].zone


def warm() -> None:
    """Load the ZIP code list now, so that no handler waits for it."""
    _place("20001")


@lru_cache(maxsize=50_000)
def _place(zip_code: str) -> tuple[str, str] | None:
    try:
        found = zipcodes.matching(zip_code)  # type: ignore[no-untyped-call]
    except (ValueError, TypeError):
        return None
    if not found:
        return None
    state, zone = found[0]["state"], found[0]["timezone"]
    if is_zone(zone):
        return state, zone
    # A handful of rows have no zone, or a town's name in its place.
    return (state, STATES[state].zone) if state in STATES else None


@lru_cache(maxsize=1_000)
def is_zone(name: str) -> bool:
    """Whether there is an IANA time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
