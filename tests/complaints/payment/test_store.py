"""Claims from the feed in the database: any order gives the same rows; draws and accounts are kept once."""

import datetime as dt
from collections.abc import AsyncIterator
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from random import Random
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest

from services.complaints.domain.payment.amounts import Account, Entry, Finding, Stage
from services.complaints.domain.payment.claims import ClaimVersion, folded
from services.complaints.domain.payment.sampling import Period, Review, SamplingPlan
from services.complaints.domain.payment.setting import SettingBasis, SettingFinding, SettingOfCare
from services.complaints.domain.payment.weights import DrgWeights, read_weights
from services.complaints.payments import accounts as payment_accounts
from services.complaints.payments import claims_feed
from services.complaints.payments import store as payment_store
from services.complaints.payments.accounts import PaymentReview
from shared.contracts.feeds import InpatientClaim
from shared.messaging.handling import FeedItem
from tests.complaints.payment.support import DAY, HOSPITAL, claim, key, reviews_pool
from tests.support.stack import Database

NOW = dt.datetime(2026, 8, 1, 6, 0, tzinfo=dt.UTC)
JUNE = Period(dt.date(2026, 6, 1), dt.date(2026, 6, 30))
PLANS = dict.fromkeys(Review, SamplingPlan(bytes(32), Fraction(1, 10), 10, 30))
# Made up: only their order matters.
WEIGHTS = read_weights(["fiscal_year,drg,weight", "2026,291,1.3", "2026,292,1.0"])


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """The tables of payment reviews, empty."""
    async with reviews_pool(database) as made:
        yield made


def item(version: ClaimVersion) -> FeedItem:
    """The record as it comes from the feed, through the contract and the compiled decoder."""
    record = InpatientClaim(
        beneficiary=version.key.beneficiary,
        claim=version.key.claim,
        version=version.version,
        action="cancel" if version.cancelled else "original" if version.version == 1 else "adjust",
        provider=version.provider,
        admission=version.admission,
        discharge=version.discharge,
        status=version.status,
        frequency=version.frequency,
        drg=version.drg,
        paid=version.paid,
    )
    decode = claims_feed.subscription().decoders[record.wire_type()]
    return FeedItem(record.beneficiary, record.wire_type(), decode(record.model_dump_json().encode()))


async def feed(pool: asyncpg.Pool, *versions: ClaimVersion) -> None:
    async with pool.acquire() as conn, conn.transaction():
        assert await claims_feed.apply(conn, [item(version) for version in versions], NOW) == ()


async def rows(pool: asyncpg.Pool) -> list[dict[str, Any]]:
    found = await pool.fetch("SELECT * FROM claim_candidate ORDER BY beneficiary, claim")
    return [{**row, "billed": msgspec.json.decode(row["billed"])} for row in found]


async def test_any_order_and_any_cut_into_batches_gives_the_same_rows(pool: asyncpg.Pool) -> None:
    chance = Random(4)
    versions = [
        claim(
            key=key(number),
            version=version,
            cancelled=chance.random() < 0.2,
            discharge=DAY + dt.timedelta(days=chance.randrange(4)),
            drg=chance.choice((None, "291", "292")),
            paid=chance.choice((None, -5, 600_000)),
        )
        for number in range(40)
        for version in range(1, 1 + chance.randrange(1, 5))
    ]
    seen: list[list[dict[str, Any]]] = []
    for cut in (1, 7, 1000):
        chance.shuffle(versions)
        told = [*versions, *chance.sample(versions, 20)]
        for start in range(0, len(told), cut):
            await feed(pool, *told[start : start + cut])
        seen.append(await rows(pool))
        await pool.execute("DELETE FROM claim_candidate")
    assert seen[0] == seen[1] == seen[2]
    expected = folded(versions)
    assert len(seen[0]) == len(expected)
    for row in seen[0]:
        family = next(f for k, f in expected.items() if bytes.fromhex(k.claim) == row["claim"])
        assert (row["version"], row["cancelled"], row["drg"], row["paid"], row["discharge"]) == (
            family.current.version,
            family.current.cancelled,
            family.current.drg,
            family.current.paid,
            family.current.discharge,
        )
        assert row["billed"] == {str(version): list(billed) for version, billed in family.billed.items()}


async def test_an_older_version_that_comes_late_changes_only_what_was_billed_before(pool: asyncpg.Pool) -> None:
    versions = [claim(drg="292"), claim(version=2, drg="291"), claim(version=3, cancelled=True)]
    for order in permutations(versions):
        for version in order:
            await feed(pool, version)
        (row,) = await rows(pool)
        assert (row["version"], row["cancelled"], row["billed"].keys()) == (3, True, {"1", "2"})
        await pool.execute("DELETE FROM claim_candidate")


async def draw(pool: asyncpg.Pool, weights: DrgWeights = WEIGHTS) -> payment_store.Drawn:
    async with pool.acquire() as conn, conn.transaction():
        return await payment_store.draw_period(conn, JUNE, PLANS, weights, NOW)


async def test_a_period_is_drawn_once_and_later_claims_only_fill_up(pool: asyncpg.Pool) -> None:
    await feed(pool, *(claim(key=key(number)) for number in range(200)))
    await feed(pool, *(claim(key=key(number), discharge=DAY + dt.timedelta(days=5)) for number in range(300, 400)))
    first = await draw(pool)
    assert len(first.selected) == 20
    assert (await draw(pool)).selected == ()
    await feed(pool, *(claim(key=key(number)) for number in range(500, 550)))
    assert len((await draw(pool)).selected) == 5
    async with pool.acquire() as conn:
        kept = await payment_store.selected(conn, JUNE)
    assert {s.key for s in first.selected} < {s.key for s in kept}
    assert len(kept) == 25


async def test_a_claim_that_is_cancelled_or_stretched_leaves_the_draw(pool: asyncpg.Pool) -> None:
    await feed(pool, claim(key=key(1)), claim(key=key(2)), claim(key=key(3)))
    await feed(pool, claim(key=key(1), version=2, cancelled=True))
    await feed(pool, claim(key=key(2), version=2, discharge=DAY + dt.timedelta(days=4)))
    assert [s.key for s in (await draw(pool)).selected] == [key(3)]


async def test_a_raised_drg_is_drawn_and_without_weights_it_is_named_instead(pool: asyncpg.Pool) -> None:
    long = DAY + dt.timedelta(days=5)
    await feed(pool, claim(version=2, drg="291", discharge=long, paid=9), claim(drg="292", discharge=long, paid=4))
    without = await draw(pool, DrgWeights())
    assert without.selected == ()
    assert [unweighed.provider for unweighed in without.unweighed] == [HOSPITAL]
    (selected,) = (await draw(pool)).selected
    assert (selected.review, selected.version) == (Review.HIGHER_WEIGHTED_DRG, 2)


async def test_a_selection_keeps_the_first_case_it_is_given(pool: asyncpg.Pool) -> None:
    await feed(pool, claim())
    await draw(pool)
    first, second = await cases(pool, 2)
    async with pool.acquire() as conn:
        for case_id in (first, second):
            await payment_store.opened(conn, {claim().key: case_id})
    assert await pool.fetchval("SELECT case_id FROM selection") == first


async def test_what_nobody_may_review_or_need_keep_any_more_is_forgotten_oldest_first(pool: asyncpg.Pool) -> None:
    day = dt.timedelta(days=1)
    await feed(pool, *(claim(key=key(n), admission=DAY - n * day, discharge=DAY - n * day) for n in range(5)))
    await draw(pool)
    async with pool.acquire() as conn:
        assert await payment_store.forget_claims(conn, DAY, 3) == 3
        assert await payment_store.forget_claims(conn, DAY, 3) == 1
        assert await payment_store.forget_selections(conn, DAY - 2 * day, 9) == 2
    assert [row["discharge"] for row in await rows(pool)] == [DAY]


async def cases(pool: asyncpg.Pool, count: int, region: str = "5") -> list[UUID]:
    made = [uuid4() for _ in range(count)]
    await pool.executemany(
        "INSERT INTO case_file (case_id, case_type, region) VALUES ($1, 'SHORT_STAY', $2)",
        [(case, region) for case in made],
    )
    return made


def account(*amounts: tuple[Stage, str]) -> Account:
    found = Account(Decimal("6500.00"))
    for stage, amount in amounts:
        found = found.enter(Entry(NOW, stage, Finding.DENIAL, Decimal(amount)))
    return found


async def test_accounts_come_back_as_they_were_saved_and_grow(pool: asyncpg.Pool) -> None:
    first, second = await cases(pool, 2)
    setting = SettingFinding(SettingOfCare.INPATIENT_ACUTE, SettingOfCare.OUTPATIENT_OBSERVATION, SettingBasis.NOT_MET)
    begun = PaymentReview(account((Stage.PROPOSED, "6500.00")), DAY)
    other = PaymentReview(account(), DAY)
    ended = account((Stage.PROPOSED, "6500.00"), (Stage.DETERMINED, "6500.00"), (Stage.ADJUSTED, "6500.00"))
    done = PaymentReview(ended, DAY, setting)
    async with pool.acquire() as conn:
        await payment_accounts.save(conn, {first: begun, second: other})
        await payment_accounts.save(conn, {first: done})
        await payment_accounts.save(conn, {first: done})
        assert await payment_accounts.load(conn, [first, second, uuid4()]) == {first: done, second: other}


async def test_dollars_and_settings_are_summed_per_finding_and_region(pool: asyncpg.Pool) -> None:
    mine = await cases(pool, 2)
    (elsewhere,) = await cases(pool, 1, region="9")
    setting = SettingFinding(SettingOfCare.INPATIENT_ACUTE, SettingOfCare.OUTPATIENT_OBSERVATION, SettingBasis.NOT_MET)
    denied = account(
        (Stage.PROPOSED, "6000.00"),
        (Stage.PROPOSED, "6500.00"),
        (Stage.DETERMINED, "5000.00"),
        (Stage.ADJUSTED, "5000.00"),
        (Stage.RESTORED, "1000.00"),
        (Stage.ADJUSTED, "-1000.00"),
    )
    async with pool.acquire() as conn:
        await payment_accounts.save(conn, dict.fromkeys([*mine, elsewhere], PaymentReview(denied, DAY, setting)))
        totals = await payment_accounts.totals(conn, *JUNE, region="5")
        settings = await payment_accounts.settings_of_care(conn, *JUNE)
        assert await payment_accounts.totals(conn, dt.date(2026, 7, 1), dt.date(2026, 7, 31)) == {}
    assert totals == {
        Finding.DENIAL: {
            "cases": 2,
            "at_stake": Decimal("13000.00"),
            "determined": Decimal("10000.00"),
            "restored": Decimal("2000.00"),
            "recovered": Decimal("8000.00"),
        }
    }
    assert settings == {setting: 3}


async def test_accounts_past_retention_go_with_their_amounts(pool: asyncpg.Pool) -> None:
    (case_id,) = await cases(pool, 1)
    async with pool.acquire() as conn:
        await payment_accounts.save(conn, {case_id: PaymentReview(account((Stage.PROPOSED, "1.00")), DAY)})
        assert await payment_accounts.forget(conn, DAY, 10) == 0
        assert await payment_accounts.forget(conn, DAY + dt.timedelta(days=1), 10) == 1
    assert await pool.fetchval("SELECT count(*) FROM amount") == 0
