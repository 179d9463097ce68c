"""The read API of reviewers: named to those who may, audited, one region for those who belong to one."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import uuid4

import httpx
from fastapi import FastAPI

from services.complaints.auditing import chain as audit
from services.complaints.domain.reviewers.reviewer import Level
from services.complaints.reviewers import queries as reviewer_queries
from shared.contracts.reviewers import LicenceGiven, Profession, PutOnCall
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context
from tests.complaints.reviewers.conftest import Office
from tests.complaints.reviewers.people import AT, CASE, FAMILY, LONG_AGO, held, person, registration
from tests.support.service import KEYRING

HOUR = dt.timedelta(hours=1)
ON_CALL = {"state": "IL", "profession": "MD"}
ASKED = {"case_id": str(CASE), "family_id": str(FAMILY), "state": "IL", "subject": "MD", "specialty": "CARDIOLOGY"}


@asynccontextmanager
async def api(office: Office, region: str | None = None) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    context = Context(
        settings=cast("Any", None),
        pool=office.pool,
        clock=lambda: office.now,
        dsn="",
        keyring=KEYRING,
        stop=asyncio.Event(),
    )
    app.include_router(reviewer_queries.router(context), prefix="/api")
    access = Access("ann@example.org", frozenset({"case-worker"}), region, Purpose.CASE_WORK)
    app.dependency_overrides[reader] = lambda: access

    @app.exception_handler(Problem)
    async def problem(_request: object, error: Problem) -> Any:
        return httpx_problem(error)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://complaints") as client:
        yield client


def httpx_problem(error: Problem) -> Any:
    from fastapi.responses import JSONResponse  # noqa: PLC0415

    return JSONResponse({"code": error.code, "paths": list(error.paths)}, status_code=error.status)


def shift(number: int, start: int, end: int) -> PutOnCall:
    return PutOnCall(
        actor="director@example.org",
        reviewer_id=person(number),
        shift_id=uuid4(),
        start=AT + start * HOUR,
        end=AT + end * HOUR,
        states=frozenset({"IL"}),
        profession=Profession.MD,
    )


async def looks(office: Office) -> set[tuple[Any, ...]]:
    rows = await office.pool.fetch("SELECT case_id, actor, action, purpose FROM audit WHERE purpose IS NOT NULL")
    return {tuple(row) for row in rows}


async def test_a_weekend_decision_has_a_name_and_a_telephone(office: Office) -> None:
    """Independence Day 2026 is a Saturday."""
    await office.ask(registration(1), registration(2, name="Ada Night"), shift(1, -5, 7), shift(2, 7, 19))
    async with api(office) as client:
        now = (await client.get("/api/roster/on-call", params=ON_CALL)).json()
        night = (await client.get("/api/roster/on-call", params={**ON_CALL, "at": "2026-07-04T19:00-05:00"})).json()
        later = (await client.get("/api/roster/on-call", params={**ON_CALL, "at": "2026-07-05T19:00-05:00"})).json()
    assert [(each["name"], each["phone"]) for each in now] == [("Rosalind Secret", "312-555-0100")]
    assert now[0]["until_local"] == "Sat 2026-07-04 19:00:00 CDT (UTC-05:00)"
    assert [each["name"] for each in night] == ["Ada Night"]
    assert later == []
    assert await looks(office) == {(audit.REGISTER, "ann@example.org", "on-call", "case-work")}


async def test_the_gaps_of_the_coming_week_name_nobody(office: Office) -> None:
    await office.ask(registration(1), shift(1, 10, 34))
    async with api(office) as client:
        answer = await client.get("/api/roster/gaps", params=ON_CALL)
    assert [(each["start"], each["hours"]) for each in answer.json()] == [
        ("2026-07-04T17:00:00Z", 10.0),
        ("2026-07-06T03:00:00Z", 134.0),
    ]
    assert "Rosalind" not in answer.text
    assert str(person(1)) not in answer.text


async def test_suggestions_say_who_may_who_might_and_why_not_and_are_in_the_cases_audit(office: Office) -> None:
    nurse = LicenceGiven(profession=Profession.NURSE, state="IL", number="n-1", valid_from=LONG_AGO)
    await office.ask(
        registration(1),
        registration(2, specialties=()),
        registration(3, licences=(nurse,)),
        registration(4),
        shift(1, -1, 1),
    )
    await office.assign(person(4), held(level=Level.RECONSIDERATION, case_id=uuid4()))
    async with api(office) as client:
        answer = await client.get("/api/reviewer-suggestions", params={**ASKED, "denial": "true"})
    found = answer.json()
    assert [(each["reviewer_id"], each["eligible"], each["on_call"]) for each in found[:2]] == [
        (str(person(1)), True, True),
        (str(person(2)), False, False),
    ]
    assert (found[1]["objections"], found[1]["waivers_needed"]) == (["SPECIALTY_DIFFERS"], ["NO_SPECIALIST"])
    refused = {each["reviewer_id"]: each["objections"] for each in found[2:]}
    assert refused == {
        str(person(3)): ["ONLY_PHYSICIAN_DENIES"],
        str(person(4)): ["REVIEWED_AT_OTHER_LEVEL"],
    }
    assert await looks(office) == {(CASE, "ann@example.org", "suggest-reviewer", "case-work")}


async def test_the_next_due_case_of_each_reviewer_counts(office: Office) -> None:
    await office.ask(registration(1), registration(2))
    await office.assign(person(1), held(case_id=uuid4(), family_id=uuid4()))
    async with api(office) as client:
        listed = (await client.get("/api/reviewers", params={"state": "WI"})).json()
        found = (await client.get("/api/reviewer-suggestions", params=ASKED)).json()
    assert {each["reviewer_id"]: each["open_cases"] for each in listed} == {str(person(1)): 1, str(person(2)): 0}
    assert [each["reviewer_id"] for each in found] == [str(person(2)), str(person(1))]


async def test_one_reviewer_is_shown_without_licence_numbers_and_the_look_is_kept(office: Office) -> None:
    await office.ask(registration(1), shift(1, -1, 1))
    async with api(office) as client:
        answer = await client.get(f"/api/reviewers/{person(1)}")
        unknown = await client.get(f"/api/reviewers/{uuid4()}")
    assert answer.json()["name"] == "Rosalind Secret"
    assert len(answer.json()["shifts"]) == 1
    assert "036-SECRET" not in answer.text
    assert unknown.status_code == 404
    assert await looks(office) == {(person(1), "ann@example.org", "read", "case-work")}


async def test_who_belongs_to_a_region_sees_no_other(office: Office) -> None:
    await office.ask(registration(1))
    for region, status, seen in (("Region 5", 200, 1), ("Region 2", 404, 0)):
        async with api(office, region) as client:
            assert len((await client.get("/api/reviewers")).json()) == seen
            for path in ("/api/roster/on-call", "/api/roster/gaps"):
                assert (await client.get(path, params=ON_CALL)).status_code == status
            assert (await client.get("/api/reviewer-suggestions", params=ASKED)).status_code == status
            assert (await client.get(f"/api/reviewers/{person(1)}")).status_code == status


async def test_a_question_without_sense_is_refused_by_field(office: Office) -> None:
    wrong = [
        ("/api/roster/on-call", {**ON_CALL, "at": "2026-07-04T12:00"}, "time-without-zone"),
        ("/api/roster/gaps", {**ON_CALL, "end": "2027-07-04T12:00Z"}, "period"),
        ("/api/roster/gaps", {**ON_CALL, "state": "ZZ"}, "no-such-state"),
        ("/api/reviewer-suggestions", {**ASKED, "state": "ZZ"}, "no-such-state"),
        ("/api/reviewer-suggestions", {**ASKED, "due_at": "2026-07-04T12:00"}, "time-without-zone"),
    ]
    async with api(office) as client:
        for path, params, code in wrong:
            answer = await client.get(path, params=params)
            assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert (await client.get("/api/reviewer-suggestions", params={**ASKED, "role": "KING"})).status_code == 422
