"""What a session's pack tells of it and of everybody who is registered, in one answer."""

import re
from typing import Final

import asyncpg
from fastapi import APIRouter

from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.packs.gathered import Gathered
from services.recruitment.domain.packs.gathering import gathered
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.state import Session
from services.recruitment.queries.who import Staff
from services.recruitment.repository import packs
from shared.records import store
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

_ID: Final = re.compile(r"^[a-z0-9][a-z0-9-]{1,59}\.[0-9a-f]{12}$")


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()

    @api.get("/learning-sessions/{identifier}/pack")
    async def pack(identifier: str, _: Staff) -> Gathered:
        """A session as it stands today, anywhere on earth; figures are those of measures and not among it."""
        found = await store.one(pool, SESSION.name, identifier) if _ID.fullmatch(identifier) else None
        if found is None:
            raise Problem(404, "session-unknown", "There is no such session.")
        session = Session.model_validate_json(found)
        async with pool.acquire() as conn, conn.transaction(isolation="repeatable_read", readonly=True):
            return gathered(await packs.records_of(conn, session), today_anywhere(utc_now()))

    return api
