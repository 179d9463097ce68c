"""Who to invite first into a collaborative: One-Star homes, special focus, then everyone who is eligible.

The nursing-home task asked the networks to recruit One-Star homes especially, all homes eligible, with attention to
prior experience in collaboratives. The weights say that as numbers. They are chosen so that a higher group always
goes before a lower one: One-Star before all others, then special focus, then fewer stars, and experience (a home
that knows the work and may mentor others) before none among equals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

ONE_STAR: Final = 1_000
SPECIAL_FOCUS: Final = 500
PER_STAR_BELOW_FIVE: Final = 50
# A home without a rating is too new or lacks data: after two stars, before three.
UNRATED: Final = 125
EXPERIENCE: Final = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listed home that is not a member yet; ``experience`` names other collaboratives it has been in."""

    ccn: str
    name: str
    state: str
    overall_rating: int | None
    special_focus: bool
    experience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A candidate with its score and, in words, what made it."""

    candidate: Candidate
    score: int
    why: str


def rank(candidates: Iterable[Candidate]) -> list[Target]:
    """Highest score first; equal scores by certification number."""
    return sorted(map(score, candidates), key=lambda target: (-target.score, target.candidate.ccn))


def score(candidate: Candidate) -> Target:
    """Add the weights up and explain them."""
    points, why = _stars(candidate.overall_rating)
    if candidate.special_focus:
        points += SPECIAL_FOCUS
        why.append("special focus facility")
    if candidate.experience:
        points += EXPERIENCE
        why.append(f"experience in {', '.join(candidate.experience)}")
    return Target(candidate, points, "; ".join(why))


def _stars(rating: int | None) -> tuple[int, list[str]]:
    if rating is None:
        return UNRATED, ["not rated"]
    points = (5 - rating) * PER_STAR_BELOW_FIVE
    if rating == 1:
        return points + ONE_STAR, ["One-Star home"]
    return points, [f"{rating} stars"]
