"""``qio network spread``: who takes practices up after hearing from whom."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date
from services.recruitment.cli.network_cohort import Participant
from services.recruitment.cli.network_practice import evidence_of
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import Day, Reason, day, perform
from services.recruitment.pictures.scene import counted
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.adoptions import (
    AbandonPractice,
    AdoptPractice,
    CorrectAdoption,
    TryPractice,
    Way,
)

app = typer.Typer(help="How practices spread from the first to every adopter.", **SETTINGS)
Practice = Annotated[str, typer.Argument(metavar="PRACTICE", help="As `qio network practice list` shows it.")]
From = Annotated[str | None, typer.Option("--from", help="The participant it heard from.")]
Pairing = Annotated[str | None, typer.Option(help="The pairing it heard in.")]
Session = Annotated[str | None, typer.Option(help="The session it heard in.")]
Shows = Annotated[str | None, typer.Option("--evidence", metavar="KIND|KEPT-AT|STRENGTH", help="What shows it.")]


def _heard(way: Way, source: str | None, pairing: str | None, session: str | None) -> dict[str, Any]:
    return {"way": way, "participant": source and participant_id(source), "pairing": pairing, "session": session}


@app.command("try")
def take_up(
    practice: Practice,
    participant: Participant,
    way: Annotated[Way, typer.Option("--heard", case_sensitive=False, help="How it heard of the practice.")],
    *,
    source: From = None,
    pairing: Pairing = None,
    session: Session = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that a participant tries a practice since a day."""
    values = {"practice": practice, "participant": participant_id(participant), "since": day(on)}
    heard = _heard(way, source, pairing, session)
    perform(
        TryPractice, {**values, "heard": heard}, practice, "{participant} tries {practice} since {since}.", json=json
    )


@app.command()
def adopt(
    practice: Practice,
    participant: Participant,
    reason: Reason,
    evidence: Annotated[str, typer.Option("--evidence", metavar="KIND|KEPT-AT|STRENGTH", help="What shows it.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that a participant has made a practice its own."""
    values: dict[str, Any] = {"practice": practice, "participant": participant_id(participant), "reason": reason}
    values |= {"evidence": evidence_of([evidence])[0], "adopted_on": day(on)}
    perform(AdoptPractice, values, practice, "{participant} adopted {practice} on {adopted_on}.", json=json)


@app.command()
def abandon(
    practice: Practice,
    participant: Participant,
    reason: Reason,
    evidence: Shows = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that a participant gives a practice up, tried or adopted."""
    values: dict[str, Any] = {"practice": practice, "participant": participant_id(participant), "reason": reason}
    values |= {"evidence": evidence_of([evidence])[0] if evidence else None, "abandoned_on": day(on)}
    perform(AbandonPractice, values, practice, "{participant} gave {practice} up on {abandoned_on}.", json=json)


@app.command()
def correct(
    practice: Practice,
    participant: Participant,
    because: Annotated[str, typer.Option("--because", help="Why.")],
    *,
    way: Annotated[Way | None, typer.Option("--heard", case_sensitive=False)] = None,
    source: From = None,
    pairing: Pairing = None,
    session: Session = None,
    since: Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="YYYY-MM-DD.")] = None,
    json: AsJson = False,
) -> None:
    """Correct whom a participant heard from (say --heard again), or since when it tries the practice."""
    heard = None if way is None else _heard(way, source, pairing, session)
    values = {"practice": practice, "participant": participant_id(participant), "because": because}
    perform(
        CorrectAdoption,
        {**values, "heard": heard, "since": since},
        practice,
        "{participant}: changed {changed}.",
        json=json,
    )


@app.command()
def show(practice: Practice, json: AsJson = False) -> None:
    """How a practice spread: by generation, time, state and region, and who heard from whom."""
    found = get("recruitment", f"/practices/{practice}/spread")
    if json:
        as_json(found)
        return
    now = ", ".join(f"{many} {status.lower()}" for status, many in found["now"].items())
    reached = f"{counted(found['adopters'], 'adopter')} in {counted(len(found['states']), 'state')}"
    say(f"{found['title']}: {reached}; now {now}")
    if found["first"]:
        say(f"first       {found['first']['participant']} on {found['first']['on']}")
    for many, days in found["days_to"].items():
        say(f"to {many:<8} {days} days")
    say(f"generation  {', '.join(f'{n}: {many}' for n, many in enumerate(found['generations']))}")
    for what in ("states", "regions"):
        say(f"{what:<11} {', '.join(f'{name}: {many}' for name, many in found[what].items()) or '-'}")
    for link in found["links"]:
        source = link["teacher"] or ("the network" if link["way"] else "its own")
        say(f"{link['since']}  {link['status']:<9}  {'  ' * link['generation']}{link['participant']} from {source}")
