"""``qio program contact``: the log of contacts, and the next steps that are due."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed, words
from services.recruitment.cli.people_caseload import Community, Day, Participant, Someone, subject_of
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.people_commands import (
    CompleteNextStep,
    CorrectContact,
    RecordContact,
    WithdrawContactEntry,
)
from shared.contracts.recruitment.people_terms import Channel
from shared.runtime.clock import utc_now

app = typer.Typer(help="Who was in contact with whom, about what, and what is to do next.", **SETTINGS)

ContactId = Annotated[UUID, typer.Argument(metavar="CONTACT", help="The contact's id.")]
Colleague = Annotated[str | None, typer.Option("--colleague", help="The contact was with this person.")]
Why = Annotated[str, typer.Option(help="Why it is said otherwise now.")]
After = Annotated[UUID | None, typer.Option(metavar="CONTACT", help="The last contact of the page before.")]
Since = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE")]


@app.command()
def log(
    *,
    person: Someone,
    channel: Annotated[Channel, typer.Option(case_sensitive=False)],
    about: Annotated[str, typer.Option(help="What it was about.")],
    participant: Participant = None,
    community: Community = None,
    colleague: Colleague = None,
    on: Day = None,
    outcome: Annotated[str | None, typer.Option(help="What came of it.")] = None,
    next_step: Annotated[str | None, typer.Option(help="What is to do next.")] = None,
    next_step_on: Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="By when.")] = None,
    json: AsJson = False,
) -> None:
    """Write down a contact that took place."""
    facts = {
        "person": person,
        "subject": subject_of(participant, community, colleague),
        "on": on or utc_now().date(),
        "channel": channel,
        "about": about,
        "outcome": outcome,
        "next_step": next_step,
        "next_step_on": next_step_on,
    }
    made = ask(command_of(RecordContact, {"facts": facts}), person)
    if json:
        as_json(made)
        return
    due = f" The next step is due by {made['next_step_on']}." if made["next_step_on"] else ""
    say(f"Contact {made['contact']} is written down.{due}")


@app.command()
def correct(
    contact: ContactId,
    *,
    why: Why,
    person: Annotated[str | None, typer.Option()] = None,
    participant: Participant = None,
    community: Community = None,
    colleague: Colleague = None,
    on: Since = None,
    channel: Annotated[Channel | None, typer.Option(case_sensitive=False)] = None,
    about: Annotated[str | None, typer.Option()] = None,
    outcome: Annotated[str | None, typer.Option()] = None,
    next_step: Annotated[str | None, typer.Option(help="An empty text takes the step away.")] = None,
    next_step_on: Since = None,
    json: AsJson = False,
) -> None:
    """Say what is given otherwise; what was said before stays beside it."""
    found = get("recruitment", f"/contacts/{contact}")
    facts = dict(found["versions"][-1]["facts"])
    given = {"person": person, "on": on, "channel": channel, "about": about, "outcome": outcome}
    given |= {"next_step": next_step, "next_step_on": next_step_on}
    if participant or community or colleague:
        given["subject"] = subject_of(participant, community, colleague)
    facts |= {field: value for field, value in given.items() if value is not None}
    if next_step == "":
        facts |= {"next_step": None, "next_step_on": None}
    values = {"contact": contact, "version": len(found["versions"]), "facts": facts, "why": why}
    made = ask(command_of(CorrectContact, values), str(contact))
    if json:
        as_json(made)
        return
    say(f"The contact is at version {made['version']} now." if made["changed"] else "Nothing has changed.")


@app.command()
def withdraw(contact: ContactId, why: Why, json: AsJson = False) -> None:
    """Say that it was written down in error; it stays readable."""
    made = ask(command_of(WithdrawContactEntry, {"contact": contact, "why": why}), str(contact))
    if json:
        as_json(made)
        return
    say(f"Contact {made['contact']} is withdrawn.")


@app.command()
def done(contact: ContactId, on: Day = None, json: AsJson = False) -> None:
    """The next step of a contact is done."""
    values = {"contact": contact, "done_on": on or utc_now().date()}
    made = ask(command_of(CompleteNextStep, values), str(contact))
    if json:
        as_json(made)
        return
    say(f"The next step was done on {made['done_on']}.")


@app.command("list")
def list_contacts(
    person: Annotated[str | None, typer.Option(help="Made by this person.")] = None,
    participant: Participant = None,
    community: Community = None,
    colleague: Colleague = None,
    since: Since = None,
    until: Since = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Also those in error.")] = False,
    after: After = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Contacts as they are said now, the latest first."""
    days: dict[str, Any] = {"since": since and str(since), "until": until and str(until)}
    subject = _subject(participant, community, colleague)
    page: dict[str, Any] = {"after": after and str(after), "limit": limit}
    found = get("recruitment", "/contacts", person=person, subject=subject, withdrawn=withdrawn, **days, **page)
    listed(found, _line, "contacts", after, json=json)


@app.command()
def show(contact: ContactId, json: AsJson = False) -> None:
    """One contact with every version that was ever said."""
    found = get("recruitment", f"/contacts/{contact}")
    if json:
        as_json(found)
        return
    for number, version in enumerate(found["versions"], start=1):
        why = f": {version['why']}" if version["why"] else ""
        say(f"Version {number}, {version['at']} by {version['actor']}{why}")
        for field, value in version["facts"].items():
            if value is not None:
                say(f"  {field.replace('_', ' '):<14}{value}")
    if found["step_done_on"]:
        say(f"The next step was done on {found['step_done_on']}.")
    if found["withdrawn"]:
        say(f"Withdrawn: {found['withdrawn']['why']}")


@app.command("due")
def next_steps(
    by: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="Due by; today when left out.")
    ] = None,
    person: Annotated[str | None, typer.Option(help="Of this person's contacts.")] = None,
    participant: Participant = None,
    community: Community = None,
    colleague: Colleague = None,
    after: After = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Next steps that are due and not done, the most urgent first."""
    subject = _subject(participant, community, colleague)
    page: dict[str, Any] = {"after": after and str(after), "limit": limit}
    found = get("recruitment", "/next-steps", by=by and str(by), person=person, subject=subject, **page)
    listed(found, _step, "next steps that are due", after, json=json)


def _subject(participant: str | None, community: str | None, colleague: str | None) -> str | None:
    return subject_of(participant, community, colleague) if participant or community or colleague else None


def _step(row: dict[str, Any]) -> str:
    late = "  OVERDUE" if row["overdue"] else ""
    who = f"{row['subject']:<28}  {row['person']:<16}"
    return f"{row['next_step_on']}  {who}  {row['next_step'][:60]}{late}\n            contact {row['contact']}"


def _line(row: dict[str, Any]) -> str:
    what = f"WITHDRAWN {row['about']}" if row["state"] == "WITHDRAWN" else row["about"]
    who = f"{row['subject']:<28}  {row['person']:<16}  {words(row['channel']):<12}"
    return f"{row['on']}  {who}  {what[:60]}\n            contact {row['contact']}"
