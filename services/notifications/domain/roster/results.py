"""The latest results of measures, and where a community or hospital is worse than its state for certain: a gap.

Certain means that the better end of the place's own 95 % interval is worse than the worse end of the state's. A
community is part of its state, which makes a difference look smaller, never larger. In several states it must be worse
than each. Followed up, over four quarters (a single one has its season), of everybody, and with more than ten events
and ten others: fewer say nothing, and could say something about a person.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from services.notifications.domain.roster.communities import Community
from services.notifications.domain.roster.facilities import Facility
from services.notifications.domain.roster.measures import FOLLOWED
from services.notifications.domain.roster.silent import silent
from services.notifications.domain.roster.traits import Trait, traits
from shared.contracts.measures import MeasureUpdated
from shared.records.kinds import Record

# CMS's cell size policy: no count of 1 to 10 is shown or can be worked out.
SMALL: Final = 10
GAP: Final = "gap"
_SETTLED: Final = frozenset(("FOLLOWED_UP", "FINAL", "RESTATED"))
_UNITS: Final = frozenset(("community", "hospital", "state"))
_FOUR_QUARTERS: Final = "R4"


class Result(Record):
    """The latest result of a measure for a unit; ``worse`` is whether it is a gap, None where that cannot be said.

    Numbers are None where the measure could not be computed, has no interval, or rests on few.
    """

    id: str
    measure: str
    unit_type: str
    unit: str
    period: str
    revision: int
    specification: int
    as_of: str
    value: str | None = None
    low: float | None = None
    high: float | None = None
    worse: bool | None = None
    traits: tuple[Trait, ...] = ()

    def replaced_by(self, other: "Result") -> bool:
        """A later period replaces an earlier one, a higher revision a lower one of the same period."""
        return (self.period, self.revision) < (other.period, other.revision)

    def after(self, before: "Result | None") -> "Result":
        """This result in the place of another: a revision of the same period was judged already."""
        if before is None or before.period != self.period:
            return self
        return self.model_copy(update={"worse": before.worse, "traits": before.traits})


class GapSeen(Record):
    """A place became worse than its state for certain. Follows from results, each time the same."""

    own: Result
    state: Result


def matters(event: MeasureUpdated) -> bool:
    """Whether a result can ever be a gap, or what one is compared with."""
    return (
        event.measure in FOLLOWED
        and event.unit_type in _UNITS
        and event.stratum == "all"
        and event.period.endswith(_FOUR_QUARTERS)
        and event.status in _SETTLED
    )


def result(event: MeasureUpdated) -> Result:
    """A result as it is kept; one that says nothing is kept too, because it replaces one that did."""
    few = event.numerator is None or event.denominator is None or event.numerator <= SMALL
    few = few or (event.denominator or 0) - (event.numerator or 0) <= SMALL
    shown = event.computable and not few
    return Result(
        id=f"{event.measure}|{event.unit_type}|{event.unit}",
        measure=event.measure,
        unit_type=event.unit_type,
        unit=event.unit,
        period=event.period,
        revision=event.revision,
        specification=event.specification,
        as_of=event.as_of.isoformat(),
        value=event.value if shown else None,
        low=float(event.low) if shown and event.low is not None else None,
        high=float(event.high) if shown and event.high is not None else None,
    )


def newest(offered: Iterable[Result]) -> dict[str, Result]:
    """The newest of each."""
    found: dict[str, Result] = {}
    for one in offered:
        known = found.get(one.id)
        if known is None or known.replaced_by(one):
            found[one.id] = one
    return found


def judged(
    results: Mapping[str, Result], communities: Mapping[str, Community], facilities: Mapping[str, Facility]
) -> tuple[dict[str, Result], list[GapSeen]]:
    """Results whose verdict is new, and the gaps that were none in that period before. ``results`` are by id."""
    changed: dict[str, Result] = {}
    gaps = []
    for one in sorted(results.values(), key=lambda held: held.id):
        beside = [_beside(results, one, state) for state in _states(one, communities, facilities)]
        compared = [other for other in beside if other is not None]
        whole = bool(compared) and len(compared) == len(beside) and one.low is not None
        worse = all(_worse(one, other) for other in compared) if whole else None
        if worse != one.worse:
            changed[one.id] = one.model_copy(update={"worse": worse, "traits": _traits(one) if worse else ()})
            if worse:
                gaps.append(GapSeen(own=changed[one.id], state=min(compared, key=lambda other: other.high or 0.0)))
    return changed, gaps


def _states(one: Result, communities: Mapping[str, Community], facilities: Mapping[str, Facility]) -> tuple[str, ...]:
    if one.unit_type == "community":
        return communities[one.unit].states if one.unit in communities else ()
    if one.unit_type == "hospital":
        state = facilities[one.unit].get("state") if one.unit in facilities else ""
        return (state,) if state else ()
    return ()


def _beside(results: Mapping[str, Result], one: Result, state: str) -> Result | None:
    found = results.get(f"{one.measure}|state|{state}")
    if found is None or found.high is None:
        return None
    return found if (found.period, found.specification) == (one.period, one.specification) else None


def _worse(one: Result, other: Result) -> bool:
    return one.low is not None and other.high is not None and one.low > other.high


def _traits(one: Result) -> tuple[Trait, ...]:
    named = f"measure:{one.measure}:{GAP}"
    if one.unit_type == "hospital":
        return traits(f"facility:{one.unit}", named)
    return (*traits(f"community:{one.unit}", named), *traits(f"coalition:{one.unit}", named))


# Heard set-wise (heard/results.py), because there are many and few of them matter.
RESULT: Final = silent("roster-result", Result)
