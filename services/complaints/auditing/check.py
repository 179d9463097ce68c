"""Verifies the whole audit, or one case's, in one pass over a snapshot: chains, their ends, anchors and receipts."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.complaints.auditing.anchors import ROWS, START, Digest, Receipt, seal_of
from services.complaints.auditing.findings import Chain, Finding, Kind
from shared.messaging.keyring import Keyring

MOST_FINDINGS: Final = 1_000  # more say nothing new

_LINES = """
    SELECT a.case_id, a.number, a.at, a.actor, a.action, a.purpose, a.previous, a.hash,
           h.number AS head_number, h.hash AS head_hash
    FROM audit AS a LEFT JOIN audit_head AS h USING (case_id)
    WHERE $1::uuid IS NULL OR a.case_id = $1
    ORDER BY a.case_id, a.number
"""
# Chains of which nothing is left: their end is recorded, or their case is there, and every case was at least opened.
_EMPTY = """
    SELECT case_id FROM (
        SELECT case_id FROM audit_head WHERE number > 0 UNION SELECT case_id FROM case_file
    ) AS known
    WHERE ($1::uuid IS NULL OR case_id = $1) AND NOT EXISTS (SELECT 1 FROM audit AS a WHERE a.case_id = known.case_id)
    ORDER BY case_id
"""
# ``good``: the last anchored line before that is still as it was; ``kept``: the last line there is.
_ANCHORED = """
    SELECT DISTINCT ON (n.case_id) n.case_id, n.line, a.hash IS NULL AS missing,
           (SELECT coalesce(max(b.number), 0) FROM audit AS b WHERE b.case_id = n.case_id) AS kept,
           (SELECT coalesce(max(g.line), 0) FROM audit_anchor_head AS g
            JOIN audit AS b ON b.case_id = g.case_id AND b.number = g.line AND b.hash = g.hash
            WHERE g.case_id = n.case_id AND g.line < n.line) AS good
    FROM audit_anchor_head AS n
    LEFT JOIN audit AS a ON a.case_id = n.case_id AND a.number = n.line
    WHERE a.hash IS DISTINCT FROM n.hash AND ($1::uuid IS NULL OR n.case_id = $1)
    ORDER BY n.case_id, n.line
"""
_ANCHORS = "SELECT number, at, heads, digest, previous, seal FROM audit_anchor ORDER BY number"
_ANCHOR_HEADS = "SELECT anchor, case_id, line, hash FROM audit_anchor_head ORDER BY anchor, case_id"


@dataclass(slots=True)
class Report:
    """What was looked at, and the first thing wrong in each case; ``more``: there is more than is listed."""

    lines: int = 0
    chains: int = 0
    anchors: int = 0
    findings: list[Finding] = field(default_factory=list)
    more: bool = False

    def add(self, finding: Finding) -> None:
        """Note a finding, the first of its case."""
        if len(self.findings) >= MOST_FINDINGS:
            self.more = True
        elif finding.case_id is None or all(finding.case_id != known.case_id for known in self.findings):
            self.findings.append(finding)


async def verify(
    conn: asyncpg.Connection, keyring: Keyring, case_id: UUID | None = None, receipts: Iterable[Receipt] = ()
) -> Report:
    """Look at every line once, in bounded memory; changes nothing. Reads are lines like all others.

    With ``case_id`` only that case's chain is judged, and the anchors' own chain is left out.
    """
    report = Report()
    async with conn.transaction(isolation="repeatable_read", readonly=True):
        await _chains(conn, case_id, report)
        async for row in conn.cursor(_EMPTY, case_id, prefetch=ROWS):
            report.add(Finding(Kind.MISSING, row["case_id"], 1))
        async for row in conn.cursor(_ANCHORED, case_id, prefetch=ROWS):
            report.add(_anchored(row))
        if case_id is None:
            await _anchors(conn, keyring, report, receipts)
    return report


async def _chains(conn: asyncpg.Connection, case_id: UUID | None, report: Report) -> None:
    chain: Chain | None = None
    async for row in conn.cursor(_LINES, case_id, prefetch=ROWS):
        if chain is None or chain.case_id != row["case_id"]:
            _close(chain, report)
            head = (row["head_number"], row["head_hash"]) if row["head_number"] is not None else None
            chain = Chain(row["case_id"], head)
        chain.feed(row)
        report.lines += 1
        if report.lines % ROWS == 0:
            await asyncio.sleep(0)
    _close(chain, report)


def _close(chain: Chain | None, report: Report) -> None:
    if chain is None:
        return
    report.chains += 1
    found = chain.end()
    if found is not None:
        report.add(found)


def _anchored(row: Any) -> Finding:
    """An anchored end that is gone, or a chain made anew: between the last anchored line that fits and this one."""
    if row["missing"]:
        return Finding(Kind.MISSING, row["case_id"], row["kept"] + 1)
    first = row["good"] + 1
    return Finding(Kind.ALTERED, row["case_id"], first, row["line"] if row["line"] > first else None)


async def _anchors(conn: asyncpg.Connection, keyring: Keyring, report: Report, receipts: Iterable[Receipt]) -> None:
    outside = iter(receipts)
    receipt = next(outside, None)
    previous, expected = START, 1
    heads = _Heads(conn.cursor(_ANCHOR_HEADS, prefetch=ROWS))
    async for row in conn.cursor(_ANCHORS, prefetch=ROWS):
        for missing in range(expected, row["number"]):
            report.add(Finding(Kind.ANCHOR_MISSING, None, missing))
        digest = await heads.of(row["number"])
        fits = row["previous"] == previous and row["heads"] == digest.heads and row["digest"] == digest.value()
        sealed = row["seal"] == seal_of(keyring, row["number"], row["at"], digest, row["previous"])
        while receipt is not None and receipt.number < row["number"]:
            receipt = next(outside, None)
        witnessed = receipt is None or receipt.number != row["number"] or receipt.seal == row["seal"]
        if not (fits and sealed and witnessed):
            report.add(Finding(Kind.ANCHOR_ALTERED, None, row["number"]))
        previous, expected = row["seal"], row["number"] + 1
        report.anchors += 1
    for gone in _gone(receipt, outside, expected):
        report.add(Finding(Kind.ANCHOR_MISSING, None, gone))


def _gone(receipt: Receipt | None, outside: Iterator[Receipt], expected: int) -> Iterator[int]:
    """Receipts of anchors that are behind the last one there is."""
    while receipt is not None:
        if receipt.number >= expected:
            yield receipt.number
        receipt = next(outside, None)


class _Heads:
    """The ends of one anchor after another, from one cursor."""

    def __init__(self, rows: AsyncIterator[Any]) -> None:
        self._rows = aiter(rows)
        self._row: Any = None
        self._begun = False

    async def of(self, anchor: int) -> Digest:
        digest = Digest()
        if not self._begun:
            self._begun, self._row = True, await anext(self._rows, None)
        while self._row is not None and self._row["anchor"] <= anchor:
            if self._row["anchor"] == anchor:
                digest.add(self._row)
            self._row = await anext(self._rows, None)
        return digest
