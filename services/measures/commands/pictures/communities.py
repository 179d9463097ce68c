"""Goals and disparities of communities, areas, states and hospitals, as the read API answers them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.platform import measure_of
from services.measures.pictures import disparity, goal, words
from services.measures.pictures.disparity import Compared
from services.measures.pictures.goal import GoalLine

OTHERS = "Everybody else"


def goal_line(measure: str, unit_type: str, unit: str, said: Words) -> GoalLine:
    """Four quarters after four quarters towards the program's goal; raises ValueError where there is none."""
    from shared.cli.read import get  # noqa: PLC0415

    goals = get("measures", "/goals", unit_type=unit_type, unit=unit)["goals"]
    own = next((one for one in goals if one["measure"] == measure), None)
    if own is None:
        known = ", ".join(dict.fromkeys(one["measure"] for one in goals))
        raise ValueError(f"measure: the program has no goal for it; it has for {known}. Give --goal")
    if own["target"] is None:
        raise ValueError(f"there is no target yet: {own['reason']}")
    rows = get("measures", "/series", measure=measure, unit_type=unit_type, unit=unit, every="rolling")
    values = [_value(row) for row in rows if row["value"] is not None]
    aim = goal.Aim(
        target=Fraction(own["target"]),
        words=own["aim"],
        by=dt.date.fromisoformat(own["target_date"]),
        baseline=Fraction(own["baseline"]["value"]),
    )
    return goal.goal_line(values, aim, said.about(unit, measure_of(measure)))


def _value(row: Mapping[str, Any]) -> goal.Value:
    low, high = (None if row[name] is None else float(row[name]) for name in ("low", "high"))
    return goal.Value(
        period=row["period"],
        value=Fraction(row["value"]),
        low=low,
        high=high,
        provisional=row["status"] == "PROVISIONAL",
    )


def disparities(
    measure: str, unit_type: str, unit: str, period: str | None, strata: Sequence[str], said: Words
) -> tuple[dict[str, Compared], dict[str, str]]:
    """A picture of each population beside everybody else of the unit, and why there is none of others."""
    from shared.cli.read import get  # noqa: PLC0415

    if period is None:
        raise ValueError("period: a disparity is of one period, such as 2018Q1R4")
    found = get(
        "measures", "/disparities", measure=measure, unit_type=unit_type, unit=unit, period=period,
        stratum=list(strata) or None,
    )  # fmt: skip
    if not found["disparities"]:
        raise ValueError(f"period {period}: {found['figure']['reason'] or 'there is nothing to compare'}")
    about = said.about(f"{unit}, {words.period(period)}", measure_of(measure))
    scenes, missed = dict[str, Compared](), dict[str, str]()
    for row in found["disparities"]:
        ratio, name = row["ratio"], row["stratum"]
        if ratio["value"] is None or ratio["others_value"] is None:
            missed[name] = "nobody is counted in it, or nobody beside it"
            continue
        own = replace(about, subject=f"{about.subject}: {_population(name)}")
        scenes[name] = disparity.of_ratio((_population(name), OTHERS), ratio, own)
    return scenes, missed


def _population(stratum: str) -> str:
    """A stratum as people say it: chronic_2+not-dual_full is Chronic 2 and not dual full."""
    said = stratum.replace("not-", "not ").replace("_", " ").replace("+", " and ")
    return said[:1].upper() + said[1:]
