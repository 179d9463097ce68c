"""``qio sample``: writes a made-up program of any size."""

from pathlib import Path
from typing import Annotated

import typer

from shared.cli.output import as_json, fail, say
from shared.feeds.rows import UnusableFile
from shared.feeds.sample.files import write
from shared.feeds.sample.plan import Plan

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_JSON = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]


@app.command()
def sample(
    out: Annotated[Path, typer.Option(help="Folder to write to.")],
    seed: Annotated[int, typer.Option(help="Another seed, another program.")] = 1,
    beneficiaries: Annotated[int, typer.Option(min=0)] = 10_000,
    homes: Annotated[int, typer.Option(min=0)] = 500,
    json: _JSON = False,
) -> None:
    """Write nursing homes, communities, enrolment, claims and appeals of a made-up program."""
    try:
        counts = write(Plan(seed=seed, beneficiaries=beneficiaries, homes=homes), out)
    except UnusableFile as error:
        fail(str(error), 2)
    except OSError as error:
        fail(f"The folder {out} cannot be written ({error.strerror}).", 2)
    if json:
        as_json({"folder": str(out), "seed": seed, **counts})
        return
    for name, count in counts.items():
        say(f"{count:>12,}  {name.replace('_', ' ')}")
    say(f"Written to {out}.")
