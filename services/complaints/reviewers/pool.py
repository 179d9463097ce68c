"""Questions to the reviewer tables: who could take a case, who carries how much, who is on call. Opens no seal."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from services.complaints.domain.reviewers.assignment import Candidate
from services.complaints.domain.reviewers.request import AssignmentRequest
from services.complaints.domain.reviewers.reviewer import Reviewer, Role
from services.complaints.domain.reviewers.roster import Shift
from services.complaints.reviewers import rows as reviewer_rows

_IN_AREA = """
    SELECT DISTINCT r.reviewer_id FROM reviewer AS r JOIN licence AS l USING (reviewer_id)
    WHERE (r.retired_on IS NULL OR r.retired_on > $2)
      AND ($1::text[] IS NULL OR l.state IS NULL OR l.state = ANY($1::text[]))
    ORDER BY r.reviewer_id
"""
# What the guards need of the past: parts in this family, this case and the barred cases.
_RELATED = """
    SELECT reviewer_id, assignment_id, case_id, family_id, level, role, assigned_at, attested_at, released_at, waivers
    FROM assignment
    WHERE reviewer_id = ANY($1::uuid[]) AND (family_id = $2 OR case_id = ANY($3::uuid[]))
    ORDER BY reviewer_id, assigned_at, assignment_id
"""
_OPEN = """
    SELECT a.reviewer_id, d.due_at
    FROM (SELECT DISTINCT reviewer_id, case_id FROM assignment
          WHERE reviewer_id = ANY($1::uuid[]) AND released_at IS NULL) AS a
    LEFT JOIN LATERAL (SELECT min(due_at) AS due_at FROM deadline
                       WHERE case_id = a.case_id AND status = 'PENDING' AND obligor = 'QIO') AS d ON true
    ORDER BY a.reviewer_id, d.due_at NULLS LAST
"""
_ROSTER = """
    SELECT reviewer_id, shift_id, during, states, profession, specialty FROM roster_shift
    WHERE during && tstzrange($1, $2) AND $3 = ANY(states) ORDER BY during, reviewer_id
"""


class Workload(NamedTuple):
    """Open cases of a reviewer: per case the instant (UTC) the QIO's next act is due, None if no clock runs."""

    due: tuple[dt.datetime | None, ...]

    @property
    def next_due(self) -> dt.datetime | None:
        """When the first of them is due."""
        return min((due for due in self.due if due is not None), default=None)


async def candidates(conn: asyncpg.Connection, request: AssignmentRequest) -> tuple[Candidate, ...]:
    """Everyone in service with a licence of the area, whatever else speaks against them; a screener's may be any."""
    area = None if request.role is Role.SCREENER else sorted(request.area)
    ids = [row["reviewer_id"] for row in await conn.fetch(_IN_AREA, area, request.on)]
    cases = [request.case_id, *request.barred_cases]
    related = await conn.fetch(_RELATED, ids, request.family_id, cases)
    found = await reviewer_rows.reviewers(conn, ids, reviewer_rows.by_reviewer(related, reviewer_rows.assignment))
    loads = await workload(conn, ids)
    return tuple(Candidate(found[each], loads[each].due) for each in ids)


async def in_area(conn: asyncpg.Connection, states: frozenset[str] | None, day: dt.date) -> tuple[Reviewer, ...]:
    """Reviewers in service on a day with a licence of the States (None: any), without their assignments."""
    rows = await conn.fetch(_IN_AREA, None if states is None else sorted(states), day)
    return tuple((await reviewer_rows.reviewers(conn, [row["reviewer_id"] for row in rows], {})).values())


async def workload(conn: asyncpg.Connection, ids: Sequence[UUID]) -> Mapping[UUID, Workload]:
    """The open cases of each of the reviewers."""
    due: dict[UUID, list[Any]] = {each: [] for each in ids}
    for row in await conn.fetch(_OPEN, ids):
        due[row["reviewer_id"]].append(row["due_at"])
    return {each: Workload(tuple(found)) for each, found in due.items()}


async def roster(conn: asyncpg.Connection, state: str, start: dt.datetime, end: dt.datetime) -> tuple[Shift, ...]:
    """The shifts for a State that touch a period (UTC, ``end`` excluded)."""
    return tuple(reviewer_rows.shift(row) for row in await conn.fetch(_ROSTER, start, end, state))
