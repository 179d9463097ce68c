"""Whether areas may belong to a community: they exist, once each, and no other community has them.

The rule of overlap: at any time an area belongs to one community at most, because measures sum what happened to the
people who live in an area, and people of two communities would count twice in every total over communities.
"""

import datetime as dt
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Final

from services.recruitment.domain.communities.state import AreaMap
from shared.contracts.recruitment.communities import DefineCommunity
from shared.contracts.replies import Reason

MOST_REASONS: Final = 20


def reasons_against(
    command: DefineCommunity, known: AreaMap, since: dt.date, zips: AbstractSet[str]
) -> tuple[Reason, ...]:
    """Reasons to refuse, the first twenty, by position of the area; ``zips`` are the ZIP codes there are.

    Defining the same community again may keep, add and give up areas. An area that another community gave up may be
    taken from the day on which that one had it no more.
    """
    return tuple(islice(_reasons(command, known, since, zips), MOST_REASONS))


def _reasons(command: DefineCommunity, known: AreaMap, since: dt.date, zips: AbstractSet[str]) -> Iterator[Reason]:
    holders = known.others(frozenset(command.areas), command.community)
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
            text = f"{area} already belongs to the community {holders[area]}; who lives there would count twice."
            yield Reason(code="AREA_TAKEN", field=where, text=text)
        elif (free := known.free_from(area, command.community)) is not None and since < free:
            text = f"{area} belonged to another community until {free}; who lives there would count twice."
            yield Reason(code="AREA_TAKEN", field=where, text=text)
