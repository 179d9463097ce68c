"""A community as it stands with its versions, and the map of who holds which area."""

import datetime as dt
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Final

from pydantic import Field

from shared.records.kinds import Record
from shared.records.machine import Machine


class Standing(StrEnum):
    """Whether there is such a community."""

    DEFINED = "DEFINED"
    DISSOLVED = "DISSOLVED"


class Action(StrEnum):
    """What can be done with a community."""

    DEFINE = "DEFINE"
    DISSOLVE = "DISSOLVE"


# A community that was dissolved by mistake is defined again under its name.
MACHINE: Final = Machine(
    "the community",
    {
        (Standing.DEFINED, Action.DEFINE): Standing.DEFINED,
        (Standing.DEFINED, Action.DISSOLVE): Standing.DISSOLVED,
        (Standing.DISSOLVED, Action.DEFINE): Standing.DEFINED,
    },
)


class Version(Record):
    """One change of a community: what it was called from a day on, which areas it gained and which it gave up.

    ``since`` is the first day the version holds, ``at`` the instant it was recorded (UTC).
    """

    version: int
    name: str
    since: dt.date
    reason: str | None
    actor: str | None
    at: dt.datetime
    added: tuple[str, ...]
    given_up: tuple[str, ...]
    dissolves: bool = False


class Community(Record):
    """A community from a version on; ``areas`` in the order of text, none once it is dissolved.

    ``given_up`` are the areas it had and has no more, with the first day it had them not. ``dissolved_on`` is the
    first day it was none. Communities from before versions were kept have a shorter ``history``.
    """

    id: str
    name: str
    version: int
    areas: tuple[str, ...]
    given_up: dict[str, dt.date] = Field(default_factory=dict)
    history: tuple[Version, ...] = ()
    dissolved_on: dt.date | None = None

    @property
    def standing(self) -> Standing:
        """Whether there is such a community now."""
        return Standing.DEFINED if self.dissolved_on is None else Standing.DISSOLVED

    @property
    def since(self) -> dt.date:
        """The first day of the version that holds; the earliest of all days where it was not kept."""
        return self.history[-1].since if self.history else dt.date.min

    @property
    def defined_on(self) -> dt.date:
        """The first day of its first version; the earliest of all days where that was not kept."""
        first = self.history[0] if self.history else None
        return first.since if first is not None and first.version == 1 else dt.date.min

    def areas_on(self, day: dt.date) -> tuple[str, ...]:
        """Its areas on a day, by the versions known now, in the order of text."""
        ever = {*self.areas, *(area for one in self.history for area in one.given_up)}
        return tuple(sorted(area for area in ever if self.holds(area, day)))

    def holds(self, area: str, day: dt.date) -> bool:
        """Whether an area was the community's on a day, by the versions known now."""
        held = area in self.areas
        for one in reversed(self.history):
            if one.since <= day:
                break
            held = (held or area in one.given_up) and area not in one.added
        return held


class AreaMap(Record):
    """Which community holds which area: one view over all communities, because whether areas are free depends on it.

    ``left`` tells of areas that were given up by whom, and from which day on they were free of that one.
    """

    holders: dict[str, str]
    left: dict[str, dict[str, dt.date]] = Field(default_factory=dict)

    def others(self, areas: AbstractSet[str], but: str) -> Mapping[str, str]:
        """Which of ``areas`` belong to which community other than ``but``."""
        return {area: held for area in areas if (held := self.holders.get(area)) is not None and held != but}

    def free_from(self, area: str, community: str) -> dt.date | None:
        """The first day on which no other community had the area; None where none ever had."""
        days = [day for other, day in self.left.get(area, {}).items() if other != community]
        return max(days, default=None)

    def moved(self, community: str, areas: Iterable[str], on: dt.date) -> "AreaMap":
        """The map after a community holds exactly these areas, from a day on."""
        wanted = set(areas)
        before = {area for area, held in self.holders.items() if held == community}
        holders = {area: held for area, held in self.holders.items() if held != community}
        left = {area: dict(who) for area, who in self.left.items()}
        for area in before - wanted:
            left.setdefault(area, {})[community] = on
        for area in wanted & left.keys():
            left[area].pop(community, None)
        return AreaMap(
            holders={**holders, **dict.fromkeys(sorted(wanted), community)},
            left={area: who for area, who in left.items() if who},
        )
