"""qio measures calc: control charts from tables, options and standard input, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from services.measures import cli
from tests.measures.methods.charts.figures import AFTER, BASELINE

TABLE = "period,events,exposure\n" + "".join(
    f"{point.period},{point.events},{float(point.exposure)}\n" for point in (*BASELINE, *AFTER)
)


def calc(*arguments: str, table: str = "") -> Result:
    return CliRunner().invoke(cli.app, ["calc", *arguments], input=table)


def machine(*arguments: str, table: str = "") -> dict[str, Any]:
    ended = calc(*arguments, "--json", table=table)
    assert ended.exit_code == 0, ended.output
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_the_worked_example_is_charted_from_standard_input() -> None:
    # Measures research §1.3, example 3.
    found = machine("uchart", "--baseline", "12", table=TABLE)
    assert round(found["centre"], 4) == 15.1726
    assert found["baseline"] == {"first": "2006Q1", "last": "2008Q4", "points": 12}
    last = {point["period"]: point for point in found["points"]}["2009Q1"]
    assert [round(last[name], 4) for name in ("value", "low", "high")] == [13.8592, 13.3521, 16.9932]
    assert round(last["z"], 3) == -2.164
    first = found["signals"][0]
    assert (first["period"], first["rule"], first["side"]) == ("2009Q2", "WE2", "low")


def test_rows_in_any_order_and_columns_beside_make_the_same_chart(tmp_path: Path) -> None:
    head, *body = TABLE.splitlines()
    file = tmp_path / "falls.csv"
    file.write_text("\n".join([f"note, {head.upper()}", *(f"x, {line}" for line in body[::-1])]), encoding="utf-8-sig")
    assert machine("uchart", str(file), "--baseline", "12") == machine("uchart", "--baseline", "12", table=TABLE)


def test_people_are_told_what_a_signal_means() -> None:
    said = calc("uchart", "--baseline", "12", table=TABLE).stdout
    assert said.startswith("Centre 15.172626 of 12 points, 2006Q1 to 2008Q4.\n")
    assert "Signal at 2009Q2: 2 of 3 points beyond 2 sigma on one side (WE2, low).\n" in said


def test_a_provisional_point_is_shown_and_does_not_signal() -> None:
    table = "period,events,exposure,provisional\n2018Q1,100,10,\n2018Q2,100,10,no\n2018Q3,900,10,yes\n"
    found = machine("uchart", table=table)
    assert (found["centre"], found["signals"], len(found["points"])) == (10, [], 3)
    assert calc("uchart", table=table).stdout.endswith("No signal.\n")


def test_laneys_chart_tells_its_sigma_and_points_can_be_options() -> None:
    points = [f"--point={point.period}={point.events}/{float(point.exposure)}" for point in BASELINE]
    found = machine("uchart", "--prime", *points)
    assert round(found["sigma_of_z"], 4) == 0.5542  # measures research §1.3, example 4
    assert machine("uchart", *points)["points"] == found["points"]


def test_a_chart_of_shares_stays_within_nought_and_one() -> None:
    found = machine("pchart", "--point=2018Q1=9/10", "--point=2018Q2=10/10", "--point=2018Q3=8/10")
    assert (found["centre"], found["points"][0]["high"]) == (0.9, 1)


def test_a_run_chart_uses_exact_numbers() -> None:
    # Measures research §8.4: sixteen values of one place, median of the first twelve 15.15.
    values = [f"--value={float(point.value):.1f}" for point in (*BASELINE, *AFTER)]
    found = machine("run", *values, "--baseline", "12")
    assert found == {
        "median": 15.15,
        "useful": 16,
        "longest_run": 4,
        "longest_by_chance": 7,
        "crossings": 7,
        "fewest_by_chance": 4,
        "signal": False,
    }
    said = calc("run", table="value\n" + "1\n" * 9 + "-2\n" * 9).stdout
    assert said.startswith("Median -0.5. 18 values off the median, longest run 9 (by chance at most 7), 1 crossings")
    assert said.endswith(": signal, a run longer, or crossings of the median fewer, than chance gives.\n")


def test_gaps_between_events_come_from_numbers_or_from_days() -> None:
    days = machine("gchart", table="date\n2018-01-01\n2018-01-11\n2018-01-05\n2018-03-01\n")
    assert days["gaps"] == [4, 6, 49]
    assert machine("gchart", "--gap", "4", "--gap", "6", "--gap", "49") == days
    times = machine("tchart", table="date\n2018-01-01\n2018-01-11\n2018-01-05\n2018-03-01\n")
    assert times["gaps"] == [4, 6, 49]
    assert times["high"] > times["centre"] > times["low"]


def test_a_long_gap_is_told_as_a_signal() -> None:
    gaps = [f"--gap={gap}" for gap in (3, 5, 0, 7, 2, 10, 1, 4, 18)]
    said = calc("gchart", *gaps, "--baseline", "8").stdout
    assert "limits 0 to 17.4164" in said
    assert said.endswith("Signal at 9: a point beyond 3 sigma (WE1, high).\n")


HEAD = "period,events,exposure,provisional\n2018Q1,3,10,\n"
REFUSED = [
    (("uchart",), "", "The table is empty: its first row must name the fields period, events, exposure."),
    (("uchart",), "period,events\n", "Row 1, field exposure: the header must name it once."),
    (("uchart",), "period,events,exposure,events\n", "Row 1, field events: the header must name it once."),
    (("uchart",), "period,events,exposure\n", "The table has a header and no rows."),
    (("uchart",), HEAD + "2018Q2,3\n", "Row 3: there are 2 fields, the header names 4."),
    (("uchart",), HEAD + "2018Q2,many,10,\n", "Row 3, field events: must be a whole number such as 12."),
    (("uchart",), HEAD + "2018Q2,,10,\n", "Row 3, field events: must not be empty."),
    (("uchart",), HEAD + "2018Q2,-1,10,\n", "Row 3, field events: must be at least 0."),
    (("uchart",), HEAD + "2018Q2,1,nan,\n", "Row 3, field exposure: must be a number such as 1.25."),
    (("uchart",), HEAD + "2018Q2,1,-2,\n", "Row 3, field exposure: must be at least 0."),
    (("uchart",), HEAD + "2018Q2,1,2,maybe\n", "Row 3, field provisional: must be yes or no."),
    (("uchart",), HEAD + "2018Q1,1,2,\n", "Row 3, field period: 2018Q1 is told twice."),
    (("uchart",), HEAD + "spring,1,2,\n", "Row 3, field period: a period is written 2018-03, 2018Q1 or 2018Q1R4."),
    (("uchart",), HEAD + "2018Q2,1,0,\n", "Row 3: period 2018Q2: events need an exposure above 0."),
    (("uchart",), HEAD + '2018Q2,"1,2,\n', "Row 3: unexpected end of data."),
    (("uchart",), "period,events,exposure\n2018Q1,0,10\n",
     "A baseline without events has no limits: chart the time between events."),
    (("uchart", "--baseline", "5"), HEAD, "A baseline of 5 needs as many points, there are 1."),
    (("uchart", "--point", "2018Q1=1/2", "--point", "2018Q2=x/2"), "",
     "Point 2, field events: must be a whole number such as 12."),
    (("gchart", "--gap", "1", "--gap", "-2"), "", "Option 2, field gap: must be at least 0."),
    (("uchart", "--point", "2018Q1"), "", "Point 1 must look like PERIOD=EVENTS/OF, such as 2018Q1=612/40.0."),
    (("uchart",), "period,events,exposure\n2018Q1,1,1\n2018-02,1,1\n",
     "Row 3, field period: must be a month or quarter as in the rows before."),
    (("pchart",), HEAD + "2018Q2,11,10,\n", "Period 2018Q2: a share has no more events than trials."),
    (("pchart",), "period,events,exposure,provisional\n2018Q1,3,10,\n2018Q2,11,10,yes\n",
     "Period 2018Q2: a share has no more events than trials."),
    (("run",), "value\nlow\n", "Row 2, field value: must be a number such as 1.25."),
    (("gchart",), "gap\n2\n3\n1.5\n", "Row 4, field gap: must be a whole number such as 12."),
    (("gchart",), "gap\n2\n", "A baseline needs 3 gaps between events, there are 1."),
    (("gchart",), "date\n2018-01-01\n", "A baseline needs 3 gaps between events, there are 0."),
    (("tchart",), "date\n2018-01-01\n31.12.2018\n", "Row 3, field date: must be a day such as 2018-03-31."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "table", "sentence"), REFUSED)
def test_what_is_wrong_is_one_sentence_with_row_field_and_rule(
    arguments: tuple[str, ...], table: str, sentence: str
) -> None:
    ended = calc(*arguments, table=table)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (2, "", sentence + "\n")


def test_a_file_that_cannot_be_read_is_said_by_name(tmp_path: Path) -> None:
    ended = calc("uchart", str(tmp_path / "none.csv"))
    assert (ended.exit_code, ended.stderr) == (2, "File none.csv cannot be read: No such file or directory.\n")
    (tmp_path / "latin.csv").write_bytes("période".encode("latin-1"))
    ended = calc("uchart", str(tmp_path / "latin.csv"))
    assert (ended.exit_code, ended.stderr) == (2, "File latin.csv is not text in UTF-8.\n")
