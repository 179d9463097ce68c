"""The worker of second reviews: draws the last complete month once it is over; one process leads."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.complaints.consistency import second_reviews as second_review_store
from services.complaints.consistency.outcomes import HIDDEN
from services.complaints.consistency.second_reviews import FirstDecision
from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.domain.consistency.second_review import Decided, ReviewPlan, Stratum, Why, drawn
from services.complaints.payments import draws
from services.complaints.payments.passes import passes
from services.complaints.repository import PREFIX, CaseStore
from shared.runtime import metrics
from shared.runtime.service import Context

LEADER: Final = "complaints-second-reviews"
# The first level's last determination; a later one of the case is that of the reconsideration. Who decided is sealed.
_DECIDED: Final = """
    SELECT c.case_id, c.case_type, c.reviewer_group, d.outcome
    FROM case_file AS c CROSS JOIN LATERAL (
        SELECT (e.value ->> 'at')::timestamptz AS at, e.value ->> 'outcome' AS outcome
        FROM jsonb_array_elements(c.course -> 'decided') WITH ORDINALITY AS e (value, place)
        WHERE e.value ->> 'level' = '0' ORDER BY e.place DESC LIMIT 1
    ) AS d
    WHERE c.decided_at >= $1 AND d.at >= $1 AND d.at < $2
      AND c.reviewer_group IS NOT NULL AND c.case_type = ANY($3::text[])
"""


@dataclass(frozen=True, slots=True)
class SecondReviewWorker:
    """Draws a month on the first pass after its end (UTC), and never again: what is drawn is known only here."""

    store: CaseStore
    plan: ReviewPlan
    clock: Callable[[], dt.datetime]

    async def run(self, context: Context) -> None:
        """Lead until stopped."""
        await passes(context, LEADER, self.once)

    async def once(self, conn: asyncpg.Connection) -> None:
        """Draw the last complete month unless it was drawn."""
        now = self.clock()
        month = draws.last_month(now.date())
        async with conn.transaction():
            if await draws.drawn_at(conn, draws.SECOND_REVIEW, month) is None:
                count = await self._draw(conn, month, now)
                await draws.keep(conn, draws.SECOND_REVIEW, month, now)
                metrics.SECOND_REVIEWS.inc(count)

    async def _draw(self, conn: asyncpg.Connection, month: dt.date, now: dt.datetime) -> int:
        rows = {row["case_id"]: row for row in await conn.fetch(_DECIDED, *_span(month), _types())}
        cases = {
            case_id: Decided(case_id, Stratum(row["case_type"], row["reviewer_group"], month))
            for case_id, row in rows.items()
        }
        chosen = drawn(cases.values(), self.plan)
        loaded = await self.store.load(conn, [f"{PREFIX}{case_id}" for case_id in sorted(chosen)])
        firsts = list(_firsts(loaded, cases, chosen, rows))
        await second_review_store.keep_drawn(conn, firsts, now)
        return len(firsts)


def _types() -> list[str]:
    """Types with something to agree about, of which people outside may know."""
    return sorted(
        procedure.type.value
        for procedure in procedures.PROCEDURES.values()
        if procedure.type not in HIDDEN and len(procedure.outcomes) > 1
    )


def _span(month: dt.date) -> tuple[dt.datetime, dt.datetime]:
    first, last = draws.month_of(month)
    midnight = dt.time(tzinfo=dt.UTC)
    return dt.datetime.combine(first, midnight), dt.datetime.combine(last + dt.timedelta(days=1), midnight)


def _firsts(
    loaded: Mapping[str, Case], cases: Mapping[UUID, Decided], chosen: Mapping[UUID, Why], rows: Mapping[UUID, Any]
) -> Iterator[FirstDecision]:
    for case in loaded.values():
        first = case.sealed.reviewer(0)
        if first is not None:
            yield FirstDecision(cases[case.id], chosen[case.id], UUID(first.reviewer), rows[case.id]["outcome"])
