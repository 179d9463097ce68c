"""qio case: file, follow and decide beneficiary cases."""

import secrets
import sys
from typing import Annotated, Any
from uuid import UUID

import typer
from pydantic import ValidationError

from services.complaints.clock_cli import clock
from shared.cli.ask import actor, ask
from shared.cli.output import as_json, say
from shared.contracts.complaints import (
    AssignReviewer,
    Channel,
    FileDischargeAppeal,
    GoodCause,
    How,
    Item,
    Outcome,
    Party,
    RecordDecision,
    RecordHospitalNotified,
    RecordInformationReceived,
    RecordNoticeValidity,
    RecordPartyNotified,
    RecordProviderExplanation,
    RecordViewsSolicited,
    WithdrawCase,
)
from shared.contracts.message import Command
from shared.runtime.clock import utc_now

app = typer.Typer(
    help="Beneficiary cases: appeals, their deadlines and decisions.", no_args_is_help=True, add_completion=False
)
filing = typer.Typer(help="File a case.", no_args_is_help=True)
app.add_typer(filing, name="file")
app.command()(clock)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
CaseId = Annotated[UUID, typer.Argument(metavar="CASE", help="Id of the case.")]
At = Annotated[
    str | None, typer.Option("--at", help="When it happened, with zone: 2026-07-04T23:50-05:00. Now unless given.")
]


@filing.command("discharge-appeal")
def discharge_appeal(
    *,
    ccn: Annotated[str, typer.Option(help="CMS Certification Number of the hospital.")],
    hospital: Annotated[str, typer.Option(help="Name of the hospital.")],
    state: Annotated[str, typer.Option(help="State of the hospital, two letters.")],
    admitted: Annotated[str, typer.Option(help="Date of admission, YYYY-MM-DD.")],
    discharge: Annotated[str, typer.Option(help="Date of discharge that was ordered, YYYY-MM-DD.")],
    patient: Annotated[str, typer.Option(help="Name of the beneficiary.")],
    physician: Annotated[str, typer.Option(help="Name of the attending physician.")],
    received: Annotated[str | None, typer.Option(help="When the request came, with zone. Now unless given.")] = None,
    channel: Annotated[Channel, typer.Option(help="How it came.")] = Channel.PHONE,
    left: Annotated[bool, typer.Option("--left", help="The patient has left the hospital.")] = False,
    zip_code: Annotated[str | None, typer.Option("--zip", help="ZIP code of the hospital.")] = None,
    zone: Annotated[str | None, typer.Option(help="IANA time zone, when the hospital's is known to differ.")] = None,
    notice_given: Annotated[str | None, typer.Option(help="When the hospital gave its notice, with zone.")] = None,
    good_cause: Annotated[GoodCause | None, typer.Option(help="Why it comes so late (42 CFR 478.22).")] = None,
    beneficiary: Annotated[
        str | None, typer.Option(help="Reference of the beneficiary (32 hex digits); a new one unless given.")
    ] = None,
    patient_email: Annotated[str | None, typer.Option()] = None,
    patient_language: Annotated[str, typer.Option(help="en or es.")] = "en",
    hospital_email: Annotated[str | None, typer.Option()] = None,
    physician_email: Annotated[str | None, typer.Option()] = None,
    json: Json = False,
) -> None:
    """File a hospital discharge appeal of Original Medicare (42 CFR 405.1206)."""
    values = {
        "beneficiary": beneficiary or secrets.token_hex(16),
        "patient": _contact(patient, patient_email, patient_language),
        "physician": _contact(physician, physician_email),
        "hospital": _contact(hospital, hospital_email),
        "facility_ccn": ccn,
        "state": state.upper(),
        "zip_code": zip_code,
        "zone": zone,
        "admitted_on": admitted,
        "discharge_on": discharge,
        "received_at": received or utc_now(),
        "channel": channel,
        "still_inpatient": not left,
        "notice_given_at": notice_given,
        "good_cause": good_cause,
    }
    # The service knows the case by its own id; the request needs only a key of its own.
    _send(FileDischargeAppeal, values, key=secrets.token_hex(16), json=json)


@app.command()
def notified(case: CaseId, at: At = None, json: Json = False) -> None:
    """The hospital was told of the request."""
    _act(RecordHospitalNotified, case, at, json)


@app.command()
def received(
    case: CaseId,
    items: Annotated[list[Item] | None, typer.Option("--item", help="What came in; both unless given.")] = None,
    complete: Annotated[bool, typer.Option("--complete/--partial", help="All that was asked for is in.")] = True,
    at: At = None,
    json: Json = False,
) -> None:
    """Information came in from the hospital."""
    _act(RecordInformationReceived, case, at, json, items=frozenset(items or Item), complete=complete)


@app.command()
def views(
    case: CaseId,
    reached: Annotated[bool, typer.Option("--reached/--not-reached")] = True,
    at: At = None,
    json: Json = False,
) -> None:
    """The patient was asked for their views, or an attempt was made."""
    _act(RecordViewsSolicited, case, at, json, reached=reached)


@app.command()
def explanation(case: CaseId, at: At = None, json: Json = False) -> None:
    """The hospital had the opportunity to explain the discharge."""
    _act(RecordProviderExplanation, case, at, json)


@app.command()
def validity(
    case: CaseId, valid: Annotated[bool, typer.Option("--valid/--invalid")], at: At = None, json: Json = False
) -> None:
    """The hospital's notice was found valid or not."""
    _act(RecordNoticeValidity, case, at, json, valid=valid)


@app.command()
def assign(
    case: CaseId,
    reviewer: Annotated[str, typer.Argument(help="Id of the reviewer.")],
    physician: Annotated[bool, typer.Option("--physician/--not-physician")],
    no_conflict: Annotated[bool, typer.Option("--no-conflict", help="The reviewer attests it.")] = False,
    at: At = None,
    json: Json = False,
) -> None:
    """Give the case to a peer reviewer."""
    _act(AssignReviewer, case, at, json, reviewer=reviewer, physician=physician, attested_no_conflict=no_conflict)


@app.command()
def decide(
    case: CaseId,
    outcome: Annotated[Outcome, typer.Argument(help="What the reviewer determined.")],
    reviewer: Annotated[str, typer.Option(help="Id of the assigned reviewer.")],
    rationale: Annotated[
        str, typer.Option(help="The reasons in plain words, for the letters; - reads them from standard input.")
    ],
    liable_from: Annotated[str | None, typer.Option(help="First day the patient pays, YYYY-MM-DD.")] = None,
    at: At = None,
    json: Json = False,
) -> None:
    """Record the determination of the assigned reviewer."""
    words = sys.stdin.read().strip() if rationale == "-" else rationale
    more = {"outcome": outcome, "reviewer": reviewer, "rationale": words, "liable_from": liable_from}
    _act(RecordDecision, case, at, json, **more)


@app.command()
def told(
    case: CaseId,
    party: Annotated[Party, typer.Argument(help="Who was told.")],
    how: Annotated[How, typer.Option(help="LETTER: a letter was received.")] = How.PHONE,
    at: At = None,
    json: Json = False,
) -> None:
    """A party was told the determination, or could not be reached."""
    _act(RecordPartyNotified, case, at, json, party=party, how=how)


@app.command()
def withdraw(case: CaseId, at: At = None, json: Json = False) -> None:
    """The beneficiary takes the request back."""
    _act(WithdrawCase, case, at, json)


@app.command()
def show(case: CaseId, json: Json = False) -> None:
    """One case with its deadlines; the look is audited."""
    _print(_read(f"/cases/{case}"), json=json)


@app.command("list")
def list_cases(
    state: Annotated[str | None, typer.Option(help="Only cases in this state.")] = None,
    due_before: Annotated[str | None, typer.Option(help="Only cases with something due before, with zone.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 100,
    json: Json = False,
) -> None:
    """Cases by what is due next."""
    rows = _read("/cases", state=state, due_before=due_before, limit=limit)
    if json:
        as_json(rows)
        return
    for row in rows:
        say(f"{row['case_id']}  {row['state']:<21} {row['due_local'] or '-':<42} {row['next_rule'] or ''}")
    say(f"{len(rows)} cases")


def _read(path: str, **parameters: Any) -> Any:
    # Imported when asked: the HTTP side takes half a second to load, which filing a case must not pay for.
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    return get("complaints", path, purpose=Purpose.CASE_WORK, **parameters)


def _act(command: type[Command], case: UUID, at: str | None, json: bool, **values: Any) -> None:
    _send(command, {"case_id": case, "at": at or utc_now(), **values}, key=str(case), json=json)


def _contact(name: str, email: str | None, language: str = "en") -> dict[str, Any]:
    return {"name": name, "email": email, "language": language}


def _send(command: type[Command], values: dict[str, Any], *, key: str, json: bool) -> None:
    try:
        message = command.model_validate({**values, "actor": actor()})
    except ValidationError as error:
        for found in error.errors(include_url=False, include_input=False, include_context=False):
            typer.echo(f"Refused: {'.'.join(map(str, found['loc']))}: {found['msg']}", err=True)
        raise SystemExit(1) from None
    _print(ask(message, key), json=json)


def _print(case: dict[str, Any], *, json: bool) -> None:
    if json:
        as_json(case)
        return
    if case.get("joined"):
        say("The request joined the case there is; the earliest receipt holds.")
    say(f"Case {case['case_id']}  {case['state']}  {case['timeliness']}  {case['region']}")
    say(f"Received {case['received_local']}, clock of {case['zone']}")
    if case["outcome"]:
        say(f"Outcome {case['outcome']}")
    if case["liable_local"]:
        say(f"The patient may be charged from {case['liable_local']}")
    for deadline in case["deadlines"]:
        say(f"  {deadline['status']:<8}{deadline['due_local']:<42} {deadline['obligor']:<12}{deadline['owed']}")
        say(f"          {deadline['citation']} ({deadline['rule']} version {deadline['rule_version']})")
