"""What an operator does to a platform under test: commands, most as processes, and a schema that is lost."""

import asyncio
import os
import subprocess
import sys
from importlib.metadata import entry_points
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from typer.testing import CliRunner

from shared.cli.main import GROUP
from shared.postgres.migrate import migrate
from shared.stack.endpoints import POSTGRES_ADMIN
from shared.stack.provision import ensure_database, roles
from tests.support.platform import Trial


def qio(trial: Trial, *arguments: str) -> "subprocess.Popen[str]":
    """The command as a process of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QIO_")}
    return subprocess.Popen(
        [sys.executable, "-c", "from shared.cli.main import main; main()", *arguments],
        env={**environment, "QIO_DATA_DIR": str(trial.settings.data_dir), "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


async def asked(trial: Trial, name: str, *arguments: str) -> tuple[int, str, str]:
    """The command within this process, which spares the second that one of its own takes to start; one at a time."""
    (point,) = entry_points(group=GROUP, name=name)
    environment = {"QIO_DATA_DIR": str(trial.settings.data_dir), "NO_COLOR": "1"}
    found = await asyncio.to_thread(CliRunner().invoke, point.load(), arguments, env=environment)
    return found.exit_code, found.stdout, found.stderr or repr(found.exception)


async def ended(process: "subprocess.Popen[str]", seconds: float = 240) -> tuple[int, str, str]:
    """Exit status and what was said."""
    out, err = await asyncio.to_thread(process.communicate, timeout=seconds)
    return process.returncode, out, err


async def lose_schema(trial: Trial, service: str) -> None:
    """Drop the schema with everything in it, and make it anew as provisioning and migrating do."""
    settings = trial.settings
    parts = urlsplit(settings.dsn(POSTGRES_ADMIN))
    conn = await asyncpg.connect(urlunsplit(parts))
    await conn.execute(f"DROP SCHEMA {service} CASCADE")
    await conn.close()
    passwords = {role: settings.secret(role) for role in roles()}
    admin = urlunsplit(parts._replace(path="/postgres"))
    await asyncio.to_thread(ensure_database, admin, passwords, parts.path.removeprefix("/"))
    await asyncio.to_thread(migrate, service, settings.dsn(f"qio_{service}_owner"))
