"""``qio messages``: campaign messages to audiences, approved by a second person, sent in stages."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from services.notifications.cli import audiences as by
from services.notifications.cli.audiences import CLAUSES, Json, given

app = typer.Typer(name="messages", help="Campaign messages to audiences, sent in stages.", no_args_is_help=True)

Campaign = Annotated[UUID, typer.Argument(metavar="CAMPAIGN", help="The campaign's id.")]
_HELP_WORDS = "LANGUAGE=FILE: the first line is the title, the rest the text. en always, es for the public."
_HELP_JOIN = "LANGUAGE=TEXT: makes it an invitation to patients and families, for a list they asked to be on."
_HELP_STAGE = "10% or 500, with +HOURS to wait before it: 40%+24. Repeated in order; all at once when left out."


@app.command("prepare")
def prepare(
    name: Annotated[str, typer.Argument(help="What staff call it.")],
    *,
    words: Annotated[list[str], typer.Option("--words", help=_HELP_WORDS)],
    writer: Annotated[str, typer.Option(help="The organization in whose name it is written.")],
    phone: Annotated[str, typer.Option(help="Where readers may call.")],
    stage: Annotated[list[str] | None, typer.Option("--stage", help=_HELP_STAGE)] = None,
    key_message: Annotated[bool, typer.Option("--key-message", help="A key message, not a campaign message.")] = False,
    how_to_join: Annotated[list[str] | None, typer.Option("--how-to-join", help=_HELP_JOIN)] = None,
    list_id: Annotated[str | None, typer.Option("--for-list", help="Sent for this mailing list.")] = None,
    starts_at: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M%z"], help="With offset.")] = None,
    ends_at: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M%z"], help="With offset.")] = None,
    part: by.Part = None,
    state: by.State = None,
    setting: by.Setting = None,
    task: by.Task = None,
    collaborative: by.Collaborative = None,
    cohort: by.Cohort = None,
    community: by.Community = None,
    coalition: by.Coalition = None,
    measure: by.Measure = None,
    mailing_list: by.MailingList = None,
    json: Json = False,
) -> None:
    """Prepare a campaign message; somebody else approves it. The options from --part on say to whom."""
    from shared.contracts.notifications.campaigns import PrepareCampaign  # noqa: PLC0415 - keeps others quick

    places = {"community": community, "coalition": coalition, "measure": measure, "list": mailing_list}
    kinds = {"task": task, "collaborative": collaborative, "cohort": cohort}
    clauses = given({"part": part, "state": state, "setting": setting, **kinds, **places})
    values: dict[str, Any] = {
        "name": name,
        "notice_type": _type(key_message=key_message, invites=bool(how_to_join)),
        "words": _joined(dict(_words(one) for one in words), how_to_join or ()),
        "writer": writer,
        "phone": phone,
        "list_id": list_id,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "audience": {CLAUSES[clause]: found for clause, found in clauses.items()},
    }
    if stage:
        values["stages"] = [_stage(one) for one in stage]
    made = _asked(PrepareCampaign, values, name, json=json)
    if json:
        return
    from shared.cli.output import say  # noqa: PLC0415

    grades = ", ".join(f"{language} {value}" for language, value in made["grades"].items() if value is not None)
    say(f"Campaign {made['campaign']} is prepared in {made['stages']} stages. School grade of its words: {grades}.")


@app.command("approve")
def approve(campaign: Campaign, json: Json = False) -> None:
    """Approve a campaign that somebody else prepared."""
    from shared.contracts.notifications.campaigns import ApproveCampaign  # noqa: PLC0415

    _told(_about(ApproveCampaign, campaign, json=json), "is approved", json=json)


@app.command("start")
def start(campaign: Campaign, json: Json = False) -> None:
    """Start an approved campaign."""
    from shared.contracts.notifications.campaigns import StartCampaign  # noqa: PLC0415

    _told(_about(StartCampaign, campaign, json=json), "runs", json=json)


@app.command("pause")
def pause(campaign: Campaign, json: Json = False) -> None:
    """Hold a running campaign."""
    from shared.contracts.notifications.campaigns import PauseCampaign  # noqa: PLC0415

    _told(_about(PauseCampaign, campaign, json=json), "is held", json=json)


@app.command("resume")
def resume(campaign: Campaign, json: Json = False) -> None:
    """Go on with a campaign that is held."""
    from shared.contracts.notifications.campaigns import ResumeCampaign  # noqa: PLC0415

    _told(_about(ResumeCampaign, campaign, json=json), "goes on", json=json)


@app.command("stop")
def stop(
    campaign: Campaign,
    reason: Annotated[str, typer.Option(help="Why.")],
    json: Json = False,
) -> None:
    """End a campaign for good."""
    from shared.contracts.notifications.campaigns import StopCampaign  # noqa: PLC0415

    _told(_about(StopCampaign, campaign, json=json, reason=reason), "is stopped", json=json)


@app.command("list")
def list_campaigns(
    state: Annotated[str | None, typer.Option(help="PREPARED, APPROVED, RUNNING, PAUSED, STOPPED, FINISHED.")] = None,
    after: Annotated[UUID | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: Json = False,
) -> None:
    """Campaigns by id."""
    from shared.cli.output import as_json, say  # noqa: PLC0415
    from shared.cli.read import get  # noqa: PLC0415

    rows = get("notifications", "/messages", state=state and state.upper(), after=after and str(after), limit=limit)
    if json:
        as_json(rows)
        return
    for row in rows:
        say(f"{row['id']}  {row['state'].lower():<9} {_requested(row):>7,} requested  {row['name']}")
    if not rows:
        say("No more campaigns." if after else "No campaigns.")


@app.command("show")
def show(campaign: Campaign, json: Json = False) -> None:
    """One campaign, its stages, and what became of its notices."""
    from shared.cli.output import as_json, say  # noqa: PLC0415
    from shared.cli.read import get  # noqa: PLC0415

    row = get("notifications", f"/messages/{campaign}")
    if json:
        as_json(row)
        return
    approved = f", approved by {row['approved_by']}" if row["approved_by"] else ""
    say(f"{row['name']}: {row['state'].lower()}, prepared by {row['prepared_by']}{approved}.")
    for language, said in row["words"].items():
        value = row["grades"][language]
        say(f"  {language}: {said['title']}" + ("" if value is None else f" (school grade {value})"))
    for number, stage in enumerate(row["stages"], 1):
        sent = row["sent"][number - 1] if number <= len(row["sent"]) else {"requested": 0, "complete": False}
        share = f"{stage['percent']} %" if stage["percent"] else f"{stage['number']:,}"
        say(
            f"  stage {number}: {share:>7}  {sent['requested']:>7,} requested{'  complete' if sent['complete'] else ''}"
        )
    say(", ".join(f"{count:,} {name}" for name, count in row["figures"].items()) + ".")
    for why, count in row["left_out"].items():
        say(f"  left out: {why.replace('_', ' ').lower()} {count:,}")


def _requested(row: dict[str, Any]) -> int:
    return sum(one["requested"] for one in row["sent"])


def _about(kind: Any, campaign: UUID, *, json: bool, **more: str) -> dict[str, Any]:
    return _asked(kind, {"campaign": campaign, **more}, str(campaign), json=json)


def _asked(kind: Any, values: dict[str, Any], key: str, *, json: bool) -> dict[str, Any]:
    from shared.cli.ask import ask, command_of  # noqa: PLC0415
    from shared.cli.output import as_json  # noqa: PLC0415

    made = ask(command_of(kind, values), key)
    if json:
        as_json(made)
    return made


def _told(made: dict[str, Any], what: str, *, json: bool) -> None:
    from shared.cli.output import say  # noqa: PLC0415

    if not json:
        say(f"{made['name']} {what}; {made['requested']:,} notices were requested so far.")


def _type(*, key_message: bool, invites: bool) -> str:
    from shared.cli.output import fail  # noqa: PLC0415

    if key_message and invites:
        fail("It is either a key message or an invitation: leave out --key-message or --how-to-join.", 2)
    return "PFE_INVITATION" if invites else "KEY_MESSAGE" if key_message else "CAMPAIGN_MESSAGE"


def _joined(words: dict[str, dict[str, str]], how_to_join: Iterable[str]) -> dict[str, dict[str, str]]:
    from shared.cli.output import fail  # noqa: PLC0415

    said = dict(words)
    for one in how_to_join:
        language, _, text = one.partition("=")
        if language not in said or not text.strip():
            fail("How to join is given as LANGUAGE=TEXT, in the languages of --words.", 2)
        said[language] = {**said[language], "how_to_join": text.strip()}
    return said


def _words(given_words: str) -> tuple[str, dict[str, str]]:
    from shared.cli.output import fail  # noqa: PLC0415

    language, _, path = given_words.partition("=")
    if not path:
        fail("Words are given as LANGUAGE=FILE, for example en=message.txt.", 2)
    try:
        title, _, text = Path(path).read_text(encoding="utf-8-sig").replace("\r\n", "\n").partition("\n")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"The file cannot be read ({type(error).__name__}).", 2)
    return language, {"title": title.strip(), "text": text.strip()}


def _stage(text: str) -> dict[str, int]:
    from shared.cli.output import fail  # noqa: PLC0415

    share, _, wait = text.partition("+")
    number = share.removesuffix("%")
    if not number.isdecimal() or (wait and not wait.isdecimal()):
        fail("A stage is given as 10% or 500, with +HOURS to wait before it.", 2)
    size = {"percent" if share.endswith("%") else "number": int(number)}
    return {**size, "wait_hours": int(wait or 0)}
