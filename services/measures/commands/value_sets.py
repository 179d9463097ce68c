"""qio measures value-sets: load code lists, list what is loaded."""

from pathlib import Path
from typing import Annotated, Any

import typer

from services.measures.commands import printing

app = typer.Typer(help="Code lists that measures use: load, list.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]


@app.command("list")
def listed(
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values, one row each.")] = False,
) -> None:
    """Every version known, which holds, and which sets are missing."""
    from shared.cli.read import get  # noqa: PLC0415 - the HTTP side takes half a second to load

    found: dict[str, Any] = get("measures", "/value-sets")
    if json or csv:
        printing.show(found if json else found["loaded"], printing.value_sets, json=json, csv=csv)
    else:
        printing.value_sets(found["loaded"])
        printing.missing(found["missing"])


@app.command("load")
def load(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: columns code,meaning; HCUP CCS; Tuva.")],
    version: Annotated[str, typer.Option(help="The version of the sets; the highest complete one holds.")],
    name: Annotated[str | None, typer.Option(help="The set of files with columns code,meaning.")] = None,
    rejects: Annotated[Path | None, typer.Option(help="Where rejected rows are written down.")] = None,
    json: Json = False,
) -> None:
    """Send value sets, as `qio feed value-sets` does. A correction needs a higher --version."""
    from shared.feeds.cli import value_sets  # noqa: PLC0415 - the readers take a second to load

    value_sets(paths, version, name, rejects, json)
