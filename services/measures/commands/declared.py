"""qio measures declare, revise, retire, declared: measures of a community, made of the parts of built-in ones."""

from typing import Annotated, Any

import typer

from shared.cli.output import as_json, say

Id = Annotated[str, typer.Argument(help="Our id of the measure, beginning with local-.")]
Numerator = Annotated[list[str] | None, typer.Option(help="A component; -name takes it away. Give it again for each.")]
Denominator = Annotated[list[str] | None, typer.Option(help="A component. Give it again for each.")]
Per = Annotated[str | None, typer.Option(help="beneficiary-quarter or ratio.")]
Scale = Annotated[str | None, typer.Option(help="What the quotient is multiplied by: 1000, 100, 1/100.")]
Better = Annotated[str | None, typer.Option(help="lower or higher.")]
Interval = Annotated[str | None, typer.Option(help="events, share or none.")]
Reason = Annotated[str, typer.Option(help="Why; names no person.")]
Version = Annotated[int, typer.Option(help="The version it is in now.")]
Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]


def declare(
    measure: Id,
    *,
    community: Annotated[str, typer.Option(help="Id of the community.")],
    title: Annotated[str, typer.Option(help="What it is, in a line.")],
    numerator: Numerator,
    denominator: Denominator,
    per: Per,
    scale: Scale,
    better: Better,
    interval: Interval = "none",
    reason: Reason,
    source: Annotated[str, typer.Option(help="What defines it.")],
    json: Json = False,
) -> None:
    """Declare a measure of a community; its results follow for all quarters there are."""
    from shared.contracts.declared import DeclareMeasure  # noqa: PLC0415

    told = _told(title, numerator, denominator, per, scale, better, interval, source)
    _ask(DeclareMeasure, {"measure": measure, "community": community, "reason": reason, **told}, json=json)


def revise(
    measure: Id,
    *,
    version: Version,
    title: Annotated[str | None, typer.Option(help="What it is, in a line.")] = None,
    numerator: Numerator = None,
    denominator: Denominator = None,
    per: Per = None,
    scale: Scale = None,
    better: Better = None,
    interval: Interval = None,
    reason: Reason,
    source: Annotated[str | None, typer.Option(help="What defines it.")] = None,
    json: Json = False,
) -> None:
    """Revise a declared measure; what is not given stays, and all results are published anew."""
    from shared.contracts.declared import ReviseMeasure  # noqa: PLC0415

    told = _told(title, numerator, denominator, per, scale, better, interval, source)
    _ask(ReviseMeasure, {"measure": measure, "version": version, "reason": reason, **told}, json=json)


def retire(measure: Id, *, version: Version, reason: Reason, json: Json = False) -> None:
    """Retire a declared measure; its results are withdrawn."""
    from shared.contracts.declared import RetireMeasure  # noqa: PLC0415

    _ask(RetireMeasure, {"measure": measure, "version": version, "reason": reason}, json=json)


def declared(
    community: Annotated[str | None, typer.Option(help="One community; all unless given.")] = None,
    *,
    parts: Annotated[bool, typer.Option("--parts", help="Name the components there are instead.")] = False,
    json: Json = False,
) -> None:
    """List declared measures with all their versions, or the components they can be made of."""
    from shared.cli.read import get  # noqa: PLC0415

    found = get("measures", "/declared/parts") if parts else get("measures", "/declared", community=community)
    if json:
        as_json(found)
        return
    for row in found:
        say(_part(row) if parts else _declared(row))
    if not found:
        say("No measures are declared for that.")


def signed(names: list[str]) -> dict[str, int]:
    """Components with their signs: ``-name`` is taken away. Raises BadParameter for one that is named twice."""
    found: dict[str, int] = {}
    for text in names:
        name = text.removeprefix("-")
        if name in found:
            raise typer.BadParameter(f"{name} is named twice", param_hint="--numerator")
        found[name] = -1 if text.startswith("-") else 1
    return found


def _told(
    title: str | None,
    numerator: list[str] | None,
    denominator: list[str] | None,
    per: str | None,
    scale: str | None,
    better: str | None,
    interval: str | None,
    source: str | None,
) -> dict[str, Any]:
    """What was given of a declaration."""
    values = {
        "title": title,
        "numerator": signed(numerator) if numerator else None,
        "denominator": denominator or None,
        "per": per,
        "scale": scale,
        "better": better,
        "interval": interval,
        "source": source,
    }
    return {name: value for name, value in values.items() if value is not None}


def _ask(kind: Any, values: dict[str, Any], *, json: bool) -> None:
    from shared.cli.ask import ask, command_of  # noqa: PLC0415

    command = command_of(kind, values)
    made = ask(command, command.measure)
    if json:
        as_json(made)
        return
    what = "is now in" if made["changed"] else "was already in"
    say(f"Measure {made['measure']} of {made['community']} {what} version {made['version']}.")


def _declared(row: dict[str, Any]) -> str:
    latest = row["versions"][-1]
    above = " ".join(f"{'+' if sign > 0 else '-'} {name}" for name, sign in latest["numerator"].items())
    head = f"{row['measure']}  {row['community']}  version {row['version']}  {latest['title']}"
    what = f"    {latest['scale']} x ({above.removeprefix('+ ')}) / ({' + '.join(latest['denominator'])})"
    lines = [head, f"{what}, {latest['per']}, {latest['better']} is better", f"    {latest['reason']}"]
    if row["retired"] is not None:
        lines.append(f"    retired: {row['retired']}")
    return "\n".join(lines)


def _part(row: dict[str, Any]) -> str:
    needs = ", ".join([*row["needs"], *row["value_sets"]])
    return f"{row['component']}  {needs and f'needs {needs}'}".rstrip()


COMMANDS = (declare, revise, retire, declared)
