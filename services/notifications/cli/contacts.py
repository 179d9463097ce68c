"""``qio contacts``: people and organisations that notices go to, and what they asked for."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from services.notifications.cli import contact_import
from services.notifications.cli.contact_file import channels_of, zone_of
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.cli.talk import calling, checked
from shared.contracts.message import Command
from shared.contracts.notifications import contacts as asked
from shared.contracts.notifications.contacts import AddressKind
from shared.contracts.notifications.terms import Channel, Format, Part, Rhythm
from shared.runtime.purpose import Purpose

app = typer.Typer(
    help="People and organisations that notices go to, and what they asked for.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
contact_import.add_to(app)


def _date(text: str | dt.date) -> dt.date:
    return text if isinstance(text, dt.date) else dt.date.fromisoformat(text)


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ContactId = Annotated[UUID, typer.Argument(metavar="CONTACT", help="The contact's id.")]
Email = Annotated[str | None, typer.Option(help="One plain address.")]
Phone = Annotated[str | None, typer.Option(help="For calls.")]
Mobile = Annotated[str | None, typer.Option(help="For texts.")]
Street = Annotated[list[str] | None, typer.Option(help="A line of the postal address; up to three.")]
Text = Annotated[str | None, typer.Option()]
ChannelOption = Annotated[
    list[Channel] | None, typer.Option("--channel", case_sensitive=False, help="Repeat it; best first.")
]
FormatOption = Annotated[Format | None, typer.Option("--format", case_sensitive=False)]
RhythmOption = Annotated[Rhythm | None, typer.Option(case_sensitive=False)]
Quiet = Annotated[str | None, typer.Option(metavar="HH:MM-HH:MM", help="Hours in which nobody calls or texts.")]
PartArgument = Annotated[Part, typer.Argument(case_sensitive=False)]
PlaceArgument = Annotated[str, typer.Argument(metavar="PLACE", help="facility:225009, state:MA, any:any, ...")]
Day = Annotated[dt.date | None, typer.Option(parser=_date, metavar="DATE")]
After = Annotated[UUID | None, typer.Option(metavar="CONTACT", help="The last contact of the page before.")]
Limit = Annotated[int, typer.Option(min=1, max=1_000)]


@app.command()
def register(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    *,
    organisation: Annotated[bool, typer.Option("--organisation", help="It is no person.")] = False,
    email: Email = None,
    phone: Phone = None,
    mobile: Mobile = None,
    street: Street = None,
    city: Text = None,
    state: Text = None,
    zip_code: Text = None,
    portal: Text = None,
    language: Text = None,
    time_zone: Text = None,
    channel: ChannelOption = None,
    format_: FormatOption = None,
    rhythm: RhythmOption = None,
    quiet: Quiet = None,
    json: AsJson = False,
) -> None:
    """Register a contact; what it asks for follows from its addresses where nothing is said."""
    addresses = _addresses(email, phone, mobile, portal, street, city, state, zip_code)
    wishes = {"channels": channels_of(addresses), "time_zone": zone_of(addresses)}
    wishes |= _wishes(language, time_zone, channel, format_, rhythm, quiet)
    facts = {"name": name, "organisation": organisation, "addresses": addresses, "preferences": _given(wishes)}
    contact = uuid4()
    made = ask(command_of(asked.RegisterContact, {"contact": contact, "facts": facts}), str(contact))
    found = _search({"email": email}) if email else []
    made["also_at"] = [one["contact"] for one in found if one["contact"] != made["contact"]]
    if json:
        as_json(made)
        return
    say(f"Contact {made['contact']} is registered.")
    for other in made["also_at"]:
        say(f"The same e-mail address is that of {other}. Where they are one: qio contacts merge {other} {contact}")


@app.command()
def amend(
    contact: ContactId,
    *,
    name: Text = None,
    organisation: Annotated[bool | None, typer.Option("--organisation/--person")] = None,
    email: Email = None,
    phone: Phone = None,
    mobile: Mobile = None,
    street: Street = None,
    city: Text = None,
    state: Text = None,
    zip_code: Text = None,
    portal: Text = None,
    without: Annotated[
        list[AddressKind] | None, typer.Option(case_sensitive=False, help="An address to take away; repeat it.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Correct a name or addresses; what is not given stays."""
    addresses = _addresses(email, phone, mobile, portal, street, city, state, zip_code)
    given = {"name": name, "organisation": organisation, "addresses": addresses, "without": without or ()}
    _carry_out(asked.AmendContact, contact, given, "The contact is amended.", json=json)


@app.command()
def role(
    contact: ContactId,
    part: PartArgument,
    place: PlaceArgument,
    since: Annotated[dt.date, typer.Option(parser=_date, metavar="DATE", help="First day.")],
    until: Annotated[dt.date | None, typer.Option(parser=_date, metavar="DATE", help="First day without it.")] = None,
    json: AsJson = False,
) -> None:
    """Give a contact a part somewhere from a day on."""
    given = {"part": part, "place": place, "since": since, "until": until}
    _carry_out(asked.GiveRole, contact, given, f"The contact is {part} at {place} since {since}.", json=json)


@app.command("end-role")
def end_role(
    contact: ContactId,
    part: PartArgument,
    place: PlaceArgument,
    until: Annotated[dt.date, typer.Option(parser=_date, metavar="DATE", help="First day without it.")],
    json: AsJson = False,
) -> None:
    """End a part; on the day it began it is taken back."""
    given = {"part": part, "place": place, "until": until}
    _carry_out(asked.EndRole, contact, given, f"From {until} on the contact is not {part} at {place}.", json=json)


@app.command()
def preferences(
    contact: ContactId,
    language: Text = None,
    time_zone: Text = None,
    channel: ChannelOption = None,
    format_: FormatOption = None,
    rhythm: RhythmOption = None,
    quiet: Quiet = None,
    no_quiet: Annotated[bool, typer.Option("--no-quiet", help="No quiet hours any more.")] = False,
    json: AsJson = False,
) -> None:
    """Change what a contact asks for; what is not given stays."""
    held = get("notifications", f"/contacts/{contact}").get("preferences") or {}
    wishes = {**held, **_given(_wishes(language, time_zone, channel, format_, rhythm, quiet))}
    if no_quiet:
        wishes["quiet"] = None
    _carry_out(asked.SetPreferences, contact, {"preferences": wishes}, "What it asks for is noted.", json=json)


@app.command()
def stop(contact: ContactId, json: AsJson = False) -> None:
    """The contact asks not to be written to; legal notices still go."""
    _carry_out(asked.StopWriting, contact, {}, "Nothing but legal notices is sent any more.", json=json)


@app.command()
def resume(contact: ContactId, json: AsJson = False) -> None:
    """The contact may be written to again."""
    _carry_out(asked.ResumeWriting, contact, {}, "The contact may be written to again.", json=json)


@app.command()
def consent(
    contact: ContactId,
    given: Annotated[bool, typer.Option("--given/--withdrawn")],
    json: AsJson = False,
) -> None:
    """The contact agrees to be named to others, or takes that back."""
    said = "The contact may be named to others." if given else "The contact is not named to others."
    _carry_out(asked.RecordNameConsent, contact, {"consented": given}, said, json=json)


@app.command()
def forget(contact: ContactId, json: AsJson = False) -> None:
    """Keep nothing of a contact any more. It cannot be undone."""
    made = ask(command_of(asked.ForgetContact, {"contact": contact}), str(contact))
    if json:
        as_json(made)
        return
    say("Nothing is kept of the contact any more." if made["changed"] else "Nothing was kept of such a contact.")
    if made["merged_into"]:
        say(f"It was one with {made['merged_into']}, which stays. To forget that: qio contacts forget ...")


@app.command()
def merge(
    contact: ContactId,
    other: Annotated[UUID, typer.Argument(metavar="OTHER", help="The same person; forgotten afterwards.")],
    json: AsJson = False,
) -> None:
    """Make two contacts one."""
    made = ask(command_of(asked.MergeContacts, {"contact": contact, "other": other}), str(contact))
    if json:
        as_json(made)
        return
    say(f"Contact {contact} has the parts of both ({made['parts']}); {other} is forgotten.")


@app.command()
def find(
    email: Annotated[str | None, typer.Option(help="The whole address.")] = None,
    name: Annotated[str | None, typer.Option(help="Words of the name.")] = None,
    after: After = None,
    limit: Limit = 50,
    json: AsJson = False,
) -> None:
    """Look for contacts by e-mail address or name."""
    sought = _given({"email": email, "name": name, "after": after and str(after), "limit": limit})
    _listed(_search(sought), after, json=json)


@app.command("list")
def list_contacts(
    part: Annotated[Part | None, typer.Option(case_sensitive=False, help="Who has this part ...")] = None,
    place: Annotated[str | None, typer.Option(help="... at this place ...")] = None,
    on: Annotated[
        dt.date | None, typer.Option(parser=_date, metavar="DATE", help="... on this day; today when left out.")
    ] = None,
    organisation: Annotated[bool | None, typer.Option("--organisation/--person")] = None,
    stopped: Annotated[bool | None, typer.Option("--stopped/--written-to")] = None,
    after: After = None,
    limit: Limit = 50,
    json: AsJson = False,
) -> None:
    """Contacts by id; with a part those who have it at a place on a day."""
    asked_for: dict[str, Any] = {"part": part and part.value, "place": place, "on": on and str(on)}
    asked_for |= {"organisation": organisation, "stopped": stopped, "after": after and str(after), "limit": limit}
    _listed(get("notifications", "/contacts", **asked_for), after, json=json)


@app.command()
def show(contact: ContactId, json: AsJson = False) -> None:
    """All that is kept of a contact."""
    found = get("notifications", f"/contacts/{contact}")
    if json:
        as_json(found)
        return
    if found["forgotten"]:
        into = f" It is one with {found['merged_into']} now." if found["merged_into"] else ""
        say(f"Nothing is kept of the contact.{into}")
        return
    stopped = ", is not written to" if found["stopped"] else ""
    named = "may be named to others" if found["consented_name"] else "is not named to others"
    say(f"{found['name']} ({'organisation' if found['organisation'] else 'person'}), {named}{stopped}")
    for field, value in {**found["addresses"], **found["preferences"]}.items():
        if value:
            say(f"  {field.replace('_', ' '):<12}{_in_words(value)}")
    for hold in found["holds"]:
        until = f" to before {hold['until']}" if hold["until"] else ""
        say(f"  {hold['part']} at {hold['place']} since {hold['since']}{until}")


def _carry_out(command: type[Command], contact: UUID, given: dict[str, Any], said: str, *, json: bool) -> None:
    made = ask(command_of(command, {"contact": contact, **given}), str(contact))
    if json:
        as_json(made)
        return
    say(said if made["changed"] else "Nothing has changed.")


def _search(sought: dict[str, Any]) -> list[dict[str, Any]]:
    with calling("notifications", Purpose.OPERATIONS) as client:
        found: list[dict[str, Any]] = checked(client.post("/contacts/search", json=sought)).json()
    return found


def _listed(found: Sequence[dict[str, Any]], after: UUID | None, *, json: bool) -> None:
    if json:
        as_json(found)
        return
    for row in found:
        parts = ", ".join(dict.fromkeys(hold["part"] for hold in row["holds"]))
        stopped = "  not written to" if row["stopped"] else ""
        say(f"{row['contact']}  {row['name'][:40]:<40}  {row['addresses']['email'] or '-':<30}  {parts}{stopped}")
    if not found:
        say("No more contacts." if after else "No contacts.")


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _addresses(
    email: str | None,
    phone: str | None,
    mobile: str | None,
    portal: str | None,
    street: list[str] | None,
    city: str | None,
    state: str | None,
    zip_code: str | None,
) -> dict[str, Any]:
    addresses = _given({"email": email, "phone": phone, "mobile": mobile, "portal": portal})
    postal = _given({"lines": street, "city": city, "state": state and state.upper(), "zip_code": zip_code})
    return {**addresses, "postal": postal} if postal else addresses


def _wishes(
    language: str | None,
    time_zone: str | None,
    channel: list[Channel] | None,
    format_: Format | None,
    rhythm: Rhythm | None,
    quiet: str | None,
) -> dict[str, Any]:
    start, _, end = (quiet or "").partition("-")
    hours = None if quiet is None else {"start": start.strip(), "end": end.strip()}
    wishes = {"language": language, "time_zone": time_zone, "channels": channel or None}
    return _given({**wishes, "format": format_, "rhythm": rhythm, "quiet": hours})


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(_in_words(one) for one in value.values())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
