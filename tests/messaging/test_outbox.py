"""Ids of events that are written to the outbox."""

import datetime as dt
from typing import Final
from uuid import UUID

from shared.contracts import notifications
from shared.contracts.notifications import NoticeDelivered
from shared.messaging import outbox
from shared.messaging.handling import Emit
from tests.support.service import app_pool, messaging_only
from tests.support.stack import Database

NOW: Final = dt.datetime(2026, 3, 6, 16, 30, tzinfo=dt.UTC)
EVENT: Final = NoticeDelivered(
    notice_id=UUID(int=1),
    notice_type="WELCOME",
    subject="225001",
    recipient_role="facility",
    channel="email",
    delivered_at=NOW,
    on_time=True,
    attempts=1,
)


async def test_events_of_two_services_under_one_key_have_ids_of_their_own(database: Database) -> None:
    ids = {await written(database, service) for service in ("recruitment", "notifications")}
    assert len(ids) == 2, "whoever reads both would take the second for a repetition of the first"


async def written(database: Database, service: str) -> UUID:
    """The id of a service's first event under a key."""
    await messaging_only(database, service)
    async with app_pool(database, service) as pool:
        async with pool.acquire() as conn, conn.transaction():
            await outbox.append(conn, [Emit(notifications.NOTICES.name, "one", EVENT)], now=NOW)
        found: UUID = await pool.fetchval("SELECT id FROM outbox")
    return found
