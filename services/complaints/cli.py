"""qio case: file, follow and decide beneficiary cases of every type."""

import secrets
import sys
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import orjson
import typer

from services.complaints.auditing.cli import app as audit
from services.complaints.commands.clock import clock
from services.complaints.commands.steps import steps
from services.complaints.consistency.cli import app as consistency
from services.complaints.disclosures.cli import disclose, status_id
from services.complaints.documents.cli import app as documents
from services.complaints.intake.cli import app as intake
from services.complaints.intake.cli import outage
from services.complaints.payments.cli import app as payments
from services.complaints.payments.cli import draw
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.contracts.complaints import (
    AddConcern,
    AssignReviewer,
    Authority,
    CaseType,
    Channel,
    CorrectFact,
    DecideCase,
    FileCase,
    GoodCause,
    How,
    NameParty,
    Part,
    ProviderType,
    ReconsiderCase,
    RecordStep,
    ReopenCase,
    ReopenGround,
    Role,
    TransferCase,
    WithdrawCase,
)
from shared.contracts.message import Command
from shared.contracts.reviewers import Profession, Specialty
from shared.runtime.clock import utc_now

app = typer.Typer(
    help="Beneficiary cases: appeals, complaints, reviews, their deadlines and decisions.",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(clock)
app.command()(steps)
app.add_typer(audit, name="audit")
app.add_typer(disclose, name="disclose")
app.add_typer(status_id, name="status-id")
app.command()(outage)
app.add_typer(intake, name="intake")
app.add_typer(documents, name="documents")
app.add_typer(consistency, name="consistency")
app.add_typer(payments, name="payments")
app.command()(draw)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
CaseId = Annotated[UUID, typer.Argument(metavar="CASE", help="Id of the case.")]
At = Annotated[
    str | None, typer.Option("--at", help="When it happened, with zone: 2026-07-04T23:50-05:00. Now unless given.")
]
Facts = Annotated[list[str] | None, typer.Option("--fact", metavar="FACT=TIME", help="A fact of the case type.")]
Circumstances = Annotated[list[str] | None, typer.Option("--is", metavar="CIRCUMSTANCE", help="What holds.")]
Answers = Annotated[list[str] | None, typer.Option("--answer", metavar="NAME=VALUE", help="A short coded finding.")]
WordsFrom = Annotated[
    str | None,
    typer.Option("--words", metavar="FILE", help="JSON object of words for the letters; - is standard input."),
]
Note = Annotated[str | None, typer.Option("--note", help="Confidential; - reads it from standard input.")]


@app.command("file")
def file_case(
    case_type: Annotated[CaseType, typer.Argument(metavar="TYPE", help="Type of case.", case_sensitive=False)],
    *,
    ccn: Annotated[str, typer.Option(help="CMS Certification Number of the provider.")],
    provider: Annotated[str, typer.Option(help="Name of the provider.")],
    state: Annotated[str, typer.Option(help="State in which the service was given, two letters.")],
    patient: Annotated[str, typer.Option(help="Name of the beneficiary (or individual).")],
    provider_type: Annotated[ProviderType, typer.Option(help="Kind of provider.")] = ProviderType.HOSPITAL,
    practitioner: Annotated[str | None, typer.Option(help="Name of the attending physician or practitioner.")] = None,
    plan: Annotated[str | None, typer.Option(help="Name of the Medicare Advantage plan.")] = None,
    representative: Annotated[str | None, typer.Option(help="Name of who acts for the beneficiary.")] = None,
    authority: Annotated[Authority | None, typer.Option(help="What lets the representative act.")] = None,
    email: Annotated[
        list[str] | None, typer.Option(metavar="ROLE=ADDRESS", help="Where a party gets its letters.")
    ] = None,
    patient_language: Annotated[str, typer.Option(help="en or es.")] = "en",
    received: Annotated[str | None, typer.Option(help="When the request came, with zone. Now unless given.")] = None,
    channel: Annotated[Channel, typer.Option(help="How it came.")] = Channel.PHONE,
    fact: Facts = None,
    circumstance: Circumstances = None,
    zip_code: Annotated[str | None, typer.Option("--zip", help="ZIP code of the provider.")] = None,
    zone: Annotated[str | None, typer.Option(help="IANA time zone, when the provider's is known to differ.")] = None,
    good_cause: Annotated[GoodCause | None, typer.Option(help="Why it comes so late (42 CFR 478.22).")] = None,
    beneficiary: Annotated[
        str | None, typer.Option(help="Reference of the person (32 hex digits); a new one unless given.")
    ] = None,
    concern: Annotated[
        list[str] | None, typer.Option(metavar="ID:TOPIC:WORDS", help="A concern about the quality of care.")
    ] = None,
    claim: Annotated[str | None, typer.Option(help="Reference of the claim (32 hex digits).")] = None,
    amount: Annotated[int | None, typer.Option(help="Payment at stake, in cents.")] = None,
    family: Annotated[UUID | None, typer.Option(help="A case this one belongs to.")] = None,
    factor: Annotated[list[str] | None, typer.Option(help="A local factor.")] = None,
    words: WordsFrom = None,
    json: Json = False,
) -> None:
    """File a case; ``qio case clock TYPE --facts`` lists the facts a type knows."""
    names = {
        Role.BENEFICIARY: patient,
        Role.PROVIDER: provider,
        Role.PRACTITIONER: practitioner,
        Role.PLAN: plan,
        Role.REPRESENTATIVE: representative,
    }
    addresses = _pairs(email, "--email")
    parties = [
        {
            "role": role,
            "contact": {
                "name": name,
                "email": addresses.get(role.value),
                "language": patient_language if role in (Role.BENEFICIARY, Role.REPRESENTATIVE) else "en",
            },
            "authority": authority if role is Role.REPRESENTATIVE else None,
        }
        for role, name in names.items()
        if name is not None
    ]
    values = {
        "case_type": case_type,
        "beneficiary": beneficiary or secrets.token_hex(16),
        "parties": parties,
        "facility_ccn": ccn,
        "provider_type": provider_type,
        "state": state.upper(),
        "zip_code": zip_code,
        "zone": zone,
        "received_at": received or utc_now(),
        "channel": channel,
        "facts": _pairs(fact, "--fact"),
        "circumstances": circumstance or (),
        "concerns": [_concern(text) for text in concern or ()],
        "good_cause": good_cause,
        "claim": claim,
        "amount_cents": amount,
        "family": family,
        "local_factors": factor or (),
        "words": _words(words),
    }
    # The service knows the case by its own id; the request needs only a key of its own.
    _send(FileCase, values, key=secrets.token_hex(16), json=json)


@app.command()
def record(
    case: CaseId,
    step: Annotated[str, typer.Argument(help="Step of the case type (qio case steps TYPE).")],
    *,
    at: At = None,
    party: Annotated[Role | None, typer.Option(help="Who was told, or asked.")] = None,
    how: Annotated[How | None, typer.Option(help="LETTER: a letter was received.")] = None,
    fact: Facts = None,
    circumstance: Circumstances = None,
    answer: Answers = None,
    words: WordsFrom = None,
    recovered: Annotated[int | None, typer.Option(help="What the Trust Fund gets back, in cents.")] = None,
    note: Note = None,
    json: Json = False,
) -> None:
    """Record a step that was taken."""
    more = {
        "step": step,
        "party": party,
        "how": how,
        "facts": _pairs(fact, "--fact"),
        "circumstances": circumstance or (),
        "answers": _pairs(answer, "--answer"),
        "words": _words(words),
        "recovered_cents": recovered,
        "note": _typed(note),
    }
    _act(RecordStep, case, at, json, **more)


@app.command()
def assign(
    case: CaseId,
    reviewer: Annotated[UUID, typer.Argument(help="Id of the registered reviewer (qio reviewers list).")],
    *,
    part: Annotated[Part, typer.Option(help="What the reviewer does in the case.")] = Part.PEER_REVIEWER,
    subject: Annotated[Profession, typer.Option(help="Profession of whoever gave the care.")] = Profession.MD,
    specialty: Annotated[Specialty | None, typer.Option(help="Specialty the case needs.")] = None,
    no_conflict: Annotated[bool, typer.Option("--no-conflict", help="The reviewer attests it.")] = False,
    waive: Annotated[list[str] | None, typer.Option(metavar="RULE=REASON", help="A rule waived, and why.")] = None,
    at: At = None,
    json: Json = False,
) -> None:
    """Give the case to a reviewer; every rule of independence that stands against it is named."""
    more = {
        "reviewer": reviewer,
        "part": part,
        "subject": subject,
        "specialty": specialty,
        "attested_no_conflict": no_conflict,
        "waivers": _pairs(waive, "--waive"),
    }
    _act(AssignReviewer, case, at, json, **more)


@app.command()
def decide(
    case: CaseId,
    outcome: Annotated[str, typer.Argument(help="What the reviewer determined, an outcome of the case type.")],
    *,
    reviewer: Annotated[UUID, typer.Option(help="Id of the assigned reviewer.")],
    rationale: Annotated[
        str, typer.Option(help="The reasons in plain words, for the letters; - reads them from standard input.")
    ],
    liable_from: Annotated[str | None, typer.Option(help="First day the patient pays, YYYY-MM-DD.")] = None,
    findings: Annotated[
        Path | None, typer.Option(help="JSON list: concern, finding, severity, standard, facts.")
    ] = None,
    answer: Answers = None,
    setting: Annotated[str | None, typer.Option(help="The most appropriate setting of care.")] = None,
    recovered: Annotated[int | None, typer.Option(help="What the Trust Fund gets back, in cents.")] = None,
    factor: Annotated[list[str] | None, typer.Option(help="A local factor.")] = None,
    words: WordsFrom = None,
    at: At = None,
    json: Json = False,
) -> None:
    """Record the determination of the assigned reviewer."""
    more = {
        "outcome": outcome,
        "reviewer": reviewer,
        "rationale": _typed(rationale),
        "liable_from": liable_from,
        "findings": _read_json(findings.read_bytes(), "--findings") if findings is not None else (),
        "answers": _pairs(answer, "--answer"),
        "words": _words(words),
        "setting": setting,
        "recovered_cents": recovered,
        "local_factors": factor or (),
    }
    _act(DecideCase, case, at, json, **more)


@app.command()
def reconsider(
    case: CaseId,
    party: Annotated[Role, typer.Argument(help="Who asks.")],
    fact: Facts = None,
    circumstance: Circumstances = None,
    good_cause: Annotated[GoodCause | None, typer.Option(help="Why it comes late.")] = None,
    at: At = None,
    json: Json = False,
) -> None:
    """A party asks for the reconsideration."""
    more = {
        "party": party,
        "facts": _pairs(fact, "--fact"),
        "circumstances": circumstance or (),
        "good_cause": good_cause,
    }
    _act(ReconsiderCase, case, at, json, **more)


@app.command()
def withdraw(case: CaseId, at: At = None, json: Json = False) -> None:
    """The one who asked takes the request back."""
    _act(WithdrawCase, case, at, json)


@app.command()
def reopen(
    case: CaseId,
    ground: Annotated[ReopenGround, typer.Argument(help="Why (42 CFR 476.96).")],
    note: Annotated[str, typer.Option(help="The grounds in words; - reads them from standard input.")],
    at: At = None,
    json: Json = False,
) -> None:
    """Open a closed case again."""
    _act(ReopenCase, case, at, json, ground=ground, note=_typed(note))


@app.command()
def transfer(
    case: CaseId,
    state: Annotated[str, typer.Argument(help="State in which the service was given.")],
    note: Annotated[str, typer.Option(help="How that was found; - reads it from standard input.")],
    zip_code: Annotated[str | None, typer.Option("--zip")] = None,
    zone: Annotated[str | None, typer.Option()] = None,
    at: At = None,
    json: Json = False,
) -> None:
    """Move the case to the QIO of another state; its receipt stays."""
    _act(TransferCase, case, at, json, state=state.upper(), zip_code=zip_code, zone=zone, note=_typed(note))


@app.command("add-concern")
def add_concern(
    case: CaseId,
    concern: Annotated[str, typer.Argument(metavar="ID:TOPIC:WORDS")],
    at: At = None,
    json: Json = False,
) -> None:
    """A further concern, before the interim determination."""
    _act(AddConcern, case, at, json, concern=_concern(concern))


@app.command("name-party")
def name_party(
    case: CaseId,
    role: Annotated[Role, typer.Argument(help="What it is in the case.")],
    name: Annotated[str, typer.Argument(help="Its name.")],
    *,
    email: Annotated[str | None, typer.Option()] = None,
    phone: Annotated[str | None, typer.Option()] = None,
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    authority: Annotated[Authority | None, typer.Option(help="What lets a representative act.")] = None,
    at: At = None,
    json: Json = False,
) -> None:
    """A party became known, or is reached elsewhere."""
    contact = {"name": name, "email": email, "phone": phone, "language": language}
    _act(NameParty, case, at, json, party={"role": role, "contact": contact, "authority": authority})


@app.command()
def correct(
    case: CaseId,
    fact: Annotated[str, typer.Argument(metavar="FACT=TIME", help="The fact with its right time.")],
    note: Annotated[str, typer.Option(help="Why; - reads it from standard input.")],
    at: At = None,
    json: Json = False,
) -> None:
    """Set the time of a fact right; open clocks are counted anew."""
    ((name, value),) = _pairs([fact], "FACT=TIME").items()
    _act(CorrectFact, case, at, json, fact=name, value=value, note=_typed(note))


@app.command()
def show(case: CaseId, json: Json = False) -> None:
    """One case with its deadlines; the look is audited."""
    _print(_read(f"/cases/{case}"), json=json)


@app.command("list")
def list_cases(
    state: Annotated[str | None, typer.Option(help="Only cases in this state.")] = None,
    case_type: Annotated[CaseType | None, typer.Option("--type", help="Only cases of this type.")] = None,
    due_before: Annotated[str | None, typer.Option(help="Only cases with something due before, with zone.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 100,
    json: Json = False,
) -> None:
    """Cases by what is due next."""
    wanted = case_type.value if case_type is not None else None
    rows = _read("/cases", state=state, case_type=wanted, due_before=due_before, limit=limit)
    if json:
        as_json(rows)
        return
    for row in rows:
        due = f"{row['due_local'] or '-':<42} {row['next_rule'] or ''}"
        say(f"{row['case_id']}  {row['case_type']:<20} {row['state']:<21} {due}")
    say(f"{len(rows)} cases")


def _pairs(texts: list[str] | None, option: str) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts or ()]
    if any(not mark or not name for name, mark, _ in pairs):
        raise typer.BadParameter(f"{option} wants NAME=VALUE")
    return {name: value for name, _, value in pairs}


def _concern(text: str) -> dict[str, str]:
    name, _, rest = text.partition(":")
    topic, _, words = rest.partition(":")
    return {"id": name, "topic": topic, "words": words}


def _words(source: str | None) -> dict[str, Any]:
    if source is None:
        return {}
    found = _read_json(sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes(), "--words")
    if not isinstance(found, dict):
        raise typer.BadParameter("--words wants one JSON object of texts")
    return found


def _read_json(text: bytes, option: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise typer.BadParameter(f"{option} is not JSON") from None


def _typed(text: str | None) -> str | None:
    """Words given, or typed on standard input so that they stand in no process list and no shell history."""
    return sys.stdin.read().strip() if text == "-" else text


def _read(path: str, **parameters: Any) -> Any:
    # Imported when asked: the HTTP side takes half a second to load, which filing a case must not pay for.
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    return get("complaints", path, purpose=Purpose.CASE_WORK, **parameters)


def _act(command: type[Command], case: UUID, at: str | None, json: bool, **values: Any) -> None:
    _send(command, {"case_id": case, "at": at or utc_now(), **values}, key=str(case), json=json)


def _send(command: type[Command], values: dict[str, Any], *, key: str, json: bool) -> None:
    message = command_of(command, values)
    _print(ask(message, key), json=json)


def _print(case: dict[str, Any], *, json: bool) -> None:
    if json:
        as_json(case)
        return
    if case.get("joined"):
        say("The request joined the case there is; the earliest receipt holds.")
    say(f"Case {case['case_id']}  {case['case_type']}  {case['state']}  {case['timeliness']}  {case['region']}")
    say(f"Received {case['received_local']}, clock of {case['zone']}")
    if case["outcome"] or case["ended"]:
        say(f"Outcome {case['ended'] or case['outcome']}")
    if case["liable_local"]:
        say(f"The patient may be charged from {case['liable_local']}")
    for deadline in case["deadlines"]:
        say(f"  {deadline['status']:<8}{deadline['due_local']:<42} {deadline['obligor']:<12}{deadline['owed']}")
        say(f"          {deadline['citation']} ({deadline['rule']} version {deadline['rule_version']})")
    if case["next_steps"]:
        say(f"Next: {', '.join(case['next_steps'])}")
