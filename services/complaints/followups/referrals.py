"""Opens the referral to the QIN-QIO that a closed review with a standard not met leads to (42 CFR 480.105)."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import asyncpg
import structlog

from services.complaints.announcements import Announcer
from services.complaints.domain import filing
from services.complaints.domain.case import Case, Entry
from services.complaints.domain.referring import ACTOR, referral_of
from services.complaints.domain.refusal import Refusal
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import PREFIX, CaseStore
from shared.contracts.complaints import FileCase
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit

log = structlog.get_logger()

BATCH: Final = 100
_TAKE: Final = """
    DELETE FROM referral_due WHERE case_id IN (
        SELECT case_id FROM referral_due ORDER BY case_id LIMIT $1 FOR UPDATE SKIP LOCKED)
    RETURNING case_id
"""


@dataclass(frozen=True, slots=True)
class Referrals:
    """Opens what is due as a filed request would be; a referral is known by its review, so it is opened once."""

    store: CaseStore
    announcer: Announcer
    pseudonyms: Pseudonyms

    async def open(self, conn: asyncpg.Connection, now: dt.datetime) -> int:
        """Open what is due, in one transaction; how many reviews were looked at."""
        async with conn.transaction():
            due = [row["case_id"] for row in await conn.fetch(_TAKE, BATCH)]
            if not due:
                return 0
            reviews = await self.store.load(conn, sorted(f"{PREFIX}{case_id}" for case_id in due))
            asked = [request for case in reviews.values() if (request := referral_of(case)) is not None]
            requests = {f"{PREFIX}{self.pseudonyms.case(filing.identity(request))}": request for request in asked}
            await locks.lock(conn, sorted(requests))
            known = await self.store.load(conn, sorted(requests))
            await self._open(conn, {key: one for key, one in requests.items() if key not in known}, now)
            return len(due)

    async def _open(self, conn: asyncpg.Connection, requests: dict[str, FileCase], now: dt.datetime) -> None:
        opened: dict[str, Case] = {}
        emits: list[Emit] = []
        desk = self.store.desk
        for key, request in requests.items():
            case_id = self.pseudonyms.case(filing.identity(request))
            try:
                taken = filing.open_case(case_id, filing.read(request, desk, now), desk, now)
            except Refusal as refusal:
                log.warning("a referral was refused", reasons=[reason.code for reason in refusal.reasons])
                continue
            opened[key] = taken.case.noted(Entry(now, ACTOR, request.wire_type()))
            emits += self.announcer.changes(None, taken, desk, now)
        if opened:
            await self.store.save(conn, opened, now)
            await locks.raise_versions(conn, sorted(opened))
            await outbox.append(conn, emits, now=now)
