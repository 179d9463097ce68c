"""Chooses among candidates: who is free of objections first, then who has most room; every waiver with its reason."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import UUID

from services.complaints.domain.reviewers.independence import raised
from services.complaints.domain.reviewers.objection import Objection, objection
from services.complaints.domain.reviewers.request import AssignmentRequest
from services.complaints.domain.reviewers.reviewer import Reviewer, Waiver, WaiverKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reviewer and the open work: per open case the instant (UTC) its next act is due, None if no clock runs."""

    reviewer: Reviewer
    open_due: tuple[dt.datetime | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Suitability:
    """How a candidate stands.

    ``refused``: codes that no offered waiver sets aside; ``waivers``: those of the offered that are needed;
    ``waivable``: what more would have to be waived, empty when nothing more is needed or nothing helps.
    """

    reviewer_id: UUID
    refused: tuple[str, ...]
    waivers: tuple[Waiver, ...]
    waivable: frozenset[WaiverKind]
    order: tuple[int, Fraction, int, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """``chosen`` None: nobody may. ``rejected``: codes by reviewer; ``waivable``: waivers that would let someone in."""

    chosen: UUID | None
    waivers: tuple[Waiver, ...]
    rejected: Mapping[UUID, tuple[str, ...]]
    waivable: frozenset[WaiverKind]


def choose(
    candidates: Iterable[Candidate], request: AssignmentRequest, *, due_at: dt.datetime | None, seed: str
) -> Choice:
    """The best candidate, whatever order they come in.

    First who needs fewest waivers; then the smallest share of capacity in use; then who has fewest open cases due by
    ``due_at`` (UTC), when this one is; then a hash of ``seed``, case and reviewer. Attestation is left to the chosen.
    """
    ranked = rank(candidates, request, due_at=due_at, seed=seed)
    rejected = {each.reviewer_id: each.refused for each in ranked if each.refused}
    if ranked and not ranked[0].refused:
        return Choice(ranked[0].reviewer_id, ranked[0].waivers, rejected, frozenset())
    return Choice(None, (), rejected, frozenset(kind for each in ranked for kind in each.waivable))


def rank(
    candidates: Iterable[Candidate], request: AssignmentRequest, *, due_at: dt.datetime | None, seed: str
) -> tuple[Suitability, ...]:
    """Every candidate in the order of choice; then who would need more waivers; last who may not at all."""
    found = [_suitability(each, request, due_at, seed) for each in candidates]
    return tuple(sorted(found, key=lambda each: (_standing(each), each.order)))


def _standing(found: Suitability) -> tuple[int, int]:
    if not found.refused:
        return 0, 0
    return (1, len(found.waivable)) if found.waivable else (2, 0)


def _suitability(
    candidate: Candidate, request: AssignmentRequest, due_at: dt.datetime | None, seed: str
) -> Suitability:
    reviewer = candidate.reviewer
    offered = {waiver.kind: waiver for waiver in request.waivers if waiver.reason.strip()}
    found = _raised(candidate, request)
    needed = {each.waiver for each in found}
    waivers = tuple(waiver for kind, waiver in sorted(offered.items()) if kind in needed)
    refused = tuple(dict.fromkeys(each.reason.code for each in found if each.waiver not in offered))
    missing = frozenset(kind for kind in needed if kind is not None and kind not in offered)
    pressing = sum(due is not None and (due_at is None or due <= due_at) for due in candidate.open_due)
    digest = hashlib.sha256(f"{seed}:{request.case_id}:{reviewer.id}".encode()).hexdigest()
    order = (len(waivers), Fraction(len(candidate.open_due), reviewer.capacity), pressing, digest)
    return Suitability(reviewer.id, refused, waivers, frozenset() if None in needed else missing, order)


def _raised(candidate: Candidate, request: AssignmentRequest) -> tuple[Objection, ...]:
    found = raised(candidate.reviewer, replace(request, attested=True))
    if len(candidate.open_due) < candidate.reviewer.capacity:
        return found
    text = "The reviewer has no room for another case."
    return (*found, objection("NO_CAPACITY", text, None, waiver=WaiverKind.OVER_CAPACITY))
