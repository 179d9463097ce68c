"""How a benchmark says what it found: one line of JSON with the figure, the yardstick's, their ratio and how."""

import statistics
import sys
from collections.abc import Sequence

import orjson


def say(bench: str, unit: str, project: float, bare: float | None, how: str, **more: object) -> None:
    """Print one line; ``ratio`` is the project's figure over the yardstick's of the same run."""
    line = {
        "bench": bench,
        "unit": unit,
        "project": _short(project),
        "bare": None if bare is None else _short(bare),
        "ratio": None if not bare else round(project / bare, 3),
        "how": how,
        **more,
    }
    sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
    sys.stdout.flush()


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def _short(value: float) -> float:
    return round(value) if abs(value) >= 100 else round(value, 2)
