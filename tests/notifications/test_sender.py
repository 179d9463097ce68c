"""The queue and the sender on a real database and a real SMTP server."""

import asyncio
import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from services.notifications.domain.delivery import Attempt, Delivered, Later, NotTried, Retries, result
from services.notifications.domain.notice import State, notice_key
from services.notifications.repository import Notices
from services.notifications.repository.deliveries import claim, record, waiting
from shared.messaging import crash
from shared.messaging.keyring import SealBroken
from tests.notifications.support import (
    NOW,
    Clock,
    MailServer,
    follows,
    mail_server,
    outbox_events,
    request,
    sender,
    take_in,
)
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database

RETRIES = Retries(dt.timedelta(seconds=5), dt.timedelta(hours=1), 60)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        yield opened


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def _states(pool: asyncpg.Pool) -> dict[str, int]:
    return {row["state"]: row["n"] for row in await pool.fetch("SELECT state, count(*) n FROM notice GROUP BY state")}


async def test_a_request_becomes_one_mail_and_two_events(pool: asyncpg.Pool, server: MailServer, clock: Clock) -> None:
    asked = request(1)
    await take_in(pool, [asked])
    assert await sender(pool, server.port, clock).round() == 1
    [mail] = server.mails()
    assert mail["Message-ID"] == f"<{asked.notice_id}@qio.example>"
    assert [taken[0] for taken in server.taken] == ["recipient@facility.example"]
    assert await outbox_events(pool) == [
        ("NoticeQueued", str(asked.notice_id)),
        ("NoticeDelivered", str(asked.notice_id)),
    ]


async def test_a_call_is_kept_with_its_sealed_script_and_never_mailed(
    pool: asyncpg.Pool, server: MailServer, clock: Clock
) -> None:
    asked = request(1, kind="DECISION_CALL", role="beneficiary")
    await take_in(pool, [asked])
    assert await sender(pool, server.port, clock).round() == 0
    row = await pool.fetchrow("SELECT channel, state, content FROM notice")
    assert (row["channel"], row["state"]) == ("call", "AWAITING")
    assert "Call María Example" in Notices(KEYRING).content(asked.notice_id, row["content"]).decode()
    assert "María".encode() not in row["content"]
    assert await outbox_events(pool) == [("NoticeQueued", str(asked.notice_id))]


async def test_the_same_request_twice_is_one_mail(pool: asyncpg.Pool, server: MailServer, clock: Clock) -> None:
    await take_in(pool, [request(1), request(1)])
    await take_in(pool, [request(1, facts={"facility_name": "another"})], offset=7)
    send = sender(pool, server.port, clock)
    assert await send.round() == 1
    assert await send.round() == 0
    assert len(server.taken) == 1
    assert [kind for kind, _ in await outbox_events(pool)] == ["NoticeQueued", "NoticeDelivered"]


async def test_what_was_sent_can_be_shown_again_byte_for_byte(
    pool: asyncpg.Pool, server: MailServer, clock: Clock
) -> None:
    asked = request(1, "DECISION_LETTER", "beneficiary", language="es")
    await take_in(pool, [asked])
    await sender(pool, server.port, clock).round()
    async with pool.acquire() as conn:
        kept = (await Notices(KEYRING).load(conn, [notice_key(asked.notice_id)]))[notice_key(asked.notice_id)]
    assert kept.content is not None
    assert kept.content.rstrip() == server.taken[0][1].rstrip()
    assert (kept.recipient, kept.facts) == (asked.recipient, asked.facts)


async def test_nothing_in_the_table_names_anybody(pool: asyncpg.Pool) -> None:
    asked = request(1, "DECISION_LETTER", "beneficiary", name="Unmistakable", email="unmistakable@patient.example")
    await take_in(pool, [asked])
    shown = "".join([str(row) for row in await pool.fetch("SELECT encode(content, 'escape'), n.*::text FROM notice n")])
    assert "nmistakable" not in shown
    assert "stable" not in shown  # of the rationale


async def test_a_sealed_part_moved_to_another_notice_is_not_opened(pool: asyncpg.Pool) -> None:
    await take_in(pool, [request(1), request(2)])
    await pool.execute(
        "UPDATE notice SET recipient = (SELECT recipient FROM notice WHERE id = $1)", request(1).notice_id
    )
    async with pool.acquire() as conn:
        with pytest.raises(SealBroken):
            await Notices(KEYRING).load(conn, [notice_key(request(2).notice_id)])


async def test_earliest_due_goes_first(pool: asyncpg.Pool, server: MailServer, clock: Clock) -> None:
    hours = [5, 1, 4, 2, 3]
    await take_in(pool, [request(n, due=NOW + dt.timedelta(hours=n)) for n in hours])
    send = sender(pool, server.port, clock, connections=1, batch=2)
    while await send.round():
        pass
    assert server.ids() == [f"<{request(n).notice_id}@qio.example>" for n in sorted(hours)]


async def test_one_connection_carries_a_whole_batch(pool: asyncpg.Pool, server: MailServer, clock: Clock) -> None:
    await take_in(pool, [request(n) for n in range(30)])
    send = sender(pool, server.port, clock, connections=2, batch=15)
    assert await send.round() + await send.round() == 30
    assert server.connections == 2


async def test_two_senders_at_once_send_nothing_twice(pool: asyncpg.Pool, server: MailServer, clock: Clock) -> None:
    await take_in(pool, [request(n) for n in range(120)])
    senders = [sender(pool, server.port, clock, batch=10) for _ in range(3)]

    async def drain(index: int) -> int:
        sent = 0
        while taken := await senders[index].round():
            sent += taken
        return sent

    shares = await asyncio.gather(*map(drain, range(3)))
    assert sum(shares) == 120
    assert min(shares) > 0
    assert set(Counter(server.ids()).values()) == {1}
    assert await _states(pool) == {"SENT": 120}
    assert Counter(kind for kind, _ in await outbox_events(pool)) == {"NoticeQueued": 120, "NoticeDelivered": 120}


async def test_a_refusal_for_now_is_tried_again_with_the_same_message_id(
    pool: asyncpg.Pool, server: MailServer, clock: Clock
) -> None:
    await take_in(pool, [request(1)])
    answers = iter(["451 4.7.1 greylisted", "452 4.2.2 mailbox full", None])
    server.answer = lambda _: next(answers)
    send = sender(pool, server.port, clock, first_retry=5.0)
    assert await send.round() == 1
    assert await send.round() == 0  # waits
    clock.advance(5)
    assert await send.round() == 1
    clock.advance(9)
    assert await send.round() == 0  # twice as long as before
    clock.advance(1)
    assert await send.round() == 1
    assert server.ids() == [f"<{request(1).notice_id}@qio.example>"]
    row = await pool.fetchrow("SELECT state, attempts, reason, finished_at FROM notice")
    assert (row["state"], row["attempts"], row["reason"], row["finished_at"]) == ("SENT", 3, None, clock.now)


@pytest.mark.parametrize("where", ["rcpt", "data"])
async def test_a_refusal_for_good_fails_and_disturbs_no_other(
    pool: asyncpg.Pool, server: MailServer, clock: Clock, where: str
) -> None:
    await take_in(pool, [request(1, email="gone@facility.example"), request(2), request(3)])

    def refuse(address: str) -> str | None:
        return "550 5.1.1 no such user gone@facility.example" if address.startswith("gone") else None

    if where == "rcpt":
        server.at_rcpt = refuse
    else:
        server.answer = refuse
    await sender(pool, server.port, clock, connections=1).round()
    assert await _states(pool) == {"SENT": 2, "FAILED": 1}
    failed = await pool.fetchrow("SELECT id, reason, attempts FROM notice WHERE state = 'FAILED'")
    assert (failed["id"], failed["reason"], failed["attempts"]) == (request(1).notice_id, "smtp-550", 1)
    payload = await pool.fetchval("SELECT payload FROM outbox WHERE type LIKE '%NoticeFailed%'")
    assert b"smtp-550" in payload
    assert b"gone" not in payload


async def test_a_notice_without_address_is_never_mailed(pool: asyncpg.Pool, server: MailServer, clock: Clock) -> None:
    await take_in(pool, [request(1, email=None)])
    assert await sender(pool, server.port, clock).round() == 0
    assert await _states(pool) == {"TASK": 1}
    assert [kind for kind, _ in await outbox_events(pool)] == ["NoticeQueued", "NoticeFailed"]


async def test_a_server_that_is_away_costs_no_attempt(pool: asyncpg.Pool, server: MailServer, clock: Clock) -> None:
    await take_in(pool, [request(n) for n in range(5)])
    assert await sender(pool, 1, clock).round() == 5
    row = await pool.fetchrow(
        "SELECT min(attempts) least, max(attempts) most, count(*) n FROM notice WHERE state = 'QUEUED'"
    )
    assert (row["least"], row["most"], row["n"]) == (0, 0, 5)
    assert await sender(pool, server.port, clock).round() == 5
    assert await _states(pool) == {"SENT": 5}


async def test_a_refused_sender_address_is_not_held_against_the_notices(
    pool: asyncpg.Pool, server: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> str:
        return "550 5.7.1 not your address"

    monkeypatch.setattr(MailServer, "handle_MAIL", refuse, raising=False)
    await take_in(pool, [request(n) for n in range(3)])
    await sender(pool, server.port, clock).round()
    assert await _states(pool) == {"QUEUED": 3}


async def test_an_answer_that_was_lost_is_tried_again_and_counted(pool: asyncpg.Pool, clock: Clock) -> None:
    taken = 0

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal taken
        writer.write(b"220 x\r\n")
        while line := await reader.readline():
            if line.upper().startswith(b"DATA"):
                writer.write(b"354 go\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                taken += 1
                break
            writer.write(b"250 ok\r\n")
        writer.close()

    silent = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    await take_in(pool, [request(1)])
    await sender(pool, silent.sockets[0].getsockname()[1], clock).round()
    silent.close()
    row = await pool.fetchrow("SELECT state, attempts, reason FROM notice")
    assert (row["state"], row["attempts"], row["reason"], taken) == ("QUEUED", 1, "connection-lost", 1)


async def test_a_sender_that_lost_its_lease_records_nothing(pool: asyncpg.Pool, clock: Clock) -> None:
    await take_in(pool, [request(1)])
    lease = dt.timedelta(seconds=60)
    async with pool.acquire() as conn:
        slow = await claim(conn, Notices(KEYRING), now=clock.now, lease=lease, limit=10)
        clock.advance(59)
        assert not (await claim(conn, Notices(KEYRING), now=clock.now, lease=lease, limit=10)).attempts
        clock.advance(1)
        quick = await claim(conn, Notices(KEYRING), now=clock.now, lease=lease, limit=10)
        late = [result(attempt, Later("x"), RETRIES, clock.now) for attempt in slow.attempts]
        assert await record(conn, late, follows(), clock.now) == frozenset()
        good = [result(attempt, Delivered(clock.now), RETRIES, clock.now) for attempt in quick.attempts]
        assert await record(conn, good, follows(), clock.now) == {request(1).notice_id}
    assert quick.attempts[0].number == 2
    assert [kind for kind, _ in await outbox_events(pool)] == ["NoticeQueued", "NoticeDelivered"]


async def test_a_notice_that_cannot_be_unsealed_fails_alone(
    pool: asyncpg.Pool, server: MailServer, clock: Clock
) -> None:
    await take_in(pool, [request(1), request(2)])
    await pool.execute("UPDATE notice SET content = 'x' WHERE id = $1", request(1).notice_id)
    await sender(pool, server.port, clock).round()
    assert await _states(pool) == {"FAILED": 1, "SENT": 1}
    assert await pool.fetchval("SELECT reason FROM notice WHERE state = 'FAILED'") == "unreadable"


async def test_the_sender_stops_soon_and_gives_back_what_it_has_not_sent(
    pool: asyncpg.Pool, server: MailServer, clock: Clock
) -> None:
    await take_in(pool, [request(n) for n in range(50)])
    send = sender(pool, server.port, clock, connections=1)

    def stop_at_the_third(_: str) -> None:
        if len(server.taken) == 2:
            send._stop.set()

    server.answer = stop_at_the_third
    await asyncio.wait_for(send.run(), 10)
    assert len(server.taken) == 3
    assert await _states(pool) == {"SENT": 3, "QUEUED": 47}
    assert await pool.fetchval("SELECT max(attempts) FROM notice WHERE state = 'QUEUED'") == 0


async def test_the_queue_tells_how_many_are_overdue(pool: asyncpg.Pool) -> None:
    await take_in(pool, [request(n, due=NOW + dt.timedelta(hours=n)) for n in range(3)])
    async with pool.acquire() as conn:
        queue = await waiting(conn, NOW + dt.timedelta(hours=1, minutes=1))
    assert (queue.count, queue.overdue, queue.oldest) == (3, 2, NOW)


CRASHING = """
import asyncio, sys
from tests.notifications.support import sender
from shared.postgres.pool import open_pool
from shared.runtime.clock import utc_now
async def main():
    pool = await open_pool(sys.argv[1], 4)
    await sender(pool, int(sys.argv[2]), utc_now, connections=1, lease=1.0, smtp_timeout=0.2).round()
asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("point", "mails_before", "repeated"),
    [("sender-claimed", 0, 0), ("sender-sent:3", 3, 3), ("sender-recorded", 5, 0)],
)
async def test_a_sender_killed_at_any_point_loses_no_mail_and_repeats_only_what_it_could_not_record(
    pool: asyncpg.Pool,
    database: Database,
    server: MailServer,
    clock: Clock,
    point: str,
    mails_before: int,
    repeated: int,
) -> None:
    await take_in(pool, [request(n) for n in range(5)])
    killed = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", CRASHING, database.dsn("qio_notifications_app"), str(server.port)],
        env={**os.environ, "QIO_CRASH_AT": point},
        cwd=Path(__file__).parents[2],
        check=False,
        timeout=60,
    )
    assert killed.returncode == crash.EXIT_STATUS
    assert len(server.taken) == mails_before
    clock.now = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)  # its lease is over
    await sender(pool, server.port, clock).round()
    assert await _states(pool) == {"SENT": 5}
    counts = Counter(server.ids())
    assert (len(counts), sum(counts.values()) - 5) == (5, repeated)
    assert await pool.fetchval("SELECT sum(attempts) FROM notice") == 5 + (5 if point != "sender-recorded" else 0)
    assert Counter(kind for kind, _ in await outbox_events(pool))["NoticeDelivered"] == 5


def test_every_crash_point_of_the_sender_is_declared() -> None:
    assert {"sender-claimed", "sender-sent", "sender-recorded"} <= crash.declared()


@pytest.mark.parametrize(("number", "seconds"), [(1, 5), (2, 10), (5, 80), (11, 3600), (59, 3600), (10_000, 3600)])
def test_waiting_doubles_up_to_an_hour(number: int, seconds: int) -> None:
    assert RETRIES.wait(number) == dt.timedelta(seconds=seconds)


def _attempt(number: int) -> Attempt:
    return Attempt(request(1).notice_id, "WELCOME", "s", "facility", NOW, 1, number, "a@b.example", b"")


def test_after_the_last_attempt_staff_must_act() -> None:
    assert result(_attempt(59), Later("smtp-451"), RETRIES, NOW).state is State.QUEUED
    given_up = result(_attempt(60), Later("smtp-451"), RETRIES, NOW)
    assert (given_up.state, given_up.reason) == (State.FAILED, "gave-up")


def test_what_was_not_tried_is_free_at_once_and_uncounted() -> None:
    free = result(_attempt(3), NotTried(), RETRIES, NOW)
    assert (free.state, free.available_at, free.counted) == (State.QUEUED, NOW, False)
