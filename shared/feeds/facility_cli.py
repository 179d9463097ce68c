"""``qio feed infections|scores|counts``: what is told of hospitals and other facilities as a whole."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Final, get_args

import typer

from shared.cli.output import fail
from shared.contracts.infections import Baseline
from shared.feeds import facility_parts, sending
from shared.feeds.infections.hospital_compare import Vintage
from shared.feeds.sending import Json, RejectsFile, day
from shared.runtime.clock import utc_now

_BASELINES: Final[dict[str, Baseline]] = {name: name for name in get_args(Baseline)}


def infections(
    file: Annotated[Path, typer.Argument(help="Hospital Compare's infections, a hospital's own counts, or surveys.")],
    as_of: Annotated[
        dt.date | None, typer.Option(parser=day, metavar="DATE", help="Date of the content of a file of CMS.")
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(help="Baseline of CMS's predicted numbers; 2006-08 to 2015, then 2015.")
    ] = None,
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send infections of hospitals. A correction of a file of CMS needs a later --as-of."""
    if as_of is not None:
        sending.not_future(as_of)
    if baseline is not None and baseline not in _BASELINES:
        fail(f"A baseline is one of {', '.join(_BASELINES)}.", 2)
    vintage = None if as_of is None else Vintage(as_of, _BASELINES.get(baseline or ""))
    today = utc_now().date()
    sending.send("infections", lambda: facility_parts.infections(file, vintage, today), rejects, json)


def scores(
    file: Annotated[Path, typer.Argument(help="A hospital file of HRRP, HAC reduction or value-based purchasing.")],
    as_of: Annotated[dt.date, typer.Option(parser=day, metavar="DATE", help="Date of the file's content.")],
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send hospitals' scores of a fiscal year. A correction of a file needs a later --as-of."""
    sending.not_future(as_of)
    sending.send("scores", lambda: facility_parts.scores(file, as_of), rejects, json)


def counts(
    file: Annotated[Path, typer.Argument(help="CSV: ccn, measure, month, numerator, denominator, version, action.")],
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send a facility's own monthly counts, such as staff stability or harms per 1,000 discharges."""
    sending.send("counts", lambda: facility_parts.counts(file, utc_now().date()), rejects, json)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (infections, scores, counts):
        app.command(command.__name__)(command)
