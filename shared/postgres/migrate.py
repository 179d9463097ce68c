"""Migrations: Alembic with plain SQL, one version table per schema, run by the schema's owner under a lock."""

import asyncio
from pathlib import Path
from typing import Final

from alembic import command, op
from alembic.config import Config

import shared.messaging
import shared.records

SERVICES: Final = ("recruitment", "measures", "complaints", "notifications")
MESSAGING_TABLES: Final = (Path(shared.messaging.__file__).parent / "sql" / "tables.sql").read_text()
RECORDS: Final = (Path(shared.records.__file__).parent / "sql" / "record.sql").read_text()

_ENVIRONMENT = Path(__file__).parent / "alembic"
_ROOT = Path(__file__).parents[2]


def run_script(sql: str) -> None:
    """Execute a script of several statements in the migration's transaction; for use inside a revision."""
    driver = op.get_bind().connection.dbapi_connection
    if driver is None:
        raise RuntimeError("migrations need a live connection")
    driver.run_async(lambda conn: conn.execute(sql))


def migrate(service: str, dsn: str, revision: str = "head") -> None:
    """Bring a service's schema to ``revision``; repeating it changes nothing. ``dsn`` is the owner's.

    Blocking, and runs a loop of its own: call it from a thread beside a running loop.
    """
    config = Config()
    config.set_main_option("script_location", str(_ENVIRONMENT))
    config.set_main_option("version_locations", str(_ROOT / "services" / service / "migrations" / "versions"))
    config.set_main_option("path_separator", "os")
    config.attributes["service"] = service
    config.attributes["dsn"] = dsn
    command.upgrade(config, revision)


async def migrate_all(dsns: dict[str, str]) -> None:
    """Migrate several services, one after another, from inside a running loop."""
    for service, dsn in dsns.items():
        await asyncio.to_thread(migrate, service, dsn)
