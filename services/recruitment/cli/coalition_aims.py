"""What a coalition wants to move, part of ``qio community coalition``."""

from typing import Annotated

import typer

from services.recruitment.cli.frame import AsJson, split
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.contracts.recruitment.coalition_commands import (
    ChooseCoalitionMeasure,
    DropCoalitionMeasure,
    PlanMeasurement,
    TargetPopulations,
)

Community = Annotated[str, typer.Argument(help="The community's id.")]
Measure = Annotated[str, typer.Argument(help="A name of `qio measures list`.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for command in (measure, drop_measure, population, plan):
        app.command(command.__name__.replace("_", "-"))(command)


def measure(
    community: Community,
    name: Measure,
    target: Annotated[str, typer.Option(help="In the unit the measure is published in.")],
    baseline: Annotated[str, typer.Option(help="A quarter (2014Q4), or with R4 the four that end with it.")],
    due: Annotated[str, typer.Option(help="The quarter in which it is to be reached.")],
    direction: Annotated[str | None, typer.Option(help="down or up; where it gets better when left out.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why; needed to change what was chosen.")] = None,
    json: AsJson = False,
) -> None:
    """Choose a measure with its target, or change what is wanted of it."""
    values = {
        "community": community,
        "measure": name,
        "target": target,
        "baseline_period": baseline.upper(),
        "due": due.upper(),
        "direction": direction and direction.upper(),
        "reason": reason,
    }
    made = ask(command_of(ChooseCoalitionMeasure, values), community)
    if json:
        as_json(made)
        return
    what = "wants" if made["changed"] else "already wanted"
    aim = f"{made['measure']} {made['direction'].lower()} to {made['target']} by {made['due']}"
    say(f"{made['name']} {what} {aim} (version {made['version']}).")


def drop_measure(
    community: Community, name: Measure, reason: Annotated[str, typer.Option(help="Why.")], json: AsJson = False
) -> None:
    """Give up a measure that was chosen."""
    made = ask(command_of(DropCoalitionMeasure, {"community": community, "measure": name, "reason": reason}), community)
    if json:
        as_json(made)
        return
    say(f"{made['name']} gave up {made['measure']}.")


def population(
    community: Community,
    strata: Annotated[list[str] | None, typer.Argument(help="Strata as measures names them; none: everybody.")] = None,
    json: AsJson = False,
) -> None:
    """Say which populations the coalition is for, in place of those before."""
    values = {"community": community, "populations": split(strata)}
    made = ask(command_of(TargetPopulations, values), community)
    if json:
        as_json(made)
        return
    say(f"{made['name']} is for: {', '.join(made['populations']) or 'everybody'}.")


def plan(
    community: Community,
    name: Measure,
    source: Annotated[str, typer.Option(help="Where the data come from.")],
    baseline: Annotated[str, typer.Option(help="The measure's value now.")],
    observed: Annotated[int, typer.Option(help="People, discharges or starts observed in a quarter.")],
    begins: Annotated[str, typer.Option(help="The first quarter that counts.")],
    chart: Annotated[str, typer.Option(help="run, p, u or xmr.")] = "run",
    sampling: Annotated[str, typer.Option(help="all or sample.")] = "all",
    frequency: Annotated[str, typer.Option(help="monthly or quarterly.")] = "quarterly",
    json: AsJson = False,
) -> None:
    """Plan how a measure is followed, and learn how many quarters its target needs to be seen."""
    values = {
        "community": community,
        "measure": name,
        "source": source,
        "sampling": sampling.upper(),
        "chart": chart.upper(),
        "frequency": frequency.upper(),
        "baseline": baseline,
        "observed": observed,
        "begins": begins.upper(),
    }
    made = ask(command_of(PlanMeasurement, values), community)
    if json:
        as_json(made)
        return
    length = f"{made['quarters']} quarters, until {made['seen_in']}"
    say(f"Version {made['version']} of the plan for {made['measure']}: {length}.")
    if made["needed"] is not None:
        say(f"To tell {made['target']} from {made['baseline']} takes {made['needed']} before and as many after.")
    if not made["in_time"]:
        say(f"The target is due in {made['due']}, before it could be seen.")
