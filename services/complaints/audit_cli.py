"""qio case audit: verify that nobody changed the audit, show a case's, anchor its ends."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from services.complaints import audit_anchors
from services.complaints.audit_anchors import Receipt, read_receipts, write_receipts
from services.complaints.audit_check import Report
from services.complaints.audit_check import verify as check
from services.complaints.audit_findings import Finding, Kind
from shared.cli.output import as_json, fail, say
from shared.cli.services import with_database
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context

app = typer.Typer(help="The audit of cases: verify, show, anchor.", no_args_is_help=True, add_completion=False)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Receipts = Annotated[
    Path | None, typer.Option(help="File of receipts outside the database; audit/ in the data folder unless given.")
]
_WORDS = {
    Kind.ALTERED: "was altered",
    Kind.MISSING: "is missing",
    Kind.OUT_OF_ORDER: "does not stand where it was written",
    Kind.ADDED: "was added behind the recorded end",
    Kind.HEAD_ALTERED: "does not fit the recorded end",
    Kind.ANCHOR_ALTERED: "was altered",
    Kind.ANCHOR_MISSING: "is missing",
}


@app.command()
def verify(
    case: Annotated[UUID | None, typer.Argument(metavar="[CASE]", help="One case; all unless given.")] = None,
    receipts: Receipts = None,
    json: Json = False,
) -> None:
    """Every line of every case against its chain, its end, the anchors and their receipts; exit status 1 if not so."""

    async def work(context: Context) -> Report:
        async with context.pool.acquire() as conn:
            return await check(conn, context.keyring, case, read_receipts(_file(receipts, context)))

    report = with_database("complaints", work)
    if json:
        findings = [_plain(finding) for finding in report.findings]
        as_json({**_counts(report), "sound": not findings, "findings": findings, "more": report.more})
    else:
        for finding in report.findings:
            say(sentence(finding))
        say(f"{report.lines} lines of {report.chains} chains, {report.anchors} anchors: {_verdict(report)}")
    if report.findings:
        raise SystemExit(1)


@app.command()
def anchor(receipts: Receipts = None, json: Json = False) -> None:
    """Anchor the ends of all chains that grew, and write the receipts that the file does not have yet."""

    async def work(context: Context) -> list[Receipt]:
        path = _file(receipts, context)
        known = max((receipt.number for receipt in read_receipts(path)), default=0)
        async with context.pool.acquire() as conn:
            await audit_anchors.take(conn, context.keyring, context.clock())
            new = await audit_anchors.receipts_since(conn, known)
        write_receipts(path, new)
        return new

    new = with_database("complaints", work)
    if json:
        as_json([{"anchor": one.number, "heads": one.heads, "seal": one.seal.hex()} for one in new])
    for one in [] if json else new:
        say(f"Anchor {one.number}: {one.heads} chains, seal {one.seal.hex()}")
    if not new and not json:
        say("Nothing new to anchor.")


@app.command()
def show(case: Annotated[UUID, typer.Argument(metavar="CASE", help="Id of the case.")], json: Json = False) -> None:
    """Who did and read what of a case, when and what for; the look is audited."""
    found = list(_lines(case))
    if json:
        as_json(found)
        return
    for line in found:
        why = line["purpose"] or "-"
        say(f"{line['number']:>6}  {line['at']:<27}  {line['actor']:<32}  {why:<20}  {line['action']}")


def sentence(finding: Finding) -> str:
    """A finding for people."""
    if finding.case_id is None:
        return f"Anchor {finding.line} {_WORDS[finding.kind]}."
    where = f"line {finding.line}" if finding.until is None else f"a line from {finding.line} to {finding.until}"
    return f"Case {finding.case_id}: {where} {_WORDS[finding.kind]}."


def _lines(case: UUID) -> Iterator[dict[str, Any]]:
    from shared.cli.read import get  # noqa: PLC0415 - the HTTP side takes half a second to load

    after = 0
    while page := get("complaints", f"/cases/{case}/audit", purpose=Purpose.OVERSIGHT, after=after, limit=5000):
        yield from page
        after = page[-1]["number"]
        if len(page) < 5000:
            return


def _file(given: Path | None, context: Context) -> Path:
    path = given or context.settings.data_dir / "audit" / "complaints-anchors.jsonl"
    if path.is_dir():
        fail(f"{path.name} is a folder.", 2)
    return path


def _plain(finding: Finding) -> dict[str, object]:
    case = str(finding.case_id) if finding.case_id is not None else None
    return {"kind": finding.kind.value, "case_id": case, "line": finding.line, "until": finding.until}


def _counts(report: Report) -> dict[str, int]:
    return {"lines": report.lines, "chains": report.chains, "anchors": report.anchors}


def _verdict(report: Report) -> str:
    if not report.findings:
        return "all as written."
    return f"{len(report.findings)}{' and more' if report.more else ''} not as written."
