"""Cases in the database: saved set-wise, sealed, audited, announced without anything confidential."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from pydantic import TypeAdapter

from services.complaints.auditing import chain as audit
from shared.contracts.complaints import (
    CASES,
    PUBLIC_CASES,
    AssignReviewer,
    DecideCase,
    How,
    RecordStep,
    Role,
    WithdrawCase,
)
from shared.contracts.message import Command
from shared.contracts.notifications import REQUESTS, NoticeRequested
from shared.contracts.replies import CommandAccepted, CommandRejected
from tests.complaints.cases import command, utc
from tests.complaints.conftest import OTHER_REVIEWER, REVIEWER, Desk, physician
from tests.support.stack import Database

ACTOR = "nurse@example.org"
SECRETS = (
    "Ana Perez",
    "ana@example.org",
    "Dr. Li",
    "Lakeside",
    "You may go home safely",
    str(REVIEWER),
    "Dr. Vega",
    "0123456789abcdef",
)


def review(case_id: UUID) -> tuple[Command, ...]:
    """Everything from the hospital's call to the determination, as one batch."""
    at = utc("2026-07-04T23:50:00-05:00")
    base: dict[str, Any] = {"actor": ACTOR, "case_id": case_id, "at": at}
    return (
        RecordStep(**base, step="provider_notified"),
        RecordStep(**base, step="information_complete"),
        RecordStep(**base, step="views_solicited", how=How.PHONE),
        RecordStep(**base, step="explanation_offered"),
        RecordStep(**base, step="validity_found", answers={"notice_valid": "yes"}),
        AssignReviewer(**base, reviewer=REVIEWER, attested_no_conflict=True),
        DecideCase(**base, reviewer=REVIEWER, outcome="UPHELD_PROVIDER", rationale="You may go home safely."),
    )


def told(case_id: UUID, party: Role, how: How = How.PHONE) -> RecordStep:
    """A party is told five minutes before midnight."""
    at = utc("2026-07-04T23:55:00-05:00")
    return RecordStep(actor=ACTOR, case_id=case_id, at=at, step="told", party=party, how=how)


async def opened(desk: Desk) -> UUID:
    (reply,) = await desk.ask(command())
    assert isinstance(reply, CommandAccepted), reply
    return UUID(str(reply.made["case_id"]))


def deadlines(reply: CommandAccepted) -> list[dict[str, str]]:
    return TypeAdapter(list[dict[str, Any]]).validate_python(reply.made["deadlines"])


async def test_a_filed_case_is_answered_with_its_deadlines_in_local_time(desk: Desk) -> None:
    (reply,) = await desk.ask(command())
    assert isinstance(reply, CommandAccepted)
    assert reply.made["state"] == "RECEIVED"
    (deadline,) = deadlines(reply)
    assert deadline["due_local"] == "Sat 2026-07-04 23:59:59 CDT (UTC-05:00)"
    assert deadline["due_at"] == "2026-07-05T04:59:59Z"


async def test_a_whole_review_in_one_batch_ends_determined_with_three_letters_after_the_call(desk: Desk) -> None:
    case_id = await opened(desk)
    answers = await desk.ask(*review(case_id))
    assert all(isinstance(answer, CommandAccepted) for answer in answers), answers
    assert (await desk.case(case_id)).state == "DETERMINED"
    assert len(await desk.events(REQUESTS.name)) == 5
    await desk.ask(told(case_id, Role.BENEFICIARY))
    notices = [NoticeRequested.model_validate_json(row["payload"]) for row in await desk.events(REQUESTS.name)]
    kinds = [notice.notice_type for notice in notices]
    assert kinds == ["REQ_NOTIFY_PROVIDER", "REC_REQUEST", *["DECISION_CALL"] * 3, *["DECISION_LETTER"] * 3]
    letter = notices[5]
    assert letter.facts["liability_date"] == "2026-07-05T17:00:00+00:00"
    assert letter.facts["reconsideration_deadline"] == "2026-07-05T17:00:00+00:00"
    assert letter.facts["rationale"] == "You may go home safely."
    assert letter.recipient.language == "es"


async def test_nothing_confidential_is_announced_or_stored_unsealed(desk: Desk) -> None:
    case_id = await opened(desk)
    await desk.ask(*review(case_id))
    for topic in (CASES.name, PUBLIC_CASES.name):
        for row in await desk.events(topic):
            assert not [secret for secret in SECRETS if secret in row["payload"] + row["key"]], row["type"]
            assert "140001" not in row["payload"] + row["key"]
    for row in await desk.events(PUBLIC_CASES.name):
        assert str(case_id) not in row["payload"] + row["key"]
    for table in ("case_file", "deadline", "audit", "heads"):
        # Who a reviewer's own record is about is no secret of the case.
        own = "WHERE t::text NOT LIKE '%' || $1 || '%'" if table in {"audit", "heads"} else "WHERE $1::text <> ''"
        for row in await desk.pool.fetch(f"SELECT t::text AS line FROM {table} AS t {own}", str(REVIEWER)):
            assert not [secret for secret in SECRETS if secret in row["line"]], table


async def test_events_of_a_case_are_numbered_without_gaps(desk: Desk) -> None:
    case_id = await opened(desk)
    await desk.ask(*review(case_id))
    sequences = [row["sequence"] for row in await desk.events(CASES.name)]
    assert sequences == [f"1:{number}" for number in range(1, len(sequences) + 1)]


async def test_a_second_request_joins_and_the_earliest_receipt_holds(desk: Desk) -> None:
    late = command(received_at=utc("2026-07-05T00:00:01-05:00"))
    desk.now = utc("2026-07-05T00:10:00-05:00")
    (first,) = await desk.ask(late)
    assert isinstance(first, CommandAccepted)
    assert first.made["timeliness"] == "LATE"
    (second,) = await desk.ask(command())  # the voicemail of the evening before is found
    assert isinstance(second, CommandAccepted)
    assert second.made["joined"] is True
    assert second.made["case_id"] == first.made["case_id"]
    assert second.made["timeliness"] == "TIMELY"
    statuses = [deadline["status"] for deadline in deadlines(second)]
    assert statuses == ["VOID", "PENDING"]
    (third,) = await desk.ask(late)
    assert isinstance(third, CommandAccepted)
    assert third.made["timeliness"] == "TIMELY"
    assert await desk.pool.fetchval("SELECT count(*) FROM case_file") == 1


async def test_a_command_for_no_case_and_one_out_of_turn_are_refused_and_change_nothing(desk: Desk) -> None:
    case_id = await opened(desk)
    at = utc("2026-07-04T23:50:00-05:00")
    unknown, early = await desk.ask(
        WithdrawCase(actor=ACTOR, case_id=UUID(int=5), at=at),
        DecideCase(actor=ACTOR, case_id=case_id, at=at, reviewer=REVIEWER, outcome="OVERTURNED", rationale="r"),
    )
    assert isinstance(unknown, CommandRejected)
    assert isinstance(early, CommandRejected)
    assert [reason.code for reason in unknown.reasons] == ["NO_SUCH_CASE"]
    assert early.reasons[0].text == "A case that is RECEIVED cannot be determined."
    assert await desk.pool.fetchval("SELECT version FROM case_file") == 1


async def test_the_audit_chain_holds_and_shows_where_it_was_altered(desk: Desk) -> None:
    case_id = await opened(desk)
    await desk.ask(*review(case_id))
    async with desk.pool.acquire() as conn:
        assert await conn.fetchval("SELECT count(*) FROM audit WHERE case_id = $1", case_id) == 8
        assert await audit.broken_at(conn, case_id) is None
        with pytest.raises(asyncpg.RaiseError):
            await conn.execute("UPDATE audit SET actor = 'nobody'")
        with pytest.raises(asyncpg.RaiseError):
            await conn.execute("DELETE FROM audit")


async def test_a_line_altered_behind_the_trigger_is_found(desk: Desk, database: Database) -> None:
    case_id = await opened(desk)
    await desk.ask(*review(case_id))
    owner = await asyncpg.connect(database.dsn("qio_complaints_owner"))
    try:
        await owner.execute("ALTER TABLE audit DISABLE TRIGGER audit_append_only")
        await owner.execute("UPDATE audit SET actor = 'nobody' WHERE case_id = $1 AND number = 3", case_id)
        assert await audit.broken_at(owner, case_id) == 3
    finally:
        await owner.close()


async def test_a_sealed_row_moved_to_another_case_does_not_open(desk: Desk) -> None:
    first = await opened(desk)
    (reply,) = await desk.ask(command(facts={"discharge_date": "2026-07-05", "admitted": "2026-06-28"}))
    assert isinstance(reply, CommandAccepted)
    await desk.pool.execute(
        "UPDATE party SET sealed = (SELECT sealed FROM party WHERE case_id = $1) WHERE case_id <> $1", first
    )
    with pytest.raises(Exception, match="out of place"):
        await desk.case(UUID(str(reply.made["case_id"])))


async def test_a_reviewer_is_refused_with_every_rule_of_independence_that_stands_against_it(desk: Desk) -> None:
    case_id = await opened(desk)
    at = utc("2026-07-04T23:50:00-05:00")
    base: dict[str, Any] = {"actor": ACTOR, "case_id": case_id, "at": at}
    elsewhere = UUID("19191919-1919-4919-8919-191919191919")
    await desk.ask(physician(elsewhere, "Dr. Far", ("TX",)), RecordStep(**base, step="provider_notified"))
    unknown, far, unattested = await desk.ask(
        AssignReviewer(**base, reviewer=UUID(int=7), attested_no_conflict=True),
        AssignReviewer(**base, reviewer=elsewhere, attested_no_conflict=True),
        AssignReviewer(**base, reviewer=REVIEWER, attested_no_conflict=False),
    )
    for reply in (unknown, far, unattested):
        assert isinstance(reply, CommandRejected)
    assert [reason.code for reason in unknown.reasons] == ["NO_SUCH_REVIEWER"]  # type: ignore[union-attr]
    assert "LICENCE_NOT_IN_AREA" in [reason.code for reason in far.reasons]  # type: ignore[union-attr]
    assert "CONFLICT_NOT_ATTESTED" in [reason.code for reason in unattested.reasons]  # type: ignore[union-attr]
    assert await desk.pool.fetchval("SELECT count(*) FROM assignment") == 0


async def test_a_reviewer_who_is_replaced_is_released_and_stays_on_record(desk: Desk) -> None:
    case_id = await opened(desk)
    base: dict[str, Any] = {"actor": ACTOR, "case_id": case_id, "at": utc("2026-07-04T23:50:00-05:00")}
    answers = await desk.ask(
        RecordStep(**base, step="provider_notified"),
        AssignReviewer(**base, reviewer=REVIEWER, attested_no_conflict=True),
    )
    answers += await desk.ask(AssignReviewer(**base, reviewer=OTHER_REVIEWER, attested_no_conflict=True))
    assert all(isinstance(answer, CommandAccepted) for answer in answers), answers
    rows = await desk.pool.fetch("SELECT reviewer_id, released_at IS NULL AS held FROM assignment")
    assert {(row["reviewer_id"], row["held"]) for row in rows} == {(REVIEWER, False), (OTHER_REVIEWER, True)}


async def test_nobody_takes_a_step_of_the_clock_or_one_that_has_a_command_of_its_own(desk: Desk) -> None:
    case_id = await opened(desk)
    base: dict[str, Any] = {"actor": ACTOR, "case_id": case_id, "at": utc("2026-07-04T23:50:00-05:00")}
    clocks, own = await desk.ask(RecordStep(**base, step="closed"), RecordStep(**base, step="decided"))
    assert isinstance(clocks, CommandRejected)
    assert isinstance(own, CommandRejected)
    assert [[reason.code for reason in reply.reasons] for reply in (clocks, own)] == [["CLOCKS_STEP"], ["OWN_COMMAND"]]
