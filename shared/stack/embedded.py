"""The embedded stack of one data folder: a real Kafka and a real PostgreSQL as children that end with their owner."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from shared.stack import admin
from shared.stack.endpoints import KAFKA_ADMIN, POSTGRES_ADMIN, Endpoints, kafka_sign_in, postgres_dsn, write_stack_file
from shared.stack.errors import StackError
from shared.stack.kafka import EmbeddedKafka
from shared.stack.layout import Layout, Marker
from shared.stack.lock import FolderLock
from shared.stack.postgres import EmbeddedPostgres
from shared.stack.postgres_cluster import HOST
from shared.stack.provision import DATABASE, PRINCIPALS, ensure_database, roles
from shared.stack.secrets import SecretFiles

DEFAULT_FOLDER = Path(".qio")
_BROKER_SECONDS = 30.0

T = TypeVar("T")


class EmbeddedStack:
    """Kafka and PostgreSQL on loopback, provisioned; blocking calls, to be made from a thread beside an event loop.

    The servers end with this process, however it ends. Data stay in `folder` and are found again by the next start.
    """

    def __init__(self, folder: Path = DEFAULT_FOLDER) -> None:
        self.layout = Layout(folder.absolute())
        self.secrets = SecretFiles(self.layout.secrets)
        self._lock = FolderLock(self.layout)
        self._kafka: EmbeddedKafka | None = None
        self._postgres: EmbeddedPostgres | None = None
        self._provisioned = False

    @property
    def kafka(self) -> EmbeddedKafka:
        """The broker, to kill and restart in fault tests."""
        return _started(self._kafka)

    @property
    def postgres(self) -> EmbeddedPostgres:
        """The database server, to stop and start in fault tests."""
        return _started(self._postgres)

    @property
    def endpoints(self) -> Endpoints:
        """Addresses and secrets of the running stack."""
        return Endpoints(self.kafka.bootstrap, HOST, self.postgres.port, DATABASE, self.layout.secrets)

    def start(self) -> Endpoints:
        """Start and provision both servers side by side; about 4 s, at first some seconds more.

        Raises:
            AlreadyRunningError: another process owns the stack of this folder.
            StackError: something is missing or broken; the text says how to mend it. Nothing is left running.
        """
        marker = self.layout.open()
        self._lock.acquire()
        try:
            self._start_servers(marker)
            self._provisioned = True
            self._describe()
        except BaseException:
            self.stop()
            raise
        return self.endpoints

    def stop(self) -> None:
        """Stop both servers in order, within a bounded time; idempotent."""
        servers = [server for server in (self._kafka, self._postgres) if server is not None]
        if servers:
            self.layout.stack_file.unlink(missing_ok=True)
        try:
            with ThreadPoolExecutor(2) as pool:
                stops = [pool.submit(server.stop) for server in servers]
            for stop in stops:
                stop.result()
        finally:
            self._kafka = self._postgres = None
            self._provisioned = False
            self._lock.release()

    def erase(self) -> None:
        """Delete the data folder, also what lies outside it for want of reach; the stack must be stopped."""
        if not self.layout.root.exists():
            return
        self.layout.open()
        self._lock.acquire()
        try:
            if self.layout.postgres.is_symlink():
                shutil.rmtree(self.layout.postgres.resolve(), ignore_errors=True)
            shutil.rmtree(self.layout.root)
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _describe(self) -> None:
        """Write `run/stack.json` anew: after the first start, and whenever a server comes back."""
        if self._provisioned:
            servers: dict[str, EmbeddedKafka | EmbeddedPostgres] = {"kafka": self.kafka, "postgres": self.postgres}
            processes = {name: server.process for name, server in servers.items() if server.running()}
            write_stack_file(self.layout, self.endpoints, processes)

    def _start_servers(self, marker: Marker) -> None:
        lock = self._lock.descriptor
        self._kafka = EmbeddedKafka(self.layout, marker, self.secrets.ensure(KAFKA_ADMIN), lock, self._describe)
        self._postgres = EmbeddedPostgres(
            self.layout, marker, self.secrets.ensure(POSTGRES_ADMIN), lock, self._describe
        )
        with ThreadPoolExecutor(2) as pool:
            starts = [pool.submit(self._start_kafka), pool.submit(self._start_postgres)]
        for start in starts:
            start.result()

    def _start_kafka(self) -> None:
        self.kafka.start()
        sign_in = kafka_sign_in(self.kafka.bootstrap, KAFKA_ADMIN, self.secrets.read(KAFKA_ADMIN))
        client = admin.connect(sign_in)
        admin.await_broker(client, _BROKER_SECONDS)
        admin.ensure_users(client, {name: self.secrets.ensure(name) for name in PRINCIPALS})

    def _start_postgres(self) -> None:
        self.postgres.start()
        passwords = {role: self.secrets.ensure(role) for role in roles()}
        password = self.secrets.read(POSTGRES_ADMIN)
        ensure_database(postgres_dsn(HOST, self.postgres.port, POSTGRES_ADMIN, password, "postgres"), passwords)


def _started(server: T | None) -> T:
    if server is None:
        raise StackError("The stack has not been started.")
    return server
