"""The quiet wait sees the clocks that are due and have not spoken."""

import asyncio

from services.complaints.app import SERVICE
from shared.runtime.service import Context
from shared.runtime.settings import Settings
from tests.complaints.conftest import Desk
from tests.complaints.test_ticker import FIRES, fill
from tests.support.service import KEYRING


async def test_the_backlog_counts_clocks_from_the_moment_they_are_due_until_they_spoke(desk: Desk) -> None:
    assert SERVICE.backlog is not None
    context = Context(Settings(), desk.pool, lambda: desk.now, "", KEYRING, asyncio.Event())
    await fill(desk, 3)
    assert await SERVICE.backlog(context) == 0
    desk.now = FIRES
    due = await SERVICE.backlog(context)
    spoke = await desk.ticker().tick()
    assert (due, spoke) == (3, 3)
    assert await SERVICE.backlog(context) == 0
