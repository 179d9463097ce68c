"""qio notices: what became of notices."""

from typing import Annotated, Any
from uuid import UUID

import typer

app = typer.Typer(name="notices", help="Notices and the proof of their delivery.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]


@app.command("list")
def list_notices(
    state: Annotated[str | None, typer.Option(help="QUEUED, SENDING, SENT, FAILED or TASK.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    json: Json = False,
) -> None:
    """List notices in order of due time, with the counts of all of them."""
    from shared.cli.output import as_json, say  # noqa: PLC0415 - keeps the other commands quick
    from shared.cli.read import get  # noqa: PLC0415

    rows: list[dict[str, Any]] = get("notifications", "/notices", state=state and state.upper(), limit=limit)
    if json:
        as_json(rows)
        return
    for row in rows:
        reason = f"  {row['reason']}" if row["reason"] else ""
        say(f"{row['id']}  {row['state']:<8} {row['type']:<20} {row['recipient_role']:<14} due {row['due_at']}{reason}")
    counts = get("notifications", "/summary")
    say(
        f"{counts['delivered']} delivered, {counts['queued']} waiting, {counts['tasks']} for staff to do, "
        f"{counts['failed']} failed."
    )


@app.command("show")
def show(notice_id: UUID, json: Json = False) -> None:
    """Show one notice; never its recipient or words."""
    from shared.cli.output import as_json, say  # noqa: PLC0415
    from shared.cli.read import get  # noqa: PLC0415

    row: dict[str, Any] = get("notifications", f"/notices/{notice_id}")
    if json:
        as_json(row)
        return
    for name, value in row.items():
        say(f"{name.replace('_', ' '):<16}{'-' if value is None else value}")
