"""The broker's jars: resolved from Maven coordinates by jgo, each checked against its committed SHA-256.

Run as a module to pin another version: `python -m shared.stack.jars 4.3.1` resolves afresh and rewrites `jars.json`.
"""

import fcntl
import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shared.stack.errors import StackError
from shared.stack.wheels import wheel

PINS = Path(__file__).with_name("jars.json")
LOG_BINDING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.3"


@dataclass(frozen=True)
class Pins:
    """What must be on the class path: the endpoint to resolve and the SHA-256 of every jar by file name."""

    endpoint: str
    sha256: dict[str, str]

    @staticmethod
    def load(path: Path = PINS) -> "Pins":
        """The committed pins."""
        stored = json.loads(path.read_text())
        return Pins(stored["endpoint"], stored["sha256"])


def class_path(pins: Pins) -> list[Path]:
    """The pinned jars, fetched when they are not cached yet (about 15 s), and all verified (about 0.1 s).

    Raises:
        StackError: a jar differs from its pin, is missing, or cannot be fetched.
    """
    with _cache_lock():
        jars = _resolve(pins.endpoint, update=False)
        if missing(pins, jars):
            # A build cut short leaves a cache that looks complete to jgo.
            jars = _resolve(pins.endpoint, update=True)
    absent = missing(pins, jars)
    if absent:
        raise StackError(
            f"The broker's jars are incomplete: {', '.join(absent)} could not be resolved. "
            "Check that Maven Central can be reached and retry."
        )
    chosen = [jars[name] for name in sorted(pins.sha256)]
    verify(pins, chosen)
    return chosen


def missing(pins: Pins, jars: dict[str, Path]) -> list[str]:
    """Names of pinned jars that were not resolved."""
    return sorted(name for name in pins.sha256 if name not in jars)


def verify(pins: Pins, jars: list[Path]) -> None:
    """Refuse any jar whose SHA-256 is not the pinned one.

    Raises:
        StackError: naming the jars.
    """
    wrong = [jar for jar in jars if _digest(jar) != pins.sha256.get(jar.name)]
    if wrong:
        raise StackError(
            f"{', '.join(str(jar) for jar in wrong)}: not the file this project was tested with (SHA-256 differs). "
            "Delete it, and its copy in the Maven cache, so that it is fetched again; if it differs again, beware."
        )


def cached(pins: Pins) -> dict[str, Path]:
    """The jars jgo holds for the endpoint, without fetching any."""
    names = set(pins.sha256)
    group, artifact = pins.endpoint.split(":")[:2]
    folder = _cache() / "envs" / Path(*group.split(".")) / artifact
    return {jar.name: jar for jar in folder.glob("*/*/*.jar") if jar.name in names}


def _resolve(endpoint: str, *, update: bool) -> dict[str, Path]:
    try:
        environment = wheel("jgo").build(endpoint, update=update)
    except Exception as error:  # jgo lets through what its HTTP and XML libraries raise
        raise StackError(
            f"The broker's jars could not be fetched ({type(error).__name__}). "
            "Check that Maven Central can be reached and retry."
        ) from error
    return {jar.name: jar for jar in environment.all_jars}


def _cache() -> Path:
    return Path(wheel("jgo").GlobalSettings.load().cache_dir)


@contextmanager
def _cache_lock() -> Iterator[None]:
    """One process at a time fills jgo's cache, which it does not guard itself."""
    folder = _cache()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "qio.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _digest(jar: Path) -> str:
    with jar.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _pin(version: str) -> None:
    # jgo would pick an older kafka-clients unless it is named beside the broker.
    coordinates = [f"org.apache.kafka:kafka_2.13:{version}", f"org.apache.kafka:kafka-clients:{version}", LOG_BINDING]
    endpoint = "+".join(coordinates)
    with _cache_lock():
        jars = _resolve(endpoint, update=True)
    pins = {"endpoint": endpoint, "sha256": {name: _digest(jars[name]) for name in sorted(jars)}}
    PINS.write_text(json.dumps(pins, indent=2) + "\n")


if __name__ == "__main__":
    _pin(sys.argv[1])
