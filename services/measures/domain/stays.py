"""Hospital stays: claims merged where they bill one continuous episode of acute care.

In the order of (admission, discharge, provider, reference), a claim joins the stay before it when it begins

- on or before the day the stay ends, at any hospital: overlapping or nested bills, a transfer on the day of discharge,
  or a return to the same hospital the same day. A same-day return is one stay because the feed carries no diagnosis
  that could tell a second condition, and a hospital must bill a related same-day return as one;
- on the day after, at another hospital: a transfer, whatever the discharge status says;
- on the day after, at the same hospital, when the claim before is an interim bill (patient status 30, or bill
  frequency 2 or 3): the patient never left.

The claim that ends last closes the stay; among equals the last in that order. Its provider and status are the stay's.
"""

from collections.abc import Iterable
from operator import attrgetter

import msgspec

from services.measures.domain.facilities import is_acute
from services.measures.domain.timeline import Claim

_in_order = attrgetter("admission", "discharge", "provider", "ref")


class Stay(msgspec.Struct, gc=False):
    """One stay from first admission to last discharge; ``closing`` is the claim it ends with."""

    admission: int
    closing: Claim

    @property
    def discharge(self) -> int:
        """The day the stay ends, or the last day billed while it is still open."""
        return self.closing.discharge

    @property
    def is_open(self) -> bool:
        """Whether the last bill says that the patient is still in the hospital."""
        return is_interim(self.closing)


def is_interim(claim: Claim) -> bool:
    """Whether the claim is a bill from the middle of a stay (UB-04 status 30, bill frequency 2 or 3)."""
    return claim.status == "30" or claim.frequency in ("2", "3")


def merge(claims: Iterable[Claim]) -> list[Stay]:
    """The acute stays of ``claims`` in order; cancelled claims and other kinds of facility are left out."""
    stays: list[Stay] = []
    for claim in sorted((c for c in claims if not c.cancelled and is_acute(c.provider)), key=_in_order):
        if stays and _continues(claim, stays[-1].closing):
            if claim.discharge >= stays[-1].closing.discharge:
                stays[-1].closing = claim
        else:
            stays.append(Stay(claim.admission, claim))
    return stays


def _continues(claim: Claim, closing: Claim) -> bool:
    gap = claim.admission - closing.discharge
    if gap == 1:
        return claim.provider != closing.provider or is_interim(closing)
    return gap <= 0
