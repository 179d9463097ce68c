"""The steps of a participant with a collaborative, part of ``qio recruit``."""

import datetime as dt
from typing import Annotated, Any, Final

import typer

from services.recruitment.cli.frame import AsJson, date
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.contracts.message import Command
from shared.contracts.recruitment.pipeline_commands import (
    ActivateParticipant,
    CommitParticipant,
    CorrectEngagement,
    DeclineParticipation,
    GraduateParticipant,
    IdentifyParticipant,
    InviteParticipant,
    ReconsiderParticipation,
    RecordInterest,
    WithdrawParticipant,
)
from shared.contracts.recruitment.steps import InvitationMessage, Signatory
from shared.runtime.clock import utc_now

Participant = Annotated[str, typer.Argument(help="CCN, npi: with a number, or own: with an id of ours.")]
Collaborative = Annotated[str, typer.Option(help="For example NNHQCC.")]
On = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Today when left out.")]
Task = Annotated[str | None, typer.Option(help="The task of a statement of work this is work for, as C.2.")]
_Reason = Annotated[str | None, typer.Option(help="Why, in plain words that name no person.")]
_NeededReason = Annotated[str, typer.Option(help="Why, in plain words that name no person.")]

_STEPS: Final[dict[str, tuple[type[Command], str]]] = {
    "identify": (IdentifyParticipant, "Put a participant on the list for a collaborative."),
    "interested": (RecordInterest, "Record that a participant is interested."),
    "activate": (ActivateParticipant, "Record that a member works in the collaborative."),
    "graduate": (GraduateParticipant, "Record that an active member completed the collaborative."),
}
_STEPS_WITH_REASON: Final[dict[str, tuple[type[Command], str]]] = {
    "withdraw": (WithdrawParticipant, "Record that a participant that had committed leaves."),
    "decline": (DeclineParticipation, "Record that a participant says no."),
    "reconsider": (ReconsiderParticipation, "Record that one that declined or withdrew is interested again."),
}


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for name, (kind, about) in _STEPS.items():
        _add_step(app, name, kind, about)
    for name, (kind, about) in _STEPS_WITH_REASON.items():
        _add_step_with_reason(app, name, kind, about)
    for function in (invite, commit, correct):
        app.command()(function)


def participant_id(text: str) -> str:
    """The id as it is kept: certification numbers in capitals."""
    return text.lower() if ":" in text else text.upper()


def _add_step(app: typer.Typer, name: str, kind: type[Command], about: str) -> None:
    @app.command(name, help=about)
    def step(
        participant: Participant,
        collaborative: Collaborative,
        on: On = None,
        reason: _Reason = None,
        json: AsJson = False,
    ) -> None:
        _ask(kind, participant, collaborative, {"on": on or utc_now().date(), "reason": reason}, json=json)


def _add_step_with_reason(app: typer.Typer, name: str, kind: type[Command], about: str) -> None:
    @app.command(name, help=about)
    def step(
        participant: Participant,
        collaborative: Collaborative,
        reason: _NeededReason,
        on: On = None,
        json: AsJson = False,
    ) -> None:
        _ask(kind, participant, collaborative, {"on": on or utc_now().date(), "reason": reason}, json=json)


def invite(
    participant: Participant,
    collaborative: Collaborative,
    on: On = None,
    message: Annotated[InvitationMessage, typer.Option(help="Which letter.")] = InvitationMessage.INVITATION,
    task: Task = None,
    contact_name: Annotated[str | None, typer.Option(help="To whom.")] = None,
    contact_email: Annotated[str | None, typer.Option(help="Without one, staff send the letter.")] = None,
    json: AsJson = False,
) -> None:
    """Invite one participant; for many there is ``campaign``."""
    values = {
        "on": on or utc_now().date(),
        "message": message,
        "task": task,
        "contact_name": contact_name,
        "contact_email": contact_email,
    }
    _ask(InviteParticipant, participant, collaborative, values, json=json)


def commit(
    participant: Participant,
    collaborative: Collaborative,
    signed_by: Annotated[Signatory, typer.Option(help="In what office it was signed.")],
    version: Annotated[str, typer.Option(help="Version of the agreement's text.")],
    signed_on: On = None,
    task: Task = None,
    json: AsJson = False,
) -> None:
    """Record a signed agreement; every level of performance is welcome."""
    agreement = {"signed_on": signed_on or utc_now().date(), "signed_by": signed_by, "version": version}
    _ask(CommitParticipant, participant, collaborative, {"agreement": agreement, "task": task}, json=json)


def correct(
    participant: Participant,
    collaborative: Collaborative,
    step: Annotated[int, typer.Option(min=1, help="Which step, as `qio recruit show` counts them.")],
    reason: _NeededReason,
    on: Annotated[
        dt.date | None, typer.Option(parser=date, metavar="DATE", help="The right day; left out: strike the step.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Give a wrongly recorded step its right day, or strike it."""
    _ask(CorrectEngagement, participant, collaborative, {"step": step, "on": on, "reason": reason}, json=json)


def _ask(kind: type[Command], participant: str, collaborative: str, values: dict[str, Any], *, json: bool) -> None:
    known = {"participant": participant_id(participant), "collaborative": collaborative.upper()}
    made = ask(command_of(kind, {**known, **values}), known["participant"])
    if json:
        as_json(made)
        return
    stage = (made["stage"] or "not begun").lower()
    since = f" since {made['since']}" if "since" in made else ""
    say(f"{made.get('name', made['participant'])} and {made['collaborative']}: {stage}{since}.")
