"""The fast path of the ticker: clocks that only tell the world, turned set-wise without loading their cases."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import asyncpg

from services.complaints.auditing import chain as audit
from services.complaints.ticking import facts as ticker_facts
from services.complaints.ticking.claim import Due
from shared.messaging import locks, outbox
from shared.messaging.outbox import Pending

ACTOR: Final = "clock"
ACTION: Final = "time passed"

_TURN = """
    UPDATE deadline AS d SET status = n.status, warned = n.warned, next_fire_at = n.next_fire_at
    FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::timestamptz[])
         AS n (deadline_id, status, warned, next_fire_at)
    WHERE d.deadline_id = n.deadline_id
"""


async def tell(conn: asyncpg.Connection, due: Sequence[Due], now: dt.datetime) -> Counter[str]:
    """Fire clocks of cases whose heads are held; how many spoke, by the fact told (or kept quiet, if unannounced).

    Each case that changed gets one line in its audit. Called again for the same clocks as they are then, it finds
    nothing to say.
    """
    turned: list[tuple[Any, ...]] = []
    facts: list[Pending] = []
    spoke: Counter[str] = Counter()
    for case_id, before, _ in due:
        after, percent = before.fire(now)
        # Written also where the clock said nothing: the stored time to ask again was wrong then.
        turned.append((after.id, after.status.value, after.warned, after.next_fire_at()))
        kind = ticker_facts.kind(after, percent)
        if kind is not None:
            spoke[kind.__name__] += 1
            if after.announced:
                facts.append(ticker_facts.fact(kind, case_id, after, percent))
    if turned:
        cases = sorted({case_id for case_id, *_ in due})
        await conn.execute(_TURN, *map(list, zip(*turned, strict=True)))
        await locks.raise_versions(conn, [f"case:{case_id}" for case_id in cases])
        await audit.append(conn, [audit.Line(case_id, now, ACTOR, ACTION) for case_id in cases])
        await outbox.append_pending(conn, facts, now=now)
    return spoke
