"""Stacks and databases for tests: short folders, sure removal, embedded or in containers."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from uuid import uuid4

from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import POSTGRES_ADMIN, Endpoints
from shared.stack.provision import drop_database, ensure_database, roles

if TYPE_CHECKING:
    from shared.stack.containers import ContainerStack

Stack: TypeAlias = "EmbeddedStack | ContainerStack"


@dataclass(frozen=True)
class Database:
    """A database of one test, with the schemas and roles of all services and no tables."""

    name: str
    endpoints: Endpoints

    def dsn(self, role: str = POSTGRES_ADMIN) -> str:
        """A URL for a role, such as `qio_measures_app`."""
        return self.endpoints.dsn(role, self.name)


@contextmanager
def short_folder() -> Iterator[Path]:
    """A data folder that PostgreSQL's user can reach (pytest's own are closed to it), removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="qio-"))
    try:
        yield folder
    finally:
        if (folder / "stack-marker.json").exists():
            EmbeddedStack(folder).erase()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_stack() -> Iterator[Stack]:
    """A stack of its own: embedded, or in containers when QIO_TEST_STACK=containers; gone afterwards."""
    if os.environ.get("QIO_TEST_STACK") == "containers":
        from shared.stack.containers import ContainerStack  # noqa: PLC0415 - needs its own packages

        with ContainerStack() as contained:
            yield contained
        return
    with short_folder() as folder, EmbeddedStack(folder) as stack:
        yield stack


@contextmanager
def fresh_database(endpoints: Endpoints) -> Iterator[Database]:
    """A new database on a running stack (about 0.2 s), dropped afterwards."""
    database = Database(f"qio_{uuid4().hex[:12]}", endpoints)
    admin = endpoints.dsn(database="postgres")
    ensure_database(admin, {role: endpoints.password(role) for role in roles()}, database.name)
    try:
        yield database
    finally:
        drop_database(admin, database.name)
