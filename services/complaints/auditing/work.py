"""What the audit's commands do on the database and the file of receipts, and how findings are said to people."""

from pathlib import Path
from uuid import UUID

from services.complaints.auditing import anchors as audit_anchors
from services.complaints.auditing.anchors import Receipt, read_receipts, write_receipts
from services.complaints.auditing.check import Report, verify
from services.complaints.auditing.findings import Finding, Kind
from shared.cli.services import with_database
from shared.runtime.service import Context

_WORDS = {
    Kind.ALTERED: "was altered",
    Kind.MISSING: "is missing",
    Kind.OUT_OF_ORDER: "does not stand where it was written",
    Kind.ADDED: "was added behind the recorded end",
    Kind.HEAD_ALTERED: "does not fit the recorded end",
    Kind.ANCHOR_ALTERED: "was altered",
    Kind.ANCHOR_MISSING: "is missing",
}


def verified(case: UUID | None, receipts: Path | None) -> Report:
    """What verification finds; ends the process with a sentence where the database or the file cannot be used."""

    async def work(context: Context) -> Report:
        async with context.pool.acquire() as conn:
            return await verify(conn, context.keyring, case, read_receipts(_file(receipts, context)))

    return with_database("complaints", work)


def anchored(receipts: Path | None) -> list[Receipt]:
    """Anchor what grew, and append to the file the receipts it does not have yet, which are returned."""

    async def work(context: Context) -> list[Receipt]:
        path = _file(receipts, context)
        known = max((receipt.number for receipt in read_receipts(path)), default=0)
        async with context.pool.acquire() as conn:
            await audit_anchors.take(conn, context.keyring, context.clock())
            new = await audit_anchors.receipts_since(conn, known)
        write_receipts(path, new)
        return new

    return with_database("complaints", work)


def sentence(finding: Finding) -> str:
    """A finding for people."""
    if finding.case_id is None:
        return f"Anchor {finding.line} {_WORDS[finding.kind]}."
    where = f"line {finding.line}" if finding.until is None else f"a line from {finding.line} to {finding.until}"
    return f"Case {finding.case_id}: {where} {_WORDS[finding.kind]}."


def in_values(report: Report) -> dict[str, object]:
    """A report in plain values."""
    findings = [
        {
            "kind": finding.kind.value,
            "case_id": str(finding.case_id) if finding.case_id is not None else None,
            "line": finding.line,
            "until": finding.until,
        }
        for finding in report.findings
    ]
    return {
        "lines": report.lines,
        "chains": report.chains,
        "anchors": report.anchors,
        "sound": not findings,
        "findings": findings,
        "more": report.more,
    }


def verdict(report: Report) -> str:
    """The report's last line for people."""
    seen = f"{report.lines} lines of {report.chains} chains, {report.anchors} anchors"
    if not report.findings:
        return f"{seen}: all as written."
    return f"{seen}: {len(report.findings)}{' and more' if report.more else ''} not as written."


def _file(given: Path | None, context: Context) -> Path:
    return given or context.settings.data_dir / "audit" / "complaints-anchors.jsonl"
