"""Questions about the people of the QIOs, whom they look after, and their contacts.

All of it is for the program's own staff; what is said of contacts is confidential (42 CFR 480.101).
"""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import asyncpg
import orjson
from fastapi import APIRouter, Depends, Query

from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.queries.parameters import Limit, State
from services.recruitment.queries.who import staff
from services.recruitment.repository import people as reading
from shared.contracts.recruitment.people_terms import Part, PersonKind
from shared.records import store as records
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

_SLUG = "^[a-z0-9][a-z0-9-]{1,59}$"
PersonParameter = Annotated[str | None, Query(pattern=_SLUG, description="A person's id")]
Subject = Annotated[
    str | None,
    Query(pattern="^(participant|community|person):[0-9A-Za-z:-]{1,70}$", description="participant:225009, for one"),
]
Day = Annotated[dt.date | None, Query(description="YYYY-MM-DD; today when left out")]
After = Annotated[str | None, Query(pattern="^[0-9A-Za-z:-]{1,80}$", description="The last id of the page before")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter(dependencies=[Depends(staff)])
    _people(api, pool)
    _caseloads(api, pool)
    _contacts(api, pool)
    return api


def _people(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/people")
    async def people(
        on: Day = None,
        state: State = None,
        qio: Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")] = None,
        kind: PersonKind | None = None,
        expertise: Annotated[str | None, Query(pattern=_SLUG)] = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Staff and experts by id, with the roles they hold on a day."""
        return await reading.people(pool, on or _today(), state, qio, kind, expertise, after, limit)

    @api.get("/people/{person}")
    async def person(person: str) -> dict[str, Any]:
        """One person with all roles ever held."""
        return await _one(pool, "person", person)


def _caseloads(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/caseloads")
    async def caseloads(
        on: Day = None,
        person: PersonParameter = None,
        part: Part | None = None,
        state: State = None,
        orphaned: Annotated[bool | None, Query(description="What people hold who have left")] = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Who looks after which participant or community on a day, by participant or community."""
        return await reading.caseloads(pool, on or _today(), person, part, state, orphaned, after, limit)

    @api.get("/caseloads/{subject}")
    async def caseload(subject: str) -> dict[str, Any]:
        """Who looks and looked after one participant or community."""
        return await _one(pool, "caseload", subject)


def _contacts(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/contacts")
    async def contacts(
        person: PersonParameter = None,
        subject: Subject = None,
        since: Day = None,
        until: Day = None,
        withdrawn: bool = False,
        after: UUID | None = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Contacts as they are said now, the latest first."""
        return await reading.contacts(pool, person, subject, since, until, withdrawn, after, limit)

    @api.get("/contacts/{contact}")
    async def contact(contact: UUID) -> dict[str, Any]:
        """One contact with every version that was ever said."""
        return await _one(pool, "contact", str(contact))

    @api.get("/next-steps")
    async def next_steps(
        by: Day = None,
        person: PersonParameter = None,
        subject: Subject = None,
        after: UUID | None = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Next steps that are due by a day and not done, the most urgent first."""
        return await reading.next_steps(pool, by or _today(), _today(), person, subject, after, limit)


async def _one(pool: asyncpg.Pool, kind: str, identifier: str) -> dict[str, Any]:
    found = await records.one(pool, kind, identifier) if "\x00" not in identifier else None
    if found is None:
        raise Problem(404, f"{kind}-unknown", f"There is no such {kind}.")
    state: dict[str, Any] = orjson.loads(found)
    return state


def _today() -> dt.date:
    return today_anywhere(utc_now())
