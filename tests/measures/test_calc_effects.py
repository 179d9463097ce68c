"""qio measures calc its, did: effects of interventions, the word they are given, and what is refused."""

import json
import math
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from services.measures import cli
from tests.measures.methods.test_series import WORKED

SERIES = "period,value\n" + "".join(f"{period},{value:.4f}\n" for period, value in WORKED)
BROCK = ("--before=1521/100000", "--after=1434/100000", "--compared-before=1503/100000", "--compared-after=1472/100000")


def calc(*arguments: str, table: str = "") -> Result:
    return CliRunner().invoke(cli.app, ["calc", *arguments], input=table)


def machine(*arguments: str, table: str = "") -> dict[str, Any]:
    ended = calc(*arguments, "--json", table=table)
    assert ended.exit_code == 0, ended.output
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def units(units: int) -> str:
    """A panel with a third fewer events in the two units that have the intervention."""
    random = np.random.default_rng(1)
    lines = ["unit,period,events,exposure,intervention"]
    for unit in range(units):
        for time in range(6):
            mean = 400 * math.exp(0.1 * unit / units) * (2 / 3 if unit < 2 and time >= 3 else 1)
            yes = "yes" if unit < 2 else "no"
            lines.append(f"u{unit:02},2010-0{time + 1},{random.poisson(mean)},40,{yes}")
    return "\n".join(lines)


def test_the_worked_series_has_its_terms_and_is_called_an_association() -> None:
    # Measures research §8.5.
    found = machine("its", "--first-after", "2007Q1", "--no-seasons", table=SERIES)
    terms = [round(found[name]["estimate"], 4) for name in ("level", "slope", "change", "change_of_slope")]
    assert terms == [15.2068, -0.0110, -0.2874, -0.0500]
    assert [round(found[name]["error"], 4) for name in ("level", "slope", "change", "change_of_slope")] == [
        0.0226, 0.0028, 0.0284, 0.0039
    ]  # fmt: skip
    assert (found["wording"], found["before"], found["after"]) == ("association", 12, 12)
    planted = machine("its", "--first-after", "2007Q1", table=SERIES)
    assert planted["change"]["estimate"] == pytest.approx(-0.3, abs=1e-6)
    said = calc("its", "--first-after", "2007Q1", table=SERIES).stdout
    assert "Change of level" in said
    assert said.endswith("Nobody else is compared: an association with the intervention.\n")
    assert "impact" not in said


def test_brocks_totals_give_the_impact_of_the_paper() -> None:
    found = machine("did", *BROCK)
    assert round(found["difference"]["estimate"] * 1000, 2) == -0.56
    assert [round(found["ratio"][name], 4) for name in ("estimate", "low", "high")] == [0.9627, 0.8695, 1.0659]
    assert found["wording"] == "impact"
    assert "The impact of the intervention: 0.9627 (0.8695 to 1.066).\n" in calc("did", *BROCK).stdout


def test_few_units_are_answered_by_bootstrap_as_well() -> None:
    found = machine("did", "--first-after", "2010-04", table=units(8))
    assert (found["units"], found["compared"]) == (2, 6)
    assert found["ratio"]["estimate"] == pytest.approx(2 / 3, abs=0.05)
    assert found["bootstrap"]["estimate"] == found["ratio"]["estimate"]
    assert machine("did", "--first-after", "2010-04", "--seed", "1", table=units(8)) == found
    assert "With few units, by bootstrap" in calc("did", "--first-after", "2010-04", table=units(8)).stdout
    assert "bootstrap" not in machine("did", "--first-after", "2010-04", table=units(40))


HEAD = "unit,period,events,exposure,intervention\n"
REFUSED = [
    (("did", "--before", "3/4"), "", "After must look like EVENTS/OF, such as 1521/100000."),
    (("did", *BROCK[:3], "--compared-after=0/10"), "",
     "A ratio of rates needs events in both groups, before and after."),
    (("did", *BROCK[:3], "--compared-after=3/0"), "", "The exposure of compared-after must be above 0."),
    (("did", *BROCK[:3], "--compared-after=-3/5"), "", "Events of compared-after must be at least 0."),
    (("did",), "", "First-after must be given with a table of units and periods."),
    (("did", "--first-after", "2010-04"), HEAD + "u1,2010-01,5,1,yes\nu1,2010-02,5,1,no\n",
     "Row 3, field intervention: must be the same in all rows of a unit."),
    (("did", "--first-after", "2010-04"), HEAD + "u1,2010-01,5,1,yes\nu1,2010-01,5,1,yes\n",
     "Unit u1, period 2010-01: told twice."),
    (("did", "--first-after", "2010-04"), HEAD + "u1,2010-01,5,1,yes\n",
     "At least 2 units with the intervention must have events."),
    (("did", "--first-after", "soon"), HEAD + "u1,2010-01,5,1,yes\n",
     "Period soon: a period is written 2018-03, 2018Q1 or 2018Q1R4."),
    (("did", "--first-after", "2010Q2"), HEAD + "u1,2010-01,5,1,yes\n",
     "Row 2, field period: must be of the kind of first-after."),
    (("did", "--first-after", "2010-04"), HEAD + "u1,spring,5,1,yes\n",
     "Row 2, field period: a period is written 2018-03, 2018Q1 or 2018Q1R4."),
    (("its", "--first-after", "2007Q1"), "period,value\n2006Q4,1\n2007Q1,high\n",
     "Row 3, field value: must be a number such as 1.25."),
    (("its", "--first-after", "2007Q1"), "period,value\n2006Q4,1\n2007Q1,1\n",
     "An interrupted series needs 4 periods before and 4 from the intervention on."),
    (("its", "--first-after", "2007Q1"), "period,value\n" + "2006Q4,1\n" * 241,
     "Row 242: a series has at most 240 periods."),
    (("its", "--first-after", "2020Q1"), SERIES,
     "Period 2020Q1: the first with the intervention is not among the values."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "table", "sentence"), REFUSED)
def test_what_is_wrong_is_one_sentence_with_row_field_and_rule(
    arguments: tuple[str, ...], table: str, sentence: str
) -> None:
    ended = calc(*arguments, table=table)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (2, "", sentence + "\n")
