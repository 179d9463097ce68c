"""qio measures calc run, gchart, tchart: values in order of time about their median, and gaps between rare events."""

import datetime as dt
import itertools
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from services.measures.commands.calc import rows
from services.measures.commands.calc.answering import Json, Row, answer, rounded
from services.measures.commands.calc.signals import Baseline, enough, signal, signal_lines
from services.measures.domain.methods.charts import rare
from services.measures.domain.methods.charts.rare import Rare
from services.measures.domain.methods.charts.rules import MEANING, Rule
from services.measures.domain.methods.charts.runs import Runs, median, runs


def run(
    table: rows.Table = None,
    value: Annotated[list[str] | None, typer.Option(metavar="NUMBER", help="Instead of a table; for each.")] = None,
    baseline: Annotated[int | None, typer.Option(min=1, help="The first so many fix the median.")] = None,
    json: Json = False,
) -> None:
    """Runs about the median, by Anhoej's rules. Field: value, in order of time."""

    def compute() -> Row:
        values = [row.signed("value") for row in _rows(table, "value", value)]
        middle = median(values[: enough(baseline, len(values))])
        return {"median": float(middle), **_runs(runs(values, middle))}

    answer(compute, lambda row: f"Median {row['median']:g}. {_runs_line(row)}", json=json)


def gchart(
    table: rows.Table = None,
    gap: Annotated[list[str] | None, typer.Option(metavar="WHOLE", help="Instead of a table; for each.")] = None,
    baseline: Baseline = None,
    json: Json = False,
) -> None:
    """Opportunities or days between rare events. Field: gap, whole, in order of time; or date, of each event."""

    def compute() -> Row:
        found = _rows(table, "gap", gap)
        days = _days(found)
        return _rare(rare.g_chart([row.whole("gap") for row in found] if days is None else days, baseline))

    answer(compute, _rare_lines, json=json)


def tchart(
    table: rows.Table = None,
    gap: Annotated[list[str] | None, typer.Option(metavar="NUMBER", help="Instead of a table; for each.")] = None,
    baseline: Baseline = None,
    json: Json = False,
) -> None:
    """Time between rare events. Field: gap, in any unit, in order of time; or date, of each event, for days."""

    def compute() -> Row:
        found = _rows(table, "gap", gap)
        days = _days(found)
        times = [row.number_of("gap") for row in found] if days is None else [Fraction(one) for one in days]
        return _rare(rare.t_chart(times, baseline))

    answer(compute, _rare_lines, json=json)


def _rows(table: Path | None, field: str, given: list[str] | None) -> list[rows.Row]:
    if given:
        return [rows.Row(number, {field: text}, "option") for number, text in enumerate(given, 1)]
    return rows.read(table, [field], instead=["date"] if field == "gap" else [])


def _days(found: Sequence[rows.Row]) -> list[int] | None:
    """Days between one event and the next; None where the table has no dates."""
    if "date" not in found[0].fields:
        return None
    dates = []
    for row in found:
        try:
            dates.append(dt.date.fromisoformat(row.text("date")))
        except ValueError:
            raise ValueError(f"{row.at('date')} must be a day such as 2018-03-31") from None
    return [(later - one).days for one, later in itertools.pairwise(sorted(dates))]


def _runs(found: Runs) -> Row:
    return {
        "useful": found.useful,
        "longest_run": found.longest,
        "longest_by_chance": found.most_longest,
        "crossings": found.crossings,
        "fewest_by_chance": found.least_crossings,
        "signal": found.signal,
    }


def _runs_line(row: Row) -> str:
    said = (
        f"{row['useful']} values off the median, longest run {row['longest_run']} (by chance at most "
        f"{row['longest_by_chance']}), {row['crossings']} crossings (by chance at least {row['fewest_by_chance']}): "
    )
    return said + (f"signal, {MEANING[Rule.RUNS]}." if row["signal"] else "no signal.")


def _rare(found: Rare) -> Row:
    return {
        "gaps": [float(gap) for gap in found.gaps],
        "centre": rounded(found.centre, 6),
        "low": rounded(found.low, 6),
        "high": rounded(found.high, 6),
        "median": float(found.median),
        "runs": _runs(found.runs),
        "signals": [signal({"gap": one.place + 1}, one) for one in found.signals],
    }


def _rare_lines(row: Row) -> str:
    head = f"Centre {row['centre']:g}, limits {row['low']:g} to {row['high']:g}, median {row['median']:g}."
    return "\n".join([head, _runs_line(row["runs"]), *signal_lines(row, "gap")])
