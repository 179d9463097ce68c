"""How communities and the map of areas change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.communities.state import AreaMap, Community
from services.recruitment.domain.kernel.records import Kind
from shared.contracts.recruitment.communities import COMMUNITIES, CommunityDefined

# There is one map of areas.
THE_MAP: Final = "all"


def _defined(before: Community | None, event: CommunityDefined, at: dt.datetime) -> Community:
    del before, at
    return Community(id=event.community, name=event.name, version=event.version, areas=event.areas)


def _mapped(before: AreaMap | None, event: CommunityDefined, at: dt.datetime) -> AreaMap:
    del at
    kept = {area: held for area, held in (before.holders if before else {}).items() if held != event.community}
    return AreaMap(holders={**kept, **dict.fromkeys(event.areas, event.community)})


COMMUNITY: Final = Kind(
    name="community",
    state=Community,
    events=(CommunityDefined,),
    id_of=lambda event: event.community,
    evolve=_defined,
    topic=COMMUNITIES.name,
)
AREA_MAP: Final = Kind(
    name="area-map",
    state=AreaMap,
    events=(CommunityDefined,),
    id_of=lambda _: THE_MAP,
    evolve=_mapped,
    topic=None,
)
KINDS: Final[tuple[Kind[Any], ...]] = (COMMUNITY, AREA_MAP)
