"""The read API of intake: taken up again, found by number, alike cases pointed out, every look audited."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID

import httpx
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from services.complaints.auditing import chain as audit
from services.complaints.intake import queries
from shared.contracts.intake import CompleteIntake
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context
from tests.complaints.cases import command
from tests.complaints.intake.conftest import Office
from tests.complaints.intake.support import ACTOR, ALL, INTAKE, SECRETS
from tests.support.service import KEYRING

OTHER = UUID("5c1c7a52-3f0e-4d6b-9a77-1d2c3b4a5f62")


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
    app.include_router(queries.router(context), prefix="/api")
    access = Access("ann@example.org", frozenset(), region, Purpose.CASE_WORK)
    app.dependency_overrides[reader] = lambda: access

    @app.exception_handler(Problem)
    async def problem(_request: object, error: Problem) -> JSONResponse:
        return JSONResponse({"code": error.code}, status_code=error.status)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://complaints/api") as client:
        yield client


async def test_an_interview_taken_up_again_goes_on_where_it_was_left(office: Office) -> None:
    left = await office.begun({"caller": "beneficiary", "callback": "312-555-0100", "interpreter": ""})
    async with api(office) as client:
        found = (await client.post("/intakes/search", json={"callback": "+1 (312) 555 0100"})).json()
        assert [row["intake_id"] for row in found] == [str(INTAKE)]
        again = (await client.get(f"/intakes/{INTAKE}")).json()
    assert again["next"] == {**left["next"], "choices": [list(one) for one in left["next"]["choices"]]}
    assert again["next"]["field"] == "in_hospital"
    assert again["answers"]["callback"] == "312-555-0100"


async def test_another_number_finds_nothing_and_lists_show_nothing_of_what_was_said(office: Office) -> None:
    await office.finished()
    async with api(office) as client:
        assert (await client.post("/intakes/search", json={"callback": "312-555-0101"})).json() == []
        listed = await client.get("/intakes")
    assert [row["intake_id"] for row in listed.json()] == [str(INTAKE)]
    assert not [secret for secret in SECRETS if secret in listed.text]


async def test_replies_name_no_one(office: Office) -> None:
    made = await office.finished()
    assert not [secret for secret in SECRETS if secret in str(made)]


async def test_cases_of_the_same_person_are_pointed_out_and_each_one_shown_is_audited(office: Office) -> None:
    same = await office.made(command(facts={"discharge_date": "2026-07-01"}))
    elsewhere = await office.made(command(facility_ccn="140002", facts={"discharge_date": "2026-07-02"}))
    await office.made(command(beneficiary="e" * 32))
    finished = await office.finished()
    async with api(office) as client:
        alike = (await client.get(f"/intakes/{INTAKE}/alike")).json()
    assert {(one["case_id"], one["same_facility"]) for one in alike} == {
        (same["case_id"], True),
        (elsewhere["case_id"], False),
    }
    for chain in (INTAKE, UUID(str(same["case_id"])), UUID(str(elsewhere["case_id"]))):
        rows = await office.pool.fetch(
            "SELECT purpose FROM audit WHERE case_id = $1 AND action = 'shown as alike'", chain
        )
        assert [row["purpose"] for row in rows] == ["case-work"]
    made = await office.made(CompleteIntake(actor=ACTOR, intake_id=INTAKE, case_id=finished["case_id"]))
    assert not made["joined"]


async def test_every_look_is_audited(office: Office) -> None:
    await office.begun(ALL)
    async with api(office) as client:
        await client.get(f"/intakes/{INTAKE}")
        await client.get("/intakes")
        await client.post("/intakes/search", json={"callback": "312-555-0100"})
    rows = await office.pool.fetch("SELECT case_id, actor, action FROM audit WHERE purpose IS NOT NULL")
    assert {tuple(row) for row in rows} == {
        (INTAKE, "ann@example.org", "intake read"),
        (audit.REGISTER, "ann@example.org", "intakes listed"),
        (audit.REGISTER, "ann@example.org", "intakes looked up by number"),
    }


async def test_another_regions_reader_finds_no_interview(office: Office) -> None:
    await office.begun(ALL)
    await office.begun(intake_id=OTHER)
    async with api(office, "Region 1") as client:
        assert (await client.get(f"/intakes/{INTAKE}")).status_code == 404
        assert (await client.get(f"/intakes/{INTAKE}/alike")).status_code == 404
        assert [row["intake_id"] for row in (await client.get("/intakes")).json()] == [str(OTHER)]
