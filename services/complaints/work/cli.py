"""qio work: what is to be done next, by whom, and what will be late."""

from typing import Annotated, Any
from uuid import UUID

import typer

from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.contracts.message import Command
from shared.contracts.work import ClaimWork, ReassignWork, ReleaseWork, WorkRole

app = typer.Typer(help="Work queues: what is next, for whom, by when.", no_args_is_help=True, add_completion=False)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
CaseId = Annotated[UUID, typer.Argument(metavar="CASE", help="Id of the case.")]
Role = Annotated[WorkRole | None, typer.Option("--role", help="One queue only.", case_sensitive=False)]


@app.command("list")
def list_work(
    role: Role = None,
    region: Annotated[str | None, typer.Option(help='One region only: "Region 5".')] = None,
    mine: Annotated[bool, typer.Option("--mine", help="What you have taken up.")] = False,
    unclaimed: Annotated[bool, typer.Option("--unclaimed", help="What nobody has taken up.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 100,
    json: Json = False,
) -> None:
    """Open work, soonest due first; the look is audited."""
    wanted = {"role": role, "region": region, "mine": mine, "unclaimed": unclaimed, "limit": limit}
    rows = _read("/queues", **wanted)
    if json:
        as_json(rows)
        return
    _lines(rows)
    say(f"{len(rows)} items of work")


@app.command()
def claim(
    case: CaseId,
    role: Annotated[
        WorkRole | None, typer.Option("--role", help="The queue you saw it in.", case_sensitive=False)
    ] = None,
    json: Json = False,
) -> None:
    """Take the work up; of many who try, one gets it."""
    _send(ClaimWork, case, {"role": role}, json=json)


@app.command()
def release(case: CaseId, json: Json = False) -> None:
    """Give the work back to its queue."""
    _send(ReleaseWork, case, {}, json=json)


@app.command()
def reassign(
    case: CaseId,
    to: Annotated[str, typer.Argument(help="Who shall have it, as the audit names them.")],
    holder: Annotated[str | None, typer.Option("--from", help="Who has it now; nobody unless given.")] = None,
    json: Json = False,
) -> None:
    """Give the work to somebody else; refused when another has it by now."""
    _send(ReassignWork, case, {"to": to, "holder": holder}, json=json)


@app.command()
def supervise(json: Json = False) -> None:
    """What was missed today, and what will be unless somebody acts; the look is audited."""
    found = _read("/queues/supervision")
    if json:
        as_json(found)
        return
    for queue in found["queues"]:
        name = queue["role"] or "waits for others"
        say(f"{name:<18}{queue['items']:>6} open{queue['unclaimed']:>6} unclaimed{queue['overdue']:>6} overdue")
    for title, acts in (
        ("Missed today", found["missed_today"]),
        ("Will be missed today", found["will_be_missed_today"]),
    ):
        say(f"{title}: {len(acts)}")
        _lines(acts)


@app.command()
def forecast(json: Json = False) -> None:
    """Everything due before the office is staffed again, and who is on call; the look is audited."""
    found = _read("/queues/forecast")
    if json:
        as_json(found)
        return
    say(f"Next staffed shift: {found['next_shift_at']}")
    for act in found["acts"]:
        _lines([act])
        if act["decision"]:
            calls = ", ".join(f"{one['name']} {one['phone'] or ''}".strip() for one in act["on_call"])
            say(f"          decision; on call: {calls or 'NOBODY'}")
    say(f"{len(found['acts'])} acts, {found['decisions_without_reviewer']} decisions with nobody on call")


@app.command()
def handover(json: Json = False) -> None:
    """The sheet for whoever comes next: by person what is open, when it is due, what it waits for."""
    found = _read("/queues/handover")
    if json:
        as_json(found)
        return
    say(f"Handover at {found['at']}; next staffed shift {found['next_shift_at']}")
    for person, work in {**found["people"], "NOBODY, due before the next shift": found["unclaimed"]}.items():
        say(f"{person}: {len(work)}")
        for item in work:
            _lines([item])
            for other in item["waiting_on"]:
                say(f"          waits for {other['who']}: {other['owed']}, {other['due_local']}")


def _lines(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        due = f"{row['escalation']:>3} %  {row['due_local']}" if row["due_local"] else "       no time set"
        say(f"{row['case_id']}  {row['role'] or '-':<10}{row['claimed_by'] or '-':<20} {due}")
        nearest = ", ".join(row["next_steps"])
        say(f"          {row['case_type']} {row['state']}; next {nearest or '-'}; {row['owed'] or 'nothing owed'}")


def _read(path: str, **parameters: Any) -> Any:
    # Imported when asked: the HTTP side takes half a second to load, which a command must not pay for.
    from shared.cli.read import get  # noqa: PLC0415
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    return get("complaints", path, purpose=Purpose.CASE_WORK, **parameters)


def _send(command: type[Command], case: UUID, values: dict[str, Any], *, json: bool) -> None:
    message = command_of(command, {**values, "case_id": case})
    made = ask(message, str(case))
    if json:
        as_json(made)
        return
    say(f"Case {made['case_id']}  {made['role']}  {made['claimed_by'] or 'nobody has it'}")
    say(f"  {made['case_type']} {made['state']}; next {', '.join(made['next_steps'])}")
    if made["due_local"]:
        say(f"  due {made['due_local']}")
