"""Communities as sets of residence areas that never overlap."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import Final

from shared.contracts.recruitment import DefineCommunity
from shared.contracts.replies import Reason

MOST_REASONS: Final = 20


@dataclass(frozen=True, slots=True)
class Community:
    """A community from a version on."""

    id: str
    name: str
    version: int
    areas: frozenset[str]


@dataclass(frozen=True, slots=True)
class CommunityMap:
    """All communities; one aggregate, because whether areas are free depends on all of them.

    ``changed`` names those that differ from what is stored.
    """

    communities: Mapping[str, Community] = field(default_factory=lambda: MappingProxyType({}))
    changed: frozenset[str] = frozenset()

    def defined(self, community: Community) -> "CommunityMap":
        """The map with this community in it, in place of its earlier version."""
        communities = {**self.communities, community.id: community}
        return CommunityMap(MappingProxyType(communities), self.changed | {community.id})

    def holders(self, areas: AbstractSet[str], but: str) -> Mapping[str, str]:
        """Which of ``areas`` belong to which community other than ``but``."""
        return {
            area: other.id for other in self.communities.values() if other.id != but for area in other.areas & areas
        }


def reasons_against(command: DefineCommunity, known: CommunityMap, zips: AbstractSet[str]) -> tuple[Reason, ...]:
    """Reasons to refuse, the first twenty, by position of the area; ``zips`` are the ZIP codes there are.

    An area belongs to one community at most, else its beneficiaries would count twice; defining the same community
    again may keep, add and give up areas.
    """
    return tuple(
        islice(_reasons(command, known.holders(frozenset(command.areas), command.community), zips), MOST_REASONS)
    )


def _reasons(command: DefineCommunity, holders: Mapping[str, str], zips: AbstractSet[str]) -> Iterator[Reason]:
    seen: set[str] = set()
    for position, area in enumerate(command.areas):
        where = f"areas[{position}]"
        kind, _, code = area.partition(":")
        if area in seen:
            yield Reason(code="AREA_REPEATED", field=where, text=f"{area} is given twice.")
            continue
        seen.add(area)
        if kind == "zip" and code not in zips:
            yield Reason(code="ZIP_UNKNOWN", field=where, text=f"{code} is not a ZIP code in use.")
        elif area in holders:
            text = f"{area} already belongs to the community {holders[area]}."
            yield Reason(code="AREA_TAKEN", field=where, text=text)


def define(command: DefineCommunity, known: CommunityMap) -> Community:
    """The community the command asks for; the one there is when nothing would change."""
    before = known.communities.get(command.community)
    areas = frozenset(command.areas)
    if before is not None and (before.name, before.areas) == (command.name, areas):
        return before
    return Community(command.community, command.name, before.version + 1 if before else 1, areas)
