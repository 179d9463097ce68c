"""Who registers for a session, what is kept of it, what they thought of it: part of ``qio network session``."""

from typing import Annotated

import typer

from services.recruitment.cli.frame import AsJson, split
from services.recruitment.cli.work_frame import Id, perform
from shared.contracts.recruitment.session_commands import (
    AddSessionMaterial,
    EvaluateSession,
    RegisterForSession,
    WithdrawFromSession,
)
from shared.contracts.recruitment.session_terms import PresenceMode

Presence = Annotated[PresenceMode, typer.Option("--mode", case_sensitive=False)]
Participant = Annotated[str, typer.Argument(metavar="PARTICIPANT")]
PeopleCount = Annotated[int, typer.Option(min=1, help="How many people.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for command in (register, withdraw, material, evaluate):
        app.command()(command)


def register(
    identifier: Id, participant: Participant, mode: Presence, people: PeopleCount = 1, json: AsJson = False
) -> None:
    """Register a participant, or change its registration."""
    values = {"session": identifier, "participant": participant, "mode": mode, "people": people}
    sentence = "Registered (waiting: {waiting}); {people} people have a place."
    perform(RegisterForSession, values, identifier, sentence, json=json)


def withdraw(identifier: Id, participant: Participant, json: AsJson = False) -> None:
    """Take a registration back."""
    values = {"session": identifier, "participant": participant}
    perform(WithdrawFromSession, values, identifier, "Withdrawn from {session}.", json=json)


def material(
    identifier: Id,
    title: Annotated[str, typer.Argument()],
    *,
    version: Annotated[str, typer.Option()],
    origin: Annotated[str, typer.Option(help="partner:, qio: or participant: and an id.")],
    kept_at: Annotated[str, typer.Option(help="Where it is kept.")],
    json: AsJson = False,
) -> None:
    """Add material, or another version of it."""
    values = {"session": identifier, "title": title, "version": version, "origin": origin, "kept_at": kept_at}
    perform(AddSessionMaterial, values, identifier, "Materials: {materials}.", json=json)


def evaluate(
    identifier: Id,
    answers: Annotated[list[str], typer.Option("--answer", help="QUESTION=1 to 5; repeated.")],
    participant: Annotated[str | None, typer.Option("--for", help="Anonymous when left out.")] = None,
    comment: Annotated[str | None, typer.Option(help="In a sentence, naming no person.")] = None,
    json: AsJson = False,
) -> None:
    """Record an evaluation: was_useful, was_clear, learned_from_peers, will_try_something, worth_the_time."""
    given = dict(one.partition("=")[::2] for one in split(answers))
    values = {
        "session": identifier,
        "participant": participant,
        "answers": {name.upper(): value for name, value in given.items()},
        "comment": comment,
    }
    perform(EvaluateSession, values, identifier, "Evaluations: {evaluations}.", json=json)
