"""``qio feed ...``: sends real files, and written samples, to the platform."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from shared.cli.output import as_json, fail, say
from shared.feeds import commands
from shared.feeds import parts as one_file
from shared.feeds.adt.notices import Facilities
from shared.feeds.nursing_homes import DEFAULT_AS_OF
from shared.feeds.reference import Reference
from shared.feeds.rows import Counts, UnusableFile
from shared.runtime.clock import utc_now

app = typer.Typer(
    help="Send files to the platform. Sending one twice has no second effect.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_JSON = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]
_REJECTS = Annotated[Path | None, typer.Option(help="Where rejected rows are written down (place and rule only).")]


def _date(text: str | dt.date) -> dt.date:
    return text if isinstance(text, dt.date) else dt.date.fromisoformat(text)


@app.command("nursing-homes")
def nursing_homes(
    file: Annotated[Path, typer.Argument(help="CMS provider information, CSV or CSV.gz, of 2012 or today.")],
    as_of: Annotated[
        dt.date, typer.Option(parser=_date, metavar="DATE", help="Date of the file's content.")
    ] = DEFAULT_AS_OF,
    rejects: _REJECTS = None,
    json: _JSON = False,
) -> None:
    """Send the nursing homes of a CMS provider file. A correction of a file needs a later --as-of."""
    _not_future(as_of)
    _send("nursing-homes", lambda: commands.nursing_home_parts(file, as_of), rejects, json)


@app.command("hospitals")
def hospitals(
    file: Annotated[Path, typer.Argument(help="CMS Hospital General Information, CSV or CSV.gz.")],
    as_of: Annotated[dt.date, typer.Option(parser=_date, metavar="DATE", help="Date of the file's content.")],
    rejects: _REJECTS = None,
    json: _JSON = False,
) -> None:
    """Send the hospitals of a CMS file. A correction of a file needs a later --as-of."""
    _not_future(as_of)
    _send("hospitals", lambda: one_file.hospitals(file, as_of), rejects, json)


@app.command("adt")
def adt(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of files, of HL7 v2 ADT or FHIR bundles.")],
    facility: Annotated[
        list[str] | None, typer.Option(metavar="NAME=CCN", help="A hospital's number by its name; may be given again.")
    ] = None,
    rejects: _REJECTS = None,
    json: _JSON = False,
) -> None:
    """Send what hospitals told of admissions and discharges. A rejected message is named by file and number."""
    try:
        facilities = Facilities.of(facility or [])
    except ValueError as error:
        fail(str(error), 2)
    _send("adt", lambda: one_file.notices(paths, facilities, _reference(), utc_now().date()), rejects, json)


@app.command("services")
def services(
    file: Annotated[Path, typer.Argument(help="CSV or CSV.gz of long-term services at home, one version a row.")],
    rejects: _REJECTS = None,
    json: _JSON = False,
) -> None:
    """Send community services: person, service, version, action, kind, referred, started, ended."""
    _send("services", lambda: one_file.services(file, _reference()), rejects, json)


@app.command("residents")
def residents(
    file: Annotated[Path, typer.Argument(help="CSV, CSV.gz or JSON lines of MDS 3.0 items by their official names.")],
    rejects: _REJECTS = None,
    json: _JSON = False,
) -> None:
    """Send nursing-home residents' MDS records: assessments, entries, discharges, and their corrections."""
    _send("residents", lambda: one_file.residents(file, _reference(), utc_now().date()), rejects, json)


@app.command("value-sets")
def value_sets(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: columns code,meaning; HCUP CCS; Tuva.")],
    version: Annotated[str, typer.Option(help="The version of the sets; the highest complete one holds.")],
    name: Annotated[str | None, typer.Option(help="The set of files with columns code,meaning.")] = None,
    rejects: _REJECTS = None,
    json: _JSON = False,
) -> None:
    """Send value sets. A set with a rejected row is not sent; a correction needs a higher --version."""
    _send("value-sets", lambda: one_file.value_sets(paths, version, name), rejects, json)


@app.command("desynpuf")
def desynpuf(
    folder: Annotated[Path, typer.Argument(help="Folder with the files of DE-SynPUF samples.")],
    sample: Annotated[list[int] | None, typer.Option(help="Only this sample; may be given again.")] = None,
    rejects: _REJECTS = None,
    json: _JSON = False,
) -> None:
    """Send enrolment and inpatient claims of CMS's synthetic public use files, 2008 to 2010."""
    _send("desynpuf", lambda: commands.desynpuf_parts(folder, sample or [], _reference()), rejects, json)


@app.command("rif")
def rif(
    folder: Annotated[Path, typer.Argument(help="Folder with beneficiary_YYYY, inpatient, outpatient, ... .csv[.gz].")],
    rejects: _REJECTS = None,
    json: _JSON = False,
) -> None:
    """Send enrolment, claims and drug events of CMS Research Identifiable Files ("|" between values).

    A file that is missing or damaged is left out, and measures that need it are not computed. After an interruption,
    or with mended files, simply run it again: what was sent already has no second effect.
    """
    _send("rif", lambda: commands.rif_parts(folder, _reference()), rejects, json)


@app.command("synthea")
def synthea(
    folder: Annotated[Path, typer.Argument(help="Folder with patients, encounters and medications .csv[.gz].")],
    rejects: _REJECTS = None,
    json: _JSON = False,
) -> None:
    """Send enrolment, claims and drug fills of a Synthea CSV export.

    After an interruption simply run it again: what was sent already has no second effect.
    """
    _send("synthea", lambda: commands.synthea_parts(folder, _reference()), rejects, json)


@app.command("sample")
def program_sample(
    folder: Annotated[Path, typer.Argument(help="A folder written by `qio sample`.")],
    rejects: _REJECTS = None,
    json: _JSON = False,
) -> None:
    """Send value sets, enrolment, claims and other care of a made-up program."""
    _send("sample", lambda: commands.sample_parts(folder, _reference()), rejects, json)


def _not_future(as_of: dt.date) -> None:
    if as_of > utc_now().date():
        # A vintage of the future would win over every real file to come.
        fail("The date of the file's content lies in the future.", 2)


def _reference() -> Reference:
    """What makes references of people's numbers, by the key of this platform."""
    return commands.reference_of(commands.settings_or_fail())


def _send(kind: str, parts: Callable[[], list[commands.Part]], rejects: Path | None, json: bool) -> None:
    """Send what these files give, and say what became of it; exits 2 where they are not such files."""
    try:
        found = parts()
    except UnusableFile as error:
        fail(str(error), 2)
    _report(commands.run(commands.settings_or_fail(), kind, found, rejects), json)


def _report(loaded: commands.Loaded, json: bool) -> None:
    if json:
        as_json(loaded.as_json())
        return
    for name, counts in loaded.counts.items():
        say(_sentence(name.replace("_", " "), counts, loaded.keys[name]))
    if loaded.rejected:
        say(f"Rejected rows are listed by file, line, field and rule in {loaded.rejects}.")
    say(f"Done in {loaded.seconds:.1f} s.")


def _sentence(name: str, counts: Counts, keys: int) -> str:
    parts = [f"{counts.read:,} rows read", f"{counts.records:,} sent", f"{counts.rejected:,} rejected"]
    parts += [f"{count:,} {why}" for why, count in sorted(counts.folded.items())]
    if counts.repaired:
        parts.append(f"{counts.repaired:,} repaired")
    if name.startswith("value set "):
        return f"{name.capitalize()}: {', '.join(parts)}."
    whose = {"nursing homes": "homes", "hospitals": "hospitals", "residents": "homes"}.get(name, "beneficiaries")
    return f"{name.capitalize()}: {', '.join(parts)}; {keys:,} {whose}."
