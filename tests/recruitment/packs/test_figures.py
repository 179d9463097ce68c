"""Figures as measures gives them become charts: scaled, in order, with limits worked out by hand."""

import math

import pytest

from services.recruitment.domain.packs import figures as reading
from services.recruitment.domain.packs.drawing import described, draw, number, period, scale
from services.recruitment.domain.packs.figures import Measure, Series
from tests.recruitment.packs.cast import ELM, MEASURES, chart, figure

FALLS = reading.measures(MEASURES)["nursing-home-falls"]
HARM = reading.measures(MEASURES)["entered-harm-fall"]


def followed(measure: Measure = FALLS, **fields: object) -> Series:
    found = reading.followed(chart(ELM, **fields), measure)
    assert found is not None
    return found


def test_a_chart_is_scaled_and_in_order_and_leaves_out_periods_without_exposure() -> None:
    found = followed()
    assert [(one.period, round(one.value, 6), one.provisional, one.signal) for one in found.points] == [
        ("2014Q2", 4.0, False, False),
        ("2014Q4", 9.0, True, True),
    ]
    assert found.centre == 4.0


def test_limits_of_shares_are_those_of_a_p_chart() -> None:
    # 0.04 +- 3 * sqrt(0.04 * 0.96 / 100) = 0.04 +- 0.058788; none is below 0.
    point = followed().points[0]
    assert point.low == 0.0
    assert point.high == pytest.approx(9.8788, abs=1e-4)


def test_limits_of_rates_are_widened_by_the_spread_and_runs_have_none() -> None:
    base = {"chart": "u_prime", "centre": "1/25", "spread": "3/2"}
    point = followed(HARM, chart="u_prime", baseline=base).points[0]
    assert point.high == pytest.approx(1000 * (0.04 + 3 * 1.5 * math.sqrt(0.04 / 100)))
    run = followed(baseline={"chart": "run", "centre": "1/25", "spread": "1"})
    assert (run.points[0].high, run.centre) == (None, 4.0)


def test_a_chart_without_a_figure_is_none() -> None:
    points = [{"period": "2014Q3", "events": 0, "exposure": "0", "revision": 1, "provisional": False}]
    assert reading.followed(chart(ELM, points=points), FALLS) is None


def test_published_values_are_a_run_chart_of_one_kind_of_period_with_a_median_from_eight_on() -> None:
    quarters = [figure(ELM, f"201{year}Q{quarter}", str(year)) for year in (3, 4) for quarter in (1, 2, 3, 4)]
    rows = [figure(ELM, "2014", "99"), *reversed(quarters), figure(ELM, "2015Q1", None, reason="none")]
    found = reading.published(ELM, rows, FALLS)
    assert found is not None
    assert [one.period for one in found.points][:2] == ["2013Q1", "2013Q2"]
    assert (len(found.points), found.centre, found.kind) == (8, 3.5, "run chart")
    fewer = reading.published(ELM, rows[:-2], FALLS)
    assert fewer is not None
    assert fewer.centre is None
    assert reading.published(ELM, rows[-1:], FALLS) is None


def test_periods_that_cannot_be_told_are_counted_where_the_line_passes_over_them() -> None:
    hidden = [figure(ELM, f"2013Q{quarter}", None, reason="a count of 1 to 10") for quarter in (2, 3)]
    after = figure(ELM, "2014Q1", None, reason="a count of 1 to 10")
    found = reading.published(ELM, [figure(ELM, "2013Q1", "3"), *hidden, figure(ELM, "2013Q4", "2"), after], FALLS)
    assert found is not None
    assert found.withheld == 2
    assert "2 periods in between without a figure that can be told" in described(found)
    assert "in between" not in described(followed())


def test_the_measure_with_the_latest_year_is_shown_and_the_first_of_those() -> None:
    of_2012 = reading.published(ELM, [figure(ELM, "2012Q4", "1")], FALLS)
    of_2014 = reading.published(ELM, [figure(ELM, "2013-07-01/2014-06-30", "1")], HARM)
    assert reading.chosen([of_2012, None, of_2014]) is of_2014
    assert reading.chosen([of_2014, reading.published(ELM, [figure(ELM, "2014Q4", "1")], FALLS)]) is of_2014
    assert reading.chosen([None]) is None


def test_a_drawing_shows_signals_by_shape_and_provisional_points_hollow() -> None:
    drawn = draw(followed())
    assert drawn.count("<circle") == 1
    assert drawn.count("<polygon") == 1
    assert 'fill="#ffffff" stroke="#b33c00"' in drawn
    assert "upper limit" in drawn
    assert "lower limit" not in drawn
    words = described(followed())
    assert words == (
        "2 values, from 4 in Q2 2014 to 9 in Q4 2014; centre 4; 1 signal of change, drawn as diamonds; "
        "hollow points are provisional"
    )


def test_a_drawing_of_one_value_and_of_the_same_value_throughout_is_drawn() -> None:
    one = reading.published(ELM, [figure(ELM, "2014", "0")], FALLS)
    same = reading.published(ELM, [figure(ELM, f"2014Q{quarter}", "7") for quarter in (1, 2, 3)], FALLS)
    assert one is not None
    assert same is not None
    assert draw(one).count("<circle") == 1
    assert draw(same).count("<circle") == 3


def test_what_measures_calls_a_measure_cannot_be_markup() -> None:
    name = Measure(id="x", title="<script>&", better="lower", scale=1.0)
    found = reading.published(ELM, [figure(ELM, "2014", "1")], name)
    assert found is not None
    assert "<script>" not in draw(found)


def test_numbers_periods_and_scales_are_round() -> None:
    assert [number(one) for one in (0.0, 1.0, 3.14159, 12.34, 1234.5)] == ["0", "1", "3.14", "12.3", "1,234"]
    assert [period(one) for one in ("2014Q1", "2014-03", "2014", "2014-01-01/2014-12-31", "2014Q4R4")] == [
        "Q1 2014",
        "Mar 2014",
        "2014",
        "2014-01-01 to 2014-12-31",
        "four quarters to Q4 2014",
    ]
    assert scale([1.0, 9.0]) == [0.0, 2.5, 5.0, 7.5, 10.0]
    assert scale([101.0, 103.0]) == [101.0, 101.5, 102.0, 102.5, 103.0]
    assert scale([0.0]) == [0.0, 0.25]
