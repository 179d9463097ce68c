"""Tables of DRG weights are read by fiscal year; a bad line is named. The weights here are made up."""

import datetime as dt
from decimal import Decimal

import pytest

from services.complaints.domain.payment.weights import DrgWeights, WeightsUnusable, fiscal_year, read_weights


def test_a_weight_holds_for_the_federal_fiscal_year_of_the_discharge() -> None:
    table = read_weights(["drg,fiscal_year,weight,title", "291,2026,1.5,made up", "291,2027,1.25,made up"])
    assert table.weight("291", dt.date(2026, 9, 30)) == Decimal("1.5")
    assert table.weight("291", dt.date(2026, 10, 1)) == Decimal("1.25")
    assert table.weight("291", dt.date(2027, 10, 1)) is None
    assert DrgWeights().weight("291", dt.date(2026, 9, 30)) is None
    assert (fiscal_year(dt.date(2025, 10, 1)), fiscal_year(dt.date(2026, 1, 1))) == (2026, 2026)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "line 1: the header"),
        (["fiscal_year,drg"], "line 1: the header"),
        (["fiscal_year,drg,weight", "26,291,1.5"], "line 2: fiscal_year"),
        (["fiscal_year,drg,weight", "2026,29,1.5"], "line 2: drg"),
        (["fiscal_year,drg,weight", "2026,291,0"], "line 2: weight"),
        (["fiscal_year,drg,weight", "2026,291,NaN"], "line 2: weight"),
        (["fiscal_year,drg,weight", "2026,291"], "line 2: weight"),
        (["fiscal_year,drg,weight", "2026,291,1.5", "2026,291,1.6"], "line 3: a second, different"),
    ],
)
def test_a_bad_line_is_named(lines: list[str], why: str) -> None:
    with pytest.raises(WeightsUnusable, match=why):
        read_weights(lines)


def test_the_same_line_twice_is_no_harm() -> None:
    assert len(read_weights(["fiscal_year,drg,weight", "2026,291,1.5", "2026,291,1.50"]).weights) == 1
