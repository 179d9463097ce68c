"""Recruiting many at once, part of ``qio recruit``."""

import asyncio
import datetime as dt
import sys
import time
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import typer
from aiokafka.errors import KafkaError

from services.recruitment.cli.bulk_job import COLUMNS, Job, from_file, new_job, row_of
from services.recruitment.cli.frame import AsJson, date
from shared.cli.ask import Line, NoAnswer, actor
from shared.cli.many import Row, Tally, send, write_rejects
from shared.cli.output import as_json, fail, say
from shared.cli.read import get
from shared.feeds.progress import Progress
from shared.feeds.rows import UnusableFile
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings
from shared.stack.errors import StackError

FOLDER: Final = "bulk"
MOST: Final = 20_000  # above the number of homes there are


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command()(bulk)


def bulk(
    file: Annotated[
        Path | None,
        typer.Argument(help="CSV with the column ccn; also recruited_on, contact_name, contact_email."),
    ] = None,
    collaborative: Annotated[str | None, typer.Option(help="For example NNHQCC.")] = None,
    targets: Annotated[
        int | None, typer.Option(min=1, max=MOST, help="Without a file: the first so many of the targets.")
    ] = None,
    state: Annotated[str | None, typer.Option(help="With --targets: of this state only.")] = None,
    on: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="Day of joining; today when left out.")
    ] = None,
    resume: Annotated[UUID | None, typer.Option(metavar="JOB", help="Go on with a job that was interrupted.")] = None,
    rejects: Annotated[Path | None, typer.Option(help="Where refused rows are written down, with reasons.")] = None,
    json: AsJson = False,
) -> None:
    """Recruit many facilities into a collaborative; a row that is refused holds up no other.

    A job that was interrupted is gone on with by --resume: nothing is recruited twice, and its counts are those of the
    whole. Exit status 1 when a row was refused, 3 when the service did not answer all.
    """
    try:
        settings = Settings().with_stack()
        folder = settings.data_dir / FOLDER
        if resume is not None:
            _only(file, collaborative, targets, state, on)
            job = Job.load(folder, resume)
        else:
            job = new_job(_asked(file, collaborative, targets, state, on), utc_now())
            job.store(folder)
    except (UnusableFile, StackError, ValueError) as error:
        fail(str(error), 2)
    except OSError as error:
        fail(f"The job cannot be kept: {error.strerror}.", 2)
    started = time.monotonic()
    tally = _carry_out(settings, job, folder)
    target = rejects or settings.data_dir / "rejects" / "recruit-bulk.csv"
    write_rejects(target, tally.refused, COLUMNS[0])
    _report(job, tally, target, time.monotonic() - started, json)


def _only(*others: object) -> None:
    if any(other is not None for other in others):
        raise UnusableFile("With --resume a job goes on as it began: no other option but --rejects and --json.")


def _asked(
    file: Path | None, collaborative: str | None, targets: int | None, state: str | None, on: dt.date | None
) -> list[Row]:
    """The rows that are asked for; raises UnusableFile."""
    if collaborative is None:
        raise UnusableFile("Say into which --collaborative.")
    if (file is None) == (targets is None) or (file is not None and state is not None):
        raise UnusableFile("Give either a file or --targets; --state goes with --targets.")
    common = {"actor": actor(), "collaborative": collaborative.upper(), "recruited_on": on or utc_now().date()}
    if file is not None:
        rows = from_file(file, common)
    else:
        code, of_state = collaborative.upper(), state and state.upper()
        found = get("recruitment", "/targets", collaborative=code, state=of_state, limit=targets)
        rows = [row_of(target["rank"], {**common, "ccn": target["ccn"]}) for target in found]
    if not rows:
        raise UnusableFile("There is nobody to recruit.")
    return rows


def _carry_out(settings: Settings, job: Job, folder: Path) -> Tally:
    """Send everything; ends the command with what to do when it cannot be finished."""
    tally = Tally(job.rows)
    sys.stderr.write(f"Job of {tally.rows} rows; if it is cut off: qio recruit bulk --resume {job.id}\n")
    try:
        asyncio.run(_send(settings, job, tally))
    except NoAnswer:
        fail(_unfinished("The service did not answer in time", job, tally), 3)
    except KafkaError as error:
        fail(_unfinished(f"Kafka cannot be reached ({type(error).__name__})", job, tally), 3)
    except KeyboardInterrupt:
        fail(_unfinished("Interrupted", job, tally), 130)
    job.forget(folder)
    return tally


async def _send(settings: Settings, job: Job, tally: Tally) -> None:
    with Progress() as progress:
        progress.begin("Recruiting", sum(row.command is not None for row in job.rows))
        async with Line(settings) as line:
            await send(job.rows, line, tally, progress.add, key=lambda row: row.key, command_id=job.command_id)


def _unfinished(why: str, job: Job, tally: Tally) -> str:
    return (
        f"{why}; {tally.answered} of {tally.rows} rows are answered. What was sent may still be carried out. "
        f"Go on with: qio recruit bulk --resume {job.id}"
    )


def _report(job: Job, tally: Tally, target: Path, seconds: float, json: bool) -> None:
    summary: dict[str, Any] = {
        "job": str(job.id),
        "rows": tally.rows,
        "recruited": len(tally.accepted),
        "refused": len(tally.refused),
        "why": dict(tally.why().most_common()),
        "rejects_file": str(target) if tally.refused else None,
        "seconds": round(seconds, 3),
    }
    if json:
        as_json(summary)
    else:
        say(f"{summary['recruited']} of {tally.rows} recruited, {summary['refused']} refused, in {seconds:.1f} s.")
        for code, count in summary["why"].items():
            say(f"  {count:>6}  {code}")
        if tally.refused:
            say(f"Refused rows with their reasons: {target}")
    if tally.refused:
        sys.stdout.flush()
        raise SystemExit(1)
