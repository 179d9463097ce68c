"""Public events on their way to partners, over a real database and real connections."""

import asyncio
import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import asyncpg
import pytest

from services.notifications.webhooks import queue
from services.notifications.webhooks.pausing import NOTICE
from shared.contracts.complaints import PUBLIC_CASES
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.webhooks import (
    HookStanding,
    PauseHook,
    RemoveHook,
    ReplayWindow,
    ResumeHook,
    RotateSecret,
    WhyPaused,
)
from shared.contracts.recruitment.pipeline import PUBLIC_NETWORK, FacilityJoined
from shared.messaging import crash
from shared.messaging.handling import Received
from tests.notifications.support import NOW, Clock
from tests.notifications.webhooks.events import SPACE, examples, received
from tests.notifications.webhooks.platform import Partners, carry, courier, hear, milestone, milestones, states
from tests.notifications.webhooks.receiver import Receiver, Request, plain, receiving
from tests.notifications.webhooks.verifying import Forged, verify
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

HOUR = dt.timedelta(hours=1)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def partners(pool: asyncpg.Pool, clock: Clock) -> Partners:
    return Partners(pool, clock)


@pytest.fixture
async def good() -> AsyncIterator[Receiver]:
    async with receiving() as opened:
        yield opened


@pytest.fixture
async def bad() -> AsyncIterator[Receiver]:
    async with receiving() as opened:
        opened.answer = lambda _: plain(500)
        yield opened


def asked(kind: type[Command], partner: str = "good", **values: Any) -> Command:
    return kind.model_validate({"actor": "cli:pat", "partner": partner, **values})


async def test_a_partner_gets_what_it_wants_once_signed_and_as_a_cloud_event(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver
) -> None:
    secret = await partners.add("good", good)
    await hear(pool, milestones(5))
    await hear(pool, milestones(5))  # repeated by the broker
    joined = next(iter(examples(FacilityJoined)))
    await hear(pool, [received(joined, PUBLIC_NETWORK.name, "225009", 1, NOW)])  # of a topic it did not ask for
    await carry(courier(pool, clock, good))
    assert len(good.taken) == len(set(good.ids())) == 5
    for request in good.taken:
        assert verify(secret, request.headers, request.body, clock.now.timestamp()) == request.headers["ce-id"]
        with pytest.raises(Forged):
            verify(secret, request.headers, request.body + b" ", clock.now.timestamp())
        with pytest.raises(Forged):
            verify(secret, request.headers, request.body, clock.now.timestamp() + 301)
        with pytest.raises(Forged):
            verify(partners.secret("other"), request.headers, request.body, clock.now.timestamp())
        assert request.headers["content-type"] == "application/json"
        assert request.headers["ce-specversion"] == "1.0"
        assert request.headers["ce-type"] == "public.CaseMilestone.v1"
        assert request.headers["ce-source"] == PUBLIC_CASES.name
        assert request.headers["ce-subject"] in request.body.decode()
    await carry(courier(pool, clock, good))
    assert await states(pool) == {"DELIVERED": 5}
    assert len(good.taken) == 5


async def test_a_silent_partner_and_a_failing_one_delay_nobody_else(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver, bad: Receiver
) -> None:
    async with receiving() as silent:
        silent.silent = asyncio.Event()
        for name, receiver in (("silent", silent), ("bad", bad), ("good", good)):
            await partners.add(name, receiver)
        await hear(pool, milestones(40))
        # Eight slots: the silent one holds four of them for as long as it likes.
        carrying = courier(pool, clock, silent, bad, good, slots=8, per_partner=4)
        await carrying.look()
        await silent.until(lambda: len(silent.taken) == 4)
        await good.until(lambda: len(good.taken) == 40)
        assert silent.now_open == silent.most_open == 4, "none of the silent partner's calls has ended by now"
        assert len(bad.taken) in range(5, 9), "after five failures in a row a partner is left alone"
        silent.silent.set()
        await carrying.settle()
    assert len(good.taken) == 40


async def test_one_subject_is_told_in_order_also_after_failures(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver
) -> None:
    await partners.add("good", good)
    stages = ["OPENED", "DECIDED", "CLOSED"]
    told = [(case, stage) for stage in stages for case in range(6)]
    events = [
        received(milestone(case, stage), PUBLIC_CASES.name, str(UUID(int=case)), number, NOW)
        for number, (case, stage) in enumerate(told)
    ]
    await hear(pool, events)
    kept: list[Request] = []

    def answer(request: Request) -> bytes:
        if len(good.taken) % 3 == 1:
            return plain(503)
        kept.append(request)
        return plain(200)

    good.answer = answer
    carrying = courier(pool, clock, good)
    for _ in range(40):
        await carry(carrying)
        clock.advance(60)
    assert await states(pool) == {"DELIVERED": 18}
    by_subject: dict[str, list[str]] = {}
    for request in kept:
        stage = next(one for one in stages if one in request.body.decode())
        by_subject.setdefault(request.headers["ce-subject"], []).append(stage)
    assert list(by_subject.values()) == [stages] * 6


async def test_two_couriers_send_everything_once(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver
) -> None:
    await partners.add("good", good)
    await hear(pool, milestones(60))
    await carry(*(courier(pool, clock, good) for _ in range(2)))
    assert len(good.taken) == len(set(good.ids())) == 60


async def test_what_fails_for_three_days_is_given_up_and_a_replay_sends_it_with_the_same_id(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, bad: Receiver
) -> None:
    await partners.add("good", bad)
    await hear(pool, milestones(1))
    carrying = courier(pool, clock, bad)
    while (await states(pool)) == {"WAITING": 1}:
        await carry(carrying)
        clock.advance(3600)
        assert clock.now - NOW < dt.timedelta(days=4)
    assert await states(pool) == {"DEAD": 1}
    assert clock.now - NOW >= dt.timedelta(days=3)
    assert 10 <= len(bad.taken) <= 24
    bad.answer = lambda _: plain(200)
    await partners.ask(asked(ReplayWindow, since=NOW - HOUR, until=NOW + HOUR))
    clock.advance(3600)
    await carry(carrying)
    assert await states(pool) == {"DELIVERED": 1}
    assert len(set(bad.ids())) == 1


async def test_a_replay_sends_exactly_its_window_again_with_the_same_ids(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver
) -> None:
    await partners.add("good", good)
    for hour in range(3):
        await hear(pool, milestones(4, first=hour * 4, at=NOW), now=NOW + hour * HOUR)
    clock.now += 3 * HOUR
    carrying = courier(pool, clock, good)
    await carry(carrying)
    first = {request.id: request.body for request in good.taken}
    middle = await pool.fetch("SELECT webhook_id FROM webhook_delivery WHERE queued_at = $1", NOW + HOUR)
    good.taken.clear()
    await partners.ask(asked(ReplayWindow, since=NOW + HOUR, until=NOW + 2 * HOUR))
    await carry(carrying)
    await carry(carrying)
    assert sorted(good.ids()) == sorted(str(row["webhook_id"]) for row in middle)
    assert all(first[request.id] == request.body for request in good.taken)


async def test_410_pauses_the_partner_and_asks_for_a_notice_to_staff(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver
) -> None:
    await partners.add("good", good)
    await hear(pool, milestones(9))
    good.answer = lambda _: plain(410)
    carrying = courier(pool, clock, good, per_partner=1)
    await carry(carrying)
    assert len(good.taken) == 1
    facts = await partners.facts("good")
    assert (facts.standing, facts.why_paused) == (HookStanding.PAUSED, WhyPaused.GONE)
    [notice] = [
        NoticeRequested.model_validate_json(row["payload"])
        for row in await pool.fetch("SELECT payload FROM outbox WHERE type = $1", NoticeRequested.wire_type())
    ]
    assert (notice.notice_type, notice.recipient.role, notice.subject) == (NOTICE, "qio_staff", "hook:good")
    good.answer = lambda _: plain(200)
    await hear(pool, milestones(1, first=9))  # kept while it is paused
    await carry(carrying)
    assert len(good.taken) == 1
    clock.advance(1)
    await partners.ask(asked(ResumeHook))
    await carry(carrying)
    assert await states(pool) == {"DELIVERED": 10}


async def test_five_days_of_failing_pause_the_partner_and_resuming_forgives_them(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, bad: Receiver
) -> None:
    await partners.add("good", bad)
    carrying = courier(pool, clock, bad)
    days = 0
    while (await partners.facts("good")).standing is HookStanding.ACTIVE:
        if (clock.now - NOW) >= dt.timedelta(days=days):
            await hear(pool, milestones(1, first=days), now=clock.now)
            days += 1
        await carry(carrying)
        clock.now += 3 * HOUR
    assert dt.timedelta(days=5) <= clock.now - NOW < dt.timedelta(days=6)
    assert (await partners.facts("good")).why_paused is WhyPaused.FAILING
    clock.now += HOUR
    await partners.ask(asked(ResumeHook))
    before = len(bad.taken)
    await carry(carrying)
    assert len(bad.taken) > before
    assert (await partners.facts("good")).standing is HookStanding.ACTIVE
    assert await pool.fetchval("SELECT count(*) FROM outbox WHERE type = $1", NoticeRequested.wire_type()) == 1


async def test_retry_after_is_waited_for(pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver) -> None:
    await partners.add("good", good)
    await hear(pool, milestones(1))
    good.answer = lambda _: plain(503, "retry-after: 600")
    carrying = courier(pool, clock, good)
    await carry(carrying)
    good.answer = lambda _: plain(200)
    clock.advance(599)
    await carry(carrying)
    assert len(good.taken) == 1
    clock.advance(1)
    await carry(carrying)
    assert await states(pool) == {"DELIVERED": 1}


async def test_while_a_secret_is_replaced_both_verify_and_afterwards_the_new_one_alone(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver
) -> None:
    old = await partners.add("good", good)
    name = uuid5(SPACE, "second")
    await partners.ask(asked(RotateSecret, secret=name, overlap_hours=24))
    new = partners.secret("good", name)
    carrying = courier(pool, clock, good)
    await hear(pool, milestones(1))
    await carry(carrying)
    [during] = good.taken
    for secret in (old, new):
        assert verify(secret, during.headers, during.body, clock.now.timestamp())
    clock.now += 24 * HOUR
    await hear(pool, milestones(1, first=1))
    await carry(carrying)
    after = good.taken[-1]
    assert verify(new, after.headers, after.body, clock.now.timestamp())
    with pytest.raises(Forged):
        verify(old, after.headers, after.body, clock.now.timestamp())


async def test_a_removed_partner_gets_nothing_and_nothing_is_kept_of_it(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver
) -> None:
    await partners.add("good", good)
    await hear(pool, milestones(3))
    await partners.ask(asked(RemoveHook))
    carrying = courier(pool, clock, good)
    await carry(carrying)
    assert good.taken == []
    async with pool.acquire() as conn:
        assert await queue.sweep(conn, clock.now) == 3
    assert await states(pool) == {}
    await partners.add("good", good)  # registered anew it is another, and begins with what comes
    await hear(pool, milestones(1, first=3))
    await carry(carrying)
    assert len(good.taken) == 1


async def test_what_is_older_than_thirty_days_is_deleted(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver
) -> None:
    await partners.add("good", good)
    await hear(pool, milestones(3))
    async with pool.acquire() as conn:
        assert await queue.sweep(conn, NOW + dt.timedelta(days=30)) == 0
        assert await queue.sweep(conn, NOW + dt.timedelta(days=30, seconds=1)) == 3


async def test_after_a_rebuild_old_events_are_held_and_only_a_replay_sends_them(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver
) -> None:
    await partners.add("good", good)
    clock.now += HOUR
    async with pool.acquire() as conn:
        await queue.begin_again(conn, clock.now)
    carrying = courier(pool, clock, good)
    await hear(pool, milestones(4), now=clock.now)
    await hear(pool, milestones(2, first=4, at=clock.now), now=clock.now)
    await carry(carrying)
    assert await states(pool) == {"HELD": 4, "DELIVERED": 2}
    clock.now += HOUR
    await partners.ask(asked(ReplayWindow, since=NOW, until=clock.now))
    await carry(carrying)
    assert await states(pool) == {"DELIVERED": 6}


async def test_an_address_that_may_not_be_called_is_checked_at_every_delivery(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver
) -> None:
    await partners.add("good", good)
    await hear(pool, milestones(1))
    await carry(courier(pool, clock))  # the installation's list no longer holds the receiver
    row = await pool.fetchrow("SELECT state, reason FROM webhook_delivery")
    assert tuple(row) == ("WAITING", "address-loopback")
    assert good.taken == []


async def test_nothing_of_the_envelope_and_no_id_of_ours_reaches_a_partner(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver, bad: Receiver
) -> None:
    bad.answer = lambda _: plain(200)
    await partners.add("good", good)
    await partners.add("other", bad)
    await partners.ask(asked(PauseHook))
    await partners.ask(asked(ResumeHook))
    case, event_id, cause, story = (uuid5(SPACE, name) for name in ("case", "event", "cause", "story"))
    occurred = NOW + dt.timedelta(microseconds=123457)
    canary = "CANARY-7f3a"
    envelope = Envelope(
        event_id, "public.CaseMilestone.v1", f"src-{canary}", occurred, str(case), story, cause, "1:7", f"tp-{canary}"
    )
    event = milestone(0).model_copy(update={"case": case})
    await hear(pool, [Received(envelope, event, f"key-{canary}", PUBLIC_CASES.name, 0, 0)])
    await carry(courier(pool, clock, good, bad))
    [one], [other] = good.taken, bad.taken
    hooks = {(await partners.facts(name)).hook for name in ("good", "other")}
    ours = {str(item) for item in (case, event_id, cause, story, *hooks)}
    for request in (one, other):
        wire = (request.head + request.body).decode()
        for secret in {canary, "123457", "Pat", "pat@", "good", "other", *ours}:
            assert secret not in wire
    parts = {"webhook-id", "ce-id", "ce-subject", "webhook-signature"}
    assert all(one.headers[name] != other.headers[name] for name in parts)


async def test_what_a_partner_answers_is_in_no_log(
    pool: asyncpg.Pool, partners: Partners, clock: Clock, good: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    await partners.add("good", good)
    await hear(pool, milestones(1))
    good.answer = lambda _: b"HTTP/1.1 500 SAID-CANARY\r\nx: HEAD-CANARY\r\ncontent-length: 11\r\n\r\nBODY-CANARY"
    await carry(courier(pool, clock, good))
    printed = capsys.readouterr()
    assert "CANARY" not in printed.out + printed.err
    assert "CANARY" not in str(await pool.fetch("SELECT * FROM webhook_delivery"))


CRASHING = """
import asyncio, datetime as dt, sys
from shared.postgres.pool import open_pool
from tests.notifications.webhooks.platform import carry, courier
from tests.notifications.webhooks.receiver import Receiver

async def main():
    pool = await open_pool(sys.argv[1], 4)
    await carry(courier(pool, lambda: dt.datetime.now(dt.UTC), Receiver(port=int(sys.argv[2])), per_partner=1))

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("point", "sent_before", "repeated"),
    [("webhook-claimed", 0, 0), ("webhook-sent", 1, 1), ("webhook-recorded", 1, 0)],
)
async def test_a_courier_killed_anywhere_loses_nothing_and_repeats_only_with_the_same_id(
    database: Database,
    pool: asyncpg.Pool,
    partners: Partners,
    clock: Clock,
    good: Receiver,
    point: str,
    sent_before: int,
    repeated: int,
) -> None:
    await partners.add("good", good)
    await hear(pool, milestones(5))
    killed = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", CRASHING, database.dsn("qio_notifications_app"), str(good.port)],
        env={**os.environ, "QIO_CRASH_AT": point},
        cwd=Path(__file__).parents[3],
        check=False,
        timeout=60,
    )
    assert killed.returncode == crash.EXIT_STATUS
    assert len(good.taken) == sent_before
    clock.now = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=70)  # its lease is over
    await carry(courier(pool, clock, good))
    assert await states(pool) == {"DELIVERED": 5}
    counts = Counter(good.ids())
    assert (len(counts), sum(counts.values()) - 5) == (5, repeated)
    assert len({(taken.id, taken.body) for taken in good.taken}) == 5  # again with the same content


def test_every_crash_point_of_the_courier_is_declared() -> None:
    assert {"webhook-claimed", "webhook-sent", "webhook-recorded"} <= crash.declared()
