"""The embedded PostgreSQL cluster: made once, recognised and given its settings at every start."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import psutil

from shared.stack.endpoints import POSTGRES_ADMIN
from shared.stack.errors import StackError
from shared.stack.postgres_user import ServerUser

HOST = "127.0.0.1"
MAJOR_VERSION = "18"
_INITDB_SECONDS = 120.0
_REMAINS_SECONDS = 30.0

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


def prepare_cluster(data: Path, programs: Path, user: ServerUser | None, admin_password: str) -> None:
    """Make the cluster or recognise the one that is there, and write the settings of this version.

    Raises:
        StackError: the folder is broken or of another version, or could not be made.
    """
    if data.exists():
        _recognise(data)
    else:
        _initialise(data, programs, user, admin_password)
    (data / _SETTINGS_FILE).write_text("".join(f"{name} = '{value}'\n" for name, value in _SETTINGS.items()))
    _clear_remains(data)


def pid_file(data: Path) -> list[str]:
    """The lines of the server's pid file, none when there is none; the eighth is its state."""
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def environment() -> dict[str, str]:
    """A clean environment: PGDATA and the like of the machine must not change the server."""
    return {"PATH": os.defpath, "TZ": "UTC", "LC_ALL": "C"}


def _initialise(data: Path, programs: Path, user: ServerUser | None, admin_password: str) -> None:
    # Made beside its place and moved in, so that one cut short leaves nothing to misread.
    draft = data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    password_file = data.with_name("initial-password")
    password_file.touch(mode=0o600)
    if user is not None:
        os.chown(password_file, user.uid, user.gid)
    password_file.write_text(admin_password)
    try:
        _run_initdb(programs, draft, password_file, user)
    finally:
        password_file.unlink()
    with (draft / "postgresql.conf").open("a") as stream:
        stream.write(f"include = '{_SETTINGS_FILE}'\n")
    (draft / "pg_hba.conf").write_text(_HBA)
    draft.rename(data)


def _clear_remains(data: Path) -> None:
    """After a crash: wait for the last server processes on these data, then remove the pid file they left.

    A killed postmaster's processes end by themselves within moments. Its number in the pid file may by now be a zombie
    or another program; the server would refuse to start for it. The file also guards against living processes of the
    old server, so it goes only when there is none.
    """
    deadline = time.monotonic() + _REMAINS_SECONDS
    while remaining := _server_processes(data):
        if time.monotonic() > deadline:
            raise StackError(
                f"PostgreSQL processes of an earlier run still use {data}: {', '.join(map(str, remaining))}. "
                "End them and retry."
            )
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _server_processes(data: Path) -> list[int]:
    """Living processes of a server on these data: each has the data folder as its current one."""
    found = []
    for process in psutil.process_iter(["name"]):
        try:
            if process.info["name"] == "postgres" and process.cwd() == str(data):
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return found


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
            env=environment(),
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
