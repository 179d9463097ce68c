"""``qio lists``: mailing lists, who is on them, and addresses that mail comes back from."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from services.notifications.cli import list_addresses
from services.notifications.cli.list_frame import Json, asked, get, rows_of, told

app = typer.Typer(name="lists", help="Mailing lists, and addresses that mail comes back from.", no_args_is_help=True)
app.add_typer(list_addresses.app, name="address")

ListId = Annotated[str, typer.Argument(metavar="LIST", help="The list's id: small letters, digits and hyphens.")]
Contact = Annotated[UUID, typer.Argument(metavar="CONTACT", help="The contact's id.")]
Token = Annotated[str, typer.Argument(help="The link of the mail, or what stands behind its last slash.")]
After = Annotated[str | None, typer.Option(help="The last one of the page before.")]
Limit = Annotated[int, typer.Option(min=1, max=1_000)]


@app.command("open")
def open_list(
    list_id: ListId,
    *,
    name: Annotated[str, typer.Option(help="What it is called.")],
    purpose: Annotated[str, typer.Option(help="What people agree to.")],
    owner: Annotated[str, typer.Option(help="The QIO that writes it, by its name.")],
    phone: Annotated[str, typer.Option(help="Where it answers questions about the list.")],
    part: Annotated[list[str] | None, typer.Option(help="Whom it is for, FAMILY for one; may be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Its languages; en when left out.")] = None,
    json: Json = False,
) -> None:
    """Open a mailing list."""
    from shared.contracts.notifications.lists import OpenList  # noqa: PLC0415 - keeps other commands quick

    words = {"list_id": list_id, "name": name, "purpose": purpose, "owner": owner, "phone": phone}
    values = {**words, "parts": [one.upper() for one in part or ()], "languages": language or ["en"]}
    made = asked(OpenList, list_id, values, json=json)
    told(f"The list {list_id} is open." if made["opened"] else f"The list {list_id} was open already.", json=json)


@app.command("close")
def close(list_id: ListId, json: Json = False) -> None:
    """Close a mailing list for good."""
    from shared.contracts.notifications.lists import CloseList  # noqa: PLC0415

    made = asked(CloseList, list_id, {"list_id": list_id}, json=json)
    told(f"The list {list_id} is closed." if made["closed"] else f"The list {list_id} was closed already.", json=json)


@app.command("ask")
def ask_subscription(list_id: ListId, contact: Contact, json: Json = False) -> None:
    """Send a contact the mail with the link to confirm."""
    from shared.contracts.notifications.lists import AskSubscription  # noqa: PLC0415

    made = asked(AskSubscription, f"{list_id}|{contact}", {"list_id": list_id, "contact": contact}, json=json)
    sent = "The mail with the link is on its way." if made["sent"] else "No mail is sent again so soon."
    told("The contact is on the list already." if made["state"] == "CONFIRMED" else sent, json=json)


@app.command("confirm")
def confirm(token: Token, json: Json = False) -> None:
    """Confirm with the link of a mail, for somebody who reads it to you."""
    from shared.contracts.notifications.lists import ConfirmSubscription  # noqa: PLC0415

    made = asked(ConfirmSubscription, "link", {"token": _end(token)}, json=json)
    told(f"The contact {made['contact']} is on the list {made['list']}.", json=json)


@app.command("leave")
def leave(
    list_id: Annotated[str | None, typer.Option("--list", help="The list, together with the contact.")] = None,
    contact: Annotated[UUID | None, typer.Option(help="The contact, together with the list.")] = None,
    link: Annotated[str | None, typer.Option(help="Or the link of a mail.")] = None,
    by: Annotated[str, typer.Option(help="STAFF (told staff) or REPLY (wrote back).")] = "STAFF",
    json: Json = False,
) -> None:
    """Take somebody off a list."""
    from shared.cli.output import fail  # noqa: PLC0415
    from shared.contracts.notifications.lists import EndSubscription, LeaveList  # noqa: PLC0415

    if link is not None and list_id is None and contact is None:
        made = asked(LeaveList, "link", {"token": _end(link), "how": by.upper()}, json=json)
    elif link is None and list_id is not None and contact is not None:
        values = {"list_id": list_id, "contact": contact, "how": by.upper()}
        made = asked(EndSubscription, f"{list_id}|{contact}", values, json=json)
    else:
        fail("Say either --list and --contact, or --link.", 2)
    told(f"The contact {made['contact']} is not on the list {made['list']}.", json=json)


@app.command("members")
def members(
    list_id: ListId,
    state: Annotated[str, typer.Option(help="CONFIRMED, PENDING, EXPIRED or LEFT.")] = "CONFIRMED",
    after: After = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """Who is on a list, by contact id."""
    rows = get(f"/lists/{list_id}/members", state=state.upper(), after=after, limit=limit)
    rows_of(rows, lambda row: f"{row['contact']}  {row['state']:<9}  asked {row['asked_at']}", "members", json=json)


@app.command("show")
def show(list_id: ListId, json: Json = False) -> None:
    """One list, and how many are in which state."""
    from shared.cli.output import as_json, say  # noqa: PLC0415

    found = get(f"/lists/{list_id}")
    if json:
        as_json(found)
        return
    for name in ("name", "purpose", "owner", "phone", "opened_at", "closed_at"):
        say(f"{name.replace('_', ' '):<12}{found[name] or '-'}")
    say(f"{'for':<12}{', '.join(found['parts']).lower() or 'anybody'}; in {', '.join(found['languages'])}")
    say(f"{'members':<12}{', '.join(f'{n} {state.lower()}' for state, n in found['members'].items())}")


@app.command("list")
def list_lists(
    closed: Annotated[bool, typer.Option("--closed", help="Those that were closed.")] = False,
    after: After = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """Mailing lists by id."""
    rows = get("/lists", closed=closed, after=after, limit=limit)
    rows_of(rows, lambda row: f"{row['id']:<24}  {row['name']}  ({row['owner']})", "lists", json=json)


@app.command("bounces")
def bounces(
    mailbox: Annotated[Path, typer.Argument(metavar="FILE", help="One mail or an mbox; - reads standard input.")],
    json: Json = False,
) -> None:
    """Read mail that came back: delivery reports, complaints, replies that want to leave a list."""
    from services.notifications.cli.list_mailbox import take_in  # noqa: PLC0415
    from shared.cli.output import as_json, say  # noqa: PLC0415

    done = take_in(mailbox)
    if json:
        as_json(done.told())
    else:
        say(
            f"{done.mails} mails: {done.bounced} came back, {done.complained} complaints, {done.leaving} want to leave "
            f"a list, {done.passed_over} say nothing of ours."
        )
        for code, count in sorted(done.refused.items()):
            say(f"{count} refused: {code}")
    raise SystemExit(1 if done.refused else 0)


def _end(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]
