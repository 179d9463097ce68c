"""``qio program staff`` and ``qio program expert``: who serves where, in which role, since when."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import typer

from services.recruitment.cli.frame import SETTINGS, AsJson, date, listed, split
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.recruitment.people_commands import (
    AmendPerson,
    AssignRole,
    RegisterPerson,
    ReleaseRole,
    RetirePerson,
)
from shared.contracts.recruitment.people_terms import PersonKind
from shared.runtime.clock import utc_now

PersonId = Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")]
Name = Annotated[str, typer.Option(help="Name.")]
Profession = Annotated[str, typer.Option(help="For example: registered nurse.")]
Expertise = Annotated[list[str] | None, typer.Option("--expertise", help="Topics, repeated or with commas.")]
Email = Annotated[str | None, typer.Option(help="At work.")]
Phone = Annotated[str | None, typer.Option(help="At work.")]
RoleName = Annotated[str, typer.Option("--role", help="For example: quality improvement adviser.")]
Qio = Annotated[
    str | None,
    typer.Option(help="When left out, the network of the states on the first day, also one that staff entered."),
]
States = Annotated[list[str], typer.Option("--state", help="Postal codes served, repeated or with commas.")]
Since = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="First day; today when left out.")]
LastDay = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Today when left out.")]


def people_app(kind: PersonKind, about: str) -> typer.Typer:
    """The commands for one kind of people: those that change anybody are the same for both."""
    app = typer.Typer(help=about, **SETTINGS)

    @app.command()
    def add(
        person: PersonId,
        *,
        name: Name,
        profession: Profession,
        role: RoleName,
        states: States,
        expertise: Expertise = None,
        email: Email = None,
        phone: Phone = None,
        qio: Qio = None,
        since: Since = None,
        json: AsJson = False,
    ) -> None:
        """Take somebody up in a first role."""
        profile = {
            "name": name,
            "profession": profession,
            "expertise": split(expertise),
            "email": email,
            "phone": phone,
        }
        values = {"person": person, "kind": kind, "profile": profile, **_role(role, qio, states, since)}
        _said(ask(command_of(RegisterPerson, values), person), json)

    @app.command("list")
    def list_people(
        state: Annotated[str | None, typer.Option(help="Who serves this state.")] = None,
        qio: Annotated[str | None, typer.Option(help="Who serves for this QIO: part of its name.")] = None,
        expertise: Annotated[str | None, typer.Option(help="Who knows this topic.")] = None,
        on: Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="Today when left out.")] = None,
        after: Annotated[str | None, typer.Option(help="The last id of the page before.")] = None,
        limit: Annotated[int, typer.Option(min=1, max=1_000)] = 50,
        json: AsJson = False,
    ) -> None:
        """Who serves where on a day."""
        where: dict[str, Any] = {"state": state and state.upper(), "qio": qio, "expertise": expertise}
        found = get("recruitment", "/people", kind=kind.value, on=on and str(on), after=after, limit=limit, **where)
        listed(found, _line, "experts" if kind is PersonKind.EXPERT else "staff", after, json=json)

    app.command()(show)
    app.command()(amend)
    app.command()(role)
    app.command("end-role")(end_role)
    app.command()(leave)
    return app


def show(person: PersonId, json: AsJson = False) -> None:
    """One person with all roles ever held."""
    found = get("recruitment", f"/people/{person}")
    if json:
        as_json(found)
        return
    profile = found["profile"]
    say(f"{profile['name']} ({found['id']}), {profile['profession']}, {found['kind'].lower()}")
    say(f"Expertise: {', '.join(profile['expertise']) or '-'}")
    say(f"To reach by: {', '.join(filter(None, (profile['email'], profile['phone']))) or '-'}")
    for role in found["roles"]:
        until = f"until before {role['until']}" if role["until"] else "goes on"
        say(f"  {role['role']}, {role['qio']}, {', '.join(role['states'])}: since {role['since']}, {until}")
        say(f"    role {role['role_id']}")


def amend(
    person: PersonId,
    *,
    name: Annotated[str | None, typer.Option()] = None,
    profession: Annotated[str | None, typer.Option()] = None,
    expertise: Expertise = None,
    email: Email = None,
    phone: Phone = None,
    json: AsJson = False,
) -> None:
    """Change what is given; topics of expertise replace those there are."""
    profile = dict(get("recruitment", f"/people/{person}")["profile"])
    given = {"name": name, "profession": profession, "email": email, "phone": phone}
    profile |= {field: value for field, value in given.items() if value is not None}
    if expertise:
        profile["expertise"] = split(expertise)
    made = ask(command_of(AmendPerson, {"person": person, "profile": profile}), person)
    if json:
        as_json(made)
        return
    say(f"{person} is amended." if made["changed"] else "Nothing has changed.")


def role(
    person: PersonId,
    *,
    role: RoleName,
    states: States,
    qio: Qio = None,
    since: Since = None,
    json: AsJson = False,
) -> None:
    """Give a further role, or one after they left."""
    _said(ask(command_of(AssignRole, {"person": person, **_role(role, qio, states, since)}), person), json)


def end_role(
    person: PersonId,
    role_id: Annotated[UUID, typer.Argument(metavar="ROLE", help="As `show` tells it.")],
    last_day: LastDay = None,
    json: AsJson = False,
) -> None:
    """End one role after its last day."""
    values = {"person": person, "role_id": role_id, "last_day": last_day or utc_now().date()}
    made = ask(command_of(ReleaseRole, values), person)
    if json:
        as_json(made)
        return
    say(f"The role of {person} ends after {made['last_day']}.")


def leave(person: PersonId, last_day: LastDay = None, json: AsJson = False) -> None:
    """Somebody leaves: every role ends after the last day."""
    made = ask(command_of(RetirePerson, {"person": person, "last_day": last_day or utc_now().date()}), person)
    if json:
        as_json(made)
        return
    say(f"{person} leaves after {made['last_day']}; roles ended: {made['roles_ended']}.")
    say(f"Whom they look after: qio program caseload list --person {person}")


def _role(role: str, qio: str | None, states: list[str], since: dt.date | None) -> dict[str, Any]:
    codes = [state.upper() for state in split(states)]
    return {"role": role, "qio": qio, "states": codes, "since": since or utc_now().date()}


def _said(made: dict[str, Any], json: bool) -> None:
    if json:
        as_json(made)
        return
    say(f"{made['person']} serves {', '.join(made['states'])} as {made['role']} since {made['since']}.")
    say(f"QIO: {made['qio']}. Role {made['role_id']}.")


def _line(row: dict[str, Any]) -> str:
    profile = row["profile"]
    roles = "; ".join(f"{one['role']} {','.join(one['states'])} ({one['qio']})" for one in row["serving"])
    return f"{row['id']:<20}  {profile['name'][:30]:<30}  {profile['profession'][:24]:<24}  {roles or 'does not serve'}"
