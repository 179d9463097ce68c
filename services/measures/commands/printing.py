"""How answers about measures look: sentences for people, one JSON document, or CSV rows."""

import csv as comma
import sys
from collections.abc import Callable, Sequence
from typing import Any

from shared.cli.output import as_json, say

Row = dict[str, Any]
Print = Callable[[Any], None]


def show(
    found: Any, people: Print, *, json: bool, csv: bool, flat: Callable[[list[Row]], list[Row]] = lambda rows: rows
) -> None:
    """Print an answer in the form asked for; ``flat`` makes CSV rows of it. JSON goes before CSV."""
    if json:
        as_json(found)
    elif csv:
        as_csv(flat(found))
    else:
        people(found)


def as_csv(rows: Sequence[Row]) -> None:
    """Rows with a header; what is nested in them gets columns with dots, lists are joined by spaces."""
    flattened = [_flat(row) for row in rows]
    columns = list(dict.fromkeys(name for row in flattened for name in row))
    writer = comma.DictWriter(sys.stdout, columns, lineterminator="\n")
    if columns:
        writer.writeheader()
    writer.writerows(flattened)


def measures(rows: list[Row]) -> None:
    """Measures with aim, priority and trend."""
    for row in rows:
        say(f"{row['id']:<34} {row['title']}")
        say(f"{'':<34} {row['aim']}: {row['priority']}")
        if row["missing_value_sets"]:
            say(f"{'':<34} not computable, value sets not loaded: {', '.join(row['missing_value_sets'])}")
        trend = row["trend"]
        if trend is not None:
            change = f"(improvement {trend['improvement_percent'] or '-'} %)"
            said = f"{trend['baseline_period']} {trend['baseline']} -> {trend['period']} {trend['value']}"
            say(f"{'':<34} {said} {change}")


def figures(rows: list[Row]) -> None:
    """Figures, one line each."""
    for row in rows:
        say(figure(row))
    if not rows:
        say("No such results. Results need enrolment, claims and communities.")


def figure(row: Row) -> str:
    """A figure with its interval and status, or why there is none."""
    stratum = f" {row['stratum']}" if row["stratum"] != "all" else ""
    head = f"{row['unit']:<28} {row['period']:<8}{stratum} "
    if row["reason"] is not None:
        return f"{head}NOT_COMPUTABLE: {row['reason']}"
    return f"{head}{_limits(row, row['value']):<34} {row['numerator']} of {row['denominator']}  {row['status']}"


def goals(rows: list[Row]) -> None:
    """Goals with progress and projection."""
    for row in rows:
        say(f"{row['goal']}: {row['aim']} by {row['target_date']} ({row['national_aim']}: {row['priority']})")
        if row["target"] is not None:
            baseline, current = row["baseline"], row["current"]
            say(
                f"  {baseline['period']} {baseline['value']} -> {current['period']} {current['value']}, target "
                f"{row['target']}: improvement {row['improvement'] or '-'} %, {row['share'] or '-'} % of the way"
            )
        if row["attainable"] is False:
            say("  The target is beyond what there is: it cannot be attained.")
        heading = row["projection"]
        if heading is not None:
            when = f"{heading['reaches'] or 'not'} ({heading['earliest'] or 'never'} to {heading['latest'] or 'never'})"
            say(
                f"  Heading for {_limits(heading, heading['value'])} in {heading['quarter']}; reaches the target {when}"
            )
        if row["reason"] is not None:
            say(f"  {row['reason']}")


def spending(row: Row) -> None:
    """Spending avoided, in dollars."""
    if row["avoided_cents"] is None:
        say(f"Spending avoided: not known, {row['reason']}")
        return
    low, high = (_dollars(row[name]) for name in ("low_cents", "high_cents"))
    avoided = f"{_dollars(row['avoided_cents'])} ({low} to {high})"
    say(f"Spending avoided in {row['period']} against {row['baseline_period']}: {avoided}")


def compared(rows: list[Row]) -> None:
    """Units side by side, with their ratios."""
    for row in rows:
        say(figure(row["figure"]))
        for against in row["against"]:
            beside = f"  rest of {against['unit_type']} {against['unit']}: "
            say(beside + (against["reason"] or _ratio(against["ratio"])))


def compared_rows(rows: list[Row]) -> list[Row]:
    """A row for each unit and what it is beside; one with the figure alone where there is nothing."""
    return [{**row["figure"], "against": one} for row in rows for one in row["against"] or [None]]


def disparities(rows: list[Row]) -> None:
    """Special populations of each unit."""
    for row in rows:
        say(figure(row["figure"]))
        for one in row["disparities"]:
            say(f"  {one['stratum']:<24} {_ratio(one['ratio'])}")


def disparity_rows(rows: list[Row]) -> list[Row]:
    """A row for each unit and population."""
    places = ("measure", "unit_type", "unit", "period")
    return [
        {**{name: row["figure"][name] for name in places}, "stratum": one["stratum"], **one["ratio"]}
        for row in rows
        for one in row["disparities"]
    ]


def explained(rows: list[Row]) -> None:
    """The number, what it is made of, and what moved it last."""
    for row in rows:
        say(figure(row["figure"]))
        say(f"{row['numerator']} of {row['denominator']} by {row['contributors']} beneficiaries; look {row['look']}")
        if not row["adds_up"]:
            say(f"The figure is behind by {row['deltas_waiting']} changes that are being folded.")
        for one in row["contributions"]:
            parts = ", ".join(f"{name} {amount}" for name, amount in one["components"].items())
            say(f"  {one['beneficiary']}  {one['numerator']:>8} of {one['denominator']:<8} {one['moved_at']}  {parts}")
        if row["last_moved"] is not None:
            say(f"Last moved {row['last_moved']['at']} by a record of {row['last_moved']['beneficiary']}")


def public(rows: list[Row]) -> None:
    """Public figures."""
    for row in rows:
        value = (
            "withheld" if row["suppressed"] else f"{row['value'] or '-'}  {row['numerator']} of {row['denominator']}"
        )
        say(f"{row['measure']:<34} {row['unit_type']:<10} {row['unit']:<28} {row['period']:<8} {value}")
    if not rows:
        say("No snapshot shows such figures.")


def value_sets(rows: list[Row]) -> None:
    """Versions of value sets."""
    for row in rows:
        standing = "holds" if row["in_force"] else f"{row['known']} of {row['parts']} parts"
        say(f"{row['name']:<24} {row['version']:<16} {row['codes']:>8} codes  {standing:<16} {row['source']}")


def missing(names: list[str]) -> None:
    """Sets that measures wait for."""
    if names:
        say(f"Not loaded: {', '.join(names)}")


def _ratio(ratio: Row) -> str:
    beside = f"{ratio['value'] or '-'} beside {ratio['others_value'] or '-'}"
    return f"ratio {_limits(ratio, ratio['ratio'])}, {beside}"


def _limits(row: Row, value: str | None) -> str:
    if row["low"] is None and row["high"] is None:
        return value or "-"
    return f"{value or '-'} ({row['low'] or '-'} to {row['high'] or '-'})"


def _dollars(cents: int | None) -> str:
    return "-" if cents is None else f"{'-' if cents < 0 else ''}${abs(cents) / 100:,.2f}"


def _flat(row: Row, before: str = "") -> Row:
    found: Row = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = " ".join(map(str, value)) if isinstance(value, list) else value
    return found
