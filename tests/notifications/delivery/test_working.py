"""Workers and commands on a real database: ways that follow each other, letters in a folder, gateways, overdue."""

import asyncio
import datetime as dt
import os
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid5

import asyncpg
import pytest
from aiokafka import ConsumerRecord
from prometheus_client import REGISTRY

from services.notifications import handlers
from services.notifications.book import Book
from services.notifications.carrier import Carrier
from services.notifications.domain.notice import Channel, Notice, State, notice_key
from services.notifications.domain.print import Office
from services.notifications.domain.registry import KINDS
from services.notifications.letters import load_press
from services.notifications.printer import Printer
from services.notifications.repository import Notices
from services.notifications.settings import MailSettings
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command
from shared.contracts.notifications import COMMANDS
from shared.contracts.notifications.gateways import GATEWAY_ANSWERS, GatewayAnswered, GatewayOutcome
from shared.contracts.notifications.notices import CallOutcome, CancelNotice, RecordCall
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received, Subscription
from shared.messaging.rebuild.rebuilding import Rebuild
from tests.notifications.delivery.support import POSTAL, asked
from tests.notifications.support import (
    NOW,
    STORES,
    WRITING,
    Clock,
    follows,
    mail_server,
    outbox_events,
    sender,
    take_in,
)
from tests.recruitment.rebuild.memory import MemoryLog
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _printer(pool: asyncpg.Pool, clock: Clock, folder: Path, **changed: Any) -> Printer:
    settings = MailSettings(letters_folder=folder).model_copy(update=changed)
    office = Office(settings.sender_name, settings.office)
    return Printer(pool, follows(), load_press(), office, settings, clock, asyncio.Event())


def _carrier(pool: asyncpg.Pool, clock: Clock, **changed: Any) -> Carrier:
    return Carrier(pool, follows(), MailSettings().model_copy(update=changed), clock, asyncio.Event())


async def _kept(pool: asyncpg.Pool, number: int = 1) -> Notice:
    key = notice_key(asked(number).notice_id)
    async with pool.acquire() as conn, conn.transaction():
        return (await Notices(KEYRING).load(conn, [key]))[key]


async def _decide(pool: asyncpg.Pool, subscription: Subscription, message: Any, now: dt.datetime) -> None:
    event = uuid5(message.notice_id, message.model_dump_json())
    envelope = Envelope(event, message.wire_type(), "test", now, str(message.notice_id), event)
    received = Received(envelope, message, str(message.notice_id), subscription.topic, 0, 0)
    async with pool.acquire() as conn, conn.transaction():
        effects = await Decisions(subscription).run(conn, [received], now)
        await outbox.append_pending(conn, effects.events, now=now)


async def _ask(pool: asyncpg.Pool, command: Command, now: dt.datetime) -> None:
    await _decide(pool, Subscription(COMMANDS.name, handlers.commands(WRITING), STORES, park=False), command, now)


async def _said(pool: asyncpg.Pool) -> Counter[str]:
    return Counter(kind for kind, _ in await outbox_events(pool))


async def test_a_mail_refused_for_good_becomes_a_letter_and_both_are_shown_byte_for_byte(
    pool: asyncpg.Pool, clock: Clock, tmp_path: Path
) -> None:
    await take_in(pool, [asked(1, postal=POSTAL), asked(2)])
    mail = (await _kept(pool)).content
    async with mail_server() as server:
        server.answer = lambda _: "550 5.1.1 no such user"
        await sender(pool, server.port, clock).round()
    assert [(await _kept(pool, n)).state for n in (1, 2)] == [State.QUEUED, State.FAILED]
    assert await _printer(pool, clock, tmp_path).round() == 1
    notice = await _kept(pool)
    assert (notice.channel, notice.state, notice.step) == (Channel.LETTER, State.AWAITING, 2)
    filed = tmp_path / f"{notice.id}-2.pdf"
    assert filed.read_bytes() == notice.content
    assert filed.stat().st_mode & 0o077 == 0
    assert os.listdir(tmp_path) == [filed.name]  # noqa: PTH208 - nothing blocks here
    async with pool.acquire() as conn:
        first, second = await Notices(KEYRING).steps(conn, notice)
    assert (first.content, first.reason, second.content) == (mail, "smtp-550", notice.content)
    assert await _said(pool) == {"NoticeQueued": 2, "NoticeRerouted": 1, "NoticeFailed": 1}


async def test_a_folder_that_fails_holds_letters_back_and_loses_none(
    pool: asyncpg.Pool, clock: Clock, tmp_path: Path
) -> None:
    await take_in(pool, [asked(1, email=None, postal=POSTAL)])
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        await _printer(pool, clock, tmp_path / "file").round()
    assert (await _kept(pool)).state is State.QUEUED
    assert await _printer(pool, clock, tmp_path / "letters").round() == 1
    assert (await _kept(pool)).state is State.AWAITING


async def test_a_printer_that_lost_its_lease_records_nothing(pool: asyncpg.Pool, clock: Clock, tmp_path: Path) -> None:
    await take_in(pool, [asked(1, email=None, postal=POSTAL)])
    printer = _printer(pool, clock, tmp_path)
    async with pool.acquire() as conn:
        from services.notifications.repository import handing  # noqa: PLC0415

        [late] = await handing.claim_letters(conn, now=clock.now, lease=dt.timedelta(seconds=60), limit=5)
        clock.advance(61)
    assert await printer.round() == 1
    before = await _kept(pool)
    await printer._record(late, b"other")
    assert await _kept(pool) == before


async def _with_gateway(pool: asyncpg.Pool) -> None:
    """A notice that is to go by text first."""
    await take_in(pool, [asked(1, mobile="402-555-0100", postal=POSTAL)])
    await pool.execute("UPDATE notice SET channel = 'sms', route = '{letter}'")


async def test_a_message_is_handed_to_the_gateway_once_and_goes_another_way_when_it_stays_silent(
    pool: asyncpg.Pool, clock: Clock
) -> None:
    await _with_gateway(pool)
    carrier = _carrier(pool, clock, answer_hours=1.0)
    assert await carrier.round() == 1
    assert await carrier.round() == 0
    assert (await _kept(pool)).state is State.AWAITING
    clock.advance(3601)
    assert await carrier.round() == 1
    notice = await _kept(pool)
    assert (notice.channel, notice.state, notice.reason) == (Channel.LETTER, State.QUEUED, "gateway-silent")
    assert await _said(pool) == {"NoticeQueued": 1, "GatewayRequested": 1, "NoticeRerouted": 1}


async def test_an_answer_of_the_gateway_is_heard_once(pool: asyncpg.Pool, clock: Clock) -> None:
    await _with_gateway(pool)
    await _carrier(pool, clock).round()
    answers = handlers.answers(STORES, WRITING)
    assert answers.topic == GATEWAY_ANSWERS.name
    clock.advance(60)
    for outcome in (GatewayOutcome.ACCEPTED, GatewayOutcome.DELIVERED, GatewayOutcome.FAILED):
        answer = GatewayAnswered(notice_id=asked(1).notice_id, step=1, outcome=outcome, at=clock.now)
        await _decide(pool, answers, answer, clock.now)
    notice = await _kept(pool)
    assert (notice.state, [one.what for one in notice.proof]) == (State.SENT, ["ACCEPTED", "DELIVERED"])
    assert (await _said(pool))["NoticeDelivered"] == 1


async def test_what_has_not_left_at_its_due_time_is_said_once(pool: asyncpg.Pool, clock: Clock) -> None:
    await take_in(pool, [asked(1), asked(2, kind="DECISION_CALL", role="beneficiary"), asked(3)])
    async with mail_server() as server:
        await sender(pool, server.port, clock, batch=1).round()
    carrier = _carrier(pool, clock)
    assert await carrier.say_overdue() == 0
    clock.advance(2 * 86_400 + 1)
    assert await carrier.say_overdue() == 2
    assert await carrier.say_overdue() == 0
    assert (await _said(pool))["NoticeOverdue"] == 2


async def test_what_was_missed_is_counted_by_type_and_by_whether_a_rule_wants_it(
    pool: asyncpg.Pool, clock: Clock
) -> None:
    def missed(kind: str, category: str) -> float:
        return REGISTRY.get_sample_value("qio_notices_missed_total", {"type": kind, "category": category}) or 0

    counted = [("DECISION_CALL", "LEGAL"), ("WELCOME", "NETWORK")]
    before = [missed(*one) for one in counted]
    await take_in(pool, [asked(1), asked(2, kind="DECISION_CALL", role="beneficiary")])
    clock.advance(2 * 86_400 + 1)
    await _carrier(pool, clock).say_overdue()
    assert [missed(*one) for one in counted] == [one + 1 for one in before]


async def test_staff_record_and_ask_through_commands(pool: asyncpg.Pool, clock: Clock) -> None:
    await take_in(pool, [asked(1, kind="DECISION_CALL", role="beneficiary"), asked(2)])
    clock.advance(600)
    call = RecordCall(
        actor="ana", notice_id=asked(1).notice_id, outcome=CallOutcome.REACHED, at=clock.now, note="Unmistakable words"
    )
    await _ask(pool, call, clock.now)
    await _ask(pool, CancelNotice(actor="ana", notice_id=asked(2).notice_id), clock.now)
    assert [(await _kept(pool, n)).state for n in (1, 2)] == [State.SENT, State.STOPPED]
    assert (await _kept(pool)).proof[0].details == {"note": "Unmistakable words"}
    rows = await pool.fetch("SELECT n::text AS row, encode(n.proof, 'escape') AS proof FROM notice n")
    assert "Unmistakable" not in str(rows)
    async with mail_server() as server:
        assert await sender(pool, server.port, clock).round() == 0


async def test_a_rebuilt_schema_holds_what_was_queued_and_sends_nothing(
    pool: asyncpg.Pool, clock: Clock, database: Database
) -> None:
    await take_in(pool, [asked(1), asked(2)])
    async with mail_server() as server:
        await sender(pool, server.port, clock, batch=1).round()
    log = MemoryLog()
    for row in await pool.fetch("SELECT * FROM outbox ORDER BY position"):
        envelope = Envelope(
            row["id"],
            row["type"],
            "qio/notifications",
            row["recorded_at"],
            row["aggregateid"],
            row["correlation_id"],
            causation_id=row["causation_id"],
            sequence=row["sequence"],
        )
        kept: ConsumerRecord = log.add(row["aggregatetype"], envelope, row["payload"])
        assert kept.value
    for table in ("notice", "heads", "outbox", "inbox", "consumer_offset", "stream_sequence", "command_reply"):
        await _emptied(database, table)
    subscriptions = [handlers.subscription(STORES, WRITING)]
    rebuild = Rebuild("notifications", subscriptions, Book(KINDS, Notices(KEYRING), WRITING), lambda _: None)
    done = await rebuild.run(pool, log, NOW.date())
    assert (done.events, done.aggregates) == (3, 2)
    states = {row["state"]: row["n"] for row in await pool.fetch("SELECT state, count(*) n FROM notice GROUP BY 1")}
    assert states == {"SENT": 1, "HELD": 1}
    assert await pool.fetchval("SELECT count(*) FROM outbox") == 0
    await take_in(pool, [asked(1), asked(2)])  # asked again, as from the topic
    async with mail_server() as server:
        assert await sender(pool, server.port, clock).round() == 0
    assert await pool.fetchval("SELECT count(*) FROM outbox") == 0


async def _emptied(database: Database, table: str) -> None:
    conn = await asyncpg.connect(database.dsn("qio_notifications_owner"))
    try:
        await conn.execute(f"TRUNCATE notifications.{table} CASCADE")
    finally:
        await conn.close()
