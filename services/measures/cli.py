"""qio measures: what the measures are, where they stand, and whose contributions made a number."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from services.measures.commands import calc, declared, pictures, printing, purchasing, report, value_sets

# The HTTP side is imported when asked: it takes half a second to load.

app = typer.Typer(name="measures", help="Population measures of communities.", no_args_is_help=True)
app.add_typer(value_sets.app, name="value-sets")
app.add_typer(calc.app, name="calc")
for _command in (*pictures.COMMANDS, *declared.COMMANDS, *purchasing.COMMANDS, *report.COMMANDS):
    app.command()(_command)


class UnitType(StrEnum):
    """What a unit can be."""

    COMMUNITY = "community"
    AREA = "area"
    STATE = "state"
    REGION = "region"
    NATION = "nation"
    HOSPITAL = "hospital"


Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]
Csv = Annotated[bool, typer.Option("--csv", help="Comma-separated values, one row each.")]
Measure = Annotated[str, typer.Argument(help="A measure of `qio measures list`.")]
Kind = Annotated[UnitType, typer.Option("--unit-type", help="What the unit is.")]
Unit = Annotated[
    str, typer.Option(help="Id of a community, zip:44130, ssa:36170, OH, name of a QIN-QIO, US, or a CCN.")
]
Period = Annotated[str, typer.Option(help="A month 2018-03, a quarter 2018Q1, or four that end with it: 2018Q1R4.")]
Stratum = Annotated[str, typer.Option(help="all, or flags joined: chronic_2+polypharmacy, not-dual_full.")]


@app.command("list")
def list_measures(json: Json = False, csv: Csv = False) -> None:
    """List the measures with aim and priority, and where each stands in the nation."""
    measures: list[dict[str, Any]] = _get("/measures")
    trends = {trend["measure"]: trend for trend in _get("/summary")["trends"]}
    rows = [{**measure, "trend": trends.get(measure["id"])} for measure in measures]
    printing.show(rows, printing.measures, json=json, csv=csv)


@app.command("show")
def show(
    measure: Measure,
    *,
    unit_type: Kind = UnitType.COMMUNITY,
    unit: Annotated[str | None, typer.Option(help="One unit; every one published unless given.")] = None,
    period: Annotated[str | None, typer.Option(help="A month, quarter or four quarters; all unless given.")] = None,
    stratum: Stratum = "all",
    json: Json = False,
    csv: Csv = False,
) -> None:
    """One value (unit and period given), a unit through time, or the results published of all units."""
    asked = {"measure": measure, "unit_type": unit_type.value}
    if unit is not None and period is not None:
        rows = [_get("/values", unit=unit, period=period, stratum=stratum, **asked)]
    elif unit is not None:
        rows = _get("/series", unit=unit, stratum=stratum, **asked)
    elif stratum != "all":
        raise typer.BadParameter(
            "results of all units are published for everybody: give --unit as well", param_hint="--stratum"
        )
    else:
        rows = _get("/results", period=period, **asked)
    printing.show(rows, printing.figures, json=json, csv=csv)


@app.command("goal")
def goal(
    *,
    unit: Unit,
    unit_type: Kind = UnitType.COMMUNITY,
    period: Annotated[
        str | None, typer.Option(help="Four quarters, 2018Q1R4; the latest settled unless given.")
    ] = None,
    goal: Annotated[str | None, typer.Option(help="One goal; all unless given.")] = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Baseline, progress, projection and spending avoided of a unit."""
    found = _get("/goals", unit_type=unit_type.value, unit=unit, period=period, goal=goal)
    if json or csv:
        printing.show(found if json else found["goals"], printing.goals, json=json, csv=csv)
    else:
        printing.goals(found["goals"])
        printing.spending(found["spending"])


@app.command("compare")
def compare(
    measure: Measure,
    *,
    unit: Annotated[list[str], typer.Option(help="A unit; give it again for each.")],
    period: Period,
    unit_type: Kind = UnitType.COMMUNITY,
    stratum: Stratum = "all",
    strata: Annotated[
        bool, typer.Option("--strata", help="Special populations of each unit beside everybody else of it.")
    ] = False,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Units side by side, each beside the rest of its state, region and nation; or the populations within them."""
    asked = {"measure": measure, "unit_type": unit_type.value, "period": period}
    if strata:
        rows = [_get("/disparities", unit=one, **asked) for one in unit]
        printing.show(rows, printing.disparities, json=json, csv=csv, flat=printing.disparity_rows)
    else:
        rows = _get("/compare", unit=unit, stratum=stratum, **asked)
        printing.show(rows, printing.compared, json=json, csv=csv, flat=printing.compared_rows)


@app.command("explain")
def explain(
    measure: Measure,
    *,
    unit: Unit,
    period: Period,
    unit_type: Kind = UnitType.COMMUNITY,
    stratum: Stratum = "all",
    after: Annotated[str, typer.Option(help="Go on after this reference.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=5000, help="How many contributions to show.")] = 1000,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Whose contributions make a number, by keyed reference, and which moved it last; the look is audited."""
    from shared.runtime.purpose import Purpose  # noqa: PLC0415

    found = _get(
        "/explain",
        purpose=Purpose.QUALITY_IMPROVEMENT,
        measure=measure,
        unit_type=unit_type.value,
        unit=unit,
        period=period,
        stratum=stratum,
        after=after,
        limit=limit,
    )
    rows = found if json else found["contributions"] if csv else [found]
    printing.show(rows, printing.explained, json=json, csv=csv)


@app.command("snapshot")
def snapshot(
    measure: Annotated[str | None, typer.Option(help="One measure.")] = None,
    unit_type: Annotated[UnitType | None, typer.Option("--unit-type", help="One kind of unit.")] = None,
    unit: Annotated[str | None, typer.Option(help="One unit.")] = None,
    period: Annotated[str | None, typer.Option(help="One quarter.")] = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """The public figures as they were published last."""
    kind = unit_type.value if unit_type is not None else None
    found = _get("/snapshots", measure=measure, unit_type=kind, unit=unit, period=period, limit=5000)
    rows = found if json else found["figures"]
    printing.show(rows, printing.public, json=json, csv=csv)


def _get(path: str, **parameters: Any) -> Any:
    from shared.cli.read import get  # noqa: PLC0415

    return get("measures", path, **parameters)
