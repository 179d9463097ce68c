"""Least squares of a series with Newey and West's covariance, and limits that hold for short series too."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from services.measures.domain.methods import linear
from services.measures.domain.methods.linear import Matrix, Vector, dot
from services.measures.domain.quantiles import student

LAG = 4
MOST_CORRELATED = 0.9


@dataclass(frozen=True, slots=True)
class Fit:
    """``leverage`` turns values into coefficients, ``remaining`` values into residuals; both row by row."""

    coefficients: Vector
    residuals: Vector
    leverage: Matrix
    remaining: Matrix
    lag: int

    def uncertainty(self, weights: Sequence[float]) -> tuple[float, float]:
        """Newey and West's error of a weighted sum of coefficients, and half the width of its 95 % interval."""
        pull = linear.times(linear.transposed(self.leverage), weights)
        kernel = [
            [one * other * max(0.0, 1 - abs(i - j) / (self.lag + 1)) for j, other in enumerate(pull)]
            for i, one in enumerate(pull)
        ]
        variance = max(0.0, linear.quadratic(self.residuals, kernel))
        bias, degrees = self._working(pull, kernel)
        return math.sqrt(variance), student(0.95, degrees) * math.sqrt(variance / bias)

    def _working(self, pull: Vector, kernel: Matrix) -> tuple[float, int]:
        """The part of the true variance that the estimate has on average, and its degrees of freedom, rounded down,
        if errors are autoregressive as the residuals say."""
        size = len(pull)
        rho = autocorrelation(self.residuals, self.remaining, size - round(_trace(self.remaining)))
        powers = [rho**apart for apart in range(size)]
        errors = [[powers[abs(i - j)] for j in range(size)] for i in range(size)]
        form = linear.product(linear.product(self.remaining, kernel), self.remaining)
        spread = linear.product(form, errors)
        mean, square = _trace(spread), _trace_of_square(spread)
        return mean / linear.quadratic(pull, errors), max(1, int(mean * mean / square))


def fit(design: Matrix, values: Sequence[float], lag: int = LAG) -> Fit:
    """Fit by least squares; raises ValueError for too few values or terms that cannot be told apart."""
    size, terms = len(values), len(design[0])
    if size <= terms + 1:
        raise ValueError(f"a model of {terms} terms needs more than {terms + 1} periods, there are {size}")
    if not 0 <= lag < size:
        raise ValueError("the lag is at least 0 and less than the number of periods")
    columns = linear.transposed(design)
    leverage = linear.product(linear.inverse(linear.product(columns, design)), columns)
    coefficients = linear.times(leverage, values)
    fitted = linear.times(design, coefficients)
    hat = linear.product(design, leverage)
    remaining = [[float(i == j) - hat[i][j] for j in range(size)] for i in range(size)]
    return Fit(coefficients, [y - f for y, f in zip(values, fitted, strict=True)], leverage, remaining, lag)


def autocorrelation(residuals: Vector, remaining: Matrix, terms: int) -> float:
    """The correlation of neighbouring errors, from 0 to 0.9: that of the residuals, less what fitting alone gives."""
    squares = dot(residuals, residuals)
    if not squares:
        return 0.0
    found = math.fsum(one * later for one, later in itertools.pairwise(residuals)) / squares
    size = len(residuals)
    by_fitting = math.fsum(remaining[i][i + 1] for i in range(size - 1)) / _trace(remaining)
    return min(MOST_CORRELATED, max(0.0, (found - by_fitting) * size / (size - terms)))


def _trace(matrix: Matrix) -> float:
    return math.fsum(matrix[place][place] for place in range(len(matrix)))


def _trace_of_square(matrix: Matrix) -> float:
    return sum(sum(map(mul, row, column)) for row, column in zip(matrix, zip(*matrix, strict=True), strict=True))
