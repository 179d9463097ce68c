"""Interrupted series against the worked example and statsmodels, and what they cannot be made of."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from services.measures.domain import periods
from services.measures.domain.methods import hac
from services.measures.domain.methods.effects import Wording
from services.measures.domain.methods.series import Interrupted, interrupted

SEASON = (0.10, -0.10, -0.05, 0.05)


def quarters(values: list[float], first: str = "2004Q1") -> list[tuple[str, float]]:
    return [(periods.shift(first, number), value) for number, value in enumerate(values)]


# Measures research §8.5: 24 quarters, the intervention from the thirteenth on.
WORKED = quarters(
    [15.2 - 0.01 * t - (0.30 + 0.05 * (t - 12)) * (t > 12) + SEASON[(t - 1) % 4] for t in range(1, 25)],
)


def terms(found: Interrupted) -> list[float]:
    return [one.estimate for one in (found.level, found.slope, found.change, found.change_of_slope)]


def errors(found: Interrupted) -> list[float | None]:
    return [one.error for one in (found.level, found.slope, found.change, found.change_of_slope)]


def test_without_seasons_the_worked_example_has_its_terms_and_errors() -> None:
    found = interrupted(WORKED, "2007Q1", seasons=False)
    assert terms(found) == pytest.approx([15.2068, -0.0110, -0.2874, -0.0500], abs=5e-5)
    assert errors(found) == pytest.approx([0.0226, 0.0028, 0.0284, 0.0039], abs=5e-5)


def test_with_seasons_what_was_planted_is_found_exactly() -> None:
    found = interrupted(WORKED, "2007Q1")
    assert terms(found) == pytest.approx([15.2, -0.01, -0.30, -0.05], abs=1e-9)
    assert found.at_end.estimate == pytest.approx(-0.90, abs=1e-9)
    assert (found.before, found.after) == (12, 12)


def test_a_series_alone_speaks_of_association() -> None:
    assert interrupted(WORKED, "2007Q1").change.wording is Wording.ASSOCIATION


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(16, 40), st.integers(6, 9), st.integers(0, 5), st.booleans())
def test_terms_and_errors_are_those_of_statsmodels(seed: int, size: int, before: int, lag: int, seasons: bool) -> None:
    values = np.random.default_rng(seed).normal(15, 1, size)
    found = interrupted(quarters([float(value) for value in values]), f"{2004 + before // 4}Q{before % 4 + 1}",
                        seasons=seasons, lag=lag)  # fmt: skip
    t = np.arange(1, size + 1)
    post = (t > before).astype(float)
    columns = [np.ones(size), t, post, (t - before) * post]
    if seasons:
        columns += [((t - 1) % 4 == season) * 1.0 - ((t - 1) % 4 == 0) for season in (1, 2, 3)]
    design = np.column_stack(columns)
    oracle = sm.OLS(values, design).fit(cov_type="HAC", cov_kwds={"maxlags": lag})
    assert terms(found) == pytest.approx(list(oracle.params[:4]), abs=1e-6)
    assert errors(found) == pytest.approx(list(oracle.bse[:4]), abs=1e-6)
    end = [0.0, 0.0, 1.0, float(size - before), *[0.0] * (len(columns) - 4)]
    assert found.at_end.error == pytest.approx(float(oracle.t_test(end).sd[0, 0]), abs=1e-6)


def test_limits_are_wider_than_normal_ones_where_the_series_is_short() -> None:
    values = np.random.default_rng(5).normal(15, 1, 24)
    found = interrupted(quarters([float(value) for value in values]), "2007Q1").change
    assert found.error is not None
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low > 2 * 1.96 * found.error
    assert found.high - found.estimate == pytest.approx(found.estimate - found.low)


@pytest.mark.parametrize("lag", [0, 4])
@pytest.mark.parametrize(
    ("values", "together"),
    [([t % 2 for t in range(20)], False), ([math.sin(t / 2) for t in range(20)], True)],  # zigzag; slow waves
)
def test_limits_are_those_of_the_working_model_written_out_in_matrices(
    values: list[float], together: bool, lag: int
) -> None:
    # With lag 0 and errors apart it is Bell and McCaffrey's correction of White's covariance.
    size, x = 20, np.column_stack([np.ones(20), np.arange(20)])
    maker = np.eye(size) - x @ np.linalg.inv(x.T @ x) @ x.T
    rest = maker @ np.array(values)
    rho = rest[1:] @ rest[:-1] / (rest @ rest) - np.trace(maker, 1) / (size - 2)
    rho = min(0.9, max(0.0, rho * size / (size - 2)))
    assert (rho > 0) is together
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    errors = rho**apart
    pull = (np.linalg.inv(x.T @ x) @ x.T)[1]
    form = maker @ (np.outer(pull, pull) * np.maximum(0, 1 - apart / (lag + 1))) @ maker
    mean = np.trace(form @ errors)
    degrees = int(mean**2 / np.trace(form @ errors @ form @ errors))
    wanted = stats.t.ppf(0.975, degrees) * np.sqrt(values @ form @ values * (pull @ errors @ pull) / mean)
    _, width = hac.fit([[1.0, float(t)] for t in range(size)], values, lag).uncertainty([0.0, 1.0])
    assert width == pytest.approx(float(wanted), rel=1e-6)


def test_months_have_a_season_of_their_own() -> None:
    months = [(periods.shift("2014-01", t), 10 + (t % 12) ** 2 - 2.0 * (t >= 24)) for t in range(48)]
    found = interrupted(months, "2016-01")
    assert [found.change.estimate, found.slope.estimate] == pytest.approx([-2, 0], abs=1e-9)


@pytest.mark.parametrize(
    ("values", "first_after", "rule"),
    [
        (WORKED, "2012Q1", "period 2012Q1: the first with the intervention"),
        (WORKED, "2004Q3", "needs 4 periods before"),
        (WORKED, "2009Q3", "and 4 from the intervention on"),
        (WORKED[:5] + WORKED[6:], "2007Q1", "period 2005Q3: 2005Q2 should follow 2005Q1"),
        (WORKED[::-1], "2007Q1", "should follow"),
        (WORKED[8:16], "2007Q1", "a model of 7 terms needs more than 8 periods, there are 8"),
        ([("2004Q1R4", 1.0)] * 20, "2004Q1R4", "four quarters share"),
        ([], "2004Q1", "is not among the values"),
    ],
)
def test_what_is_no_interrupted_series_says_why(values: list[tuple[str, float]], first_after: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        interrupted(values, first_after)


def test_a_lag_beyond_the_series_is_refused() -> None:
    with pytest.raises(ValueError, match="the lag"):
        interrupted(WORKED, "2007Q1", lag=24)


def test_terms_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot tell"):
        hac.fit([[1.0, 2.0, 2.0]] * 9, [1.0] * 9)
    with pytest.raises(ValueError, match="cannot tell"):
        hac.fit([[1.0, 0.0]] * 9, [1.0] * 9)


def test_residuals_of_nothing_do_not_correlate() -> None:
    assert hac.autocorrelation([0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]], 1) == 0
