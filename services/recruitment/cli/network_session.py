"""``qio network session``: sessions planned, moved, opened, held or cancelled, and who registers for them."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli import network_session_people
from services.recruitment.cli.frame import SETTINGS, AsJson, split
from services.recruitment.cli.work_frame import After, Id, Limit, Reason, listing, perform, showing
from services.recruitment.domain.sessions.machine import Phase
from shared.contracts.recruitment.session_commands import (
    AmendSession,
    CancelSession,
    CloseRegistration,
    HoldSession,
    OpenRegistration,
    PlanSession,
    RescheduleSession,
)
from shared.contracts.recruitment.session_terms import SessionKind, SessionMode

app = typer.Typer(help="Sessions of learning networks.", **SETTINGS)


def instant(text: str | dt.datetime) -> dt.datetime:
    """An instant as ISO 8601 with its offset from UTC."""
    found = text if isinstance(text, dt.datetime) else dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("no offset")
    return found


_INSTANT = {"parser": instant, "metavar": "TIME", "help": "ISO 8601 with its offset: 2015-03-16T14:00-04:00."}
Starts = Annotated[dt.datetime, typer.Option("--starts", **_INSTANT)]
Ends = Annotated[dt.datetime, typer.Option("--ends", **_INSTANT)]
NewStarts = Annotated[dt.datetime | None, typer.Option("--starts", **_INSTANT)]
NewEnds = Annotated[dt.datetime | None, typer.Option("--ends", **_INSTANT)]
Mode = Annotated[SessionMode, typer.Option(case_sensitive=False)]
NewMode = Annotated[SessionMode | None, typer.Option("--mode", case_sensitive=False)]
Zone = Annotated[str | None, typer.Option(help="IANA time zone of the place, such as America/Chicago.")]
Place = Annotated[str | None, typer.Option(help="Where it takes place.")]
Link = Annotated[str | None, typer.Option("--link", help="By which it is joined online; https.")]
Agenda = Annotated[list[str] | None, typer.Option(help="An item of the agenda; repeated, in order.")]
Capacity = Annotated[int | None, typer.Option(min=1, help="People in all.")]


@app.command()
def plan(
    network: Annotated[str, typer.Argument(metavar="NETWORK")],
    title: Annotated[str, typer.Argument()],
    *,
    cohorts: Annotated[list[str], typer.Option("--cohort", help="Who is invited; repeated.")],
    starts: Starts,
    ends: Ends,
    zone: Annotated[str, typer.Option(help="IANA time zone of the place, such as America/Chicago.")],
    office: Annotated[str, typer.Option(help="The office that participants ask.")],
    phone: Annotated[str, typer.Option(help="Its telephone.")],
    kind: Annotated[SessionKind, typer.Option(case_sensitive=False)] = SessionKind.LEARNING_SESSION,
    mode: Mode = SessionMode.ONLINE,
    place: Place = None,
    link: Link = None,
    agenda: Agenda = None,
    capacity: Capacity = None,
    json: AsJson = False,
) -> None:
    """Plan a session; nobody is told before registration opens."""
    values = {
        "network": network,
        "title": title,
        "cohorts": split(cohorts),
        "starts_at": starts,
        "ends_at": ends,
        "zone": zone,
        "office": office,
        "phone": phone,
        "kind": kind,
        "mode": mode,
        "place": place,
        "join_url": link,
        "agenda": agenda or (),
        "capacity": capacity,
    }
    perform(PlanSession, values, network, "Session {session} is planned; {cohorts} cohorts are invited.", json=json)


@app.command()
def amend(
    identifier: Id,
    title: Annotated[str | None, typer.Option()] = None,
    agenda: Agenda = None,
    capacity: Capacity = None,
    json: AsJson = False,
) -> None:
    """Change title, agenda or capacity; nobody is written to."""
    values = {"session": identifier, "title": title, "agenda": agenda or None, "capacity": capacity}
    perform(AmendSession, values, identifier, "{session} is amended.", json=json)


@app.command()
def move(
    identifier: Id,
    *,
    reason: Reason,
    starts: NewStarts = None,
    ends: NewEnds = None,
    zone: Zone = None,
    mode: NewMode = None,
    place: Place = None,
    link: Link = None,
    json: AsJson = False,
) -> None:
    """Move a session in time or place; who was invited is invited anew."""
    values = {
        "session": identifier,
        "reason": reason,
        "starts_at": starts,
        "ends_at": ends,
        "zone": zone,
        "mode": mode,
        "place": place,
        "join_url": link,
    }
    perform(RescheduleSession, values, identifier, "{session} is at revision {revision}.", json=json)


@app.command("open")
def open_registration(identifier: Id, json: AsJson = False) -> None:
    """Open registration; the cohorts are invited."""
    perform(OpenRegistration, {"session": identifier}, identifier, "Registration for {session} is open.", json=json)


@app.command("close")
def close_registration(identifier: Id, json: AsJson = False) -> None:
    """Close registration."""
    sentence = "Registration is closed: {registered} participants, {people} people with a place."
    perform(CloseRegistration, {"session": identifier}, identifier, sentence, json=json)


@app.command("held")
def hold(identifier: Id, json: AsJson = False) -> None:
    """Record that a session was held."""
    perform(HoldSession, {"session": identifier}, identifier, "{session} was held.", json=json)


@app.command()
def cancel(identifier: Id, reason: Reason, json: AsJson = False) -> None:
    """Cancel a session; who was invited is told."""
    values = {"session": identifier, "reason": reason}
    perform(CancelSession, values, identifier, "{session} is cancelled.", json=json)


@app.command("list")
def list_sessions(
    *,
    network: Annotated[str | None, typer.Option()] = None,
    cohort: Annotated[str | None, typer.Option()] = None,
    kind: Annotated[SessionKind | None, typer.Option(case_sensitive=False)] = None,
    phase: Annotated[Phase | None, typer.Option(case_sensitive=False)] = None,
    after: After = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Sessions, and how many registered and came."""
    filters = {"network": network, "cohort": cohort, "kind": kind, "phase": phase}
    listing("/learning-sessions", _line, json=json, **filters, after=after, limit=limit)


def _line(row: dict[str, Any]) -> str:
    counts = f"{row['participants_registered']} registered, {row['participants_attended']} came"
    return f"{row['id']:<32}  {row['starts_at'][:16]}  {row['phase']:<9}  {row['title']} ({counts})"


@app.command("show")
def show(identifier: Id, json: AsJson = False) -> None:
    """One session: registrations, attendance, materials, evaluations summed up."""
    showing(f"/learning-sessions/{identifier}", json=json)


network_session_people.add_to(app)
