"""qio measures report: figures of facilities as FHIR MeasureReports, without small numbers unless they stay inside."""

import json as notation
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from services.measures.commands.pictures import cohort, options
from services.measures.commands.pictures.cohort import Whose
from shared.cli.output import fail, say

AT_ONCE: Final = 100


def report(
    measure: Annotated[str, typer.Option(metavar="ID", help="A measure of facilities the platform publishes.")],
    *,
    unit: options.Unit = None,
    units: options.Units = None,
    state: options.State = None,
    network: options.Network = None,
    period: Annotated[str | None, typer.Option(help="2018-03, 2018Q1, 2018 or a span; else all there are.")] = None,
    inside: Annotated[
        bool, typer.Option("--inside", help="With counts of 1 to 10; the file must not leave the program.")
    ] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it there instead of to the screen.")] = None,
) -> None:
    """Export FHIR R4 MeasureReports: one as a document, several one on each line (NDJSON).

    What may not leave has no counts and no score, and says why.
    """
    try:
        named = list(cohort.members(Whose(unit, units, state, network)).units)
    except ValueError as error:
        fail(f"{str(error)[:1].upper()}{str(error)[1:]}.", 2)
    if not named:
        fail("Unit: name facilities, a file of them, a state or a network.", 2)
    found = _asked(measure, named, period, "inside" if inside else "external")
    if not found:
        fail("Nothing is published of that.", 1)
    one = notation.dumps(found[0], indent=2, ensure_ascii=False)
    text = one if len(found) == 1 else "\n".join(notation.dumps(row, ensure_ascii=False) for row in found)
    if out is None:
        say(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        fail(f"The report cannot be written: {error.strerror}.", 2)
    masked = sum("withheld: " in row["text"]["div"] for row in found)
    said = f"; {masked:,} without numbers, because they may not leave" if masked else ""
    say(f"Wrote {len(found):,} {'report' if len(found) == 1 else 'reports'}: {out.name}{said}.")


def _asked(measure: str, units: list[str], period: str | None, view: str) -> list[dict[str, Any]]:
    from shared.cli.read import get  # noqa: PLC0415

    found: list[dict[str, Any]] = []
    for first in range(0, len(units), AT_ONCE):
        some = units[first : first + AT_ONCE]
        found += get("measures", "/facilities/reports", measure=measure, unit=some, period=period, view=view)
    return found


COMMANDS = (report,)
