"""qio reviewers: who reviews, when they are on call, and whom a case may be given to."""

from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from services.complaints.reviewers.roster_cli import calls, gaps
from services.complaints.reviewers.talk import read, send, upper
from services.complaints.reviewers.words import interest, licence, specialty, tie
from shared.cli.output import as_json, say
from shared.contracts.reviewers import (
    AmendReviewer,
    Profession,
    RegisterReviewer,
    RetireReviewer,
    Setting,
    Specialty,
)

app = typer.Typer(help="Reviewers and their on-call rosters.", no_args_is_help=True, add_completion=False)
app.add_typer(calls, name="on-call")
app.command()(gaps)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
ReviewerId = Annotated[UUID, typer.Argument(metavar="REVIEWER", help="Id of the reviewer.")]
State = Annotated[str, typer.Option(help="State of service, two letters.")]
Field = Annotated[Specialty | None, typer.Option("--specialty", help="A specialist only.")]
Licences = Annotated[
    list[str] | None, typer.Option("--licence", help="PROFESSION:STATE:NUMBER:FROM[:TO]; State US: a credential.")
]
Specialties = Annotated[list[str] | None, typer.Option("--specialty", help="SPECIALTY:certified|not:FROM[:TO].")]
Interests = Annotated[list[str] | None, typer.Option("--interest", help="CCN:KIND:HOLDER:FROM[:TO].")]
Ties = Annotated[list[str] | None, typer.Option("--tie", help="FAMILY:KIND:HOLDER, the family of the case.")]
Email = Annotated[str | None, typer.Option()]
Phone = Annotated[str | None, typer.Option()]
Where = Annotated[Setting | None, typer.Option("--setting", help="The kind of area of the practice.")]


@app.command()
def add(
    *,
    name: Annotated[str, typer.Option(help="Name; kept sealed.")],
    licences: Licences,
    capacity: Annotated[int, typer.Option(help="Open cases taken at once.")] = 10,
    practising: Annotated[bool, typer.Option("--practising/--not-practising")] = True,
    specialties: Specialties = None,
    interests: Interests = None,
    ties: Ties = None,
    email: Email = None,
    phone: Phone = None,
    setting: Where = None,
    json: Json = False,
) -> None:
    """Take up a reviewer."""
    values = {"name": name, "capacity": capacity, "practising": practising, **_contact(email, phone, setting)}
    values |= _parts(licences, specialties, interests, ties)
    send(RegisterReviewer, uuid4(), values, json=json)


@app.command()
def amend(
    reviewer: ReviewerId,
    *,
    name: Annotated[str | None, typer.Option()] = None,
    licences: Licences = None,
    capacity: Annotated[int | None, typer.Option(help="Open cases taken at once.")] = None,
    practising: Annotated[bool | None, typer.Option("--practising/--not-practising")] = None,
    specialties: Specialties = None,
    interests: Interests = None,
    ties: Ties = None,
    email: Email = None,
    phone: Phone = None,
    setting: Where = None,
    json: Json = False,
) -> None:
    """Change what is given; repeat a licence, specialty or interest with its last day to end it."""
    values = {"name": name, "capacity": capacity, "practising": practising, **_contact(email, phone, setting)}
    values |= _parts(licences, specialties, interests, ties)
    send(AmendReviewer, reviewer, values, json=json)


@app.command()
def retire(
    reviewer: ReviewerId,
    on: Annotated[str, typer.Option(help="First day without new cases, YYYY-MM-DD.")],
    json: Json = False,
) -> None:
    """The reviewer takes no more cases; those still open are listed."""
    send(RetireReviewer, reviewer, {"on": on}, json=json)


@app.command("list")
def list_reviewers(
    state: Annotated[str | None, typer.Option(help="Of this State's area.")] = None, json: Json = False
) -> None:
    """Reviewers in service and the work they carry; the look is audited."""
    rows = read("/reviewers", state=upper(state))
    if json:
        as_json(rows)
        return
    for row in rows:
        held = " ".join(sorted({f"{each['profession']}/{each['state'] or 'US'}" for each in row["licences"]}))
        fields = " ".join(sorted({each["specialty"] for each in row["specialties"]}))
        say(f"{row['reviewer_id']}  {row['open_cases']:>3}/{row['capacity']:<3} {row['name']}  {held}  {fields}")
    say(f"{len(rows)} reviewers")


@app.command()
def show(reviewer: ReviewerId) -> None:
    """One reviewer with interests, shifts and open cases, as JSON; the look is audited."""
    as_json(read(f"/reviewers/{reviewer}"))


@app.command()
def suggest(
    case: Annotated[UUID, typer.Argument(metavar="CASE", help="Id of the case.")],
    *,
    family: Annotated[UUID, typer.Option(help="Family of the case and its reconsiderations.")],
    state: State,
    subject: Annotated[Profession, typer.Option(help="Profession of whoever gave the care.")] = Profession.MD,
    specialty: Field = None,
    level: Annotated[str, typer.Option(help="INITIAL, RECONSIDERATION, EMTALA_60DAY or CONSISTENCY.")] = "INITIAL",
    role: Annotated[
        str, typer.Option(help="SCREENER, PEER_REVIEWER, CODER, RECOMMENDER or PANEL_MEMBER.")
    ] = "PEER_REVIEWER",
    ccn: Annotated[str | None, typer.Option(help="The facility, for conflicts of interest.")] = None,
    denial: Annotated[bool, typer.Option("--denial", help="The review may deny.")] = False,
    emtala: Annotated[bool, typer.Option("--emtala")] = False,
    json: Json = False,
) -> None:
    """Whom the case may be given to, best first, and why not to the others; the look is audited."""
    asked: dict[str, Any] = {
        "case_id": case,
        "family_id": family,
        "state": upper(state),
        "subject": subject,
        "specialty": specialty,
    }
    asked |= {"level": level, "role": role, "ccn": ccn, "denial": denial, "emtala": emtala}
    rows = read("/reviewer-suggestions", **asked)
    if json:
        as_json(rows)
        return
    for row in rows:
        waived = f" (waiver {' '.join(row['waivers_needed'])})" if row["waivers_needed"] else ""
        verdict = "may review" if row["eligible"] else " ".join(row["objections"]) + waived
        call = "  on call" if row["on_call"] else ""
        say(f"{row['reviewer_id']}  {row['open_cases']:>3}/{row['capacity']:<3} {row['name']}  {verdict}{call}")
    say(f"{sum(row['eligible'] for row in rows)} of {len(rows)} may review without a waiver")


def _parts(*given: list[str] | None) -> dict[str, Any]:
    named = {"licences": licence, "specialties": specialty, "interests": interest, "ties": tie}
    return {
        name: [parse(text) for text in texts or ()] for (name, parse), texts in zip(named.items(), given, strict=True)
    }


def _contact(email: str | None, phone: str | None, setting: Setting | None) -> dict[str, Any]:
    return {"email": email, "phone": phone, "setting": setting}
