"""Lets the next way of notices begin whose way is over, with what is known of the recipients by then."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.notifications.domain import telling
from services.notifications.domain.knowing import About
from services.notifications.domain.letters import NotSendable
from services.notifications.domain.notice import Notice, notice_key
from services.notifications.domain.planning import Plan, follow
from services.notifications.domain.writing import Writing
from services.notifications.repository.acquaintances import acquainted
from services.notifications.repository.notices import Notices
from shared.messaging import outbox
from shared.messaging.handling import Store
from shared.messaging.keyring import SealBroken

# What cannot be unsealed cannot go another way either; its row is left as it is but for its state.
_UNREADABLE: Final = """
    UPDATE notice SET state = 'FAILED', reason = $2, finished_at = $3, available_at = $3 WHERE id = $1
    RETURNING id, type, subject, recipient_role, channel, due_at, attempts, finished_at
"""


@dataclass(frozen=True, slots=True)
class Follows:
    """What a worker needs to go on by another way; ``records`` holds what is known of recipients."""

    notices: Notices
    records: Store[Any]
    writing: Writing

    async def begin(self, conn: asyncpg.Connection, reasons: Mapping[UUID, str], now: dt.datetime) -> None:
        """Let the next way begin of each of these, whose way is over for a reason (a code), and say so.

        The caller has locked them and is in a transaction.
        """
        plans = []
        for notice_id in sorted(reasons, key=str):
            try:
                loaded = await self.notices.load(conn, [notice_key(notice_id)])
            except (SealBroken, ValueError):
                await self._unreadable(conn, notice_id, reasons[notice_id], now)
                continue
            notice = loaded[notice_key(notice_id)]
            plans.append(await self._next(conn, notice, reasons[notice_id], now))
        await self.notices.save(conn, {notice_key(plan.notice.id): plan.notice for plan in plans}, now)
        await outbox.append(conn, [emit for plan in plans for emit in plan.events], now=now)

    async def _next(self, conn: asyncpg.Connection, notice: Notice, reason: str, now: dt.datetime) -> Plan:
        about = About.of(notice)
        records = await acquainted(conn, self.records, self.writing.knowing, (about,))
        desk = self.writing.desk(records.get, about, now)
        try:
            return follow(notice, reason, desk)
        except NotSendable as verdict:
            return follow(replace(notice, route=()), verdict.code, desk)

    async def _unreadable(self, conn: asyncpg.Connection, notice_id: UUID, reason: str, now: dt.datetime) -> None:
        row = await conn.fetchrow(_UNREADABLE, notice_id, reason, now)
        await outbox.append(conn, [telling.unreadable(row, reason)], now=now)
