"""``qio network consent``: what facilities consent to among peers."""

from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, listed, split, words
from services.recruitment.cli.network_cohort import Participant
from services.recruitment.cli.steps import participant_id
from services.recruitment.cli.work_frame import Day, Limit, Reason, day, perform, showing
from shared.cli.read import get
from shared.contracts.recruitment.peer_consents import RecordPeerConsent, WithdrawPeerConsent
from shared.contracts.recruitment.peer_terms import PeerScope
from shared.contracts.recruitment.steps import Signatory

app = typer.Typer(help="What facilities consent to among peers.", **SETTINGS)

_SCOPES = f"Repeated or with commas: {', '.join(one.value.lower() for one in PeerScope)}."


@app.command()
def give(
    participant: Participant,
    *,
    scopes: Annotated[list[str], typer.Option("--scope", help=_SCOPES)],
    evidence: Annotated[str, typer.Option(help="Where the signed consent is kept, naming no person.")],
    signed_as: Annotated[Signatory, typer.Option(case_sensitive=False, help="In what office it was signed.")],
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record what a facility consents to, from a day on."""
    name = participant_id(participant)
    values = {
        "participant": name,
        "scopes": _upper(scopes),
        "given_on": day(on),
        "evidence": evidence,
        "signed_as": signed_as,
    }
    perform(RecordPeerConsent, values, name, "{participant} consents; changed: {changed}.", json=json)


@app.command()
def withdraw(
    participant: Participant,
    reason: Reason,
    scopes: Annotated[list[str] | None, typer.Option("--scope", help=f"{_SCOPES} All when left out.")] = None,
    on: Day = None,
    json: AsJson = False,
) -> None:
    """Record that consent was taken back; the day is the first without it, and ends pairings that need it."""
    name = participant_id(participant)
    values = {"participant": name, "scopes": _upper(scopes), "withdrawn_on": day(on), "reason": reason}
    perform(WithdrawPeerConsent, values, name, "{participant} withdrew consent; scopes left: {left}.", json=json)


def _upper(scopes: list[str] | None) -> list[str]:
    return [one.upper().replace("-", "_") for one in split(scopes)]


@app.command("list")
def list_consents(
    *,
    scope: Annotated[PeerScope | None, typer.Option(case_sensitive=False)] = None,
    after: Annotated[str | None, typer.Option(help="The last participant of the page before.")] = None,
    limit: Limit = 100,
    json: AsJson = False,
) -> None:
    """Who consents to what, as it stands."""
    found = get("recruitment", "/peer-consents", scope=scope, after=after, limit=limit)
    listed(found, _line, "consents", after, json=json)


def _line(row: dict[str, Any]) -> str:
    standing = [words(scope) for scope, held in row["scopes"].items() if held[-1]["until"] is None]
    return f"{row['id']:<20}  {', '.join(standing) or 'nothing any more'}"


@app.command("show")
def show(participant: Participant, json: AsJson = False) -> None:
    """All that one facility consented to, and when."""
    showing(f"/peer-consents/{participant_id(participant)}", json=json)
