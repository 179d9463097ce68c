"""Registering, amending, identifying, closing and merging participants, part of ``qio facility``."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import AsJson, date, split, words
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.contracts.message import Command
from shared.contracts.recruitment.family_partners import ConsentGiven, RegisterPartner, WithdrawConsent
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.participant_commands import (
    AmendParticipant,
    AssignIdentifier,
    CloseParticipant,
    MergeParticipant,
    RegisterParticipant,
    ReleaseIdentifier,
    ReopenParticipant,
)
from shared.contracts.recruitment.participant_terms import WhyClosed, WhyMerged, WhyReopened
from shared.runtime.clock import utc_now

Identifier = Annotated[str, typer.Argument(help="CMS Certification Number, npi:… or own:….")]
On = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Today when left out.")]
State = Annotated[str | None, typer.Option(help="Postal code.")]
ASetting = Annotated[Setting, typer.Option(case_sensitive=False, help="For example PHARMACY.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for command in (register, partner, withdraw_consent, amend, assign, release, close, reopen, merge):
        app.command()(command)


def identifier(text: str) -> str:
    """A participant's id as it is kept: certification numbers in capital letters, all others in small ones."""
    return text.lower() if ":" in text else text.upper()


def told(kind: type[Command], values: dict[str, Any], key: str, json: bool, sentence: str) -> None:
    """Ask for a change, and print what it made as JSON or in a sentence with the fields of the answer."""
    made = ask(command_of(kind, values), key)
    if json:
        as_json(made)
    else:
        say(sentence.format(**made))


def register(
    name: Annotated[str, typer.Argument(help="The participant's name.")],
    *,
    setting: ASetting,
    state: Annotated[str, typer.Option(help="Postal code.")],
    zip_code: Annotated[str, typer.Option("--zip")],
    participant: Annotated[
        str | None, typer.Option("--id", help="CMS Certification Number, npi:… or own:…; made when left out.")
    ] = None,
    address: str | None = None,
    city: str | None = None,
    county: str | None = None,
    json: AsJson = False,
) -> None:
    """Register a participant that no provider file lists."""
    values = {
        "participant": participant and identifier(participant),
        "setting": setting,
        "name": name,
        "state": state.upper(),
        "zip_code": zip_code,
        "address": address,
        "city": city,
        "county": county,
    }
    made = ask(command_of(RegisterParticipant, values), values["participant"] or "new")
    if json:
        as_json(made)
    else:
        say(f"{made['name']} is {made['participant']}, {words(made['setting'])}.")


def partner(
    display_name: Annotated[str, typer.Argument(help="The name the person chose.")],
    *,
    state: Annotated[str, typer.Option(help="Postal code.")],
    consent: Annotated[ConsentGiven, typer.Option(case_sensitive=False, help="How the person agreed.")],
    consented_on: Annotated[dt.date, typer.Option(parser=date, metavar="DATE")],
    json: AsJson = False,
) -> None:
    """Register a beneficiary or family member as a partner, with consent; nothing else of the person is kept."""
    values = {"display_name": display_name, "state": state.upper(), "consent": consent, "consented_on": consented_on}
    told(RegisterPartner, values, "new", json, "The partner is {participant}.")


def withdraw_consent(participant: Identifier, on: On = None, json: AsJson = False) -> None:
    """A partner takes the consent back: the name is forgotten."""
    values = {"participant": identifier(participant), "on": on or utc_now().date()}
    told(WithdrawConsent, values, identifier(participant), json, "{participant} is no partner since {withdrawn_on}.")


def amend(
    participant: Identifier,
    *,
    name: str | None = None,
    address: str | None = None,
    city: str | None = None,
    county: str | None = None,
    state: State = None,
    zip_code: Annotated[str | None, typer.Option("--zip")] = None,
    setting: Annotated[Setting | None, typer.Option(case_sensitive=False)] = None,
    follow_list: Annotated[
        list[str] | None, typer.Option(help="Fields that lists may change again, repeated or with commas.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Record what is right, whatever a list says; lists change it no more until it follows them again."""
    values = {
        "participant": identifier(participant),
        "name": name,
        "address": address,
        "city": city,
        "county": county,
        "state": state and state.upper(),
        "zip_code": zip_code,
        "setting": setting,
        "follow_list": [field.lower().replace("-", "_") for field in split(follow_list)],
    }
    made = ask(command_of(AmendParticipant, values), identifier(participant))
    if json:
        as_json(made)
        return
    say(f"{made['participant']}: {', '.join(map(words, made['changed'])) or 'nothing'} changed.")


def assign(participant: Identifier, further: Annotated[str, typer.Argument()], json: AsJson = False) -> None:
    """Give a participant a further identifier."""
    values = {"participant": identifier(participant), "identifier": identifier(further)}
    told(AssignIdentifier, values, identifier(participant), json, "{identifier} is {participant}.")


def release(participant: Identifier, further: Annotated[str, typer.Argument()], json: AsJson = False) -> None:
    """Take a further identifier away."""
    values = {"participant": identifier(participant), "identifier": identifier(further)}
    told(ReleaseIdentifier, values, identifier(participant), json, "{identifier} is no longer {participant}.")


def close(
    participant: Identifier,
    reason: Annotated[WhyClosed, typer.Option(case_sensitive=False)],
    on: On = None,
    json: AsJson = False,
) -> None:
    """A participant closes; the day is the first one closed and may be up to a year ahead."""
    values = {"participant": identifier(participant), "on": on or utc_now().date(), "reason": reason}
    told(CloseParticipant, values, identifier(participant), json, "{participant} is closed from {closed_on}.")


def reopen(
    participant: Identifier,
    reason: Annotated[WhyReopened, typer.Option(case_sensitive=False)],
    on: On = None,
    json: AsJson = False,
) -> None:
    """A closing or merger holds no longer."""
    values = {"participant": identifier(participant), "on": on or utc_now().date(), "reason": reason}
    told(ReopenParticipant, values, identifier(participant), json, "{participant} is open from {open_from}.")


def merge(
    participant: Identifier,
    into: Annotated[str, typer.Argument(help="The participant that goes on.")],
    reason: Annotated[WhyMerged, typer.Option(case_sensitive=False)],
    on: On = None,
    json: AsJson = False,
) -> None:
    """A participant goes on in another; its history stays."""
    values = {
        "participant": identifier(participant),
        "into": identifier(into),
        "on": on or utc_now().date(),
        "reason": reason,
    }
    told(MergeParticipant, values, identifier(participant), json, "{participant} goes on in {into} from {merged_on}.")
