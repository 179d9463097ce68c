"""``qio audience``: how many people a message would reach, before anything is sent."""

from typing import Annotated, Any, Final

import typer

app = typer.Typer(name="audience", help="Who a message would reach.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]
_Clause = list[str] | None
Part = Annotated[_Clause, typer.Option("--part", help="OWNER, FAMILY, FRONTLINE …; options may be repeated.")]
State = Annotated[_Clause, typer.Option("--state", help="Postal code, MA for one.")]
Setting = Annotated[_Clause, typer.Option("--setting", help="NURSING_HOME, for one.")]
Task = Annotated[_Clause, typer.Option("--task", help="Of the statement of work: C.2.")]
Collaborative = Annotated[_Clause, typer.Option("--collaborative", help="NNHQCC, for one.")]
Cohort = Annotated[_Clause, typer.Option("--cohort", help="Of any collaborative (2) or of one (NNHQCC-2).")]
Community = Annotated[_Clause, typer.Option("--community", help="A community's id.")]
Coalition = Annotated[_Clause, typer.Option("--coalition", help="The id of a coalition's community.")]
Measure = Annotated[_Clause, typer.Option("--measure", help="Measure and state: falls:signalled.")]
MailingList = Annotated[_Clause, typer.Option("--list", help="On this mailing list.")]

# The clauses of an audience under the names of their options.
CLAUSES: Final = {
    "part": "parts",
    "state": "states",
    "setting": "settings",
    "task": "tasks",
    "collaborative": "collaboratives",
    "cohort": "cohorts",
    "community": "communities",
    "coalition": "coalitions",
    "measure": "measures",
    "list": "lists",
}
_UPPER: Final = frozenset({"part", "state", "setting"})


@app.callback()
def audience() -> None:
    """Who a message would reach."""


@app.command("estimate")
def estimate(
    *,
    part: Part = None,
    state: State = None,
    setting: Setting = None,
    task: Task = None,
    collaborative: Collaborative = None,
    cohort: Cohort = None,
    community: Community = None,
    coalition: Coalition = None,
    measure: Measure = None,
    mailing_list: MailingList = None,
    list_id: Annotated[str | None, typer.Option("--for-list", help="Sent for this mailing list.")] = None,
    json: Json = False,
) -> None:
    """Count an audience: by part, channel and language, and who is left out. Of each option one value must hold."""
    from shared.cli.output import as_json  # noqa: PLC0415 - keeps the other commands quick
    from shared.cli.read import get  # noqa: PLC0415

    places = {"community": community, "coalition": coalition, "measure": measure, "list": mailing_list}
    kinds = {"task": task, "collaborative": collaborative, "cohort": cohort}
    asked: dict[str, Any] = dict(given({"part": part, "state": state, "setting": setting, **kinds, **places}))
    found = get("notifications", "/audience", list_id=list_id, **asked)
    if json:
        as_json(found)
        return
    say_estimate(found)


def given(options: dict[str, list[str] | None]) -> dict[str, list[str]]:
    """The options that were given, words of the program in capital letters as it writes them."""
    return {
        name: [one.upper() if name in _UPPER else one for one in values] for name, values in options.items() if values
    }


def say_estimate(found: dict[str, Any]) -> None:
    """Print an estimate in sentences."""
    from shared.cli.output import say  # noqa: PLC0415

    say(f"{found['total']:,} are meant, {found['reached']:,} would be written to.")
    for title, field in (("part", "by_part"), ("channel", "by_channel"), ("language", "by_language")):
        for name, count in found[field].items():
            say(f"  {title:<9} {name.replace('_', ' ').lower():<18} {count:>7,}")
    for name, count in found["left_out"].items():
        say(f"  left out  {name.replace('_', ' ').lower():<18} {count:>7,}")
    if found["only_staff"]:
        say(f"{found['only_staff']:,} of them only as staff.")
