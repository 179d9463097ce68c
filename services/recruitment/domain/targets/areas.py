"""The areas a target may be set for, and the states each is made of."""

from typing import Final

from shared.program.jurisdictions import ELEVENTH_FROM, ELEVENTH_TO
from shared.program.states import STATES, Qin

NATION: Final = "US"
_NETWORKS: Final = {f"qin:{qin.name.lower().replace('_', '-')}": qin for qin in Qin}

# The networks of these codes had contracts in this time only; no source lists those that came later.
NETWORKS_FROM: Final = ELEVENTH_FROM
NETWORKS_TO: Final = ELEVENTH_TO


def states_of(area: str) -> frozenset[str] | None:
    """Postal codes of the states of an area; None for an area there is not."""
    if area == NATION:
        return frozenset(STATES)
    if area in _NETWORKS:
        return frozenset(code for code, row in STATES.items() if row.qin is _NETWORKS[area])
    return frozenset((area,)) if area in STATES else None


def name_of(area: str) -> str:
    """An area as it is said; raises KeyError for one there is not."""
    if area == NATION:
        return "all states and territories"
    return _NETWORKS[area].value if is_network(area) else STATES[area].name


def is_network(area: str) -> bool:
    """Whether the area is that of a network and not a state."""
    return area in _NETWORKS


def known() -> tuple[str, ...]:
    """The codes of the networks, for a sentence that says what there is."""
    return tuple(sorted(_NETWORKS))
