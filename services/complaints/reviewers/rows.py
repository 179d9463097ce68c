"""Rows of the reviewer tables as values, and values as rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from services.complaints.domain.reviewers.reviewer import (
    Assignment,
    Interest,
    Level,
    Licence,
    Practice,
    Reviewer,
    Role,
    Tie,
    Waiver,
    WaiverKind,
)
from services.complaints.domain.reviewers.roster import Shift
from shared.contracts.reviewers import Holder, InterestKind, Profession, Setting, Specialty, TieKind

_REVIEWERS = """
    SELECT reviewer_id, practising, setting, capacity, retired_on
    FROM reviewer WHERE reviewer_id = ANY($1::uuid[]) ORDER BY reviewer_id
"""
_LICENCES = """
    SELECT reviewer_id, profession, state, valid_from, valid_to FROM licence
    WHERE reviewer_id = ANY($1::uuid[]) ORDER BY reviewer_id, profession, state, valid_from
"""
_SPECIALTIES = """
    SELECT reviewer_id, specialty, certified, since, until FROM specialty
    WHERE reviewer_id = ANY($1::uuid[]) ORDER BY reviewer_id, specialty, since
"""
_INTERESTS = """
    SELECT reviewer_id, ccn, kind, holder, since, until FROM interest
    WHERE reviewer_id = ANY($1::uuid[]) ORDER BY reviewer_id, ccn, kind, holder, since
"""
_TIES = """
    SELECT reviewer_id, family_id, kind, holder FROM reviewer_tie
    WHERE reviewer_id = ANY($1::uuid[]) ORDER BY reviewer_id, family_id, kind, holder
"""


async def reviewers(
    conn: asyncpg.Connection, ids: Sequence[UUID], assignments: Mapping[UUID, tuple[Assignment, ...]]
) -> dict[UUID, Reviewer]:
    """Those reviewers that exist, with the assignments given; nothing sealed is opened."""
    licences = _grouped(await conn.fetch(_LICENCES, ids), _licence)
    specialties = _grouped(await conn.fetch(_SPECIALTIES, ids), _practice)
    interests = _grouped(await conn.fetch(_INTERESTS, ids), _interest)
    ties = _grouped(await conn.fetch(_TIES, ids), _tie)
    return {
        row["reviewer_id"]: Reviewer(
            id=row["reviewer_id"],
            practising=row["practising"],
            setting=None if row["setting"] is None else Setting(row["setting"]),
            capacity=row["capacity"],
            licences=licences[row["reviewer_id"]],
            specialties=specialties[row["reviewer_id"]],
            interests=interests[row["reviewer_id"]],
            ties=ties[row["reviewer_id"]],
            assignments=assignments.get(row["reviewer_id"], ()),
            retired_on=row["retired_on"],
        )
        for row in await conn.fetch(_REVIEWERS, ids)
    }


def assignment(row: Any) -> Assignment:
    """An assignment from its row."""
    return Assignment(
        id=row["assignment_id"],
        case_id=row["case_id"],
        family_id=row["family_id"],
        level=Level(row["level"]),
        role=Role(row["role"]),
        assigned_at=row["assigned_at"],
        attested_at=row["attested_at"],
        released_at=row["released_at"],
        waivers=tuple(Waiver(WaiverKind(each["kind"]), each["reason"]) for each in orjson.loads(row["waivers"])),
    )


def assignment_row(reviewer_id: UUID, given: Assignment) -> tuple[Any, ...]:
    """A new assignment as a row."""
    waivers = [{"kind": waiver.kind.value, "reason": waiver.reason} for waiver in given.waivers]
    return (
        given.id,
        given.case_id,
        given.family_id,
        given.level.value,
        given.role.value,
        reviewer_id,
        given.assigned_at,
        given.attested_at,
        given.released_at,
        orjson.dumps(waivers).decode(),
    )


def shift(row: Any) -> Shift:
    """A shift from its row."""
    return Shift(
        id=row["shift_id"],
        reviewer_id=row["reviewer_id"],
        start=row["during"].lower,
        end=row["during"].upper,
        states=frozenset(row["states"]),
        profession=Profession(row["profession"]),
        specialty=None if row["specialty"] is None else Specialty(row["specialty"]),
    )


def shift_row(given: Shift) -> tuple[Any, ...]:
    """A shift as a row; States as one text, because arrays of arrays cannot be taken apart."""
    specialty = None if given.specialty is None else given.specialty.value
    states = ",".join(sorted(given.states))
    return given.reviewer_id, given.id, given.start, given.end, states, given.profession.value, specialty


def by_reviewer(rows: Iterable[Any], value: Any) -> dict[UUID, tuple[Any, ...]]:
    """Values of rows, by reviewer, in the order of the rows."""
    return dict(_grouped(rows, value))


def _grouped(rows: Iterable[Any], value: Any) -> defaultdict[UUID, tuple[Any, ...]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["reviewer_id"]].append(value(row))
    return defaultdict(tuple, {key: tuple(values) for key, values in found.items()})


def _licence(row: Any) -> Licence:
    return Licence(Profession(row["profession"]), row["state"], row["valid_from"], row["valid_to"])


def _practice(row: Any) -> Practice:
    return Practice(Specialty(row["specialty"]), row["certified"], row["since"], row["until"])


def _interest(row: Any) -> Interest:
    return Interest(row["ccn"], InterestKind(row["kind"]), Holder(row["holder"]), row["since"], row["until"])


def _tie(row: Any) -> Tie:
    return Tie(row["family_id"], TieKind(row["kind"]), Holder(row["holder"]))
