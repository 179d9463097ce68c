"""qio case disclose and qio case status-id: what may be told to whom, and the look-up of a case's status."""

import secrets
from typing import Annotated, Any
from uuid import UUID

import typer

from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.contracts.disclosures import (
    IssueStatusId,
    RecordDisclosureNotice,
    RecordDisclosureSent,
    RequestDisclosure,
    RevokeStatusId,
)
from shared.contracts.message import Command
from shared.runtime.clock import utc_now

disclose = typer.Typer(help="What may be told to whom (42 CFR 480), and the log of it.", no_args_is_help=True)
status_id = typer.Typer(help="The id by which the status of a case is looked up.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
CaseId = Annotated[UUID, typer.Argument(metavar="CASE", help="Id of the case.")]
DisclosureId = Annotated[UUID, typer.Argument(metavar="DISCLOSURE", help="Id of the disclosure.")]
At = Annotated[str | None, typer.Option("--at", help="When it happened, with zone. Now unless given.")]


@disclose.command()
def request(
    case: CaseId,
    recipient: Annotated[str, typer.Argument(help="Who would learn it, such as LICENSING_BOARD.")],
    information: Annotated[str, typer.Argument(help="What, such as QUALITY_FINDINGS.")],
    *,
    stated: Annotated[list[str] | None, typer.Option(help="What you vouch for, such as WRITTEN_REQUEST.")] = None,
    notice_given: Annotated[str | None, typer.Option(help="When notice and copy were given, with zone.")] = None,
    requested: Annotated[str | None, typer.Option(help="When the recipient asked, with zone.")] = None,
    exception: Annotated[str | None, typer.Option(help="Why no notice is needed beforehand (42 CFR 480.106).")] = None,
    smallest_cell: Annotated[int | None, typer.Option(help="The smallest count of an aggregate.")] = None,
    json: Json = False,
) -> None:
    """Ask whether something may be told; the answer, with its rule, is kept in the log."""
    values = {
        "case_id": case,
        "recipient": recipient.upper(),
        "information": information.upper(),
        "stated": stated or (),
        "notice_given_at": notice_given,
        "requested_at": requested,
        "exception": exception,
        "smallest_cell": smallest_cell,
    }
    _told(_sent(RequestDisclosure, values, secrets.token_hex(16)), json=json)


@disclose.command()
def noticed(disclosure: DisclosureId, at: At = None, json: Json = False) -> None:
    """The practitioner or institution got notice and a copy; the 30 days run."""
    values = {"disclosure_id": disclosure, "at": at or utc_now()}
    _told(_sent(RecordDisclosureNotice, values, str(disclosure)), json=json)


@disclose.command()
def sent(disclosure: DisclosureId, at: At = None, json: Json = False) -> None:
    """The information left, with its redisclosure mark."""
    values = {"disclosure_id": disclosure, "at": at or utc_now()}
    _told(_sent(RecordDisclosureSent, values, str(disclosure)), json=json)


@status_id.command()
def issue(case: CaseId, json: Json = False) -> None:
    """Make an id that says stage and next date to whoever holds it; an earlier one ends."""
    made = _sent(IssueStatusId, {"case_id": case}, str(case))
    as_json(made) if json else say(f"Status id {made['status_id']}")


@status_id.command()
def revoke(case: CaseId, json: Json = False) -> None:
    """End the id in force."""
    made = _sent(RevokeStatusId, {"case_id": case}, str(case))
    as_json(made) if json else say("The status id was ended.")


@status_id.command()
def look(
    status: Annotated[str, typer.Argument(metavar="ID", help="The id; spaces and dashes do not count.")],
    json: Json = False,
) -> None:
    """Stage and next date, and nothing else."""
    # Imported when asked: the HTTP side takes half a second to load.
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    found = get("complaints", f"/status/{status}", purpose=Purpose.CASE_WORK)
    as_json(found) if json else say(f"{found['stage']}  next date {found['next_date'] or '-'}")


def _sent(command: type[Command], values: dict[str, Any], key: str) -> dict[str, Any]:
    message = command_of(command, values)
    return ask(message, key)


def _told(made: dict[str, Any], *, json: bool) -> None:
    if json:
        as_json(made)
        return
    say(f"Disclosure {made['disclosure_id']}  {made['information']} to {made['recipient']}: {made['decision']}")
    for name in ("citation", "disclosable_at", "due_at", "redisclosure"):
        if made.get(name):
            say(f"  {name.replace('_', ' ')} {made[name]}")
    for reason in made.get("reasons", ()):
        say(f"  {reason['text'] if isinstance(reason, dict) else reason}")
