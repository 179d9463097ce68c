"""Questions about contracts, their deliverables and objectives."""

import datetime as dt
from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.domain.program import telling
from services.recruitment.domain.program.kinds import DELIVERABLE, OBJECTIVE, QIO_CONTRACT
from services.recruitment.domain.program.state import ObjectiveStage, part_id
from services.recruitment.domain.program.timeline import Status, due_on, status
from services.recruitment.queries.parameters import Limit, State
from services.recruitment.repository import program
from shared.contracts.recruitment.qio_contracts import Role
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

On = Annotated[dt.date | None, Query(description="A day; today (UTC) when left out")]
Text = Annotated[str | None, Query(pattern=r"^[^\x00]{1,120}$")]


def add_to(api: APIRouter, pool: asyncpg.Pool) -> None:
    """Add the routes over this pool."""
    _contracts(api, pool)
    _deliverables(api, pool)
    _objectives(api, pool)


def _contracts(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/contracts")
    async def contracts(
        role: Role | None = None,
        state: State = None,
        statement: Annotated[int | None, Query(ge=1, le=99)] = None,
        in_force: bool | None = None,
        on: On = None,
        after: Text = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Contracts as they were on a day, by number."""
        day = on or utc_now().date()
        found: list[dict[str, Any]] = []
        async for one in program.each(pool, QIO_CONTRACT, {"role": role, "statement": statement}, after):
            row = telling.contract_on(one, day)
            if (state is None or state in row["states"]) and in_force in (None, row["standing"] == "IN_FORCE"):
                found.append(row)
            if len(found) == limit:
                break
        return found

    @api.get("/contracts/{contract}")
    async def contract(contract: str, on: On = None) -> dict[str, Any]:
        """A contract as it was on a day, with the whole history of its changes."""
        found = await program.find(pool, QIO_CONTRACT, contract)
        if found is None:
            raise Problem(404, "contract-unknown", "No contract has this number.")
        day = on or utc_now().date()
        return {**telling.contract_on(found, day), "record": found.model_dump(mode="json")}


def _deliverables(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/deliverables")
    async def deliverables(
        contract: Text = None,
        task: Text = None,
        status_is: Annotated[Status | None, Query(alias="status")] = None,
        due_before: dt.date | None = None,
        on: On = None,
        after: Text = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Deliverables as they stood on a day, by contract and name; ``due_before`` leaves that day out."""
        day = on or utc_now().date()
        found: list[dict[str, Any]] = []
        async for one in program.each(pool, DELIVERABLE, {"contract": contract, "task": task}, after):
            in_time = due_before is None or due_on(one, day) < due_before
            if in_time and status_is in (None, status(one, day)):
                found.append(telling.deliverable_on(one, day))
            if len(found) == limit:
                break
        return found

    @api.get("/deliverables/{contract}/{deliverable}")
    async def deliverable(contract: str, deliverable: str, on: On = None) -> dict[str, Any]:
        """A deliverable as it stood on a day, with every due date, submission and answer."""
        found = await program.find(pool, DELIVERABLE, part_id(contract, deliverable))
        if found is None:
            raise Problem(404, "deliverable-unknown", "The contract has no deliverable of this name.")
        day = on or utc_now().date()
        return {**telling.deliverable_on(found, day), "record": found.model_dump(mode="json")}


def _objectives(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/objectives")
    async def objectives(
        contract: Text = None,
        year: Annotated[int | None, Query(ge=1, le=20)] = None,
        stage: ObjectiveStage | None = None,
        task: Text = None,
        after: Text = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Objectives by contract and name, with their last wording and assessment."""
        like = {"contract": contract, "year": year, "stage": stage}
        found: list[dict[str, Any]] = []
        async for one in program.each(pool, OBJECTIVE, like, after):
            if task in (None, one.wordings[-1].task):
                found.append(telling.objective(one))
            if len(found) == limit:
                break
        return found

    @api.get("/objectives/{contract}/{objective}")
    async def objective(contract: str, objective: str) -> dict[str, Any]:
        """An objective with every wording and assessment."""
        found = await program.find(pool, OBJECTIVE, part_id(contract, objective))
        if found is None:
            raise Problem(404, "objective-unknown", "The contract has no objective of this name.")
        return {**telling.objective(found), "record": found.model_dump(mode="json")}
