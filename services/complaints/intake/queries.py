"""The read API of intake: interviews that wait, one to take up again, cases that may be the same; all audited."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from services.complaints.auditing import chain as audit
from services.complaints.domain.intake.draft import Draft
from services.complaints.intake.settings import IntakeSettings
from services.complaints.intake.store import IntakeStore, callback_digest, intake_key
from services.complaints.intake.view import Counter, outline
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import CaseStore, person_digest
from services.complaints.settings import ComplaintsSettings
from shared.contracts.complaints import CaseType
from shared.contracts.envelope import format_instant
from shared.runtime.access import Access, Problem, reader
from shared.runtime.service import Context

_WAITING = """
    SELECT intake_id, received_at, region, changed_at, expires_at FROM intake
    WHERE state = 'OPEN' AND ($1::text IS NULL OR region IS NULL OR region = $1)
    ORDER BY received_at, intake_id LIMIT $2
"""
_CALLED = """
    SELECT intake_id, received_at, region, changed_at, expires_at FROM intake
    WHERE state = 'OPEN' AND callback = $3 AND ($1::text IS NULL OR region IS NULL OR region = $1)
    ORDER BY received_at DESC, intake_id LIMIT $2
"""
# Of a sanction nobody hears here that there is one (42 CFR 480.101).
_ALIKE = """
    SELECT c.case_id, c.case_type, c.stage, c.received_at, c.facility_ccn = $2 AS same_facility
    FROM case_person AS p JOIN case_file AS c USING (case_id)
    WHERE p.digest = $1 AND c.case_type <> ALL($3::text[]) AND c.received_at >= $4
      AND ($5::text IS NULL OR c.region = $5)
    ORDER BY c.received_at DESC, c.case_id LIMIT 50
"""
_HIDDEN = [CaseType.SANCTION.value, CaseType.EMTALA_5DAY.value, CaseType.EMTALA_60DAY.value]

Reader = Annotated[Access, Depends(reader)]


class Called(BaseModel):
    """By which number an interview is looked for; sent in the body, so that it stands in no log of addresses."""

    model_config = ConfigDict(hide_input_in_errors=True, extra="forbid")

    callback: Annotated[str, Field(pattern=r"^[0-9+(). x-]{7,40}$")]


def router(context: Context) -> APIRouter:
    """The routes; a reader who belongs to a region sees that region's interviews, and those without a place yet."""
    routes = APIRouter()
    settings = IntakeSettings()
    drafts = IntakeStore(context.keyring, settings)
    cases = CaseStore(context.keyring, ComplaintsSettings().desk())
    _lists(routes, context)

    @routes.get("/intakes/{intake_id}")
    async def show_intake(intake_id: UUID, access: Reader) -> dict[str, Any]:
        """One interview with its answers, the next question and what is to be said; the look is audited."""
        async with context.pool.acquire() as conn, conn.transaction():
            draft = await _found(conn, drafts, intake_id, access)
            await cases.load(conn, ())  # outages may move what is said of lateness
            await _audit(conn, context, access, intake_id, "intake read")
        counter = Counter(cases.desk, settings.served(), Pseudonyms(context.keyring))
        return {**outline(draft, counter, context.clock()), "answers": dict(draft.answers)}

    @routes.get("/intakes/{intake_id}/alike")
    async def show_alike(intake_id: UUID, access: Reader) -> list[dict[str, Any]]:
        """Cases of the same person that may be the same matter: a warning, nothing joins. Each shown is audited."""
        now = context.clock()
        async with context.pool.acquire() as conn, conn.transaction():
            draft = await _found(conn, drafts, intake_id, access)
            person, ccn = draft.answer("beneficiary"), draft.answer("facility_ccn")
            since = now - dt.timedelta(days=settings.duplicate_days)
            rows: Sequence[Any] = ()
            if person is not None:
                digest = person_digest(context.keyring, person)
                rows = await conn.fetch(_ALIKE, digest, ccn or "", _HIDDEN, since, access.region)
            chains = [intake_id, *(row["case_id"] for row in rows)]
            lines = [audit.Line(one, now, access.actor, "shown as alike", access.purpose.value) for one in chains]
            await audit.append(conn, lines)
        return [_alike(row) for row in rows]

    return routes


def _lists(routes: APIRouter, context: Context) -> None:
    @routes.get("/intakes")
    async def list_intakes(access: Reader, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> list[dict[str, Any]]:
        """Interviews that wait, the longest first, without what was said in them."""
        async with context.pool.acquire() as conn, conn.transaction():
            rows = await conn.fetch(_WAITING, access.region, limit)
            await _audit(conn, context, access, audit.REGISTER, "intakes listed")
        return [_row(row) for row in rows]

    @routes.post("/intakes/search")
    async def find_intakes(called: Called, access: Reader) -> list[dict[str, Any]]:
        """Open interviews with that number to call back, the latest first."""
        digest = callback_digest(context.keyring, called.callback)
        async with context.pool.acquire() as conn, conn.transaction():
            rows = await conn.fetch(_CALLED, access.region, 20, digest)
            await _audit(conn, context, access, audit.REGISTER, "intakes looked up by number")
        return [_row(row) for row in rows]


async def _found(conn: Any, drafts: IntakeStore, intake_id: UUID, access: Access) -> Draft:
    key = intake_key(intake_id)
    draft = (await drafts.load(conn, [key])).get(key)
    region = await conn.fetchval("SELECT region FROM intake WHERE intake_id = $1", intake_id)
    if draft is None or (access.region is not None and region is not None and access.region != region):
        raise Problem(404, "not-found", "There is no such interview.")
    return draft


async def _audit(conn: Any, context: Context, access: Access, chain: UUID, action: str) -> None:
    await audit.append(conn, [audit.Line(chain, context.clock(), access.actor, action, access.purpose.value)])


def _row(row: Any) -> dict[str, Any]:
    return {
        "intake_id": str(row["intake_id"]),
        "region": row["region"],
        **{name: format_instant(row[name]) for name in ("received_at", "changed_at", "expires_at")},
    }


def _alike(row: Any) -> dict[str, Any]:
    return {
        "case_id": str(row["case_id"]),
        "case_type": row["case_type"],
        "stage": row["stage"],
        "received_at": format_instant(row["received_at"]),
        "same_facility": row["same_facility"],
    }
