"""qio case audit: verify that nobody changed the audit, show a case's, anchor its ends."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from shared.cli.output import as_json, say

# The database and HTTP sides are imported when asked: they take a second to load, which filing must not pay for.

app = typer.Typer(help="The audit of cases: verify, show, anchor.", no_args_is_help=True, add_completion=False)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Receipts = Annotated[
    Path | None,
    typer.Option(dir_okay=False, help="File of receipts outside the database; audit/ in the data folder unless given."),
]
PAGE: Final = 5_000


@app.command()
def verify(
    case: Annotated[UUID | None, typer.Argument(metavar="[CASE]", help="One case; all unless given.")] = None,
    receipts: Receipts = None,
    json: Json = False,
) -> None:
    """Every line of every case against its chain, its end, the anchors and their receipts; exit status 1 if not so."""
    from services.complaints.auditing import work as audit_work  # noqa: PLC0415

    report = audit_work.verified(case, receipts)
    if json:
        as_json(audit_work.in_values(report))
    else:
        for finding in report.findings:
            say(audit_work.sentence(finding))
        say(audit_work.verdict(report))
    if report.findings:
        raise SystemExit(1)


@app.command()
def anchor(receipts: Receipts = None, json: Json = False) -> None:
    """Anchor the ends of all chains that grew, and write the receipts that the file does not have yet."""
    from services.complaints.auditing import work as audit_work  # noqa: PLC0415

    new = audit_work.anchored(receipts)
    if json:
        as_json([{"anchor": one.number, "heads": one.heads, "seal": one.seal.hex()} for one in new])
        return
    for one in new:
        say(f"Anchor {one.number}: {one.heads} chains, seal {one.seal.hex()}")
    if not new:
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


def _lines(case: UUID) -> Iterator[dict[str, Any]]:
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    after = 0
    while page := get("complaints", f"/cases/{case}/audit", purpose=Purpose.OVERSIGHT, after=after, limit=PAGE):
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1]["number"]
