"""What `qio case draw` does on the database: one month drawn now, and its cases opened."""

import datetime as dt

from services.complaints.payments.made import payment_worker
from shared.cli.services import with_database
from shared.runtime.service import Context


def drawn(month: dt.date) -> dict[str, int]:
    """Draw the month that begins on this day and open what waits; ends the process with a sentence when it cannot."""

    async def work(context: Context) -> dict[str, int]:
        worker = payment_worker(context)
        async with context.pool.acquire() as conn:
            selected = await worker.draw(conn, month)
            return {"selected": selected, **await worker.open(conn)}

    return with_database("complaints", work)
