"""What falls due before somebody is at work again, and who is on call where it needs a decision."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from services.complaints.domain.reckoned import Desk
from services.complaints.domain.reviewers.record import Identity
from services.complaints.domain.reviewers.roster import Need, Shift
from services.complaints.domain.work.standby import answering
from services.complaints.domain.work.steps import needs_decision
from services.complaints.reviewers import pool as reviewer_pool
from services.complaints.reviewers.store import ReviewerStore
from services.complaints.work import board, views
from shared.contracts.complaints import CaseType
from shared.contracts.envelope import format_instant
from shared.contracts.reviewers import Profession


class Forecaster:
    """Reads rosters once for each State. Who is on call is confidential: the caller writes the look into the audit."""

    def __init__(self, desk: Desk, reviewers: ReviewerStore) -> None:
        self._desk = desk
        self._reviewers = reviewers

    async def between(
        self, conn: asyncpg.Connection, now: dt.datetime, until: dt.datetime, own: str | None, limit: int
    ) -> list[dict[str, Any]]:
        """Acts of the QIO due from ``now`` until just before ``until`` (UTC), soonest first.

        ``decision``: a determination must come before the act, or is it; ``on_call``: physicians who answer then.
        """
        rows = await board.owed(conn, now, until, ("PENDING",), own, limit)
        wanting = [row for row in rows if self._decides(row)]
        rosters: Mapping[str, Sequence[Shift]] = {
            state: await reviewer_pool.roster(conn, state, now, until)
            for state in sorted({row["facility_state"] for row in wanting})
        }
        calls = {row["deadline_id"]: self._answering(row, rosters[row["facility_state"]], now) for row in wanting}
        ids = sorted({shift.reviewer_id for found in calls.values() for shift in found})
        names = await self._reviewers.identities(conn, ids) if ids else {}
        return [
            {
                **views.act(row, self._desk, now),
                "decision": row["deadline_id"] in calls,
                "on_call": [_call(shift, names[shift.reviewer_id]) for shift in calls.get(row["deadline_id"], ())],
            }
            for row in rows
        ]

    def _decides(self, row: Any) -> bool:
        act = self._desk.book.version(row["rule_id"], row["rule_version"]).met_by
        return act is not None and needs_decision(CaseType(row["case_type"]), row["state"], act)

    @staticmethod
    def _answering(row: Any, shifts: Sequence[Shift], now: dt.datetime) -> Sequence[Shift]:
        # Only physicians decide against a patient (42 CFR 476.98(a)), so it is a physician who must be on call.
        return answering(shifts, Need(row["facility_state"], Profession.MD), now, row["due_at"])


def _call(shift: Shift, who: Identity) -> dict[str, str | None]:
    return {
        "reviewer_id": str(shift.reviewer_id),
        "name": who.name,
        "phone": who.phone,
        "until": format_instant(shift.end),
    }
