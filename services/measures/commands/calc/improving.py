"""qio measures calc rir, harm: how far a rate has come from its baseline."""

from enum import StrEnum
from typing import Annotated

import typer

from services.measures.commands.calc import given
from services.measures.commands.calc.answering import Json, Row, answer, rounded, shown
from services.measures.domain import rates
from services.measures.domain.methods import harm as method
from services.measures.domain.methods.harm import HarmGoal, HarmRate

Text = Annotated[str, typer.Option(metavar="NUMBER")]


_NATIONAL = dict(zip((2010, 2014), method.NATIONAL, strict=True))


class Better(StrEnum):
    """Which way a measure gets better."""

    LOWER = "lower"
    HIGHER = "higher"


def rir(baseline: Text, current: Text, better: Better = Better.LOWER, *, json: Json = False) -> None:
    """Relative improvement rate in percent; below 0 is worse than the baseline."""

    def compute() -> Row:
        before, now = given.number(baseline, "baseline"), given.number(current, "current")
        if before < 0 or now < 0:
            raise ValueError("a rate cannot be below 0")
        found = rates.relative_improvement(before, now)
        if found is None:
            raise ValueError("from a baseline of 0 there is no relative improvement")
        return {"rir_percent": rounded(100 * (found if better is Better.LOWER else -found), 2)}

    answer(compute, lambda row: f"{row['rir_percent']:.2f} %", json=json)


def harm(
    harms: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME=NUMBER]...", help="Harms counted, such as CLABSI=12 CAUTI=20.")
    ] = None,
    discharges: Annotated[str | None, typer.Option(metavar="WHOLE", help="Discharges they are counted in.")] = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Rate of the same harms in the baseline.")
    ] = None,
    reduction: Annotated[str, typer.Option(metavar="NUMBER", help="The goal's reduction of it, as a share.")] = str(
        float(method.REDUCTION)
    ),
    rate: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Instead: a rate of AHRQ's national scorecard, of all harm.")
    ] = None,
    since: Annotated[
        int, typer.Option(help="Its baseline: 2010 (145; 40 % less), or 2014 as counted anew (99; 20 % less).")
    ] = 2010,
    *,
    json: Json = False,
) -> None:
    """Harms per 1,000 discharges, and the change from the baseline against the goal."""

    def compute() -> Row:
        if rate is not None:
            if harms or discharges or baseline:
                raise ValueError("give either a national rate, or harms with discharges and their own baseline")
            if since not in _NATIONAL:
                raise ValueError("since is 2010 or 2014, the years of the national baselines")
            goal = _NATIONAL[since]
            return _progress(HarmRate(goal.baseline.series, given.number(rate, "rate")), goal)
        if discharges is None:
            raise ValueError("harms need --discharges")
        found = method.tracked(_counts(harms or []), given.whole(discharges, "discharges"))
        if baseline is None:
            return _progress(found, None)
        start = HarmRate(method.TRACKED, given.number(baseline, "baseline"))
        return _progress(found, HarmGoal(start, given.number(reduction, "reduction")))

    def people(row: Row) -> str:
        text = f"{row['rate_per_1000']:.1f} per 1,000 discharges ({row['series']})"
        if row["target"] is None:
            return text
        reached = "reached" if row["reached"] else "not reached"
        return f"{text}, {row['change_percent']:+.1f} %; goal {shown(row['target'], 1)} {reached}"

    answer(compute, people, json=json)


def _counts(texts: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, text in enumerate(texts, 1):
        name, parts = given.named(text, position)
        if len(parts) != 1:
            raise ValueError(f"harm {position} must look like NAME=NUMBER, such as CLABSI=12")
        if name in found:
            raise ValueError(f"{name} is given twice")
        found[name] = given.whole(parts[0], name)
    return found


def _progress(rate: HarmRate, goal: HarmGoal | None) -> Row:
    found = method.progress(goal, rate) if goal else None
    return {
        "series": rate.series,
        "rate_per_1000": rounded(rate.value, 1),
        "target": rounded(found.target, 1) if found else None,
        "change_percent": rounded(100 * found.change, 1) if found else None,
        "reached": found.reached if found else None,
    }
