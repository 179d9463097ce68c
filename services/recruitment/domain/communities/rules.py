"""The rules of communities: which areas may make one from which day on, and when one may be dissolved."""

import datetime as dt
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import partial

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.communities.areas import reasons_against
from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.communities.kinds import AREA_MAP, COMMUNITY, THE_MAP
from services.recruitment.domain.communities.state import MACHINE, Action, AreaMap, Community
from shared.contracts.recruitment.communities import (
    CommunityDefined,
    CommunityDissolved,
    DefineCommunity,
    DissolveCommunity,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against


def rules(zips: AbstractSet[str]) -> tuple[AnyRule, ...]:
    """The rules; ``zips`` are the ZIP codes there are."""
    return (
        Rule(DefineCommunity, _keys, partial(define, zips=zips)),
        Rule(DissolveCommunity, _keys_to_dissolve, dissolve),
    )


def _keys(command: DefineCommunity, ids: Ids) -> Iterable[str]:
    del ids
    return AREA_MAP.key(THE_MAP), COMMUNITY.key(command.community)


def _keys_to_dissolve(command: DissolveCommunity, ids: Ids) -> Iterable[str]:
    del ids
    return AREA_MAP.key(THE_MAP), COMMUNITY.key(command.community), COALITION.key(command.community)


def define(command: DefineCommunity, held: Held, asked: Asked, *, zips: AbstractSet[str]) -> Decided | Against:
    """Define a community, or its next version; asking for what holds already changes nothing."""
    known = held.get(AREA_MAP, THE_MAP) or AreaMap(holders={})
    before = held.get(COMMUNITY, command.community)
    changed = before is None or _differs(before, command)
    since = command.effective_from or asked.now.date()
    reasons = [*reasons_against(command, known, since, zips), *_about_version(command, before, changed, since, asked)]
    if reasons:
        return Against(tuple(reasons))
    version = (before.version if before else 0) + changed
    made = {
        "community": command.community,
        "name": command.name,
        "version": version,
        "areas": len(command.areas),
        "effective_from": (since if before is None or changed else before.since).isoformat(),
        "changed": changed,
    }
    if not changed:
        return Decided(made)
    event = CommunityDefined(
        community=command.community,
        name=command.name,
        version=version,
        areas=tuple(sorted(command.areas)),
        effective_from=since,
        reason=command.reason,
        actor=asked.actor,
    )
    return Decided(made, (event,))


def _differs(before: Community, command: DefineCommunity) -> bool:
    if command.effective_from not in (None, before.since) or before.dissolved_on is not None:
        return True
    return (before.name, before.areas) != (command.name, tuple(sorted(command.areas)))


def _about_version(
    command: DefineCommunity, before: Community | None, changed: bool, since: dt.date, asked: Asked
) -> list[Reason]:
    found = _about_day(before, since, "effective_from", asked) if changed else []
    if before is not None and changed and command.reason is None:
        text = f"{before.id} has version {before.version}. Say why it is defined anew."
        found.append(Reason(code="REASON_MISSING", field="reason", text=text))
    return found


def _about_day(before: Community | None, day: dt.date, field: str, asked: Asked) -> list[Reason]:
    if day > today_anywhere(asked.now):
        text = "The day is in the future. What a community is counts from when it is said."
        return [Reason(code="IN_THE_FUTURE", field=field, text=text)]
    if before is not None and day < before.since:
        text = f"Version {before.version} holds since {before.since}; a later one cannot begin before it."
        return [Reason(code="DATES_OUT_OF_ORDER", field=field, text=text)]
    return []


def dissolve(command: DissolveCommunity, held: Held, asked: Asked) -> Decided | Against:
    """Dissolve a community and free its areas."""
    before = held.get(COMMUNITY, command.community)
    if before is None:
        return against("COMMUNITY_UNKNOWN", "community", f"There is no community {command.community}.")
    if impossible := MACHINE.reason_against(before.standing, Action.DISSOLVE, "community"):
        return Against((impossible,))
    reasons = _about_day(before, command.on, "on", asked)
    coalition = held.get(COALITION, command.community)
    if coalition is not None and coalition.ended_on is None:
        text = f"The coalition {coalition.name} works in {before.id}. End it first."
        reasons.append(Reason(code="COALITION_AT_WORK", field="community", text=text))
    elif coalition is not None and coalition.ended_on is not None and command.on < coalition.ended_on:
        text = f"Its coalition worked until {coalition.ended_on}; the community cannot end before it."
        reasons.append(Reason(code="DATES_OUT_OF_ORDER", field="on", text=text))
    if reasons:
        return Against(tuple(reasons))
    event = CommunityDissolved(
        community=before.id, version=before.version + 1, on=command.on, reason=command.reason, actor=asked.actor
    )
    made = {
        "community": before.id,
        "name": before.name,
        "dissolved_on": command.on.isoformat(),
        "freed": len(before.areas),
    }
    return Decided(made, (event,))
