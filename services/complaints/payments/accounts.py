"""Accounts of payment reviews in the database: what was paid, every amount, the setting of care; cents, set-wise."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from services.complaints.domain.payment.amounts import Account, Entry, Finding, Stage, cents, dollars
from services.complaints.domain.payment.setting import SettingBasis, SettingFinding, SettingOfCare

_SAVE: Final = """
    INSERT INTO payment_account (case_id, paid, service_ended, billed_setting, appropriate_setting, setting_basis)
    SELECT case_id, paid, service_ended, billed_setting, appropriate_setting, setting_basis
    FROM unnest($1::uuid[], $2::bigint[], $3::date[], $4::text[], $5::text[], $6::text[])
        AS s (case_id, paid, service_ended, billed_setting, appropriate_setting, setting_basis)
    ORDER BY case_id
    ON CONFLICT (case_id) DO UPDATE SET (billed_setting, appropriate_setting, setting_basis) =
        (excluded.billed_setting, excluded.appropriate_setting, excluded.setting_basis)
"""
_ENTER: Final = """
    INSERT INTO amount (case_id, number, at, stage, finding, cents)
    SELECT * FROM unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::text[], $5::text[], $6::bigint[])
    ON CONFLICT (case_id, number) DO NOTHING
"""
_ACCOUNTS: Final = """
    SELECT case_id, paid, service_ended, billed_setting, appropriate_setting, setting_basis
    FROM payment_account WHERE case_id = ANY($1::uuid[])
"""
_AMOUNTS: Final = """
    SELECT case_id, at, stage, finding, cents FROM amount WHERE case_id = ANY($1::uuid[]) ORDER BY case_id, number
"""
# The last amount proposed or determined counts, those restored and adjusted add up.
_TOTALS: Final = """
    WITH latest AS (
        SELECT DISTINCT ON (case_id, stage) case_id, stage, finding, cents FROM amount
        WHERE stage IN ('PROPOSED', 'DETERMINED') ORDER BY case_id, stage, number DESC
    ), counted AS (
        SELECT case_id, stage, finding, cents FROM latest
        UNION ALL
        SELECT case_id, stage, finding, cents FROM amount WHERE stage IN ('RESTORED', 'ADJUSTED')
    )
    SELECT c.finding, count(DISTINCT c.case_id) AS cases,
           coalesce(sum(c.cents) FILTER (WHERE c.stage = 'PROPOSED'), 0)::bigint AS at_stake,
           coalesce(sum(c.cents) FILTER (WHERE c.stage = 'DETERMINED'), 0)::bigint AS determined,
           coalesce(sum(c.cents) FILTER (WHERE c.stage = 'RESTORED'), 0)::bigint AS restored,
           coalesce(sum(c.cents) FILTER (WHERE c.stage = 'ADJUSTED'), 0)::bigint AS recovered
    FROM counted AS c JOIN payment_account AS a USING (case_id) JOIN case_file AS f USING (case_id)
    WHERE a.service_ended BETWEEN $1 AND $2 AND ($3::text IS NULL OR f.region = $3)
    GROUP BY c.finding ORDER BY c.finding
"""
_SETTINGS: Final = """
    SELECT a.billed_setting, a.appropriate_setting, a.setting_basis, count(*) AS cases
    FROM payment_account AS a JOIN case_file AS f USING (case_id)
    WHERE a.billed_setting IS NOT NULL AND a.service_ended BETWEEN $1 AND $2 AND ($3::text IS NULL OR f.region = $3)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_EXPIRED: Final = """
    DELETE FROM payment_account WHERE case_id IN (
        SELECT case_id FROM payment_account WHERE service_ended < $1 ORDER BY service_ended, case_id LIMIT $2)
"""


class PaymentReview(NamedTuple):
    """The account of a case, the day the service ended (retention counts from it), the setting where it is found."""

    account: Account
    service_ended: dt.date
    setting: SettingFinding | None = None


async def save(conn: asyncpg.Connection, reviews: Mapping[UUID, PaymentReview]) -> None:
    """Insert or complete these accounts; entries already kept stay as they are. Lock the cases before."""
    if not reviews:
        return
    await conn.execute(_SAVE, *map(list, zip(*(_row(*item) for item in reviews.items()), strict=True)))
    entries = [
        (case_id, number, entry.at, entry.stage, entry.finding, cents(entry.dollars))
        for case_id, review in reviews.items()
        for number, entry in enumerate(review.account.entries, 1)
    ]
    if entries:
        await conn.execute(_ENTER, *map(list, zip(*entries, strict=True)))


async def load(conn: asyncpg.Connection, cases: Sequence[UUID]) -> dict[UUID, PaymentReview]:
    """Those of these cases that have an account."""
    entries: dict[UUID, list[Entry]] = {}
    for case_id, at, stage, finding, amount in await conn.fetch(_AMOUNTS, cases):
        entries.setdefault(case_id, []).append(Entry(at, Stage(stage), Finding(finding), dollars(amount)))
    found = {}
    for case_id, paid, ended, billed, appropriate, basis in await conn.fetch(_ACCOUNTS, cases):
        account = Account(dollars(paid), tuple(entries.get(case_id, ())))
        setting = (
            SettingFinding(SettingOfCare(billed), SettingOfCare(appropriate), SettingBasis(basis)) if billed else None
        )
        found[case_id] = PaymentReview(account, ended, setting)
    return found


async def totals(
    conn: asyncpg.Connection, first: dt.date, last: dt.date, region: str | None = None
) -> dict[Finding, dict[str, Decimal | int]]:
    """Dollars by finding over services that ended in these days: at stake, determined, restored, recovered."""
    rows = await conn.fetch(_TOTALS, first, last, region)
    return {
        Finding(row["finding"]): {
            "cases": row["cases"],
            **{name: dollars(row[name]) for name in ("at_stake", "determined", "restored", "recovered")},
        }
        for row in rows
    }


async def settings_of_care(
    conn: asyncpg.Connection, first: dt.date, last: dt.date, region: str | None = None
) -> dict[SettingFinding, int]:
    """How many reviews found which setting appropriate, over services that ended in these days."""
    rows = await conn.fetch(_SETTINGS, first, last, region)
    return {
        SettingFinding(SettingOfCare(billed), SettingOfCare(appropriate), SettingBasis(basis)): cases
        for billed, appropriate, basis, cases in rows
    }


async def forget(conn: asyncpg.Connection, service_ended_before: dt.date, limit: int) -> int:
    """Delete the oldest accounts past retention (six years, 42 CFR 476.94(e)); the number deleted."""
    status: str = await conn.execute(_EXPIRED, service_ended_before, limit)
    return int(status.rpartition(" ")[2])


def _row(case_id: UUID, review: PaymentReview) -> tuple[Any, ...]:
    setting = review.setting
    found = (setting.billed, setting.appropriate, setting.basis) if setting else (None, None, None)
    return case_id, cents(review.account.paid), review.service_ended, *found
