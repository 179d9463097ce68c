"""``qio notices``: what became of notices, and what staff record about them."""

import datetime as dt
import sys
from base64 import b64decode
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from services.notifications.cli.preview import preview
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.message import Command
from shared.contracts.notifications.notices import (
    CallOutcome,
    CancelNotice,
    MailingStep,
    RecordCall,
    RecordMailing,
    RecordReturn,
    ReleaseNotice,
    RetryNotice,
    ReturnReason,
)
from shared.contracts.notifications.terms import Channel
from shared.runtime.clock import utc_now
from shared.runtime.purpose import Purpose

app = typer.Typer(
    name="notices",
    help="Notices, the ways they went, and the proof of their delivery.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("preview")(preview)

# What waits for staff: to be called or mailed, to be given by a way of their own, to be released.
STAFFS: Final = ("AWAITING", "TASK", "FAILED", "RETURNED", "HELD")

Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]
NoticeId = Annotated[UUID, typer.Argument(help="The notice's id.")]
Limit = Annotated[int, typer.Option(min=1, max=500)]


def _instant(text: str | dt.datetime) -> dt.datetime:
    value = text if isinstance(text, dt.datetime) else dt.datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise typer.BadParameter("needs its offset, such as 2015-03-06T10:30-05:00")
    return value


At = Annotated[
    dt.datetime | None,
    typer.Option(parser=_instant, metavar="TIME", help="When it happened, with its offset; now when left out."),
]


@app.command("list")
def list_notices(
    state: Annotated[
        list[str] | None, typer.Option(help="QUEUED, AWAITING, SENT, FAILED, ...; several are or.")
    ] = None,
    channel: Annotated[Channel | None, typer.Option(help="The way they go now.")] = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List notices in order of due time, with the counts of all of them."""
    wanted = [one.upper() for one in state or ()]
    rows = _rows(wanted, channel, limit)
    if json:
        as_json(rows)
        return
    for row in rows:
        say(_line(row))
    counts = get("notifications", "/summary")
    say(
        f"{counts['delivered']} delivered, {counts['queued']} waiting, {counts['awaiting']} with staff or a gateway, "
        f"{counts['tasks']} for staff to do, {counts['failed']} failed, {counts['returned']} came back, "
        f"{counts['held']} held."
    )


@app.command()
def tasks(
    channel: Annotated[
        Channel | None, typer.Option(help="call: to be called; letter, certified: to be mailed.")
    ] = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """What waits for staff, the first due first: calls, letters to be mailed, and what needs a way of their own."""
    gateways = (Channel.SMS, Channel.VOICE, Channel.PORTAL)
    rows = [
        row
        for row in _rows(list(STAFFS), channel, limit)
        if row["state"] != "AWAITING" or row["channel"] not in gateways
    ]
    if json:
        as_json(rows)
        return
    for row in rows:
        say(_line(row))
    if not rows:
        say("Nothing waits for staff.")


@app.command()
def show(
    notice: NoticeId,
    content: Annotated[
        bool, typer.Option("--content", help="With what it says. Confidential; the look is kept.")
    ] = False,
    save: Annotated[Path | None, typer.Option(help="A folder to put what was given each way into.")] = None,
    json: Json = False,
) -> None:
    """Show one notice; with --content every way it went, what was given and what is known of it."""
    row: dict[str, Any] = get("notifications", f"/notices/{notice}")
    steps: list[dict[str, Any]] = []
    if content or save:
        steps = get("notifications", f"/notices/{notice}/steps", purpose=Purpose.CASE_WORK)
    if save:
        _saved(steps, save, notice)
    if json:
        as_json({**row, "steps": steps} if steps else row)
        return
    for name, value in row.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        say(f"{name.replace('_', ' '):<16}{'-' if shown in (None, '') else shown}")
    for step in steps:
        _show_step(step)


@app.command()
def call(
    notice: NoticeId,
    outcome: Annotated[CallOutcome, typer.Argument(help="What became of the call.")],
    at: At = None,
    note: Annotated[str | None, typer.Option(help="What the recipient said; kept sealed.")] = None,
    json: Json = False,
) -> None:
    """Record a telephone call."""
    _asked(RecordCall, notice, {"outcome": outcome, "at": at or utc_now(), "note": note}, json=json)


@app.command()
def mailed(
    notice: NoticeId,
    step: Annotated[MailingStep, typer.Option(help="How far it has come.")] = MailingStep.MAILED,
    at: At = None,
    carrier: Annotated[str | None, typer.Option()] = None,
    tracking: Annotated[str | None, typer.Option(help="The carrier's number; certified mail must have one.")] = None,
    json: Json = False,
) -> None:
    """Record that a letter was printed, given to the carrier, or has arrived."""
    values = {"step": step, "at": at or utc_now(), "carrier": carrier, "tracking": tracking}
    _asked(RecordMailing, notice, values, json=json)


@app.command()
def returned(
    notice: NoticeId,
    reason: Annotated[ReturnReason, typer.Argument(help="Why it came back.")],
    at: At = None,
    json: Json = False,
) -> None:
    """Record that a letter or mail came back; the next way follows."""
    _asked(RecordReturn, notice, {"reason": reason, "at": at or utc_now()}, json=json)


@app.command()
def retry(notice: NoticeId, json: Json = False) -> None:
    """Try all ways again, with the addresses the contact has now."""
    _asked(RetryNotice, notice, {}, json=json)


@app.command()
def release(notice: NoticeId, json: Json = False) -> None:
    """Let a notice go that is held since a rebuild."""
    _asked(ReleaseNotice, notice, {}, json=json)


@app.command()
def cancel(notice: NoticeId, json: Json = False) -> None:
    """Take back a notice that no rule wants and that has not left."""
    _asked(CancelNotice, notice, {}, json=json)


def _asked(kind: type[Command], notice: UUID, values: dict[str, Any], *, json: bool) -> None:
    made = ask(command_of(kind, {**values, "notice_id": notice}), str(notice))
    if json:
        as_json(made)
        return
    say(f"Recorded. The notice is {made['state'].lower()} and goes by {made['channel']}.")


def _rows(states: list[str], channel: Channel | None, limit: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(
        "notifications", "/notices", state=states or None, channel=channel and channel.value, limit=limit
    )
    return found


def _line(row: dict[str, Any]) -> str:
    reason = f"  {row['reason']}" if row["reason"] else ""
    late = "  OVERDUE" if row["overdue_at"] and row["state"] != "SENT" else ""
    return (
        f"{row['id']}  {row['state']:<8} {row['channel']:<9} {row['type']:<20} {row['recipient_role']:<14} "
        f"due {row['due_at']}{late}{reason}"
    )


def _show_step(step: dict[str, Any]) -> None:
    say("")
    reason = f" ({step['reason']})" if step["reason"] else ""
    say(f"step {step['step']} by {step['channel']}: {step['state'].lower()}{reason}, begun {step['begun_at']}")
    for one in step["proof"]:
        details = "".join(f"; {name}: {text}" for name, text in one["details"].items())
        say(f"  {one['at']}  {one['what']}, says {one['by']}{details}")
    if step["content"] is None:
        return
    given = b64decode(step["content"])
    if given.startswith(b"%PDF"):
        say(f"  a PDF of {len(given)} bytes; --save writes it into a folder")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(given + b"\n")
    sys.stdout.flush()


def _saved(steps: list[dict[str, Any]], folder: Path, notice: UUID) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for step in steps:
        if step["content"] is not None:
            given = b64decode(step["content"])
            mail = step["channel"] == Channel.EMAIL
            ending = "pdf" if given.startswith(b"%PDF") else "eml" if mail else "txt"
            path = folder / f"{notice}-{step['step']}.{ending}"
            path.touch(mode=0o600)
            path.write_bytes(given)
