"""qio measures calc its, did: what changed with an intervention, and whether it may be called its impact."""

from pathlib import Path
from random import Random
from typing import Annotated

import typer

from services.measures.commands.calc import given, rows
from services.measures.commands.calc.answering import Json, Row, answer, rounded
from services.measures.domain import periods
from services.measures.domain.intervals import Count
from services.measures.domain.methods import differences
from services.measures.domain.methods.differences import Group
from services.measures.domain.methods.differences_bootstrap import bootstrapped, few
from services.measures.domain.methods.differences_panel import Cell, effect, panel
from services.measures.domain.methods.effects import Effect
from services.measures.domain.methods.series import interrupted
from services.measures.domain.methods.verdict import Verdict

MOST_PERIODS = 240  # the work grows with their cube
PARTS = {
    "level": "Level before",
    "slope": "Slope before, per period",
    "change": "Change of level",
    "change_of_slope": "Change of slope",
    "at_end": "Difference in the last period",
}

FirstAfter = Annotated[
    str | None, typer.Option(metavar="PERIOD", help="The first period with the intervention: 2018-03 or 2018Q1.")
]
Totals = Annotated[str | None, typer.Option(metavar="EVENTS/OF", help="Such as 1521/100000, instead of a table.")]


def its(
    table: rows.Table = None,
    *,
    first_after: Annotated[str, typer.Option(metavar="PERIOD", help="The first period with the intervention.")],
    seasons: Annotated[bool, typer.Option(help="Whether quarters, or months, have a season of their own.")] = True,
    lag: Annotated[int, typer.Option(min=0, help="Lag of the Newey-West errors.")] = 4,
    json: Json = False,
) -> None:
    """Interrupted time series. Fields: period, value; months or quarters in order, without gaps."""

    def compute() -> Row:
        found = rows.read(table, ["period", "value"])
        if len(found) > MOST_PERIODS:
            raise ValueError(f"row {found[MOST_PERIODS].number}: a series has at most {MOST_PERIODS} periods")
        values = [(row.period(), float(row.signed("value"))) for row in found]
        result = interrupted(values, first_after, seasons=seasons, lag=lag)
        terms = {name: _effect(getattr(result, name)) for name in PARTS}
        return {"before": result.before, "after": result.after, "wording": result.change.wording.value, **terms}

    def people(row: Row) -> str:
        lines = [f"{said:<30} {_limits(row[name])}" for name, said in PARTS.items()]
        note = f"Nobody else is compared: an {row['wording']} with the intervention."
        return "\n".join([*lines, note])

    answer(compute, people, json=json)


def did(
    table: rows.Table = None,
    *,
    first_after: FirstAfter = None,
    before: Totals = None,
    after: Totals = None,
    compared_before: Totals = None,
    compared_after: Totals = None,
    seed: Annotated[int, typer.Option(help="Of the bootstrap that few units need.")] = 1,
    json: Json = False,
) -> None:
    """Difference in differences, of four totals or of a table of units and periods.

    Fields: unit, period, events, exposure, intervention (yes for the units that have it, in all their rows).
    """

    def compute() -> Row:
        totals = {
            "before": before,
            "after": after,
            "compared-before": compared_before,
            "compared-after": compared_after,
        }
        if any(text is not None for text in totals.values()):
            return _of_totals(totals)
        if first_after is None:
            raise ValueError("first-after must be given with a table of units and periods")
        return _of_units(table, first_after, seed)

    answer(compute, lambda row: "\n".join(row["sentences"]), json=json)


def _of_totals(totals: dict[str, str | None]) -> Row:
    counts = [_total(name, text) for name, text in totals.items()]
    groups = Group(counts[0], counts[1]), Group(counts[2], counts[3])
    change, ratio = differences.change_in_rates(*groups), differences.ratio_of_ratios(*groups)
    return {
        "difference": _effect(change),
        "ratio": _effect(ratio),
        "wording": ratio.wording.value,
        "sentences": ["Difference of rates. " + Verdict(change, ()).sentence, "Ratio. " + Verdict(ratio, ()).sentence],
    }


def _total(name: str, text: str | None) -> Count:
    events, slash, exposure = (text or "").partition("/")
    if not slash:
        raise ValueError(f"{name} must look like EVENTS/OF, such as 1521/100000")
    whole, of = given.whole(events, f"events of {name}"), given.positive(exposure, f"the exposure of {name}")
    if whole < 0:
        raise ValueError(f"events of {name} must be at least 0")
    return Count(whole, of)


def _of_units(table: Path | None, first_after: str, seed: int) -> Row:
    cells, with_it = _cells(table, _kind(first_after))
    of = panel(cells, [unit for unit, has in with_it.items() if has], first_after)
    robust = effect(of)
    found: Row = {
        "units": of.treated,
        "compared": of.compared,
        "ratio": _effect(robust),
        "wording": robust.wording.value,
        "sentences": ["Ratio, errors robust within units. " + Verdict(robust, ()).sentence],
    }
    if few(of):
        wild = bootstrapped(of, Random(seed))  # noqa: S311 - no secret
        found["bootstrap"] = {**_effect(wild.effect), "chance": rounded(wild.chance, 6), "seed": seed}
        said = f"With few units, by bootstrap (chance without effect {wild.chance:.3g}). "
        found["sentences"].append(said + Verdict(wild.effect, ()).sentence)
    return found


def _kind(period: str) -> periods.Kind:
    try:
        return periods.kind_of(period)
    except ValueError as error:
        raise ValueError(f"period {period}: {error}") from None


def _cells(table: Path | None, kind: periods.Kind) -> tuple[list[Cell], dict[str, bool]]:
    cells, with_it = [], dict[str, bool]()
    for row in rows.read(table, ["unit", "period", "events", "exposure", "intervention"]):
        unit, has = row.text("unit"), row.yes("intervention")
        if with_it.setdefault(unit, has) is not has:
            raise ValueError(f"{row.at('intervention')} must be the same in all rows of a unit")
        if periods.kind_of(row.period()) is not kind:
            raise ValueError(f"{row.at('period')} must be of the kind of first-after")
        cells.append(Cell(unit, row.period(), row.whole("events"), row.number_of("exposure")))
    return cells, with_it


def _effect(of: Effect) -> Row:
    return {
        "estimate": rounded(of.estimate, 6),
        "error": rounded(of.error, 6),
        "low": rounded(of.low, 6),
        "high": rounded(of.high, 6),
    }


def _limits(row: Row) -> str:
    return f"{row['estimate']:g} ({row['low']:g} to {row['high']:g}), Newey-West error {row['error']:g}"
