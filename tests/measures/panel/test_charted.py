"""Which figures of facilities are charted, and what a figure is as a point."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from services.measures.domain.methods.charts.points import Kind
from services.measures.domain.panel.charted import chart_of, point_of
from services.measures.domain.panel.figures import TOO_FEW
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.panel.published import Published
from tests.measures.panel.toy import RATE

NOW = dt.datetime(2020, 2, 10, tzinfo=dt.UTC)


def published(measure: FacilityMeasure, period: str = "2018Q1", reason: str | None = None) -> Published:
    figures = (5, 2_500_000, "2.0000", None, None, reason, "FINAL", 7, None, NOW)
    return Published("toy", "390001", measure.id, period, 1, *figures)


@pytest.mark.parametrize(
    ("form", "chart"),
    [(Form.SHARE, Kind.P), (Form.RATE, Kind.U_PRIME), (Form.STANDARDIZED, Kind.U_PRIME), (Form.RATIO, None)],
)
def test_the_form_of_a_figure_decides_its_chart_and_what_shares_its_data_has_none(
    form: Form, chart: Kind | None
) -> None:
    assert chart_of(replace(RATE, form=form)) is chart
    assert chart_of(replace(RATE, form=form, spans=2)) is None


@pytest.mark.parametrize(
    ("period", "like", "charted"),
    [
        ("2018Q1", "2016Q1", True),
        ("2018-03", "2016-01", True),
        ("2018-03", "2016Q1", False),
        ("2018Q1", "2016-01", False),
        ("2018", "2016Q1", False),
        ("2018-01-01/2018-03-31", "2016-01", False),
        ("2018-01-01/2018-03-31", "2016Q1", False),
    ],
)
def test_a_chart_takes_periods_of_the_kind_its_baseline_is_of(period: str, like: str, charted: bool) -> None:
    assert (point_of(RATE, published(RATE, period), like) is not None) is charted


def test_a_point_is_events_in_their_exposure_and_one_that_cannot_be_computed_has_none() -> None:
    ratio = replace(RATE, form=Form.STANDARDIZED)
    plain, told = point_of(RATE, published(RATE), "2016Q1"), point_of(ratio, published(ratio), "2016Q1")
    empty = point_of(ratio, published(ratio, reason=TOO_FEW), "2016Q1")
    assert plain is not None
    assert told is not None
    assert empty is not None
    assert (plain.events, plain.exposure, plain.revision) == (5, Fraction(2_500_000), 7)
    assert told.value == Fraction(2)  # of 2.5 predicted
    assert (empty.events, empty.exposure, empty.counts) == (0, Fraction(0), False)
