"""``qio recruit``, ``qio community`` and ``qio facility``."""

import datetime as dt
import re
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError

from shared.cli.ask import actor, ask
from shared.cli.output import as_json, fail, say
from shared.cli.read import get
from shared.contracts.message import Command
from shared.contracts.recruitment import DefineCommunity, EnrollFacility
from shared.program.ssa import areas_of_state
from shared.runtime.clock import utc_now

_SETTINGS: dict[str, Any] = {
    "no_args_is_help": True,
    "add_completion": False,
    "pretty_exceptions_enable": False,
}
recruit = typer.Typer(help="Targets and enrolment in collaboratives.", **_SETTINGS)
community = typer.Typer(help="Communities as sets of residence areas.", **_SETTINGS)
facility = typer.Typer(help="Facilities as the platform knows them.", **_SETTINGS)

_JSON = Annotated[bool, typer.Option("--json", help="Print JSON.")]

C = TypeVar("C", bound=Command)


def _date(text: str | dt.date) -> dt.date:
    return text if isinstance(text, dt.date) else dt.date.fromisoformat(text)


@recruit.command()
def enroll(
    ccn: Annotated[str, typer.Argument(help="CMS Certification Number.")],
    collaborative: Annotated[str, typer.Option(help="For example NNHQCC.")],
    on: Annotated[
        dt.date | None, typer.Option(parser=_date, metavar="DATE", help="Day of joining; today when left out.")
    ] = None,
    contact_name: Annotated[str | None, typer.Option(help="Whom to welcome.")] = None,
    contact_email: Annotated[str | None, typer.Option(help="Without one, staff send the welcome.")] = None,
    json: _JSON = False,
) -> None:
    """Recruit a facility into a collaborative."""
    command = _make(
        EnrollFacility,
        ccn=ccn.upper(),
        collaborative=collaborative.upper(),
        recruited_on=on or utc_now().date(),
        contact_name=contact_name,
        contact_email=contact_email,
    )
    made = ask(command, ccn.upper())
    if json:
        as_json(made)
        return
    say(f"{made['name']} ({made['ccn']}) joined {made['collaborative']} on {made['recruited_on']}.")
    say(f"Network: {made['qin_qio']}. Membership {made['membership_id']}.")


@recruit.command()
def targets(
    collaborative: Annotated[str, typer.Option(help="For which collaborative.")] = "NNHQCC",
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 20,
    json: _JSON = False,
) -> None:
    """Whom to invite first, and why."""
    found = get(
        "recruitment", "/targets", collaborative=collaborative.upper(), state=state and state.upper(), limit=limit
    )
    if json:
        as_json(found)
        return
    for row in found:
        say(f"{row['rank']:>4}  {row['ccn']}  {row['state']}  {row['name'][:44]:<44}  {row['score']:>5}  {row['why']}")


@community.command()
def define(
    name: Annotated[str, typer.Argument(help="The community's name.")],
    identifier: Annotated[str | None, typer.Option("--id", help="Made from the name when left out.")] = None,
    zip_codes: Annotated[list[str] | None, typer.Option("--zip", help="ZIP codes, repeated or with commas.")] = None,
    ssa_counties: Annotated[
        list[str] | None, typer.Option("--ssa-county", help="SSA state and county codes (SSCCC).")
    ] = None,
    ssa_states: Annotated[
        list[str] | None, typer.Option("--ssa-state", help="SSA state codes (SS): all their counties.")
    ] = None,
    json: _JSON = False,
) -> None:
    """Define a community, or its next version, by exactly these areas."""
    areas = [f"zip:{code}" for code in _split(zip_codes)]
    areas += [f"ssa:{code}" for code in _split(ssa_counties)]
    for code in _split(ssa_states):
        areas += areas_of_state(code)
    community_id = identifier or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    made = ask(_make(DefineCommunity, community=community_id, name=name, areas=tuple(areas)), community_id)
    if json:
        as_json(made)
        return
    what = "is" if made["changed"] else "was already"
    say(f"{made['name']} ({made['community']}) {what} version {made['version']} with {made['areas']} areas.")


@community.command("list")
def list_communities(json: _JSON = False) -> None:
    """All communities."""
    found = get("recruitment", "/communities")
    if json:
        as_json(found)
        return
    for row in found:
        say(f"{row['community']:<40}  {row['areas']:>5} areas  version {row['version']}  {row['name']}")


@community.command("show")
def show_community(identifier: Annotated[str, typer.Argument(help="The community's id.")], json: _JSON = False) -> None:
    """One community with its areas."""
    found = get("recruitment", f"/communities/{identifier}")
    if json:
        as_json(found)
        return
    say(f"{found['name']} ({found['community']}), version {found['version']}")
    say(" ".join(found["areas"]))


@facility.command("list")
def list_facilities(
    state: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    after: Annotated[str | None, typer.Option(help="The last number of the page before.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
    json: _JSON = False,
) -> None:
    """Facilities by certification number, a page at a time."""
    found = get("recruitment", "/facilities", state=state and state.upper(), after=after and after.upper(), limit=limit)
    if json:
        as_json(found)
        return
    for row in found:
        stars = f"{row['overall_rating']} stars" if row["overall_rating"] else "not rated"
        say(f"{row['ccn']}  {row['state']}  {row['name'][:44]:<44}  {stars:<9}  {', '.join(row['collaboratives'])}")


@facility.command("show")
def show_facility(ccn: Annotated[str, typer.Argument(help="CMS Certification Number.")], json: _JSON = False) -> None:
    """All that is known of one facility."""
    found = get("recruitment", f"/facilities/{ccn.upper()}")
    if json:
        as_json(found)
        return
    memberships = found.pop("memberships")
    for field, value in found.items():
        say(f"{field.replace('_', ' '):<26}{'-' if value is None else value}")
    for member in memberships:
        say(f"{'member':<26}{member['collaborative']} since {member['recruited_on']} ({member['qin_qio']})")


def _split(values: list[str] | None) -> list[str]:
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]


def _make(kind: type[C], **fields: object) -> C:
    """The command, or the reason why it cannot even be asked."""
    try:
        return kind.model_validate({"actor": actor(), **fields})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[:3]
        wrong = [".".join(map(str, one["loc"])) + f" ({str(one['type']).replace('_', ' ')})" for one in first]
        fail(f"This cannot be asked: {', '.join(wrong)}.", 2)
