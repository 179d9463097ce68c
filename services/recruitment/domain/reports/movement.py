"""Where a measure of facilities stood before a time and at its end, for participants and for who never was one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from services.recruitment.domain.peers.figures import higher_is_better
from services.recruitment.domain.reports.association import Association, Moved, association
from services.recruitment.domain.reports.learning import TakingPart
from services.recruitment.domain.reports.tasks import Scope
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_terms import Topic

# A value before the time says where a facility began if it is of a period that ended in the year and a half before it.
RECENT: Final = dt.timedelta(days=548)
# Periods that are as long are compared: quarters, months, years, spans of days, by the length of their names.
_KINDS: Final = tuple(len(one) for one in ("2018Q1", "2018-03", "2018", "2014-01-01/2014-12-31"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A settled value of a facility; ``ends_on`` is the last day of its period."""

    facility: str
    setting: Setting
    state: str
    period: str
    ends_on: dt.date
    value: float


@dataclass(frozen=True, slots=True)
class Movement:
    """How a measure moved with taking part in networks that work on a topic."""

    topic: Topic
    measure: str
    higher_is_better: bool
    association: Association


def movement(
    scope: Scope, topic: Topic, measure: str, figures: Iterable[Figure], taking_part: TakingPart
) -> Movement | None:
    """The movement of a measure; None where nobody that takes part has both values."""
    found = list(moved(scope, figures, taking_part))
    if not any(one.takes_part for one in found):
        return None
    return Movement(topic, measure, higher_is_better(measure), association(found))


def moved(scope: Scope, figures: Iterable[Figure], taking_part: TakingPart) -> Iterator[Moved]:
    """The last values before the first day and up to the last; who took part at other times alone is left out."""
    by_facility: dict[str, list[Figure]] = defaultdict(list)
    for one in figures:
        if one.state in scope.states and (one.facility in taking_part.then or one.facility not in taking_part.ever):
            by_facility[one.facility].append(one)
    for facility, own in sorted(by_facility.items()):
        ends = _ends(scope, own)
        if ends is not None:
            before, after = ends
            takes_part = facility in taking_part.then
            yield Moved(facility, after.setting, after.state, takes_part, before.value, after.value)


def _ends(scope: Scope, own: Iterable[Figure]) -> tuple[Figure, Figure] | None:
    held = sorted(own, key=lambda one: (one.ends_on, one.period))
    for kind in _KINDS:
        alike = [one for one in held if len(one.period) == kind]
        before = [one for one in alike if scope.first - RECENT <= one.ends_on < scope.first]
        after = [one for one in alike if scope.first <= one.ends_on <= scope.last]
        if before and after:
            return before[-1], after[-1]
    return None
