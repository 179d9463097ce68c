"""Decided cases are drawn once for a blind second review, and another reviewer answers."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from pydantic import ValidationError

from services.complaints.consistency.outcomes import outcomes
from services.complaints.consistency.settings import ConsistencySettings
from services.complaints.consistency.worker import SecondReviewWorker
from services.complaints.domain import procedures
from shared.contracts.complaints import AssignReviewer, CaseType, DecideCase, RecordStep
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.contracts.second_reviews import RecordSecondReview
from tests.complaints.cases import command, utc
from tests.complaints.conftest import OTHER_REVIEWER, REVIEWER, Desk
from tests.support.service import KEYRING

AUGUST = dt.datetime(2026, 8, 1, 12, 0, tzinfo=dt.UTC)


@dataclass
class Office:
    """Complaints, and the draw with a clock of the test."""

    desk: Desk
    worker: SecondReviewWorker
    conn: asyncpg.Connection

    async def drawn(self) -> list[Any]:
        return list(await self.conn.fetch("SELECT * FROM second_review"))

    async def answer(self, case_id: UUID, **changed: Any) -> Any:
        values = {
            "actor": "staff@example.org",
            "case_id": case_id,
            "at": AUGUST,
            "reviewer": OTHER_REVIEWER,
            "outcome": "OVERTURNED",
            "attested_no_conflict": True,
        }
        (reply,) = await self.desk.ask(RecordSecondReview.model_validate(values | changed))
        return reply


@pytest.fixture
async def office(desk: Desk) -> AsyncIterator[Office]:
    plan = ConsistencySettings(second_review_share=Decimal(1)).plan(KEYRING)
    async with desk.pool.acquire() as conn:
        yield Office(desk, SecondReviewWorker(desk.store, plan, lambda: desk.now), conn)


async def decided(office: Office) -> UUID:
    """A discharge appeal of July, decided."""
    desk = office.desk
    desk.now = utc("2026-07-06T12:00:00-05:00")
    case_id = UUID(str((await accepted(desk, command())).made["case_id"]))
    step: dict[str, Any] = {"actor": "staff@example.org", "case_id": case_id}
    for name, at, more in (
        ("provider_notified", "2026-07-05T09:00:00-05:00", {}),
        ("detailed_notice_given", "2026-07-05T11:00:00-05:00", {}),
        ("information_complete", "2026-07-05T11:30:00-05:00", {}),
        ("views_solicited", "2026-07-05T12:00:00-05:00", {}),
        ("explanation_offered", "2026-07-05T12:00:00-05:00", {}),
        ("validity_found", "2026-07-05T12:00:00-05:00", {"answers": {"notice_valid": "yes"}}),
    ):
        await accepted(desk, RecordStep(**step, step=name, at=utc(at), **more))
    await accepted(
        desk,
        AssignReviewer(**step, at=utc("2026-07-05T13:00:00-05:00"), reviewer=REVIEWER, attested_no_conflict=True),
    )
    await accepted(
        desk,
        DecideCase(
            **step,
            at=utc("2026-07-05T15:00:00-05:00"),
            reviewer=REVIEWER,
            outcome="UPHELD_PROVIDER",
            rationale="You can safely go on at home.",
        ),
    )
    desk.now = AUGUST
    return case_id


async def accepted(desk: Desk, sent: Command) -> CommandAccepted:
    (reply,) = await desk.ask(sent)
    assert isinstance(reply, CommandAccepted), reply
    return reply


def codes(reply: Any) -> set[str]:
    assert isinstance(reply, CommandRejected), reply
    return {reason.code for reason in reply.reasons}


async def test_a_case_decided_in_the_month_before_is_drawn_once_with_what_was_decided(office: Office) -> None:
    case_id = await decided(office)
    await office.worker.once(office.conn)
    await office.worker.once(office.conn)
    (row,) = await office.drawn()
    assert (row["case_id"], row["first_reviewer"], row["first_outcome"]) == (case_id, REVIEWER, "UPHELD_PROVIDER")
    assert (row["month"], row["why"], row["second_outcome"]) == (dt.date(2026, 7, 1), "SHARE", None)


async def test_a_month_that_is_not_over_is_not_drawn(office: Office) -> None:
    await decided(office)
    office.desk.now = utc("2026-07-31T23:00:00+00:00")
    await office.worker.once(office.conn)
    assert await office.drawn() == []


async def test_another_reviewer_answers_and_neither_reply_nor_audit_shows_the_first(office: Office) -> None:
    case_id = await decided(office)
    await office.worker.once(office.conn)
    reply = await office.answer(case_id)
    assert isinstance(reply, CommandAccepted)
    assert "UPHELD_PROVIDER" not in reply.model_dump_json()
    assert str(REVIEWER) not in reply.model_dump_json()
    (row,) = await office.drawn()
    assert (row["second_reviewer"], row["second_outcome"]) == (OTHER_REVIEWER, "OVERTURNED")
    held = await office.conn.fetchrow("SELECT * FROM assignment WHERE reviewer_id = $1", OTHER_REVIEWER)
    assert (held["level"], held["released_at"]) == ("CONSISTENCY", AUGUST)
    last = await office.conn.fetchval(
        "SELECT action FROM audit WHERE case_id = $1 ORDER BY number DESC LIMIT 1", case_id
    )
    assert last == "complaints.RecordSecondReview.v1"


async def test_the_first_reviewer_is_refused_and_nothing_is_kept(office: Office) -> None:
    case_id = await decided(office)
    await office.worker.once(office.conn)
    refused = codes(await office.answer(case_id, reviewer=REVIEWER))
    assert {"FIRST_REVIEWER", "REVIEWED_AT_OTHER_LEVEL"} <= refused
    assert (await office.drawn())[0]["second_outcome"] is None


async def test_an_answer_is_given_once_about_a_case_that_was_drawn_with_an_outcome_of_its_type(office: Office) -> None:
    case_id = await decided(office)
    assert codes(await office.answer(case_id)) == {"NOT_DRAWN"}
    await office.worker.once(office.conn)
    assert codes(await office.answer(case_id, outcome="APPROVED")) == {"UNKNOWN_OUTCOME"}
    assert codes(await office.answer(case_id, attested_no_conflict=False)) == {"CONFLICT_NOT_ATTESTED"}
    assert codes(await office.answer(case_id, at=AUGUST - dt.timedelta(hours=1))) == {"TIME_OUT_OF_ORDER"}
    assert isinstance(await office.answer(case_id), CommandAccepted)
    assert "REVIEWED_TWICE" in codes(await office.answer(case_id, outcome="UPHELD_PROVIDER"))
    assert (await office.drawn())[0]["second_outcome"] == "OVERTURNED"


async def test_a_local_factor_that_nobody_defined_is_refused_at_filing(desk: Desk) -> None:
    (refused,) = await desk.ask(command(local_factors=frozenset({"BAD_WEATHER"})))
    assert codes(refused) == {"LOCAL_FACTOR_UNKNOWN"}
    await accepted(desk, command(local_factors=frozenset({"DISASTER"})))


def test_only_appeals_are_overturned_and_hidden_types_are_not_compared() -> None:
    found = outcomes(procedures.PROCEDURES.values())
    assert {"OVERTURNED", "INVALID_NOTICE"} <= found.overturned
    assert "APPROVED" not in found.judged
    assert CaseType.SHORT_STAY in found.by_type
    assert not {CaseType.SANCTION, CaseType.EMTALA_60DAY} & set(found.by_type)


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECOND_REVIEW_SHARE", "1.5"), ("SECOND_REVIEW_MINIMUM", "-1"), ("LOCAL_FACTORS", '{"DISASTER": "x"}')],
)
def test_a_setting_that_cannot_be_ends_the_start(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"QIO_COMPLAINTS_{name}", value)
    with pytest.raises(ValidationError):
        ConsistencySettings()
