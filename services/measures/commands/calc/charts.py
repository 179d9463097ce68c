"""qio measures calc uchart, pchart: control charts of counts by period, and what they signal."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from services.measures.commands.calc import rows
from services.measures.commands.calc.answering import Json, Row, answer, rounded
from services.measures.commands.calc.signals import Baseline, enough, signal, signal_lines
from services.measures.domain import periods
from services.measures.domain.methods.charts import limits, rules
from services.measures.domain.methods.charts.points import Kind, Point, fitting

PointGiven = Annotated[
    list[str] | None,
    typer.Option("--point", metavar="PERIOD=EVENTS/OF", help="Instead of a table: 2018Q1=612/40.0; again for each."),
]


def uchart(
    table: rows.Table = None,
    point: PointGiven = None,
    baseline: Baseline = None,
    prime: Annotated[
        bool, typer.Option("--prime", help="Laney's u-prime: limits wider by max(1, sigma of z).")
    ] = False,
    json: Json = False,
) -> None:
    """Events per exposure by month or quarter. Fields: period, events, exposure; provisional if there is one."""
    kind = Kind.U_PRIME if prime else Kind.U
    answer(lambda: _chart(kind, _points(table, point), baseline), _chart_lines, json=json)


def pchart(table: rows.Table = None, point: PointGiven = None, baseline: Baseline = None, json: Json = False) -> None:
    """Shares by month or quarter. Fields: period, events, exposure (the trials); provisional if there is one."""
    answer(lambda: _chart(Kind.P, _points(table, point), baseline), _chart_lines, json=json)


def _points(table: Path | None, given: list[str] | None) -> list[Point]:
    fields = ["period", "events", "exposure"]
    found = [_written(number, text) for number, text in enumerate(given or [], 1)] or rows.read(table, fields)
    points: dict[str, Point] = {}
    for row in found:
        point = _point(row)
        if point.period in points:
            raise ValueError(f"{row.at('period')} {point.period} is told twice")
        if periods.kind_of(point.period) is not periods.kind_of(next(iter(points), point.period)):
            raise ValueError(f"{row.at('period')} must be a month or quarter as in the rows before")
        points[point.period] = point
    return [points[period] for period in sorted(points)]


def _written(number: int, text: str) -> rows.Row:
    period, equals, rest = text.partition("=")
    events, slash, exposure = rest.partition("/")
    if not (equals and slash):
        raise ValueError(f"point {number} must look like PERIOD=EVENTS/OF, such as 2018Q1=612/40.0")
    return rows.Row(number, {"period": period, "events": events, "exposure": exposure}, "point")


def _point(row: rows.Row) -> Point:
    period, events, exposure = row.period(), row.whole("events"), row.number_of("exposure")
    provisional = row.yes("provisional")
    try:
        return Point(period=period, events=events, exposure=exposure, provisional=provisional)
    except ValueError as error:
        raise row.wrong(error) from None


def _chart(kind: Kind, points: Sequence[Point], baseline: int | None) -> Row:
    fitting(kind, points)
    settled = [point for point in points if point.counts]
    known = settled[: enough(baseline, len(settled))]
    centre = limits.centre(kind, known)
    limits_of = {point.period: limits.place(centre, point) for point in points if point.exposure}
    witnesses = settled if baseline is None else settled[baseline:]
    found = rules.signals([limits.mark(centre, point) for point in witnesses])
    return {
        "chart": kind.value,
        "centre": rounded(centre.value, 6),
        "sigma_of_z": rounded(limits.sigma_of_z(known, centre.value), 6) if kind is Kind.U_PRIME else None,
        "baseline": {"first": known[0].period, "last": known[-1].period, "points": len(known)},
        "points": [
            {
                "period": period,
                "value": rounded(placed.value, 6),
                "z": rounded(placed.z, 6),
                "low": rounded(placed.low, 6),
                "high": rounded(placed.high, 6),
            }
            for period, placed in limits_of.items()
        ],
        "signals": [signal({"period": witnesses[one.place].period}, one) for one in found],
    }


def _chart_lines(row: Row) -> str:
    base = row["baseline"]
    head = f"Centre {row['centre']} of {base['points']} points, {base['first']} to {base['last']}."
    lines = [f"{one['period']:<8} {one['value']:>12g}  z {one['z']:>7.3f}  limits {one['low']:g} to {one['high']:g}"
             for one in row["points"]]  # fmt: skip
    return "\n".join([head, *lines, *signal_lines(row, "period")])
