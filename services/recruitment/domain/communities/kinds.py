"""How communities and the map of areas change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.communities.state import AreaMap, Community, Version
from shared.contracts.recruitment.communities import COMMUNITIES, CommunityDefined, CommunityDissolved
from shared.records.kinds import Kind

Happened = CommunityDefined | CommunityDissolved

# There is one map of areas.
THE_MAP: Final = "all"


def _changed(before: Community | None, event: Happened, at: dt.datetime) -> Community:
    held = frozenset(before.areas if before else ())
    areas = event.areas if isinstance(event, CommunityDefined) else ()
    since = _since(event, at)
    gone = held - frozenset(areas)
    kept = {area: day for area, day in (before.given_up if before else {}).items() if area not in areas}
    name = event.name if isinstance(event, CommunityDefined) else before.name if before else event.community
    version = Version(
        version=event.version,
        name=name,
        since=since,
        reason=event.reason,
        actor=event.actor,
        at=at,
        added=tuple(sorted(frozenset(areas) - held)),
        given_up=tuple(sorted(gone)),
        dissolves=isinstance(event, CommunityDissolved),
    )
    return Community(
        id=event.community,
        name=name,
        version=event.version,
        areas=areas,
        given_up={**kept, **dict.fromkeys(sorted(gone), since)},
        history=(*(before.history if before else ()), version),
        dissolved_on=event.on if isinstance(event, CommunityDissolved) else None,
    )


def _mapped(before: AreaMap | None, event: Happened, at: dt.datetime) -> AreaMap:
    areas = event.areas if isinstance(event, CommunityDefined) else ()
    return (before or AreaMap(holders={})).moved(event.community, areas, _since(event, at))


def _since(event: Happened, at: dt.datetime) -> dt.date:
    if isinstance(event, CommunityDissolved):
        return event.on
    return event.effective_from or at.date()


COMMUNITY: Final = Kind(
    name="community",
    state=Community,
    events=(CommunityDefined, CommunityDissolved),
    id_of=lambda event: event.community,
    evolve=_changed,
    topic=COMMUNITIES.name,
)
AREA_MAP: Final = Kind(
    name="area-map",
    state=AreaMap,
    events=(CommunityDefined, CommunityDissolved),
    id_of=lambda _: THE_MAP,
    evolve=_mapped,
    topic=None,
)
KINDS: Final[tuple[Kind[Any], ...]] = (COMMUNITY, AREA_MAP)
