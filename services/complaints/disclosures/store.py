"""Loads and saves the disclosure log and status ids set-wise; every write is a line of the case's audit."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg

from services.complaints.auditing import chain as audit
from services.complaints.domain.disclosure.decide import Decision, Request
from services.complaints.domain.disclosure.log import CaseView, LoggedDisclosure
from services.complaints.domain.disclosure.recipients import Condition, Information, NoticeException, Recipient
from shared.contracts.complaints import CaseType
from shared.contracts.replies import Reason

PREFIX = "disclosure:"
CASE_PREFIX = "disclosure:case:"

_CASES = """
    SELECT c.case_id, c.case_type, c.zone, coalesce(s.issue, 0) AS issue, s.digest
    FROM case_file AS c
    LEFT JOIN LATERAL (
        SELECT i.issue, i.digest FROM status_id AS i WHERE i.case_id = c.case_id ORDER BY i.issue DESC LIMIT 1
    ) AS s ON true
    WHERE c.case_id = ANY($1::uuid[])
"""
_DISCLOSURES = """
    SELECT DISTINCT ON (d.disclosure_id) d.*, c.case_type, c.zone
    FROM disclosure AS d JOIN case_file AS c USING (case_id)
    WHERE d.disclosure_id = ANY($1::uuid[]) ORDER BY d.disclosure_id, d.step DESC
"""
# Lists of words travel joined: an array of arrays would have to be rectangular.
_APPEND = """
    INSERT INTO disclosure (disclosure_id, step, case_id, recipient, information, stated, requested_at, smallest_cell,
                            exception, notice_sent_at, disclosable_at, due_at, decision, reasons, citation, decided_at,
                            sent_at, actor)
    SELECT id, step, case_id, recipient, information, string_to_array(stated, ' '), requested_at, smallest_cell,
           exception, notice_sent_at, disclosable_at, due_at, decision, string_to_array(reasons, ' '), citation,
           decided_at, sent_at, actor
    FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::int[],
                $9::text[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::text[],
                $15::text[], $16::timestamptz[], $17::timestamptz[], $18::text[])
         AS n (id, step, case_id, recipient, information, stated, requested_at, smallest_cell, exception,
               notice_sent_at, disclosable_at, due_at, decision, reasons, citation, decided_at, sent_at, actor)
"""
_ISSUE = """
    INSERT INTO status_id (case_id, issue, digest, at, actor)
    SELECT * FROM unnest($1::uuid[], $2::int[], $3::bytea[], $4::timestamptz[], $5::text[])
"""

Kept = LoggedDisclosure | CaseView


def disclosure_key(disclosure_id: UUID) -> str:
    """The aggregate key of one disclosure."""
    return f"{PREFIX}{disclosure_id}"


def case_view_key(case_id: UUID) -> str:
    """The aggregate key of what disclosures know of one case."""
    return f"{CASE_PREFIX}{case_id}"


class DisclosureStore:
    """The pipeline's store of everything whose key begins with ``disclosure:``; heads are locked by the caller."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Kept]:
        """Those that exist: disclosures as their last row says, cases with the status id in force."""
        cases = [UUID(key.removeprefix(CASE_PREFIX)) for key in keys if key.startswith(CASE_PREFIX)]
        ids = [UUID(key.removeprefix(PREFIX)) for key in keys if not key.startswith(CASE_PREFIX)]
        found: dict[str, Kept] = {}
        for row in await conn.fetch(_CASES, cases) if cases else ():
            found[case_view_key(row["case_id"])] = _case(row)
        for row in await conn.fetch(_DISCLOSURES, ids) if ids else ():
            found[disclosure_key(row["disclosure_id"])] = _logged(row)
        return found

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Kept], now: dt.datetime) -> None:
        """Append a row for everything that changed, and its audit line.

        A second step from the same row violates the primary key, so nothing can be logged twice or passed over.
        """
        kept = [changed[key] for key in sorted(changed)]
        entries = [_row(row) for entry in kept if isinstance(entry, LoggedDisclosure) for row in entry.rows()]
        issues = [
            (view.case_id, view.issue, view.digest, now, view.actor) for view in kept if isinstance(view, CaseView)
        ]
        if entries:
            await conn.execute(_APPEND, *_columns(entries))
        if issues:
            await conn.execute(_ISSUE, *_columns(issues))
        await audit.append(conn, list(_lines(kept, now)))


def _lines(kept: Sequence[Kept], now: dt.datetime) -> Iterator[audit.Line]:
    for one in kept:
        if isinstance(one, CaseView):
            action = "status id made" if one.digest is not None else "status id ended"
            yield audit.Line(one.case_id, now, one.actor, action)
        else:
            yield from (audit.Line(row.case_id, now, row.actor, _action(row)) for row in one.rows())


def _action(row: LoggedDisclosure) -> str:
    what = f"{row.request.information} to {row.request.recipient}"
    return f"disclosed {what}" if row.sent_at is not None else f"disclosure {row.decision}: {what}"


def _case(row: Any) -> CaseView:
    return CaseView(
        case_id=row["case_id"],
        case_type=CaseType(row["case_type"]),
        zone=row["zone"],
        issue=row["issue"],
        digest=row["digest"],
    )


def _logged(row: Any) -> LoggedDisclosure:
    exception = row["exception"]
    request = Request(
        recipient=Recipient(row["recipient"]),
        information=Information(row["information"]),
        case_type=CaseType(row["case_type"]),
        zone=row["zone"],
        stated=frozenset(map(Condition, row["stated"])),
        notice_given=row["notice_sent_at"],
        exception=NoticeException(exception) if exception is not None else None,
        smallest_cell=row["smallest_cell"],
        requested=row["requested_at"],
    )
    return LoggedDisclosure(
        id=row["disclosure_id"],
        case_id=row["case_id"],
        request=request,
        decision=Decision(row["decision"]),
        reasons=tuple(Reason(code=code, text="") for code in row["reasons"]),
        citation=row["citation"],
        disclosable_at=row["disclosable_at"],
        due_at=row["due_at"],
        decided_at=row["decided_at"],
        actor=row["actor"],
        step=row["step"],
        sent_at=row["sent_at"],
        saved=True,
    )


def _row(entry: LoggedDisclosure) -> tuple[Any, ...]:
    request = entry.request
    return (
        entry.id,
        entry.step,
        entry.case_id,
        request.recipient.value,
        request.information.value,
        " ".join(sorted(request.stated)),
        request.requested,
        request.smallest_cell,
        request.exception.value if request.exception is not None else None,
        request.notice_given,
        entry.disclosable_at,
        entry.due_at,
        entry.decision.value,
        " ".join(reason.code for reason in entry.reasons),
        entry.citation,
        entry.decided_at,
        entry.sent_at,
        entry.actor,
    )


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
