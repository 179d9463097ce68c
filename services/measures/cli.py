"""qio measures: what the measures are and where they stand."""

from typing import Annotated, Any

import typer

app = typer.Typer(name="measures", help="Population measures of communities.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]


@app.command("list")
def list_measures(json: Json = False) -> None:
    """List the measures and where each stands in the nation."""
    from shared.cli.output import as_json, say  # noqa: PLC0415 - keeps the other commands quick
    from shared.cli.read import get  # noqa: PLC0415

    measures: list[dict[str, Any]] = get("measures", "/measures")
    trends = {trend["measure"]: trend for trend in get("measures", "/summary")["trends"]}
    if json:
        as_json([{**measure, "trend": trends.get(measure["id"])} for measure in measures])
        return
    for measure in measures:
        say(f"{measure['id']:<34} {measure['title']}")
        trend = trends.get(measure["id"])
        if trend is not None:
            say(
                f"{'':<34} {trend['baseline_period']} {trend['baseline']} -> {trend['period']} {trend['value']}"
                f" (improvement {trend['improvement_percent'] or '-'} %)"
            )


@app.command("show")
def show(
    measure: Annotated[str, typer.Argument(help="A measure of `qio measures list`.")],
    community: Annotated[str | None, typer.Option(help="One community.")] = None,
    period: Annotated[
        str | None, typer.Option(help="One quarter, such as 2009Q3, or four that end with it: 2009Q3R4.")
    ] = None,
    json: Json = False,
) -> None:
    """Show the results of a measure by community and period."""
    from shared.cli.output import as_json, fail, say  # noqa: PLC0415
    from shared.cli.read import get  # noqa: PLC0415

    rows: list[dict[str, Any]] = get(
        "measures", "/results", measure=measure, unit_type="community", unit=community, period=period
    )
    if json:
        as_json(rows)
        return
    if not rows:
        fail("No such results. `qio measures list` names the measures; results need enrolment, claims and communities.")
    for row in rows:
        say(
            f"{row['unit']:<30} {row['period']:<8} {row['value'] or '-':>12}  {row['numerator']:>8} of "
            f"{row['denominator']:>10}  {row['reason'] or row['status']}, revision {row['revision']}"
        )


@app.command("snapshot")
def snapshot() -> None:
    """Publish the figures of all followed-up quarters now, with small numbers withheld; once a day."""
    from services.measures import snapshots  # noqa: PLC0415
    from services.measures.repository import value_sets  # noqa: PLC0415
    from shared.cli.output import fail, say  # noqa: PLC0415
    from shared.cli.services import with_database  # noqa: PLC0415
    from shared.runtime.service import Context  # noqa: PLC0415

    async def work(context: Context) -> int | None:
        async with context.pool.acquire() as conn:
            return await snapshots.take(conn, context.clock(), (await value_sets.load(conn)).has)

    count = with_database("measures", work)
    if count is None:
        fail("This day has its snapshot; the next one can be taken tomorrow.")
    say(f"{count} figures are published.")
