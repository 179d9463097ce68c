"""Which claims get a payment review: short stays and higher-weighted DRGs, drawn per hospital and period.

42 CFR 476.71(a): reasonable and necessary, setting, DRG validation. A draw depends on the key, the claims that stand
and what was selected before, never on the order in which anything arrived.
"""

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import blake2b
from typing import Final, NamedTuple

from services.complaints.domain.payment.claims import Billed, ClaimFamily, ClaimKey, ProviderKind, provider_kind
from services.complaints.domain.payment.weights import DrgWeights

_SHORT_STAY_KINDS: Final = frozenset({ProviderKind.ACUTE, ProviderKind.LONG_TERM, ProviderKind.PSYCHIATRIC})


class Review(StrEnum):
    """Why a claim is looked at; a claim that is both is drawn for its DRG, which covers the admission too."""

    HIGHER_WEIGHTED_DRG = "HIGHER_WEIGHTED_DRG"
    SHORT_STAY = "SHORT_STAY"


class Period(NamedTuple):
    """Days of discharge, first and last included."""

    first: dt.date
    last: dt.date


class Candidate(NamedTuple):
    """A claim that may be drawn. ``before``: what was billed with the lower weight; ``gain``: cents paid on top."""

    review: Review
    key: ClaimKey
    version: int
    provider: str
    discharge: dt.date
    before: Billed | None = None
    gain: int | None = None


class Unweighed(NamedTuple):
    """A claim resubmitted with another DRG of which nobody can say whether it weighs more: a weight is missing."""

    key: ClaimKey
    provider: str


class Selected(NamedTuple):
    """A claim drawn in this or an earlier draw, in the period that draw was for; the service ended with discharge."""

    review: Review
    key: ClaimKey
    version: int
    provider: str
    service_ended: dt.date
    period: Period


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """Per hospital and period: this ``share`` of the candidates, at least ``minimum`` and at most ``maximum``.

    A hospital with fewer candidates than the minimum has all of them drawn. The programme letters asked for 10 to 30
    records per hospital every 30 to 45 days. ``key`` (16 to 64 bytes, secret) makes the draw repeatable.
    """

    key: bytes
    share: Fraction = Fraction(1, 10)
    minimum: int = 10
    maximum: int = 30

    def __post_init__(self) -> None:
        if not 16 <= len(self.key) <= 64:
            raise ValueError("the key has 16 to 64 bytes")
        if not 0 <= self.share <= 1 or not 0 <= self.minimum <= self.maximum:
            raise ValueError("the share is from 0 to 1, the minimum from 0 to the maximum")

    def wanted(self, candidates: int) -> int:
        """How many of so many candidates are drawn."""
        return min(candidates, max(self.minimum, min(self.maximum, math.ceil(candidates * self.share))))

    def rank(self, review: Review, key: ClaimKey) -> bytes:
        """The claim's place in the draw; the same for all its versions."""
        text = f"{review}/{key.beneficiary}/{key.claim}".encode()
        return blake2b(text, digest_size=16, key=self.key, person=b"payment-review").digest()


def short_stay(family: ClaimFamily) -> Candidate | None:
    """The claim as a candidate if it is a stay of fewer than two midnights (42 CFR 412.3(d)), not in IRF or CAH."""
    stay = family.current
    if stay.cancelled or not stay.is_whole_stay or stay.midnights >= 2:
        return None
    if provider_kind(stay.provider) not in _SHORT_STAY_KINDS:
        return None
    return Candidate(Review.SHORT_STAY, stay.key, stay.version, stay.provider, stay.discharge)


def higher_weighted(family: ClaimFamily, weights: DrgWeights) -> Candidate | Unweighed | None:
    """The claim as a candidate if its DRG now weighs more than one it was billed with before.

    The lowest earlier weight counts, so that a claim lowered and raised again is seen. Weights are those of the
    present day of discharge. Only acute hospitals are paid by these weights.
    """
    claim = family.current
    if claim.cancelled or claim.drg is None or provider_kind(claim.provider) is not ProviderKind.ACUTE:
        return None
    earlier = [billed for version, billed in sorted(family.billed.items()) if version < claim.version]
    changed = [billed for billed in earlier if billed.drg != claim.drg]
    if not changed:
        return None
    now = weights.weight(claim.drg, claim.discharge)
    before = [(weights.weight(billed.drg, claim.discharge), billed) for billed in changed]
    lower = [(weight, billed) for weight, billed in before if weight is not None and now is not None and weight < now]
    if lower:
        _, billed = min(lower, key=lambda pair: pair[0])
        gain = claim.paid - billed.paid if claim.paid is not None and billed.paid is not None else None
        review = Review.HIGHER_WEIGHTED_DRG
        return Candidate(review, claim.key, claim.version, claim.provider, claim.discharge, billed, gain)
    unknown = now is None or any(weight is None for weight, _ in before)
    return Unweighed(claim.key, claim.provider) if unknown else None


def draw(
    candidates: Iterable[Candidate], earlier: Collection[Selected], period: Period, plans: Mapping[Review, SamplingPlan]
) -> tuple[Selected, ...]:
    """What to select now, in order of review, hospital and rank; candidates outside the period are left.

    ``earlier``: every selection ever made of these claims or in this period. A claim is selected once, for whatever
    review. Those selected before count towards what is wanted as long as they are still candidates, and always
    towards the maximum, because the hospital was asked for their records. With the same arguments and the result
    among ``earlier`` nothing more is drawn.
    """
    taken = {selected.key for selected in earlier}
    asked = Counter((selected.review, selected.provider) for selected in earlier if selected.period == period)
    by_hospital: dict[tuple[Review, str], dict[ClaimKey, Candidate]] = defaultdict(dict)
    for candidate in candidates:
        if period.first <= candidate.discharge <= period.last:
            by_hospital[candidate.review, candidate.provider][candidate.key] = candidate
    found: list[Selected] = []
    for (review, provider), present in sorted(by_hospital.items()):
        plan = plans[review]
        free = sorted((plan.rank(review, key), candidate) for key, candidate in present.items() if key not in taken)
        standing = sum(
            s.key in present for s in earlier if (s.review, s.provider, s.period) == (review, provider, period)
        )
        room = min(plan.wanted(standing + len(free)) - standing, plan.maximum - asked[review, provider])
        for _, candidate in free[: max(0, room)]:
            taken.add(candidate.key)
            found.append(Selected(review, candidate.key, candidate.version, provider, candidate.discharge, period))
    return tuple(found)
