"""Hospital stays: claims merged where they bill one continuous episode of acute care.

In the order of (admission, discharge, provider, reference), a claim joins the stay before it when it begins

- before the day the stay ends, at any hospital: overlapping or nested bills;
- on the day the stay ends, at another hospital (a transfer), or at the same one unless both bills name a principal
  diagnosis of a different ICD-10 category, which is a readmission on the same day (measures research §2.2);
- on the day after, at another hospital: a transfer, whatever the discharge status says;
- on the day after, at the same hospital, when the claim before is an interim bill (patient status 30, or bill
  frequency 2 or 3): the patient never left.

The claim that ends last closes the stay; among equals the last in that order. Its provider and status are the stay's.
"""

from collections.abc import Iterable
from operator import attrgetter

import msgspec

from services.measures.domain.facilities import is_acute
from services.measures.domain.timeline import OPEN, Claim, Setting

_in_order = attrgetter("first", "last", "provider", "ref")
_HOSPITAL = frozenset((Setting.INPATIENT, Setting.NOTICE))
CATEGORY = 3  # characters of an ICD-10-CM code that name its category


class Stay(msgspec.Struct, gc=False):
    """One stay: its claims in order, and the one it ends with."""

    claims: list[Claim]
    closing: Claim

    @property
    def opening(self) -> Claim:
        """The claim it begins with."""
        return self.claims[0]

    @property
    def admission(self) -> int:
        """The first day."""
        return self.claims[0].first

    @property
    def discharge(self) -> int:
        """The day the stay ends, or the last day billed while it is still open."""
        return self.closing.last

    @property
    def is_open(self) -> bool:
        """Whether the last bill says that the patient is still in the hospital."""
        return is_interim(self.closing)

    @property
    def is_provisional(self) -> bool:
        """Whether any part of it rests on a notice whose claim has not come."""
        return any(claim.setting == Setting.NOTICE for claim in self.claims)


def is_interim(claim: Claim) -> bool:
    """Whether the claim is a bill from the middle of a stay (UB-04 status 30, bill frequency 2 or 3)."""
    return claim.status == "30" or claim.frequency in ("2", "3") or bool(claim.marks & OPEN)


def merge(claims: Iterable[Claim]) -> list[Stay]:
    """The acute stays of claims and notices, in order; other settings and kinds of facility are left out."""
    stays: list[Stay] = []
    hospital = [claim for claim in claims if claim.setting in _HOSPITAL and is_acute(claim.provider)]
    for claim in sorted(hospital, key=_in_order) if len(hospital) > 1 else hospital:
        if stays and _continues(claim, stays[-1].closing):
            stay = stays[-1]
            stay.claims.append(claim)
            if claim.last >= stay.closing.last:
                stay.closing = claim
        else:
            stays.append(Stay([claim], claim))
    return stays


def _continues(claim: Claim, closing: Claim) -> bool:
    gap = claim.first - closing.last
    if gap > 1:
        return False
    if gap < 0 or claim.provider != closing.provider:
        return True
    if gap == 1 or is_interim(closing):
        return is_interim(closing)
    return not _different_conditions(claim, closing)


def _different_conditions(claim: Claim, closing: Claim) -> bool:
    if not claim.diagnoses or not closing.diagnoses:
        return False
    return claim.diagnoses[0][:CATEGORY] != closing.diagnoses[0][:CATEGORY]
