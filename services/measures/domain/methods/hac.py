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
    """``leverage`` turns values into coefficients. ``errors`` is how errors go together if they are autoregressive as
    the residuals say, of variance 1; ``seen`` is how residuals then do."""

    coefficients: Vector
    residuals: Vector
    leverage: Matrix
    errors: Matrix
    seen: Matrix
    lag: int

    def uncertainty(self, weights: Sequence[float]) -> tuple[float, float]:
        """Newey and West's error of a weighted sum of coefficients, and half the width of its 95 % interval."""
        pull = linear.times(linear.transposed(self.leverage), weights)
        kernel = [
            [one * other * max(0.0, 1 - abs(i - j) / (self.lag + 1)) for j, other in enumerate(pull)]
            for i, one in enumerate(pull)
        ]
        variance = max(0.0, linear.quadratic(self.residuals, kernel))
        spread = linear.product(kernel, self.seen)
        mean, square = _trace(spread), _trace_of_square(spread)
        bias = mean / linear.quadratic(pull, self.errors)
        degrees = max(1, int(mean * mean / square))  # rounded down
        return math.sqrt(variance), student(0.95, degrees) * math.sqrt(variance / bias)


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
    residuals = [y - f for y, f in zip(values, fitted, strict=True)]
    powers = [autocorrelation(residuals, remaining, terms) ** apart for apart in range(size)]
    errors = [[powers[abs(i - j)] for j in range(size)] for i in range(size)]
    seen = linear.product(linear.product(remaining, errors), remaining)
    return Fit(coefficients, residuals, leverage, errors, seen, lag)


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
