"""``qio lists address``: what is known of addresses, which are told by their ids only."""

from typing import Annotated, Any
from uuid import UUID

import typer

from services.notifications.cli.list_frame import Json, asked, get, rows_of, told

app = typer.Typer(help="Addresses that letters and mail come back from.", no_args_is_help=True)


@app.command("show")
def show(
    contact: Annotated[UUID | None, typer.Option(help="Of this contact.")] = None,
    notice: Annotated[UUID | None, typer.Option(help="Of the recipient of this notice.")] = None,
    json: Json = False,
) -> None:
    """The ids of somebody's addresses, and which of them cannot be used; never the addresses."""
    rows_of(_of(contact, notice), _address, "addresses", json=json)


@app.command("returned")
def returned(
    reason: Annotated[str, typer.Argument(help="BAD_ADDRESS, MOVED, REFUSED, UNCLAIMED, DECEASED or OTHER.")],
    contact: Annotated[UUID | None, typer.Option(help="Whose letter came back.")] = None,
    notice: Annotated[UUID | None, typer.Option(help="Which letter came back.")] = None,
    json: Json = False,
) -> None:
    """A letter came back; of a notice, its next way follows."""
    from shared.cli.ask import ask, command_of  # noqa: PLC0415 - keeps other commands quick
    from shared.contracts.notifications.lists import ReportReturnedMail  # noqa: PLC0415
    from shared.contracts.notifications.notices import RecordReturn  # noqa: PLC0415
    from shared.runtime.clock import utc_now  # noqa: PLC0415

    values = {"reason": reason.upper()}
    _about_address(ReportReturnedMail, "postal", contact, notice, values, json=json)
    if notice is not None:
        ask(command_of(RecordReturn, {"notice_id": notice, "at": utc_now(), **values}), str(notice))


@app.command("complaint")
def complaint(
    contact: Annotated[UUID | None, typer.Option(help="Who complained.")] = None,
    notice: Annotated[UUID | None, typer.Option(help="About which mail.")] = None,
    json: Json = False,
) -> None:
    """Somebody complained of our mail: no list writes to their address any more."""
    from shared.contracts.notifications.lists import ReportComplaint  # noqa: PLC0415

    _about_address(ReportComplaint, "email", contact, notice, {}, json=json)


@app.command("clear")
def clear(
    reach: Annotated[str, typer.Argument(help="email, postal, phone, mobile or portal.")],
    by: Annotated[str, typer.Option(help="PERSON or STAFF: who says it; PERSON ends a complaint too.")],
    contact: Annotated[UUID | None, typer.Option(help="Whose address it is.")] = None,
    notice: Annotated[UUID | None, typer.Option(help="Or the notice that went there.")] = None,
    json: Json = False,
) -> None:
    """An address is to be used again."""
    from shared.contracts.notifications.lists import ClearAddress  # noqa: PLC0415

    _about_address(ClearAddress, reach.lower(), contact, notice, {"said_by": by.upper()}, json=json)


def _about_address(
    kind: Any, reach: str, contact: UUID | None, notice: UUID | None, values: dict[str, Any], *, json: bool
) -> None:
    from shared.cli.output import fail  # noqa: PLC0415

    address = next((row["address"] for row in _of(contact, notice) if row["reach"] == reach), None)
    if address is None:
        fail(f"There is no address of this kind ({reach}).")
    made = asked(kind, address, {"address": address, "contact": contact, "notice": notice, **values}, json=json)
    can = "can be used" if made["usable"] else "is not used any more"
    lists = "" if made["lists_may_write"] else " No list writes to it."
    told(f"The address {can}.{lists}" if made["changed"] else "Nothing has changed.", json=json)


def _of(contact: UUID | None, notice: UUID | None) -> Any:
    from shared.cli.output import fail  # noqa: PLC0415

    if (contact is None) == (notice is None):
        fail("Say either --contact or --notice.", 2)
    return get(f"/contacts/{contact}/addresses" if contact else f"/notices/{notice}/addresses")


def _address(row: dict[str, Any]) -> str:
    facts = row["facts"] or {}
    why = (facts.get("why") or "").replace("_", " ").lower()
    state = f"unusable since {facts['unusable_since']}: {why}" if facts.get("unusable_since") else "usable"
    return f"{row['reach']:<7} {row['address']}  {state}{'; no lists' if facts.get('complained_at') else ''}"
