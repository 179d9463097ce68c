"""``qio facility``: participants of every setting as the platform knows them."""

import datetime as dt
from typing import Annotated, Any

import typer

from services.recruitment.cli import owners, participants
from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed, said
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.ids import Setting

app = typer.Typer(help="Participants of every setting as the platform knows them.", **SETTINGS)
participants.add_to(app)
owners.add_to(app)

On = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="As of this day; today when left out.")]


@app.command("list")
def list_facilities(
    *,
    setting: Annotated[Setting | None, typer.Option(help="For example NURSING_HOME.", case_sensitive=False)] = None,
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    qin: Annotated[str | None, typer.Option(help="Part of the QIN-QIO's name.")] = None,
    rating: Annotated[int | None, typer.Option(min=1, max=5, help="Overall stars.")] = None,
    special_focus: Annotated[bool, typer.Option("--special-focus", help="Special focus facilities only.")] = False,
    standing: Annotated[str | None, typer.Option(help="OPEN, CLOSED or MERGED.")] = None,
    chain: Annotated[
        str | None, typer.Option(help="Id of an owner: its own and what is theirs who belong to it.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Part of the name.")] = None,
    on: On = None,
    after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: AsJson = False,
) -> None:
    """Participants by id, a page at a time."""
    found = get(
        "recruitment",
        "/facilities",
        setting=setting and setting.value,
        state=state and state.upper(),
        qin=qin,
        rating=rating,
        special_focus=special_focus or None,
        standing=standing and standing.upper(),
        chain=chain,
        name=name,
        on=on and on.isoformat(),
        after=after and participants.identifier(after),
        limit=limit,
    )
    listed(found, _line, "participants", after, json=json)


@app.command("show")
def show_facility(
    identifier: Annotated[str, typer.Argument(help="CMS Certification Number, npi:… or own:….")],
    on: On = None,
    json: AsJson = False,
) -> None:
    """All that is known of one participant, found by any of its identifiers."""
    path = f"/facilities/{participants.identifier(identifier)}"
    found = get("recruitment", path, on=on and on.isoformat())
    if json:
        as_json(found)
        return
    lists = {field: found.pop(field) for field in ("memberships", "turns", "ratings", "needs_attention")}
    for field, value in found.items():
        if field != "digest" and value not in ({}, [], ""):
            say(f"{field.replace('_', ' '):<26}{'-' if value is None else _plain(said(field, value))}")
    for turn in lists["turns"]:
        into = f" into {turn['into']}" if turn["into"] else ""
        say(f"{'turn':<26}{turn['to']}{into} on {turn['on']} ({turn['reason']})")
    for rated in lists["ratings"][:12]:
        say(f"{'rated':<26}{rated['as_of']}  {rated['overall'] or '-'} stars{_focus(rated)}")
    for member in lists["memberships"]:
        say(f"{'member':<26}{member['collaborative']} since {member['recruited_on']} ({member['qin_qio']})")
    for one in lists["needs_attention"]:
        say(f"{'needs attention':<26}{_attention(one)}")


def _attention(one: dict[str, Any]) -> str:
    if one["what"] == "COALITION":
        return f"still a member of the coalition {one['name']} ({one['id']}): let it leave"
    if one["what"] == "LANE":
        return f"still convenes the LANE of {one['id']}: name another convener, or end it"
    return f"still looked after by {one['id']} ({one['name'].lower()}): release the caseload"


@app.command("differences")
def differences(
    what: Annotated[
        str | None, typer.Option(help="MISSING, CLOSED_BUT_LISTED, MERGED_BUT_LISTED or RECORDED_DIFFERENTLY.")
    ] = None,
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 100,
    json: AsJson = False,
) -> None:
    """Where provider lists and what staff recorded differ; nothing is closed because a list leaves it out."""
    found = get(
        "recruitment",
        "/facilities/differences",
        what=what and what.upper(),
        state=state and state.upper(),
        after=after and participants.identifier(after),
        limit=limit,
    )
    sentences = {
        "MISSING": "not in the list of {newest}, last in that of {as_of}",
        "CLOSED_BUT_LISTED": "closed, but in the list of {as_of}",
        "MERGED_BUT_LISTED": "goes on in another, but in the list of {as_of}",
        "RECORDED_DIFFERENTLY": "the list of {as_of} says another {field}",
    }

    def line(row: dict[str, Any]) -> str:
        what = sentences[row["what"]].format(**row)
        return f"{row['participant']:<16}  {row['state']}  {row['name'][:44]:<44}  {what}"

    listed(found, line, "differences", after, json=json)


def _line(row: dict[str, Any]) -> str:
    gone = _standing(row)
    rest = [gone] if gone else row["collaboratives"]
    return f"{row['id']:<16}  {row['state']}  {row['name'][:44]:<44}  {_stars(row):<9}  {', '.join(rest)}"


def _stars(row: dict[str, Any]) -> str:
    return f"{row['overall_rating']} stars" if row["overall_rating"] else "not rated"


def _standing(row: dict[str, Any]) -> str:
    if row["merged_into"]:
        return f"goes on in {row['merged_into']}"
    return "closed" if row["standing"] == "CLOSED" else ""


def _focus(rated: dict[str, Any]) -> str:
    return ", special focus" if rated["special_focus"] else ""


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {'-' if one is None else one}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
