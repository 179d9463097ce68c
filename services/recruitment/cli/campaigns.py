"""``qio recruit campaign``: invitations to many, each participant once."""

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from services.recruitment.cli.chunks import Outcome, send
from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed, split, words
from services.recruitment.cli.steps import Task, participant_id
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, fail, say
from shared.cli.read import get
from shared.contracts.message import Command
from shared.contracts.recruitment.invitations import CloseInvitationCampaign, StartInvitationCampaign
from shared.contracts.recruitment.pipeline_commands import InviteParticipant
from shared.contracts.recruitment.steps import InvitationMessage
from shared.runtime.clock import utc_now

app = typer.Typer(help="Campaigns of invitations: many participants, each invited once.", **SETTINGS)

CampaignId = Annotated[UUID, typer.Argument(help="The campaign's id.")]
On = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Today when left out.")]


@app.command()
def start(
    name: Annotated[str, typer.Argument(help="What staff call it.")],
    collaborative: Annotated[str, typer.Option(help="Into which collaborative.")],
    message: Annotated[InvitationMessage, typer.Option(help="Which letter.")] = InvitationMessage.INVITATION,
    waves: Annotated[int, typer.Option(min=1, max=99, help="In how many waves.")] = 1,
    on: On = None,
    json: AsJson = False,
) -> None:
    """Start a campaign; it invites nobody yet."""
    values = {
        "name": name,
        "collaborative": collaborative.upper(),
        "message": message,
        "waves": waves,
        "started_on": on or utc_now().date(),
    }
    made = ask(command_of(StartInvitationCampaign, values), collaborative.upper())
    if json:
        as_json(made)
        return
    say(f"Campaign {made['campaign']} invites into {made['collaborative']} in {made['waves']} waves.")


@app.command()
def invite(
    campaign: CampaignId,
    participants: Annotated[
        list[str] | None, typer.Option("--participant", help="Ids, repeated or with commas.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--from", help="CSV with a column participant, and contact_name, contact_email.")
    ] = None,
    targets: Annotated[int, typer.Option(min=0, max=1_000, help="The first so many targets.")] = 0,
    state: Annotated[str | None, typer.Option(help="Targets of this state only.")] = None,
    wave: Annotated[int, typer.Option(min=1, max=99)] = 1,
    task: Task = None,
    on: On = None,
    json: AsJson = False,
) -> None:
    """Invite participants, some at a time; who was invited by this campaign before is left in peace."""
    collaborative = get("recruitment", f"/invitations/{campaign}")["collaborative"]
    rows: dict[str, dict[str, str]] = {participant_id(one): {} for one in split(participants)}
    rows |= _contacts(file) if file is not None else {}
    if targets:
        found = get(
            "recruitment", "/targets", collaborative=collaborative, state=state and state.upper(), limit=targets
        )
        rows |= {row["ccn"]: {} for row in found if row["ccn"] not in rows}
    if not rows:
        fail("Say whom to invite: --participant, --from or --targets.")
    values = {"collaborative": collaborative, "campaign": campaign, "wave": wave, "task": task}
    values["on"] = on or utc_now().date()
    asked: list[tuple[str, Command]] = [
        (one, command_of(InviteParticipant, {**values, **contact, "participant": one})) for one, contact in rows.items()
    ]
    _say_outcome(send("invitations", asked), json=json)


@app.command("list")
def list_campaigns(
    collaborative: Annotated[str | None, typer.Option(help="Of this collaborative only.")] = None,
    after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Campaigns, the latest first."""
    asked: dict[str, Any] = {"collaborative": collaborative and collaborative.upper(), "after": after, "limit": limit}
    listed(get("recruitment", "/invitations", **asked), _line, "campaigns", after, json=json)


@app.command("show")
def show_campaign(campaign: CampaignId, json: AsJson = False) -> None:
    """One campaign, and how each wave was answered."""
    found = get("recruitment", f"/invitations/{campaign}")
    if json:
        as_json(found)
        return
    say(f"{found['name']}: {found['collaborative']}, since {found['started_on']}, letter: {words(found['message'])}.")
    for row in found["by_wave"]:
        say(
            f"wave {row['wave']:>2}  invited {row['invited']:>6,}  answered {row['answered']:>6,}  "
            f"declined {row['declined']:>6,}  members {row['members']:>6,}"
        )


@app.command()
def close(
    campaign: CampaignId,
    on: On = None,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
    json: AsJson = False,
) -> None:
    """End a campaign: it invites nobody any more."""
    values = {"campaign": campaign, "closed_on": on or utc_now().date(), "reason": reason}
    made = ask(command_of(CloseInvitationCampaign, values), str(campaign))
    if json:
        as_json(made)
        return
    say(f"The campaign was closed on {made['closed_on']}.")


def _contacts(path: Path) -> dict[str, dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            return {participant_id(row["participant"].strip()): _contact(row) for row in csv.DictReader(opened)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        fail(f"The file cannot be read ({type(error).__name__}).", 2)
    except (KeyError, AttributeError):
        fail("The file needs a column called participant, filled in every line.")


def _contact(row: dict[str, Any]) -> dict[str, str]:
    return {name: value for name in ("contact_name", "contact_email") if (value := (row.get(name) or "").strip())}


def _say_outcome(outcome: Outcome, *, json: bool) -> None:
    """Say what became of it; ends with status 1 when any was refused."""
    invited = sorted(key for key, made in outcome.made.items() if made["invited"])
    before = sorted(outcome.made.keys() - set(invited))
    if json:
        refused = {key: [one.model_dump() for one in reasons] for key, reasons in outcome.refused.items()}
        as_json({"invited": invited, "invited_before": before, "refused": refused})
    else:
        say(f"{len(invited):,} invited, {len(before):,} had been invited before, {len(outcome.refused):,} refused.")
        for line in _lines(outcome):
            say(line)
    if outcome.refused:
        raise SystemExit(1)


def _lines(outcome: Outcome) -> Iterable[str]:
    for key, reasons in sorted(outcome.refused.items()):
        yield f"  {key}: {' '.join(reason.text for reason in reasons)}"


def _line(row: dict[str, Any]) -> str:
    ended = f"closed {row['closed_on']}" if row["closed_on"] else "open"
    return f"{row['id']}  {row['collaborative']:<12}  {row['started_on']}  {ended:<17}  {row['name']}"
