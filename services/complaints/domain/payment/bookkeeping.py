"""What the steps of a payment review enter into its account: read from the case before and after. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from services.complaints.domain.case import Case, Taken
from services.complaints.domain.payment.amounts import ZERO, Account, Booking, Entry, Finding, Stage, dollars
from shared.contracts.complaints import CaseType

REVIEWS: Final = frozenset({CaseType.HWDRG, CaseType.SHORT_STAY, CaseType.MEDNEC_RETRO})
_DECIDES: Final = frozenset({"determined", "technically_denied"})


def booked(before: Case | None, taken: Taken) -> Case:
    """The case with what these steps enter into its account; cases of other types as they are."""
    case = taken.case
    if case.type not in REVIEWS:
        return case
    return replace(case, booked=(*case.booked, *_bookings(before, taken)))


def _bookings(before: Case | None, taken: Taken) -> Iterator[Booking]:
    case, course = taken.case, taken.case.course
    technical, revised = "technical" in course.circumstances, "drg" in course.circumstances
    changes = Finding.DRG_CHANGE if revised else Finding.DENIAL
    finding = Finding.TECHNICAL_DENIAL if technical else changes
    back = course.recovered_cents or 0
    for done in taken.steps:
        if done.step == "denial_proposed":
            yield Booking(done.at, Stage.PROPOSED, Finding.DENIAL, max(course.amount_cents or 0, 0))
        elif done.step in _DECIDES:
            amount = back if _against(case, level=0) else 0
            if revised:  # how much a DRG change is about is known only when the DRG is determined
                yield Booking(done.at, Stage.PROPOSED, finding, amount)
            yield Booking(done.at, Stage.DETERMINED, finding, amount)
        elif done.step == "reconsidered":
            held = before.course.recovered_cents or 0 if before is not None else 0
            left = back if _against(case, level=1) else 0
            yield Booking(done.at, Stage.RESTORED, finding, held - left)
        elif done.step == "hearing_decided" and course.answers.get("hearing_outcome") == "reversed":
            yield Booking(done.at, Stage.RESTORED, finding, None)
        elif done.step == "mac_adjustment_sent":
            yield Booking(done.at, Stage.ADJUSTED, finding, None)


def _against(case: Case, level: int) -> bool:
    decided = case.decision(level)
    return decided is not None and decided.outcome not in {"APPROVED", "DRG_UPHELD"}


def posted(account: Account, bookings: Iterable[Booking]) -> Account:
    """The account with these entered; a booking without an amount is of all that is left.

    Raises Refusal for what the account does not admit. What was restored in a case that was then reopened is taken
    back before the claim is determined anew.
    """
    for booking in bookings:
        account = _posted(account, booking)
    return account


def _posted(account: Account, booking: Booking) -> Account:
    entry = Entry(booking.at, booking.stage, booking.finding, ZERO)
    if booking.stage in {Stage.PROPOSED, Stage.DETERMINED} and account.restored:
        account = account.enter(replace(entry, stage=Stage.RESTORED, dollars=-account.restored))
    amount = dollars(booking.cents) if booking.cents is not None else _left(account, booking.stage)
    if booking.cents is None and not amount:
        return account
    return account.enter(replace(entry, dollars=amount))


def _left(account: Account, stage: Stage) -> Decimal:
    return account.outstanding if stage is Stage.ADJUSTED else account.determined - account.restored
