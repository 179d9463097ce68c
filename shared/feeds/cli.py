"""``qio feed ...``: sends real files, and written samples, to the platform."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from shared.cli.output import fail
from shared.feeds import commands, facility_cli, sending, whole_sample
from shared.feeds import parts as one_file
from shared.feeds.adt.notices import Facilities
from shared.feeds.nursing_homes import DEFAULT_AS_OF
from shared.feeds.sending import Json, RejectsFile, day
from shared.runtime.clock import utc_now

app = typer.Typer(
    help="Send files to the platform. Sending one twice has no second effect.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

facility_cli.add_to(app)


@app.command("nursing-homes")
def nursing_homes(
    file: Annotated[Path, typer.Argument(help="CMS provider information, CSV or CSV.gz, of 2012 or today.")],
    as_of: Annotated[
        dt.date, typer.Option(parser=day, metavar="DATE", help="Date of the file's content.")
    ] = DEFAULT_AS_OF,
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send the nursing homes of a CMS provider file. A correction of a file needs a later --as-of."""
    sending.not_future(as_of)
    sending.send("nursing-homes", lambda: commands.nursing_home_parts(file, as_of), rejects, json)


@app.command("hospitals")
def hospitals(
    file: Annotated[Path, typer.Argument(help="CMS Hospital General Information, CSV or CSV.gz.")],
    as_of: Annotated[dt.date, typer.Option(parser=day, metavar="DATE", help="Date of the file's content.")],
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send the hospitals of a CMS file. A correction of a file needs a later --as-of."""
    sending.not_future(as_of)
    sending.send("hospitals", lambda: one_file.hospitals(file, as_of), rejects, json)


@app.command("adt")
def adt(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of files, of HL7 v2 ADT or FHIR bundles.")],
    facility: Annotated[
        list[str] | None, typer.Option(metavar="NAME=CCN", help="A hospital's number by its name; may be given again.")
    ] = None,
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send what hospitals told of admissions and discharges. A rejected message is named by file and number."""
    try:
        facilities = Facilities.of(facility or [])
    except ValueError as error:
        fail(str(error), 2)
    sending.send(
        "adt", lambda: one_file.notices(paths, facilities, sending.reference(), utc_now().date()), rejects, json
    )


@app.command("services")
def services(
    file: Annotated[Path, typer.Argument(help="CSV or CSV.gz of long-term services at home, one version a row.")],
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send community services: person, service, version, action, kind, referred, started, ended."""
    sending.send("services", lambda: one_file.services(file, sending.reference()), rejects, json)


@app.command("residents")
def residents(
    file: Annotated[Path, typer.Argument(help="CSV, CSV.gz or JSON lines of MDS 3.0 items by their official names.")],
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send nursing-home residents' MDS records: assessments, entries, discharges, and their corrections."""
    sending.send("residents", lambda: one_file.residents(file, sending.reference(), utc_now().date()), rejects, json)


@app.command("evidence")
def evidence(
    paths: Annotated[list[Path], typer.Argument(help="FHIR R4 in JSON, files or folders; or a Synthea CSV folder.")],
    practice: Annotated[str, typer.Option(help="Whose record it is: the practice's NPI or other number.")],
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send what a practice's health record tells of its patients. All files of one export belong in one command."""
    today = utc_now().date()
    sending.send("evidence", lambda: one_file.evidence(paths, practice, sending.reference(), today), rejects, json)


@app.command("value-sets")
def value_sets(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: columns code,meaning; HCUP CCS; Tuva.")],
    version: Annotated[str, typer.Option(help="The version of the sets; the highest complete one holds.")],
    name: Annotated[str | None, typer.Option(help="The set of files with columns code,meaning.")] = None,
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send value sets. A set with a rejected row is not sent; a correction needs a higher --version."""
    sending.send("value-sets", lambda: one_file.value_sets(paths, version, name), rejects, json)


@app.command("desynpuf")
def desynpuf(
    folder: Annotated[Path, typer.Argument(help="Folder with the files of DE-SynPUF samples.")],
    sample: Annotated[list[int] | None, typer.Option(help="Only this sample; may be given again.")] = None,
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send enrolment and inpatient claims of CMS's synthetic public use files, 2008 to 2010."""
    sending.send("desynpuf", lambda: commands.desynpuf_parts(folder, sample or [], sending.reference()), rejects, json)


@app.command("rif")
def rif(
    folder: Annotated[Path, typer.Argument(help="Folder with beneficiary_YYYY, inpatient, outpatient, ... .csv[.gz].")],
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send enrolment, claims and drug events of CMS Research Identifiable Files ("|" between values).

    A file that is missing or damaged is left out, and measures that need it are not computed. After an interruption,
    or with mended files, simply run it again: what was sent already has no second effect.
    """
    sending.send("rif", lambda: commands.rif_parts(folder, sending.reference()), rejects, json)


@app.command("synthea")
def synthea(
    folder: Annotated[Path, typer.Argument(help="Folder with patients, encounters and medications .csv[.gz].")],
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send enrolment, claims and drug fills of a Synthea CSV export.

    After an interruption simply run it again: what was sent already has no second effect.
    """
    sending.send("synthea", lambda: commands.synthea_parts(folder, sending.reference()), rejects, json)


@app.command("sample")
def program_sample(
    folder: Annotated[Path, typer.Argument(help="A folder written by `qio sample`.")],
    rejects: RejectsFile = None,
    json: Json = False,
) -> None:
    """Send value sets, enrolment, claims, other care and what facilities tell, of a made-up program."""
    sending.send("sample", lambda: whole_sample.sample(folder, sending.reference(), utc_now().date()), rejects, json)
