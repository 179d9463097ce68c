"""Encounter notices beside claims: a notice speaks for a stay until its claim comes, or until it is too old."""

from services.measures.domain.timeline import Claim, Setting

MATCH_DAYS = 1  # between the admissions a notice and a claim tell (measures research §0.3)
LONGEST_WAIT = 120  # days after admission at which a notice without a claim is dropped


def unmatched(claims: list[Claim], today: int) -> list[Claim]:
    """The claims, and those notices that still stand for a stay whose claim has not come."""
    notices = [claim for claim in claims if claim.setting == Setting.NOTICE]
    if not notices:
        return claims
    told = [claim for claim in claims if claim.setting != Setting.NOTICE]
    hospital = [claim for claim in told if claim.setting == Setting.INPATIENT]
    return told + [notice for notice in notices if not _is_over(notice, today) and not _has_claim(notice, hospital)]


def expires(notice: Claim) -> int:
    """The first day a notice without a claim no longer counts."""
    return notice.first + LONGEST_WAIT + 1


def _is_over(notice: Claim, today: int) -> bool:
    return today >= expires(notice)


def _has_claim(notice: Claim, hospital: list[Claim]) -> bool:
    return any(
        claim.provider == notice.provider and abs(claim.first - notice.first) <= MATCH_DAYS for claim in hospital
    )
