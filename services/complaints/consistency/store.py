"""The pipeline's store of second reviews: loads what is needed to refuse, never the first decision."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import asyncpg

from services.complaints.auditing import chain as audit
from services.complaints.consistency import second_reviews as second_review_store
from services.complaints.domain.consistency.answering import SecondReview
from shared.contracts.second_reviews import RecordSecondReview

PREFIX: Final = "second-review:"
_DRAWN: Final = """
    SELECT case_id, first_reviewer, drawn_at, second_outcome IS NOT NULL AS answered
    FROM second_review WHERE case_id = ANY($1::uuid[])
"""


class StaleReview(RuntimeError):  # noqa: N818 - the fact is the name
    """Another transaction answered a second review although its head was locked; nothing may be saved."""


def review_key(case_id: UUID) -> str:
    """The aggregate key of the second review of a case."""
    return f"{PREFIX}{case_id}"


class SecondReviewStore:
    """By ``second-review:<case>``; heads are locked by the caller."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, SecondReview]:
        """Those of these cases that were drawn."""
        ids = [UUID(key.removeprefix(PREFIX)) for key in keys]
        rows = await conn.fetch(_DRAWN, ids) if ids else []
        return {review_key(row["case_id"]): SecondReview(*row) for row in rows}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, SecondReview], now: dt.datetime) -> None:
        """Keep the answers, each with a line in the audit of its case; raises StaleReview."""
        for review in (changed[key] for key in sorted(changed)):
            answer = review.answer
            if answer is None:
                continue
            if not await second_review_store.answer(conn, review.case_id, answer.reviewer, answer.outcome, answer.at):
                raise StaleReview("a second review was answered by someone else")
            line = audit.Line(review.case_id, now, answer.actor, RecordSecondReview.wire_type())
            await audit.append(conn, [line])
