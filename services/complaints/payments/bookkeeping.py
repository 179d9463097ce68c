"""Accounts follow their cases: opened with the case, entered in the transaction that saves it."""

import datetime as dt
from collections.abc import Sequence

import asyncpg

from services.complaints.domain import clock
from services.complaints.domain.case import Case
from services.complaints.domain.payment.amounts import Account, dollars
from services.complaints.domain.payment.bookkeeping import REVIEWS, posted
from services.complaints.domain.payment.setting import SettingBasis, SettingFinding, SettingOfCare, billed_setting
from services.complaints.payments import accounts as payment_accounts
from services.complaints.payments.accounts import PaymentReview


async def follow(conn: asyncpg.Connection, cases: Sequence[Case]) -> None:
    """Open the accounts of new payment reviews and enter what was booked; cases of other types have none.

    The caller has locked the cases and has written them. Raises Refusal for what an account does not admit.
    """
    moved = [case for case in cases if case.type in REVIEWS and (case.booked or case.stored is None)]
    if not moved:
        return
    known = await payment_accounts.load(conn, [case.id for case in moved])
    await payment_accounts.save(conn, {case.id: _review(case, known.get(case.id)) for case in moved})


def _review(case: Case, known: PaymentReview | None) -> PaymentReview:
    """The account as it is after the case's new lines."""
    account = known.account if known is not None else Account(dollars(case.course.amount_cents or 0))
    service_ended = known.service_ended if known is not None else _service_ended(case)
    setting = _setting(case) or (known.setting if known is not None else None)
    return PaymentReview(posted(account, case.booked), service_ended, setting)


def _service_ended(case: Case) -> dt.date:
    at = case.course.facts["service_date"]
    return clock.local_date(at, case.zone)


def _setting(case: Case) -> SettingFinding | None:
    """What the last determination found about the setting; the steps have checked it."""
    given = (reasons.answers["setting_basis"] for reasons in case.sealed.reasons if "setting_basis" in reasons.answers)
    appropriate, basis = case.course.setting, next(reversed(tuple(given)), None)
    if appropriate is None or basis is None:
        return None
    billed = billed_setting(case.facility.type, case.facility.ccn)
    return SettingFinding(billed, SettingOfCare(appropriate), SettingBasis(basis))
