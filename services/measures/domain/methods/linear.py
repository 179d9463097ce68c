"""The little linear algebra that regressions of some dozen periods need: rows of lists, and no library for it."""

import math
from collections.abc import Sequence
from operator import mul

Matrix = list[list[float]]
Vector = list[float]
SMALLEST_PIVOT = 1e-10  # of a column scaled to 1; less left of it says that the others add up to it


def product(left: Matrix, right: Matrix) -> Matrix:
    """The matrix product."""
    columns = list(zip(*right, strict=True))
    return [[sum(map(mul, row, column)) for column in columns] for row in left]


def transposed(matrix: Matrix) -> Matrix:
    """Rows for columns."""
    return [list(column) for column in zip(*matrix, strict=True)]


def times(matrix: Matrix, vector: Sequence[float]) -> Vector:
    """Matrix times vector."""
    return [dot(row, vector) for row in matrix]


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """The inner product."""
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def quadratic(vector: Sequence[float], matrix: Matrix) -> float:
    """The vector times the matrix times the vector."""
    return dot(vector, times(matrix, vector))


def inverse(symmetric: Matrix) -> Matrix:
    """The inverse of a symmetric positive definite matrix; raises ValueError if its columns depend on each other."""
    size = len(symmetric)
    if any(symmetric[place][place] <= 0 for place in range(size)):
        raise ValueError("the data cannot tell the terms of the model apart")
    scale = [1 / math.sqrt(symmetric[place][place]) for place in range(size)]
    rows = [
        [symmetric[i][j] * scale[i] * scale[j] for j in range(size)] + [float(i == j) for j in range(size)]
        for i in range(size)
    ]
    for place in range(size):
        pivot = rows[place][place]
        if pivot < SMALLEST_PIVOT:
            raise ValueError("the data cannot tell the terms of the model apart")
        rows[place] = [value / pivot for value in rows[place]]
        for other in range(size):
            factor = rows[other][place]
            if other != place and factor:
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[place], strict=True)]
    return [[rows[i][size + j] * scale[i] * scale[j] for j in range(size)] for i in range(size)]
