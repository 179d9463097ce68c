"""A month is drawn once, every claim drawn gets one case, and dollars follow the case's steps."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from pydantic import ValidationError

from services.complaints.domain.payment.amounts import first_retained, retained_until
from services.complaints.domain.payment.claims import ClaimVersion, folded
from services.complaints.payments import draws, retention
from services.complaints.payments import store as payment_store
from services.complaints.payments.opening import Opener
from services.complaints.payments.settings import PaymentSettings, Sampling
from services.complaints.payments.worker import PaymentWorker
from shared.contracts.complaints import CASES, CaseType, Channel
from shared.contracts.message import Command
from tests.complaints.conftest import ANNOUNCER, PSEUDONYMS, Desk
from tests.complaints.payment.support import DAY, HOSPITAL, claim, key
from tests.support.service import KEYRING

JULY = dt.datetime(2026, 7, 5, 5, 0, tzinfo=dt.UTC)
JUNE = dt.date(2026, 6, 1)


@dataclass
class Office:
    """Complaints with the payment worker on a clock of the test."""

    desk: Desk
    worker: PaymentWorker
    conn: asyncpg.Connection
    now: list[dt.datetime] = field(default_factory=lambda: [JULY])

    async def keep(self, *claims: ClaimVersion) -> None:
        await payment_store.keep_claims(self.conn, folded(claims).values())

    async def cases(self) -> list[Any]:
        rows = await self.conn.fetch("SELECT case_id FROM case_file ORDER BY case_id")
        return [await self.desk.case(row["case_id"]) for row in rows]

    async def ask(self, *commands: Command) -> None:
        for reply in await self.desk.ask(*commands):
            assert reply.wire_type() == "replies.CommandAccepted.v1", reply


def settings(**changed: Any) -> PaymentSettings:
    return PaymentSettings(_env_file=None, **changed)


@pytest.fixture
async def office(desk: Desk) -> AsyncIterator[Office]:
    now = [JULY]
    opener = Opener(desk.store, ANNOUNCER, PSEUDONYMS)
    worker = PaymentWorker(opener, settings(), KEYRING, lambda: now[0])
    async with desk.pool.acquire() as conn:
        yield Office(desk, worker, conn, now)


def stays(count: int, **changed: Any) -> list[ClaimVersion]:
    return [claim(key=key(number), paid=650_000, **changed) for number in range(count)]


async def test_a_short_stay_drawn_becomes_a_case_with_what_was_paid_at_stake(office: Office) -> None:
    await office.keep(*stays(1))
    await office.worker.once(office.conn)
    (case,) = await office.cases()
    assert (case.type, case.channel, case.state) == (CaseType.SHORT_STAY, Channel.DRAW, "SELECTED")
    assert (case.course.amount_cents, case.course.claim) == (650_000, key(0).claim)
    assert case.course.facts["service_date"] == DAY + dt.timedelta(days=1)
    assert case.facility.state == "NY"
    assert await office.conn.fetchval("SELECT case_id FROM selection") == case.id
    (opened,) = await office.desk.events(CASES.name)
    assert opened["type"] == "complaints.CaseOpened.v1"
    lines = await office.conn.fetch("SELECT actor, action FROM audit WHERE case_id = $1", case.id)
    assert [tuple(line) for line in lines] == [("payment draw", "complaints.FileCase.v1")]


async def test_a_claim_billed_higher_becomes_a_drg_review_worth_the_version_drawn(
    office: Office, tmp_path: Path
) -> None:
    table = tmp_path / "weights.csv"
    table.write_text("fiscal_year,drg,weight\n2026,291,1.3\n2026,292,1.0\n")
    office.worker.settings = settings(drg_weights_file=table)
    week = {"admission": DAY, "discharge": DAY + dt.timedelta(days=7)}
    await office.keep(claim(drg="292", paid=500_000, **week), claim(version=2, drg="291", paid=650_000, **week))
    await office.worker.draw(office.conn, JUNE)
    await office.keep(claim(version=3, drg="291", paid=600_000, **week))
    await office.worker.open(office.conn)
    (case,) = await office.cases()
    assert (case.type, case.course.amount_cents) == (CaseType.HWDRG, 650_000)


async def test_a_second_pass_opens_nothing_twice_and_a_later_one_adds_what_came_since(office: Office) -> None:
    await office.keep(*stays(3))
    await office.worker.once(office.conn)
    await office.worker.once(office.conn)
    assert len(await office.cases()) == 3
    await office.keep(*stays(5))
    await office.worker.once(office.conn)
    assert len(await office.cases()) == 3, "a month is drawn again after a day at the earliest"
    office.now[0] += dt.timedelta(days=1)
    await office.worker.once(office.conn)
    assert len(await office.cases()) == 5
    assert await office.conn.fetchval("SELECT count(*) FROM payment_account WHERE paid = 650000") == 5


async def test_a_crash_between_draw_and_opening_leaves_nothing_unopened_and_nothing_double(office: Office) -> None:
    await office.keep(*stays(2))
    await office.worker.draw(office.conn, JUNE)
    assert await office.cases() == []
    await office.worker.open(office.conn)
    # As if the link had been lost: the case is found again by its claim.
    await office.conn.execute("UPDATE selection SET case_id = NULL")
    assert await office.worker.open(office.conn) == {"known": 2}
    assert len(await office.cases()) == 2
    assert await office.conn.fetchval("SELECT count(case_id) FROM selection") == 2


async def test_a_provider_of_no_state_is_left_and_holds_up_no_other(office: Office) -> None:
    await office.keep(claim(provider="ZZ0101"), claim(key=key(7)))
    await office.worker.draw(office.conn, JUNE)
    assert await office.worker.open(office.conn) == {"refused: UNKNOWN_FACILITY": 1, "opened": 1}
    assert await office.worker.open(office.conn) == {"refused: UNKNOWN_FACILITY": 1}


async def test_a_claim_cancelled_since_the_draw_needs_no_review(office: Office) -> None:
    await office.keep(claim())
    await office.worker.draw(office.conn, JUNE)
    await office.keep(claim(version=2, cancelled=True))
    assert await office.worker.open(office.conn) == {}


async def test_no_more_than_the_maximum_of_a_hospital_is_drawn_however_often(office: Office) -> None:
    office.worker.settings = settings(short_stay_sampling=Sampling(share=Decimal(1), minimum=1, maximum=4))
    await office.keep(*stays(9), *[claim(key=key(50 + n), provider="330202") for n in range(2)])
    for _ in range(2):
        await office.worker.draw(office.conn, JUNE)
    rows = await office.conn.fetch("SELECT provider, count(*) FROM selection GROUP BY 1 ORDER BY 1")
    assert [tuple(row) for row in rows] == [(HOSPITAL, 4), ("330202", 2)]


async def test_the_account_is_forgotten_six_years_after_the_service_and_the_claim_after_four(office: Office) -> None:
    await office.keep(*stays(1))
    await office.worker.once(office.conn)
    ended = DAY + dt.timedelta(days=1)
    last = retained_until(ended)
    assert (await retention.forget(office.conn, last))["accounts"] == 0
    assert await office.conn.fetchval("SELECT count(*) FROM claim_candidate") == 0
    after = await retention.forget(office.conn, last + dt.timedelta(days=1))
    assert after == {"claims": 0, "selections": 1, "accounts": 1}


@pytest.mark.parametrize("today", ["2026-02-28", "2026-03-01", "2026-03-02", "2028-02-29", "2030-12-31"])
def test_the_first_day_retained_is_the_earliest_whose_six_years_are_not_over(today: str) -> None:
    day = dt.date.fromisoformat(today)
    first = first_retained(day)
    assert retained_until(first) >= day > retained_until(first - dt.timedelta(days=1))


async def test_a_month_is_named_by_its_first_day() -> None:
    assert draws.last_month(dt.date(2026, 1, 31)) == dt.date(2025, 12, 1)
    assert draws.month_of(dt.date(2028, 2, 1)).last == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DRG_WEIGHTS_FILE", "no-such-file.csv"),
        ("SHORT_STAY_SAMPLING", '{"share": 1.1}'),
        ("DRG_SAMPLING", '{"minimum": 31}'),
        ("DRG_SAMPLING", '{"least": 3}'),
    ],
)
def test_a_setting_that_cannot_be_ends_the_start(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"QIO_COMPLAINTS_{name}", value)
    with pytest.raises(ValidationError) as refused:
        PaymentSettings()
    assert value not in str(refused.value)


def test_a_bad_line_of_the_weights_is_named(tmp_path: Path) -> None:
    table = tmp_path / "weights.csv"
    table.write_text("fiscal_year,drg,weight\n2026,29,1.3\n")
    with pytest.raises(ValidationError, match="line 2: drg is not three digits"):
        settings(drg_weights_file=table)


def test_each_review_is_drawn_with_a_key_of_its_own() -> None:
    plans = settings().plans(KEYRING)
    assert len({plan.key for plan in plans.values()}) == 2
