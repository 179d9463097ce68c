"""Questions about the program's structure."""

import datetime as dt
from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.domain.program import telling
from services.recruitment.domain.program.answering import answering
from services.recruitment.domain.program.kinds import CONTACT, NETWORK
from services.recruitment.domain.program.state import QioNetwork
from services.recruitment.queries import program_contracts
from services.recruitment.queries.parameters import State
from services.recruitment.repository import program
from shared.contracts.recruitment.qio_contracts import Role
from shared.program.states import STATES
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

On = Annotated[dt.date | None, Query(description="A day; today (UTC) when left out")]
Number = Annotated[int | None, Query(ge=1, le=99, description="Number of a statement of work")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter(prefix="/program")
    _facts(api)
    _places(api, pool)
    program_contracts.add_to(api, pool)
    return api


def _facts(api: APIRouter) -> None:
    @api.get("/statements")
    async def statements(on: dt.date | None = None) -> list[dict[str, Any]]:
        """Statements of work as their sources give them; with a day, those in force."""
        return telling.statements(on)

    @api.get("/tasks")
    async def tasks(statement: Number = None, on: dt.date | None = None) -> list[dict[str, Any]]:
        """Tasks of the statements of work."""
        return telling.tasks(statement, on)

    @api.get("/aims")
    async def aims(statement: Number = None) -> list[dict[str, Any]]:
        """Aims of the statements of work."""
        return telling.aims(statement)


def _places(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/jurisdictions")
    async def jurisdictions(state: State = None, role: Role | None = None, on: On = None) -> list[dict[str, Any]]:
        """Who answers for each state, or for one, on a day; UNKNOWN with the reason where nobody can be named."""
        day = on or utc_now().date()
        networks = await _networks(pool, _known(state))
        return [
            telling.answered(answer, day)
            for code in _codes(state)
            for answer in answering(code, day, networks.get(code, {}))
            if role in (None, answer.role)
        ]

    @api.get("/directory")
    async def directory(state: State = None, role: Role | None = None, on: On = None) -> list[dict[str, Any]]:
        """Who answers for each state and how they are reached, as far as staff entered it."""
        day = on or utc_now().date()
        networks = await _networks(pool, _known(state))
        contacts = {(one.state, one.role): one async for one in program.each(pool, CONTACT, {"state": state})}
        return [
            telling.listed(answer, contacts.get((code, answer.role)), day)
            for code in _codes(state)
            for answer in answering(code, day, networks.get(code, {}))
            if role in (None, answer.role)
        ]

    @api.get("/networks")
    async def networks(state: State = None, role: Role | None = None) -> list[dict[str, Any]]:
        """What staff entered of who answers for a state, with all that was ended or taken back."""
        like = {"state": _known(state), "role": role}
        return [one.model_dump(mode="json", exclude={"id"}) async for one in program.each(pool, NETWORK, like)]


async def _networks(pool: asyncpg.Pool, state: str | None) -> dict[str, dict[Role, QioNetwork | None]]:
    found: dict[str, dict[Role, QioNetwork | None]] = {}
    async for one in program.each(pool, NETWORK, {"state": state}):
        found.setdefault(one.state, {})[one.role] = one
    return found


def _known(state: str | None) -> str | None:
    if state is not None and state not in STATES:
        raise Problem(404, "state-unknown", "There is no such state or territory in the program.")
    return state


def _codes(state: str | None) -> list[str]:
    return sorted(STATES) if state is None else [state]
