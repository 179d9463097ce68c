"""Which decided cases get a blind second review: drawn by a keyed hash of the case id, some in every stratum."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

_HASHES = 1 << 64


class Stratum(NamedTuple):
    """Cases that are compared with each other; ``month`` is the first day of the month of decision."""

    case_type: str
    reviewer_group: str
    month: date


class Decided(NamedTuple):
    """A decided case as the draw sees it."""

    case_id: UUID
    stratum: Stratum


class Why(StrEnum):
    """What a case was drawn for: the share is the same chance for all, the minimum favours small strata.

    Only cases drawn for the share estimate a rate without weights.
    """

    SHARE = "SHARE"
    MINIMUM = "MINIMUM"


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """``share`` of all decided cases, and at least ``minimum`` of each stratum (a type, a group, a month).

    ``key`` (16 to 64 bytes, secret) makes the draw repeatable here and unforeseeable to reviewers.
    """

    share: Fraction
    minimum: int
    key: bytes

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1 or self.minimum < 0:
            raise ValueError("the share is from 0 to 1 and the minimum not negative")
        if not 16 <= len(self.key) <= 64:
            raise ValueError("the key has 16 to 64 bytes")

    def rank(self, case_id: UUID) -> int:
        """The place of a case in the draw, from 0 to 2**64 - 1; lower goes first."""
        return int.from_bytes(blake2b(case_id.bytes, digest_size=8, key=self.key, person=b"second-review").digest())

    def is_in_share(self, case_id: UUID) -> bool:
        """Whether the case is drawn whatever else is decided: may be asked at the moment of the decision."""
        return self.rank(case_id) < self.share * _HASHES


def drawn(cases: Iterable[Decided], plan: ReviewPlan) -> dict[UUID, Why]:
    """The cases to review again, by id.

    In each stratum these are the first of the draw, as many as the share hits, or the minimum, or all there are. The
    order and repetition of ``cases`` do not matter. Call it when a month is over: a case drawn for the minimum before
    may be pushed out by one decided later, one drawn for the share never.
    """
    strata: dict[Stratum, set[UUID]] = defaultdict(set)
    for case in cases:
        strata[case.stratum].add(case.case_id)
    found: dict[UUID, Why] = {}
    for members in strata.values():
        in_order = sorted(members, key=lambda case_id: (plan.rank(case_id), case_id))
        for place, case_id in enumerate(in_order):
            if plan.is_in_share(case_id):
                found[case_id] = Why.SHARE
            elif place < plan.minimum:
                found[case_id] = Why.MINIMUM
    return found
