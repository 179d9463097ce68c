"""The disclosure log: asked, noticed, sent, never before its time, never twice, every step kept and audited."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.complaints.auditing import chain as audit
from services.complaints.disclosures.handlers import disclosure_handlers
from services.complaints.disclosures.store import DisclosureStore
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.rules import BOOK
from services.complaints.status.ids import StatusIds
from shared.contracts.complaints import COMMANDS
from shared.contracts.disclosures import (
    IssueStatusId,
    RecordDisclosureNotice,
    RecordDisclosureSent,
    RequestDisclosure,
    RevokeStatusId,
)
from shared.contracts.envelope import Envelope
from shared.contracts.message import REDISCLOSURE, Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received, Subscription
from tests.complaints.disclosure.support import KEYRING, put_case

ACTOR = "privacy@example.org"
FRIDAY = dt.datetime(2026, 5, 15, 15, 0, tzinfo=dt.UTC)
ALLOWED_FROM = dt.datetime(2026, 6, 14, 5, 0, tzinfo=dt.UTC)  # midnight in Chicago
HANDLERS = disclosure_handlers(StatusIds(KEYRING), Desk(book=BOOK))


async def ask(pool: asyncpg.Pool, now: dt.datetime, *commands: Command) -> list[CommandAccepted | CommandRejected]:
    """Decide commands as one batch in one transaction; their answers in order."""
    decisions = Decisions(Subscription(COMMANDS.name, HANDLERS, DisclosureStore(), park=False))
    batch = [_received(command, now) for command in commands]
    async with pool.acquire() as conn, conn.transaction():
        replies = (await decisions.run(conn, batch, now)).replies
    return [_reply(kind, payload) for _, kind, payload in replies]


def _received(command: Command, now: dt.datetime) -> Received[Any]:
    command_id = uuid4()
    envelope = Envelope(
        id=command_id, type=command.wire_type(), source="test", time=now, subject="k", correlation_id=command_id
    )
    return Received(envelope, command, "k", COMMANDS.name, 0, 0)


def _reply(kind: str, payload: bytes) -> CommandAccepted | CommandRejected:
    model = CommandAccepted if kind == CommandAccepted.wire_type() else CommandRejected
    return model.model_validate_json(payload)


def to_board(case_id: UUID, **changes: Any) -> RequestDisclosure:
    """Confirmed findings about a practitioner, for the licensing board."""
    values: dict[str, Any] = {
        "actor": ACTOR,
        "case_id": case_id,
        "recipient": "LICENSING_BOARD",
        "information": "QUALITY_FINDINGS",
        "stated": frozenset({"NECESSARY"}),
    }
    return RequestDisclosure(**values | changes)


async def made(pool: asyncpg.Pool, now: dt.datetime, command: Command) -> dict[str, Any]:
    (reply,) = await ask(pool, now, command)
    assert isinstance(reply, CommandAccepted), reply
    return dict(reply.made)


async def codes(pool: asyncpg.Pool, now: dt.datetime, command: Command) -> list[str]:
    (reply,) = await ask(pool, now, command)
    assert isinstance(reply, CommandRejected), reply
    return [reason.code for reason in reply.reasons]


async def log_of(pool: asyncpg.Pool, disclosure: str) -> Sequence[Any]:
    rows: Sequence[Any] = await pool.fetch(
        "SELECT step, decision, notice_sent_at, disclosable_at, sent_at, actor FROM disclosure "
        "WHERE disclosure_id = $1 ORDER BY step",
        UUID(disclosure),
    )
    return rows


async def test_w21_from_the_request_over_the_notice_to_the_sending(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        case_id = await put_case(conn)
    asked = await made(pool, FRIDAY, to_board(case_id))
    assert (asked["decision"], asked["redisclosure"]) == ("NOTICE_NEEDED", REDISCLOSURE)
    step = {"actor": ACTOR, "disclosure_id": UUID(asked["disclosure_id"])}
    noticed = await made(pool, FRIDAY, RecordDisclosureNotice(**step, at=FRIDAY))
    assert (noticed["decision"], noticed["disclosable_at"]) == ("WAITING", "2026-06-14T05:00:00Z")
    early = ALLOWED_FROM - dt.timedelta(seconds=1)
    assert await codes(pool, early, RecordDisclosureSent(**step, at=early)) == ["BEFORE_ITS_TIME"]
    backdated = RecordDisclosureSent(**step, at=early)
    assert await codes(pool, ALLOWED_FROM, backdated) == ["BEFORE_ITS_TIME"]
    sent = await made(pool, ALLOWED_FROM, RecordDisclosureSent(**step, at=ALLOWED_FROM))
    assert (sent["decision"], sent["sent_at"]) == ("ALLOWED", "2026-06-14T05:00:00Z")
    assert await codes(pool, ALLOWED_FROM, RecordDisclosureSent(**step, at=ALLOWED_FROM)) == ["ALREADY_SENT"]
    rows = [tuple(row) for row in await log_of(pool, asked["disclosure_id"])]
    assert rows == [
        (1, "NOTICE_NEEDED", None, None, None, ACTOR),
        (2, "WAITING", FRIDAY, ALLOWED_FROM, None, ACTOR),
        (3, "ALLOWED", FRIDAY, ALLOWED_FROM, ALLOWED_FROM, ACTOR),
    ]
    async with pool.acquire() as conn:
        assert await audit.broken_at(conn, case_id) is None
    assert await pool.fetchval("SELECT count(*) FROM audit WHERE case_id = $1", case_id) == 3


async def test_steps_of_one_batch_are_all_in_the_log(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        case_id = await put_case(conn)
    request = _received(to_board(case_id), FRIDAY)
    step = RecordDisclosureNotice(actor=ACTOR, disclosure_id=request.derive("disclosure"), at=FRIDAY)
    decisions = Decisions(Subscription(COMMANDS.name, HANDLERS, DisclosureStore(), park=False))
    async with pool.acquire() as conn, conn.transaction():
        await decisions.run(conn, [request, _received(step, FRIDAY)], FRIDAY)
    rows = await log_of(pool, str(step.disclosure_id))
    assert [(row["step"], row["decision"]) for row in rows] == [(1, "NOTICE_NEEDED"), (2, "WAITING")]


async def test_what_is_never_disclosed_is_answered_with_its_reason_logged_and_cannot_be_sent(
    pool: asyncpg.Pool,
) -> None:
    async with pool.acquire() as conn:
        case_id = await put_case(conn)
    asked = await made(pool, FRIDAY, to_board(case_id, information="REVIEWER_IDENTITY"))
    assert asked["decision"] == "REFUSED"
    assert [reason["code"] for reason in asked["reasons"]] == ["NEVER_DISCLOSED"]
    step = {"actor": ACTOR, "disclosure_id": UUID(asked["disclosure_id"]), "at": FRIDAY}
    assert await codes(pool, FRIDAY, RecordDisclosureSent(**step)) == ["NEVER_DISCLOSED"]
    assert await codes(pool, FRIDAY, RecordDisclosureNotice(**step)) == ["NO_NOTICE_AWAITED"]
    assert len(await log_of(pool, asked["disclosure_id"])) == 1


async def test_danger_needs_no_waiting(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        case_id = await put_case(conn)
    danger = to_board(case_id, recipient="PUBLIC_HEALTH", exception="IMMINENT_DANGER")
    asked = await made(pool, FRIDAY, danger)
    assert [reason["code"] for reason in asked["reasons"]] == ["NOTICE_WITH_IT"]
    step = {"actor": ACTOR, "disclosure_id": UUID(asked["disclosure_id"]), "at": FRIDAY}
    assert (await made(pool, FRIDAY, RecordDisclosureSent(**step)))["sent_at"] is not None


async def test_what_cannot_be_is_refused_and_nothing_is_written(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        case_id = await put_case(conn)
    later, zoneless = FRIDAY + dt.timedelta(hours=1), FRIDAY.replace(tzinfo=None)
    assert await codes(pool, FRIDAY, to_board(uuid4())) == ["NO_SUCH_CASE"]
    assert await codes(pool, FRIDAY, to_board(case_id, notice_given_at=later)) == ["TIME_IN_FUTURE"]
    assert await codes(pool, FRIDAY, to_board(case_id, notice_given_at=zoneless)) == ["TIME_WITHOUT_ZONE"]
    unknown = RecordDisclosureSent(actor=ACTOR, disclosure_id=uuid4(), at=FRIDAY)
    assert await codes(pool, FRIDAY, unknown) == ["NO_SUCH_DISCLOSURE"]
    assert await pool.fetchval("SELECT count(*) FROM disclosure") == 0
    assert await pool.fetchval("SELECT count(*) FROM audit") == 0


async def test_the_log_cannot_be_changed_by_the_service(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        case_id = await put_case(conn)
    await made(pool, FRIDAY, to_board(case_id))
    await made(pool, FRIDAY, IssueStatusId(actor=ACTOR, case_id=case_id))
    for statement in (
        "UPDATE disclosure SET decision = 'ALLOWED'",
        "DELETE FROM disclosure",
        "UPDATE status_id SET issue = 9",
        "DELETE FROM audit_anchor",
    ):
        with pytest.raises(asyncpg.RaiseError):
            await pool.execute(statement)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.execute("TRUNCATE disclosure")


async def test_a_status_id_is_long_differs_at_each_issue_and_stands_nowhere_in_the_database(
    pool: asyncpg.Pool,
) -> None:
    async with pool.acquire() as conn:
        case_id, sanction = await put_case(conn), await put_case(conn, "SANCTION")
    issue = IssueStatusId(actor=ACTOR, case_id=case_id)
    first, second = await made(pool, FRIDAY, issue), await made(pool, FRIDAY, issue)
    ids = {str(reply["status_id"]) for reply in (first, second)}
    assert len(ids) == 2
    assert all(len(status_id) * 5 >= 128 and str(case_id) not in status_id for status_id in ids)
    stored = await pool.fetch("SELECT s::text AS line FROM status_id AS s")
    assert not [row for row in stored for status_id in ids if status_id in row["line"]]
    await made(pool, FRIDAY, RevokeStatusId(actor=ACTOR, case_id=case_id))
    assert await codes(pool, FRIDAY, RevokeStatusId(actor=ACTOR, case_id=case_id)) == ["NO_STATUS_ID"]
    assert await codes(pool, FRIDAY, IssueStatusId(actor=ACTOR, case_id=sanction)) == ["NO_STATUS_ID"]
