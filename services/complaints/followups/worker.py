"""Does what follows from cases, a moment after they changed; any number may run at once."""

from typing import Final

from services.complaints.followups import activity
from services.complaints.followups.referrals import Referrals
from shared.messaging.leader import wait
from shared.runtime.service import Context

POLL_SECONDS: Final = 1.0
_DUE: Final = "SELECT (SELECT count(*) FROM activity_due) + (SELECT count(*) FROM referral_due)"


async def run(context: Context, referrals: Referrals) -> None:
    """Count and open until the process shall stop."""
    while not context.stop.is_set():
        async with context.pool.acquire() as conn:
            done = await activity.tell(conn, context.clock()) + await referrals.open(conn, context.clock())
        if done == 0:
            await wait(context.stop, POLL_SECONDS)


async def backlog(context: Context) -> int:
    """What waits to be done."""
    return int(await context.pool.fetchval(_DUE))
