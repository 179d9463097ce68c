"""Who to invite first into a collaborative, and why: groups first, then what is known of each facility.

A score is the sum of its contributions, each with its weight; equal scores go by identifier. So the order is total,
does not depend on the order in which facilities are read, and one more signal never moves a facility down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from services.recruitment.domain.targets.signals import Signal
from services.recruitment.domain.targets.weights import APART, EXPERIENCE, SPECIAL_FOCUS, STARS, Group
from shared.contracts.recruitment.ids import Setting


class Contribution(NamedTuple):
    """A part of a score, in words."""

    weight: int
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A participant that may join and has not; ``experience`` names other collaboratives it has been in.

    ``signals`` are the strongest of each kind; ``stage`` is how far it has come with this collaborative.
    """

    ccn: str
    name: str
    state: str
    overall_rating: int | None
    special_focus: bool
    experience: tuple[str, ...] = ()
    setting: Setting = Setting.NURSING_HOME
    signals: tuple[Signal, ...] = ()
    stage: str | None = None


class Target(NamedTuple):
    """A candidate with its place in the order."""

    candidate: Candidate
    group: Group
    score: int

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """The parts of the score; they add up to it."""
        return tuple(_contributions(self.candidate, self.group))

    @property
    def why(self) -> str:
        """What made the score, in words."""
        return "; ".join(part.words for part in self.contributions)


_ONE_STAR: Final = Contribution(Group.ONE_STAR * APART, "One-Star home")
_SPECIAL_FOCUS_GROUP: Final = Contribution(Group.SPECIAL_FOCUS * APART, "special focus facility")
_SPECIAL_FOCUS: Final = Contribution(SPECIAL_FOCUS, "special focus facility")
_SIGNALLED: Final = Contribution(Group.SIGNALLED * APART, "signalled by measures or concerns")
_STARS: Final = {
    stars: Contribution(weight, "not rated" if stars is None else f"{stars} stars") for stars, weight in STARS.items()
}


def rank(candidates: Iterable[Candidate]) -> list[Target]:
    """Highest score first; equal scores by certification number."""
    return sorted(map(score, candidates), key=_order)


def score(candidate: Candidate) -> Target:
    """Add the weights up; words are made for those only who are looked at."""
    group = group_of(candidate)
    points = group * APART
    if group is Group.ONE_STAR:
        points += SPECIAL_FOCUS if candidate.special_focus else 0
    elif candidate.setting is Setting.NURSING_HOME:
        points += STARS[candidate.overall_rating]
    if candidate.experience:
        points += EXPERIENCE
    for one in candidate.signals:
        points += one.weight
    return Target(candidate, group, points)


def group_of(candidate: Candidate) -> Group:
    """The highest group a candidate is in; stars and special focus are what Medicare says of nursing homes."""
    if candidate.setting is Setting.NURSING_HOME:
        if candidate.overall_rating == 1:
            return Group.ONE_STAR
        if candidate.special_focus:
            return Group.SPECIAL_FOCUS
    return Group.SIGNALLED if candidate.signals else Group.ELIGIBLE


def _order(target: Target) -> tuple[int, str]:
    return -target.score, target.candidate.ccn


def _contributions(candidate: Candidate, group: Group) -> list[Contribution]:
    parts: list[Contribution] = []
    if group is Group.ONE_STAR:
        parts.append(_ONE_STAR)
    elif group is Group.SPECIAL_FOCUS:
        parts.append(_SPECIAL_FOCUS_GROUP)
    elif group is Group.SIGNALLED:
        parts.append(_SIGNALLED)
    if group is Group.ONE_STAR and candidate.special_focus:
        parts.append(_SPECIAL_FOCUS)
    if group is not Group.ONE_STAR and candidate.setting is Setting.NURSING_HOME:
        parts.append(_STARS[candidate.overall_rating])
    if candidate.experience:
        parts.append(Contribution(EXPERIENCE, f"experience in {', '.join(candidate.experience)}"))
    parts += [Contribution(one.weight, one.words) for one in candidate.signals]
    return parts
