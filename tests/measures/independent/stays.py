"""Section 1: hospital stays, made of the claims and notices of acute hospitals in the order of their days."""

import datetime as dt
from dataclasses import dataclass

from tests.measures.independent.in_force import Claim
from tests.measures.independent.vocabulary import DAY


@dataclass(eq=False)
class Stay:
    """One stay of one person."""

    claims: list[Claim]

    @property
    def opening(self) -> Claim:
        return self.claims[0]

    @property
    def closing(self) -> Claim:
        """The claim that ends last; of several the last in order."""
        return max(enumerate(self.claims), key=lambda pair: (pair[1].last, pair[0]))[1]

    @property
    def admission(self) -> dt.date:
        return self.opening.first

    @property
    def discharge(self) -> dt.date:
        return self.closing.last

    @property
    def open(self) -> bool:
        return self.closing.interim

    @property
    def provisional(self) -> bool:
        return any(claim.setting == "notice" for claim in self.claims)

    def live(self, death: dt.date | None) -> bool:
        """Whether the patient left alive."""
        dead = death is not None and death <= self.discharge
        return not self.open and self.closing.status != "20" and not dead


def acute(provider: str) -> bool:
    """Short-term and critical access hospitals, and numbers that are no CCN."""
    if provider.isdigit():
        return 1 <= int(provider[2:]) < 880 or 1300 <= int(provider[2:]) < 1400
    looks_like_unit = provider[:2].isdigit() and provider[3:].isdigit() and provider[2] in set("MSRTUWYZ")
    return not looks_like_unit


def stays_of(claims: list[Claim]) -> list[Stay]:
    """The stays of the acute ones among inpatient claims and provisional notices."""
    hospital = [claim for claim in claims if claim.setting in {"inpatient", "notice"} and acute(claim.provider)]
    stays: list[Stay] = []
    for claim in sorted(hospital, key=lambda c: (c.first, c.last, c.provider, c.ref)):
        if stays and joins(claim, stays[-1].closing):
            stays[-1].claims.append(claim)
        else:
            stays.append(Stay([claim]))
    return stays


def joins(claim: Claim, closing: Claim) -> bool:
    """Whether a claim belongs to the stay that so far ends with ``closing``."""
    if claim.first < closing.last:
        return True
    another_provider = claim.provider != closing.provider
    if claim.first == closing.last:
        return another_provider or closing.interim or not other_condition(claim, closing)
    if claim.first == closing.last + DAY:
        return another_provider or closing.interim
    return False


def other_condition(claim: Claim, closing: Claim) -> bool:
    if claim.principal is None or closing.principal is None:
        return False
    return claim.principal[:3] != closing.principal[:3]


def provisional(notice: Claim, inpatient: list[Claim], today: dt.date) -> bool:
    """Section 11: whether a notice still stands for a stay whose claim has not come."""
    if today > notice.first + 120 * DAY:
        return False
    return not any(
        claim.provider == notice.provider and abs((claim.first - notice.first).days) <= 1 for claim in inpatient
    )
