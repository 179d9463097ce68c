"""What each process of a running platform holds in memory."""

import subprocess
import sys
from collections.abc import Mapping
from typing import Final

import psutil

from benchmarks.report import say
from shared.runtime.supervisor import Platform

_MIB: Final = 1024 * 1024
# The least a process can be that speaks to both servers: Python with the two drivers and a JSON library.
_BARE: Final = "import aiokafka, asyncpg, orjson, psutil; print(psutil.Process().memory_info().rss)"


def bare() -> float:
    """MiB of a process that has only imported the drivers."""
    ended = subprocess.run([sys.executable, "-c", _BARE], capture_output=True, text=True, check=True)
    return int(ended.stdout) / _MIB


def look(platform: Platform) -> dict[str, float]:
    """MiB of each process: resident for ours and Kafka, for PostgreSQL each page once over all its processes."""
    found = {name: _resident(child.process.id.pid) for name, child in platform.children.items()}
    found["kafka"] = _resident(platform.stack.kafka.process.pid)
    found["postgres"] = _shares(platform.stack.postgres.process.pid)
    return found


def tell(idle: Mapping[str, float], loaded: Mapping[str, float], load: str) -> None:
    """One line for each process; ``project`` is after the load."""
    least = bare()
    for name, figure in loaded.items():
        server = name in {"kafka", "postgres"}
        how = "proportional set of all its processes" if name == "postgres" else "resident set"
        say(
            f"memory of {name}",
            "MiB",
            figure,
            None if server else least,
            f"{how} after {load}; bare is Python with the drivers imported" if not server else f"{how} after {load}",
            idle=round(idle[name], 1),
        )


def _resident(pid: int) -> float:
    return float(psutil.Process(pid).memory_info().rss) / _MIB


def _shares(pid: int) -> float:
    """Shared pages are counted once, divided over those who share them (Linux); elsewhere resident sets."""
    total = 0
    parent = psutil.Process(pid)
    for process in (parent, *parent.children(recursive=True)):
        try:
            info = process.memory_full_info()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        total += getattr(info, "pss", info.rss)
    return total / _MIB
