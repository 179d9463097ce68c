"""An intervention as measures needs it: what ran where, from when to when, aimed at which measures."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from services.measures.domain import periods
from shared.contracts.message import Event
from shared.contracts.recruitment.intervention_terms import EndReason
from shared.contracts.recruitment.interventions import (
    InterventionChanged,
    InterventionCorrected,
    InterventionEnded,
    InterventionPaused,
    InterventionResumed,
    InterventionStarted,
)

FOLLOWED: Final = (
    InterventionStarted,
    InterventionChanged,
    InterventionPaused,
    InterventionResumed,
    InterventionEnded,
    InterventionCorrected,
)


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing was delivered from ``since`` on; ``until`` is the day it went on, None while it has not."""

    since: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """``comparison`` is against what its coalition wishes to be judged; ``ended_on`` its last day; ``void``: entered
    in error, so that it never was one. ``areas`` are those of the community's version it started under."""

    id: str
    community: str
    name: str
    kind: str
    stratum: str
    settings: tuple[str, ...]
    measures: tuple[str, ...]
    started_on: dt.date
    community_version: int
    areas: tuple[str, ...]
    comparison: str
    comparison_communities: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    ended_on: dt.date | None = None
    void: bool = False

    @property
    def first_quarter(self) -> str:
        """The first quarter with it on at least half of its days."""
        quarter = _quarter(self.started_on)
        with_it = (periods.end(quarter) - self.started_on).days + 1
        return quarter if 2 * with_it >= periods.days_in(quarter) else periods.shift(quarter, 1)

    @property
    def last_quarter(self) -> str | None:
        """The last quarter with it until half of its days at least; None while it goes on."""
        if self.ended_on is None:
            return None
        quarter = _quarter(self.ended_on)
        with_it = (self.ended_on - periods.begin(quarter)).days + 1
        return quarter if 2 * with_it >= periods.days_in(quarter) else periods.shift(quarter, -1)

    def ran_between(self, first: dt.date, last: dt.date) -> bool:
        """Whether it went on on any day from ``first`` to ``last``, pauses not looked at."""
        return not self.void and self.started_on <= last and (self.ended_on is None or self.ended_on >= first)


def after(before: Intervention | None, event: Event) -> Intervention | None:
    """The intervention after what happened to it; None for one whose beginning was never told."""
    if isinstance(event, InterventionStarted):
        return _started(event)
    return None if before is None else _moved(before, event)


def _started(event: InterventionStarted) -> Intervention:
    return Intervention(
        id=event.intervention,
        community=event.coalition,
        name=event.name,
        kind=event.kind.value,
        stratum=event.stratum,
        settings=tuple(setting.value for setting in event.settings),
        measures=event.measures,
        started_on=event.started_on,
        community_version=event.community_version,
        areas=event.areas,
        comparison=event.comparison.value,
        comparison_communities=event.comparison_communities,
    )


def _moved(held: Intervention, event: Event) -> Intervention:
    match event:
        case InterventionChanged():
            settings = tuple(setting.value for setting in event.settings)
            return replace(held, name=event.name, stratum=event.stratum, settings=settings, measures=event.measures)
        case InterventionPaused():
            return replace(held, pauses=(*held.pauses, Pause(event.paused_on)))
        case InterventionResumed():
            pauses = tuple(one if one.until else Pause(one.since, event.resumed_on) for one in held.pauses)
            return replace(held, pauses=pauses)
        case InterventionEnded():
            return replace(held, ended_on=event.ended_on, void=event.reason is EndReason.ENTERED_IN_ERROR)
        case InterventionCorrected():
            return replace(
                held,
                started_on=event.started_on,
                ended_on=event.ended_on,
                community_version=event.community_version or held.community_version,
                areas=held.areas if event.areas is None else event.areas,
            )
        case _:
            return held


def _quarter(day: dt.date) -> str:
    return periods.quarter_of(day.year * 100 + day.month)
