"""What the ticker asks of cases whose own clock has ended."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import asyncpg


class Wake(Protocol):
    """Tells cases what time did to them; the ticker holds their heads and has one transaction open."""

    async def __call__(self, conn: asyncpg.Connection, keys: Sequence[str], now: dt.datetime) -> Counter[str]:
        """Fire every clock of these cases that is due at ``now``; how many clocks spoke, by the fact told.

        ``keys`` are ``case:<id>``, in order. Saves the cases, raises their heads, appends their events and audit
        lines. A case without anything due stays as it is.
        """
        ...
