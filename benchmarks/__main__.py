"""Runs every benchmark, each in a process of its own, and prints their lines of JSON: python -m benchmarks"""

import subprocess
import sys
from typing import Final

BENCHES: Final = (
    "benchmarks.bulk",
    "benchmarks.claims",
    "benchmarks.events",
    "benchmarks.facilities",
    "benchmarks.growth",
    "benchmarks.notices",
    "benchmarks.packs",
    "benchmarks.targets",
    "benchmarks.timers",
    "benchmarks.year",
    "benchmarks.platform",
)


def main() -> None:
    """Exit status 1 when one of them failed; the others are run all the same."""
    failed = [name for name in BENCHES if subprocess.run([sys.executable, "-m", name], check=False).returncode]
    for name in failed:
        sys.stderr.write(f"{name} failed\n")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
