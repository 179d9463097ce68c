"""Requests for technical assistance, part of ``qio assist``."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import AsJson, listed, split, words
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import After, Day, Id, Limit, Overdue, Reason, day, listing, perform, showing
from services.recruitment.domain.assistance.request_kind import Status
from shared.cli.read import get
from shared.contracts.recruitment.assistance_commands import (
    AssignAssistance,
    AssistanceOutcome,
    CloseAssistance,
    Helped,
    PauseAssistance,
    RecordAssistance,
    ReopenAssistance,
    RequestAssistance,
    ResumeAssistance,
    SetAssistanceTarget,
    WaitingFor,
)
from shared.contracts.recruitment.assistance_terms import AssistanceKind

_WHO = "participant:, coalition: (its community) or interest: with an id."
_SAID = "{request} is {status}."
Kind = Annotated[AssistanceKind, typer.Argument(case_sensitive=False)]
Person = Annotated[str, typer.Argument(metavar="PERSON", help="person: and the id of one of the QIO's people.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for function in (ask, assign, pause, resume, close, reopen, target, targets):
        app.command()(function)
    app.command("help")(give)
    app.command("list")(list_requests)
    app.command("show")(show_request)


def asking(text: str) -> str:
    """Who asks, as it is kept."""
    kind, colon, identifier = text.partition(":")
    return f"{kind}:{participant_id(identifier)}" if colon and kind == "participant" else text


def ask(
    asked_by: Annotated[str, typer.Argument(metavar="WHO", help=_WHO)],
    kind: Kind,
    about: Annotated[str, typer.Argument(help="What is asked, in a sentence, naming no person.")],
    *,
    partner: Annotated[str | None, typer.Option(help="The Regional Extension Center, for electronic records.")] = None,
    reporting: Annotated[str | None, typer.Option(help="The data due to CMS that it is about.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Take a request in."""
    values: dict[str, Any] = {"asked_by": asking(asked_by), "kind": kind, "about": about, "reporting": reporting}
    values |= {"partner": partner and participant_id(partner), "received_on": day(on)}
    perform(RequestAssistance, values, values["asked_by"], "Request {request}, due on {due_on}.", json=json)


def assign(request: Id, to: Person, on: Day = None, json: AsJson = False) -> None:
    """Give a request to one of the QIO's people."""
    values = {"request": request, "to": to, "assigned_on": day(on)}
    perform(AssignAssistance, values, request, _SAID, json=json)


def give(
    request: Id,
    what: Annotated[str, typer.Argument(help="What was done, in a sentence, naming no person.")],
    *,
    minutes: Annotated[int, typer.Option(help="How long it took.")],
    resources: Annotated[list[str] | None, typer.Option("--resource", help="Repeated or with commas.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record help given."""
    values = {"request": request, "what": what, "minutes": minutes, "resources": split(resources), "given_on": day(on)}
    perform(RecordAssistance, values, request, "Help so far: {minutes} minutes.", json=json)


def pause(
    request: Id,
    waiting_for: Annotated[WaitingFor, typer.Argument(case_sensitive=False)],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Let a request wait for somebody else."""
    values = {"request": request, "waiting_for": waiting_for, "since": day(on)}
    perform(PauseAssistance, values, request, _SAID, json=json)


def resume(request: Id, on: Day = None, json: AsJson = False) -> None:
    """Go on with a request that waited."""
    perform(ResumeAssistance, {"request": request, "resumed_on": day(on)}, request, _SAID, json=json)


def close(
    request: Id,
    outcome: Annotated[AssistanceOutcome, typer.Argument(case_sensitive=False)],
    *,
    helped: Annotated[Helped | None, typer.Option(case_sensitive=False, help="Asked of a resolved one.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, in a sentence; asked of any other.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """End a request."""
    values = {"request": request, "outcome": outcome, "helped": helped, "reason": reason, "closed_on": day(on)}
    perform(CloseAssistance, values, request, _SAID, json=json)


def reopen(request: Id, reason: Reason, on: Day = None, json: AsJson = False) -> None:
    """Take an ended request up again."""
    values = {"request": request, "reason": reason, "reopened_on": day(on)}
    perform(ReopenAssistance, values, request, "{request} is open again, due on {due_on}.", json=json)


def target(
    kind: Kind, days: Annotated[int, typer.Argument(help="Calendar days from receiving.")], json: AsJson = False
) -> None:
    """Set within how many days requests of a kind are to be over."""
    perform(SetAssistanceTarget, {"kind": kind, "days": days}, kind, "{kind}: {days} days.", json=json)


def targets(json: AsJson = False) -> None:
    """The targets that are set."""
    rows = get("recruitment", "/assistance-targets")
    listed(rows, lambda row: f"{row['days']:>4} days  {words(row['kind'])}", "targets", json=json)


def list_requests(
    *,
    asked_by: Annotated[str | None, typer.Option("--from", help=_WHO)] = None,
    kind: Annotated[AssistanceKind | None, typer.Option(case_sensitive=False)] = None,
    status: Annotated[Status | None, typer.Option(case_sensitive=False)] = None,
    assigned_to: Annotated[str | None, typer.Option("--to", help="person: with an id.")] = None,
    overdue: Overdue = False,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Requests by id, or those that are overdue."""
    filters: dict[str, Any] = {
        "asked_by": asked_by and asking(asked_by),
        "kind": kind,
        "status": status,
        "assigned_to": assigned_to,
    }
    filters["overdue"] = overdue or None
    listing("/assistance-requests", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    minutes = sum(one["minutes"] for one in row["helps"])
    due = f"due {row['due_on']}" if row["due_on"] else "no day due"
    return f"{row['id']}  {words(row['status']):<9}  {due:<14}  {row['asked_by']}: {words(row['kind'])} ({minutes} min)"


def show_request(request: Id, json: AsJson = False) -> None:
    """One request with its whole way and the help given."""
    showing(f"/assistance-requests/{request}", json=json)
