"""qio measures calc sir, target, compare, dur: infections beside what was predicted, and devices beside patients."""

from typing import Annotated

import typer

from services.measures.commands.calc import given
from services.measures.commands.calc.answering import Json, Row, answer, rounded, shown
from services.measures.domain.methods import sir as method
from services.measures.domain.methods import tap
from services.measures.domain.methods.sir import Infections, Ratio

Observed = Annotated[str, typer.Option(metavar="WHOLE", help="Infections observed.")]
Predicted = Annotated[str, typer.Option(metavar="NUMBER", help="Infections predicted by the model of the baseline.")]
TOO_FEW = "no ratio: below 1 predicted"


def sir(
    observed: Observed,
    predicted: Predicted,
    *,
    exact: Annotated[bool, typer.Option("--exact", help="Exact limits above 100 observed too, as in CMS's files.")] = (
        False
    ),
    json: Json = False,
) -> None:
    """Standardized infection ratio with limits, chance and category."""

    def compute() -> Row:
        infections = _infections(observed, predicted)
        return _row(infections, method.standardized(infections, exact=exact))

    answer(compute, _sentence, json=json)


def target(
    observed: Observed,
    predicted: Predicted,
    target: Annotated[str, typer.Option(metavar="NUMBER", help="The target ratio.")],
    *,
    json: Json = False,
) -> None:
    """Infections against what a target ratio allows."""

    def compute() -> Row:
        infections, goal = _infections(observed, predicted), given.number(target, "target")
        row = _row(infections, method.against(infections, goal))
        del row["category"]  # it is defined against the national benchmark
        return {**row, "target": float(goal)}

    answer(compute, _sentence, json=json)


def compare(
    observed: Observed,
    predicted: Predicted,
    other_observed: Observed,
    other_predicted: Predicted,
    *,
    json: Json = False,
) -> None:
    """One ratio over another, with limits and the chance of such a difference."""

    def compute() -> Row:
        first = _infections(observed, predicted)
        second = _infections(other_observed, other_predicted, "other ")
        found = method.compare(first, second)
        return {
            "ratio": rounded(found.value, 3) if found else None,
            "low": rounded(found.interval.low, 3) if found else None,
            "high": rounded(found.interval.high, 3) if found else None,
            "p": rounded(found.chance, 4) if found else None,
            "reason": None if found else TOO_FEW,
        }

    answer(compute, _sentence, json=json)


def dur(
    device_days: Annotated[str, typer.Option(metavar="WHOLE", help="Days with the device.")],
    patient_days: Annotated[str, typer.Option(metavar="WHOLE", help="Days of patients.")],
    infections: Annotated[str, typer.Option(metavar="WHOLE", help="Infections.")] = "0",
    *,
    json: Json = False,
) -> None:
    """Device utilization ratio, and infections per 1,000 device days."""

    def compute() -> Row:
        days = given.whole(device_days, "device days")
        use = tap.device_use(days, given.whole(patient_days, "patient days"))
        rate = tap.device_rate(given.whole(infections, "infections"), days)
        return {"dur": rounded(use, 3), "rate_per_1000": rounded(rate, 2)}

    def people(row: Row) -> str:
        return f"Device use {shown(row['dur'], 3)}; {shown(row['rate_per_1000'], 2)} infections per 1,000 device days"

    answer(compute, people, json=json)


def _infections(observed: str, predicted: str, before: str = "") -> Infections:
    count, model = given.whole(observed, f"{before}observed"), given.number(predicted, f"{before}predicted")
    return Infections(count, model)


def _row(infections: Infections, found: Ratio | None) -> Row:
    return {
        "observed": infections.observed,
        "predicted": float(infections.predicted),
        "ratio": rounded(found.value, 3) if found else None,
        "low": rounded(found.interval.low, 3) if found else None,
        "high": rounded(found.interval.high, 3) if found else None,
        "p": rounded(found.chance, 4) if found else None,
        "category": str(found.category if found else method.Category.NOT_AVAILABLE),
        "reason": None if found else TOO_FEW,
    }


def _sentence(row: Row) -> str:
    if row["reason"]:
        return f"{row['reason'].capitalize()}."
    text = f"{shown(row['ratio'], 3)} ({shown(row['low'], 3)} to {shown(row['high'], 3)}), P {shown(row['p'], 4)}"
    return f"{text}. {row['category']}." if "category" in row else text
