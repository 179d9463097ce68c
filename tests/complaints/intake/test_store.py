"""Interviews in the database: sealed, found again by number, made a case in one transaction, erased in time."""

import datetime as dt
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.complaints.auditing import chain as audit
from services.complaints.intake.erasing import erase
from services.complaints.intake.settings import IntakeSettings
from services.complaints.intake.store import IntakeStore, callback_digest, intake_key
from shared.contracts.complaints import CASES
from shared.contracts.intake import (
    AbandonIntake,
    AnswerIntake,
    CompleteIntake,
    DeclareOutage,
    StartIntake,
    WhyAbandoned,
)
from shared.messaging.keyring import SealBroken
from tests.complaints.cases import command, utc
from tests.complaints.intake.conftest import Office
from tests.complaints.intake.support import ACTOR, ALL, INTAKE, SECRETS, VOICEMAIL
from tests.support.service import KEYRING

OTHER = UUID("5c1c7a52-3f0e-4d6b-9a77-1d2c3b4a5f62")
STORE = IntakeStore(KEYRING, IntakeSettings())


def answering(**answers: str) -> AnswerIntake:
    return AnswerIntake(actor=ACTOR, intake_id=INTAKE, answers=answers)


async def test_a_complete_interview_becomes_a_case_received_with_the_voicemail(office: Office) -> None:
    finished = await office.finished()
    assert finished["next"] is None
    made = await office.made(CompleteIntake(actor=ACTOR, intake_id=INTAKE, case_id=finished["case_id"]))
    assert made["case_id"] == finished["case_id"]
    assert made["received_at"] == "2026-07-05T04:40:00Z"
    assert made["timeliness"] == "TIMELY"
    types = await office.pool.fetch("SELECT type FROM outbox WHERE aggregatetype = $1 ORDER BY position", CASES.name)
    assert types[0]["type"] == "complaints.CaseOpened.v1"
    row = await office.pool.fetchrow("SELECT state, case_id FROM intake")
    assert (row["state"], str(row["case_id"])) == ("COMPLETED", finished["case_id"])
    assert await office.refused(answering(email="b@example.org")) == ["INTAKE_OVER"]


async def test_a_second_interview_for_the_same_matter_joins_and_the_earliest_receipt_holds(office: Office) -> None:
    first = command(received_at=utc("2026-07-05T07:00:00-05:00"))
    filed = await office.made(first)
    finished = await office.finished()
    assert finished["case_id"] == filed["case_id"]
    made = await office.made(CompleteIntake(actor=ACTOR, intake_id=INTAKE, case_id=finished["case_id"]))
    assert made["joined"]
    assert made["received_at"] == "2026-07-05T04:40:00Z"


async def test_what_changed_since_it_was_read_back_is_not_filed(office: Office) -> None:
    finished = await office.finished()
    await office.made(answering(discharge_date="2026-07-05"))
    complete = CompleteIntake(actor=ACTOR, intake_id=INTAKE, case_id=finished["case_id"])
    assert await office.refused(complete) == ["CASE_CHANGED"]
    assert await office.pool.fetchval("SELECT count(*) FROM case_file") == 0


async def test_an_unfinished_interview_is_not_filed_and_says_what_is_missing(office: Office) -> None:
    await office.begun({name: value for name, value in ALL.items() if name != "patient_name"})
    complete = CompleteIntake(actor=ACTOR, intake_id=INTAKE, case_id=OTHER)
    assert await office.refused(complete) == ["UNANSWERED"]


async def test_nothing_sealed_stands_in_clear_in_any_table(office: Office) -> None:
    finished = await office.finished()
    await office.made(CompleteIntake(actor=ACTOR, intake_id=INTAKE, case_id=finished["case_id"]))
    await office.finished(intake_id=OTHER)
    for table in await office.pool.fetch("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"):
        if table["tablename"] == "outbox":
            continue  # notices are asked for on a restricted topic, and replies name no one
        rows = await office.pool.fetch(f'SELECT t::text AS text FROM "{table["tablename"]}" AS t')
        clear = "".join(row["text"] for row in rows)
        hexed = [secret.encode().hex() for secret in SECRETS]
        assert not [secret for secret in (*SECRETS, *hexed) if secret in clear], table["tablename"]


async def test_an_interview_moved_to_another_row_does_not_open(office: Office) -> None:
    await office.finished()
    await office.begun(intake_id=OTHER)
    await office.pool.execute(
        "UPDATE intake SET sealed = (SELECT sealed FROM intake WHERE intake_id = $1) WHERE intake_id = $2",
        INTAKE,
        OTHER,
    )
    async with office.pool.acquire() as conn:
        with pytest.raises(SealBroken):
            await STORE.load(conn, [intake_key(OTHER)])


@pytest.mark.parametrize("number", ["(312) 555-0100", "+1 312 555 0100", "312.555.0100 x12"])
def test_a_number_is_found_however_it_is_written(number: str) -> None:
    assert callback_digest(KEYRING, number) == callback_digest(KEYRING, "3125550100")


async def test_an_interview_nobody_touched_is_erased_and_its_receipt_remains(office: Office) -> None:
    await office.finished()
    async with office.pool.acquire() as conn:
        assert await erase(conn, office.now + dt.timedelta(days=29)) == 0
        office.now += dt.timedelta(days=30)
        assert await office.refused(answering(email="")) == ["INTAKE_OVER"]
        assert await erase(conn, office.now) == 1
        assert await erase(conn, office.now) == 0
        assert await audit.broken_at(conn, INTAKE) is None
        draft = (await STORE.load(conn, [intake_key(INTAKE)]))[intake_key(INTAKE)]
    row = await office.pool.fetchrow("SELECT state, sealed, callback, received_at FROM intake")
    assert tuple(row) == ("EXPIRED", None, None, VOICEMAIL.at)
    assert not draft.answers


async def test_a_completed_interview_is_kept_as_proof_of_receipt(office: Office) -> None:
    finished = await office.finished()
    await office.made(CompleteIntake(actor=ACTOR, intake_id=INTAKE, case_id=finished["case_id"]))
    async with office.pool.acquire() as conn:
        assert await erase(conn, office.now + dt.timedelta(days=400)) == 0


async def test_an_abandoned_interview_says_why_and_takes_no_more_answers(office: Office) -> None:
    await office.begun()
    left = AbandonIntake(actor=ACTOR, intake_id=INTAKE, reason=WhyAbandoned.OTHER_QIO)
    assert (await office.made(left))["state"] == "ABANDONED"
    assert await office.refused(left) == ["INTAKE_OVER"]
    assert await office.refused(StartIntake(actor=ACTOR, intake_id=INTAKE, contacts=(contact(),))) == ["INTAKE_EXISTS"]


async def test_every_step_of_an_interview_is_in_its_audit_and_in_that_of_its_case(office: Office) -> None:
    finished = await office.finished()
    case_id = UUID(finished["case_id"])
    await office.made(CompleteIntake(actor=ACTOR, intake_id=INTAKE, case_id=case_id))
    actions = await _actions(office.pool, INTAKE)
    assert actions == ["complaints.StartIntake.v1", "complaints.AnswerIntake.v1", "complaints.CompleteIntake.v1"]
    assert await _actions(office.pool, case_id) == ["complaints.CompleteIntake.v1"]


async def test_an_appeal_kept_out_by_a_declared_outage_is_in_time_until_noon_of_the_next_open_day(
    office: Office,
) -> None:
    # 42 CFR 405.1202(b)(1): notice on the 3rd for the 5th, so noon of the 4th; the line was down then, until 13:00.
    answers = {
        "in_hospital": "no",
        "services_ending": "yes",
        "provider_type": "SNF",
        "facility_ccn": "145001",
        "notice_received": "2026-07-03",
        "coverage_end": "2026-07-05",
    }
    down = DeclareOutage(
        actor="supervisor", since=utc("2026-07-04T11:00:00-05:00"), until=utc("2026-07-04T13:00:00-05:00")
    )
    late = await office.finished(answers)
    await office.made(down)
    relieved = await office.made(answering(email=""))
    assert "late" in [said["code"] for said in late["said"]]
    codes = {said["code"]: said["text"] for said in relieved["said"]}
    assert "in_time" in codes
    assert "Sunday, July 5, 2026 at 12:00 PM" in codes["in_time"]
    assert "relieved" in codes


async def test_an_outage_declared_again_is_corrected_and_each_time_audited(office: Office) -> None:
    since = utc("2026-07-05T06:00:00-05:00")
    for hours in (2, 3):
        await office.made(DeclareOutage(actor="supervisor", since=since, until=since + dt.timedelta(hours=hours)))
    rows = await office.pool.fetch("SELECT since, until FROM intake_outage")
    assert [tuple(row) for row in rows] == [(since, since + dt.timedelta(hours=3))]
    assert len(await _actions(office.pool, audit.REGISTER)) == 2


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("2026-07-05T06:00:00-05:00", "2026-07-05T05:00:00-05:00", "TIME_OUT_OF_ORDER"),
        ("2026-07-06T06:00:00-05:00", "2026-07-06T07:00:00-05:00", "TIME_IN_FUTURE"),
        ("2026-07-05T06:00:00", "2026-07-05T07:00:00-05:00", "TIME_WITHOUT_ZONE"),
        ("2026-05-05T06:00:00-05:00", "2026-07-05T05:00:00-05:00", "TOO_LONG"),
    ],
)
async def test_an_outage_that_cannot_be_is_refused(office: Office, since: str, until: str, code: str) -> None:
    down = DeclareOutage(
        actor="supervisor", since=dt.datetime.fromisoformat(since), until=dt.datetime.fromisoformat(until)
    )
    assert await office.refused(down) == [code]


def contact() -> Any:
    return {"kind": VOICEMAIL.kind, "at": VOICEMAIL.at}


async def _actions(pool: asyncpg.Pool, chain: UUID) -> list[str]:
    return [
        row["action"] for row in await pool.fetch("SELECT action FROM audit WHERE case_id = $1 ORDER BY number", chain)
    ]
