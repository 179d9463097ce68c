"""The rules of communities: which areas may make one."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import islice
from typing import Final

from services.recruitment.domain.communities.kinds import AREA_MAP, COMMUNITY, THE_MAP
from services.recruitment.domain.communities.state import AreaMap
from services.recruitment.domain.kernel.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule
from shared.contracts.recruitment.communities import CommunityDefined, DefineCommunity
from shared.contracts.replies import Reason

MOST_REASONS: Final = 20


def rules(zips: AbstractSet[str]) -> tuple[AnyRule, ...]:
    """The rules; ``zips`` are the ZIP codes there are."""
    return (Rule(DefineCommunity, _keys, partial(define, zips=zips)),)


def _keys(command: DefineCommunity, ids: Ids) -> Iterable[str]:
    del ids
    return AREA_MAP.key(THE_MAP), COMMUNITY.key(command.community)


def define(command: DefineCommunity, held: Held, asked: Asked, *, zips: AbstractSet[str]) -> Decided | Against:
    """Define a community, or its next version; asking for what holds already changes nothing."""
    del asked
    known = held.get(AREA_MAP, THE_MAP) or AreaMap(holders={})
    reasons = reasons_against(command, known, zips)
    if reasons:
        return Against(reasons)
    before = held.get(COMMUNITY, command.community)
    areas = tuple(sorted(command.areas))
    changed = before is None or (before.name, before.areas) != (command.name, areas)
    version = (before.version if before else 0) + changed
    event = CommunityDefined(community=command.community, name=command.name, version=version, areas=areas)
    made = {
        "community": command.community,
        "name": command.name,
        "version": version,
        "areas": len(areas),
        "changed": changed,
    }
    return Decided(made, (event,) if changed else ())


def reasons_against(command: DefineCommunity, known: AreaMap, zips: AbstractSet[str]) -> tuple[Reason, ...]:
    """Reasons to refuse, the first twenty, by position of the area; ``zips`` are the ZIP codes there are.

    An area belongs to one community at most, else its beneficiaries would count twice; defining the same community
    again may keep, add and give up areas.
    """
    held = known.others(frozenset(command.areas), command.community)
    return tuple(islice(_reasons(command, held, zips), MOST_REASONS))


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
