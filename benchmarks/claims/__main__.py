"""Runs both sides in turns and prints a JSON line for each batch size: python -m benchmarks.claims"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import orjson
import uvloop

from benchmarks.claims import bare, ours
from benchmarks.claims.payload import ORDERS
from benchmarks.claims.stage import prepare
from shared.runtime import collector
from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import Endpoints

BATCHES = (1000, 5000)


async def measure(endpoints: Endpoints, order: str, batches: tuple[int, ...], rounds: int) -> None:
    """Interleaved runs; the medians and their ratio."""
    stage = await prepare(endpoints, bare.TABLES, order)
    for batch in batches:
        project, yardstick, doubled = [], [], []
        for _ in range(rounds):
            yardstick.append(await bare.run(stage, batch))
            project.append(await ours.run(stage, batch))
            doubled.append(await ours.run(stage, batch, workers=2))
        figure, beside, two = (statistics.median(runs) for runs in (project, yardstick, doubled))
        line = {
            "bench": "claims to measures",
            "order": order,
            "batch": batch,
            "unit": "claims/s",
            "records": stage.claims,
            "project": round(figure),
            "bare": round(beside),
            "ratio": round(figure / beside, 3),
            "two_workers": round(two),
            "two_to_one": round(two / figure, 3),
            "two_ratio": round(two / beside, 3),
            "project_runs": [round(value) for value in project],
            "bare_runs": [round(value) for value in yardstick],
            "two_runs": [round(value) for value in doubled],
        }
        sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
        sys.stdout.flush()


def main() -> None:
    """Start a stack of its own, measure, remove it."""
    parser = argparse.ArgumentParser(description="Claims per second: the project beside a bare yardstick.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch", type=int, action="append")
    parser.add_argument("--order", choices=ORDERS, action="append")
    arguments = parser.parse_args()
    batches = tuple(arguments.batch or BATCHES)
    collector.settle()
    for order in arguments.order or ORDERS:
        # Not under the user's own temporary folder when that is closed to the database's user.
        stack = EmbeddedStack(Path(tempfile.mkdtemp(prefix="qio-bench-")))
        try:
            uvloop.run(measure(stack.start(), order, batches, arguments.rounds))
        finally:
            stack.stop()
            stack.erase()


if __name__ == "__main__":
    main()
