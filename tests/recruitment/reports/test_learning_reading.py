"""A report on a task tells of networks' work, read through the database: sums, an association, words."""

import datetime as dt
from typing import Any

import asyncpg
import pytest

from services.recruitment.cli import report_learning
from services.recruitment.domain.registry import KINDS
from services.recruitment.repository.views import VIEWS
from shared.contracts.recruitment.cohorts import CohortJoined, CohortRole
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.participants import ParticipantRegistered
from shared.contracts.recruitment.session_commands import HoldSession
from shared.records.store import RecordStore
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.packs.cast import take_up
from tests.recruitment.practices import cast as practices
from tests.recruitment.sessions import cast as sessions
from tests.recruitment.test_commands import api

FIGURE = """
    INSERT INTO facility_figure (measure, unit, period, revision, ends_on, value, tellable)
    VALUES ('nursing-home-falls', $1, $2, 1, $3, $4, true)
"""
HOMES = [f"2251{number:02d}" for number in range(24)]
ASKED = {"task": "C.2", "from": "2015-01-01", "to": "2015-12-31", "area": "MA"}


def desk() -> Desk:
    """A session that was held, a practice that spread, and two dozen homes, the first half of them in the cohort."""
    at = practices.desk()
    for number, one in enumerate(HOMES):
        listed = {"name": one, "state": "MA", "zip_code": "02139", "qin_qio": "Q"}
        at.has(ParticipantRegistered(participant=one, setting=Setting.NURSING_HOME, **listed))
        if number % 2 == 0:
            whose: dict[str, Any] = {"participant": one, "joined_on": practices.SINCE, "exclusive": True, "actor": "t"}
            at.has(CohortJoined(cohort="nnhqcc.c1", role=CohortRole.TEAM, **whose))
    take_up(at)
    plan = sessions.plan(cohorts=["nnhqcc.c1"], starts_at=sessions.PAST[0], ends_at=sessions.PAST[1])
    name = str(at.done(plan)["session"])
    at.done(sessions.command(HoldSession, session=name))
    at.done(sessions.attend(name, practices.ELM, people=3, minutes=180))
    return at


async def save(pool: asyncpg.Pool) -> None:
    """Everybody began with 10; those in the cohort fell by 3 or 5, the others by 0 or 2: 4 against 1."""
    kept = {key: one for key, one in desk().records.items() if key.partition(":")[0] in KINDS.by_name}
    stored = {key: one for key, one in kept.items() if KINDS.by_name[key.partition(":")[0]].topic is not None}
    async with pool.acquire() as conn:
        await RecordStore(KINDS, VIEWS).save(conn, stored, NOW)
        for number, one in enumerate(HOMES):
            fell = (3 if number % 2 == 0 else 0) + (number // 2 % 2) * 2
            await conn.execute(FIGURE, one, "2014Q4", dt.date(2014, 12, 31), 10)
            await conn.execute(FIGURE, one, "2015Q2", dt.date(2015, 6, 30), 99)
            await conn.execute(FIGURE, one, "2015Q4", dt.date(2015, 12, 31), 10 - fell)
            await conn.execute(FIGURE, one, "2016Q1", dt.date(2016, 3, 31), 99)


async def test_a_report_sums_up_sessions_spread_and_an_association(
    pool: asyncpg.Pool, capsys: pytest.CaptureFixture[str]
) -> None:
    await save(pool)
    async with api(pool) as client:
        answer = await client.get("/task-report", params=ASKED)
    assert answer.status_code == 200, answer.text
    found = answer.json()["learning"]
    (held,) = found["sessions"]
    assert (held["held"], held["participants"], held["people"], held["minutes"]) == (1, 1, 3, 180)
    (practice,) = found["spread"]
    assert (practice["title"], practice["adopted"], practice["states"]) == ("Hourly rounds", 1, ["MA"])
    (moved,) = found["movement"]
    assert (moved["measure"], moved["participants"], moved["comparable"]) == ("nursing-home-falls", 12, 12)
    assert (moved["compared"]["change"], moved["compared"]["comparable_change"]) == (-4.0, -1.0)
    assert moved["compared"]["difference"] == -3.0
    assert moved["compared"]["high"] < 0
    report_learning.tell(found)
    said = capsys.readouterr().out
    assert "nnhqcc: 1 sessions held; 1 participants from here came" in said
    assert "Practice Hourly rounds" in said
    assert (
        "falls, nursing-home-falls (lower is better; 12 participants, 12 comparable): Participants changed by" in said
    )


async def test_a_task_without_a_network_has_nothing_to_tell(
    pool: asyncpg.Pool, capsys: pytest.CaptureFixture[str]
) -> None:
    async with api(pool) as client:
        found = (await client.get("/task-report", params={**ASKED, "task": "C.3"})).json()["learning"]
    assert (found["sessions"], found["spread"], found["movement"]) == ([], [], [])
    report_learning.tell(found)
    assert capsys.readouterr().out == ""
