"""The stack in containers, for tests when QIO_TEST_STACK=containers: the same surface as `EmbeddedStack`.

Not run where this project is developed, for want of a container engine: type-checked, and seen to say so plainly.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from docker.errors import DockerException
from testcontainers.core.container import DockerContainer

from shared.stack import admin, jars
from shared.stack.endpoints import KAFKA_ADMIN, POSTGRES_ADMIN, Endpoints, kafka_sign_in, postgres_dsn
from shared.stack.errors import StackError
from shared.stack.kafka_config import server_properties
from shared.stack.layout import Marker
from shared.stack.ports import Ports
from shared.stack.provision import DATABASE, PRINCIPALS, ensure_database, roles
from shared.stack.secrets import SecretFiles

POSTGRES_IMAGE = "postgres:18"

_HOST = "127.0.0.1"
_START_SECONDS = 120.0
_NAMES = ("kafka", "kafka_controller", "postgres")
_PROPERTIES = "/tmp/server.properties"  # noqa: S108 - inside the container
_DATA = Path("/tmp/qio-kafka")  # noqa: S108 - inside the container
_KAFKA_SCRIPT = f"""\
test -e {_DATA}/meta.properties || /opt/kafka/bin/kafka-storage.sh format \
    -c {_PROPERTIES} -t "$QIO_CLUSTER" --add-scram "$QIO_SCRAM" >/dev/null || exit 1
exec /opt/kafka/bin/kafka-server-start.sh {_PROPERTIES}
"""


class ContainerServer:
    """One container; its data survive kill and restart, as the embedded servers' do."""

    def __init__(self, container: DockerContainer) -> None:
        self._container = container
        self._made = False

    def start(self) -> None:
        """Start, at first or again after `stop` or `kill`."""
        if self._made:
            self._container.get_wrapped_container().start()
        else:
            self._container.start()
            self._made = True

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """Stop in order; `immediate` is a kill."""
        if mode == "immediate":
            self.kill()
        else:
            self._container.get_wrapped_container().stop()

    def kill(self) -> None:
        """SIGKILL."""
        self._container.get_wrapped_container().kill()

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Suspend all its processes."""
        self._container.get_wrapped_container().pause()

    def thaw(self) -> None:
        """Let it go on after `freeze`."""
        self._container.get_wrapped_container().unpause()

    def remove(self) -> None:
        """Remove the container with its data; idempotent."""
        if self._made:
            self._container.stop()
            self._made = False


class ContainerStack:
    """Kafka and PostgreSQL in containers on loopback ports, provisioned; removed by `stop`."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="qio-")
        self._ports = Ports(Path(self._folder.name) / "ports.json").take(_NAMES)
        self.secrets = SecretFiles(Path(self._folder.name) / "secrets")
        try:
            self.kafka = ContainerServer(self._kafka_container())
            self.postgres = ContainerServer(self._postgres_container())
        except DockerException as error:
            self._folder.cleanup()
            raise StackError(
                "QIO_TEST_STACK=containers, but no container engine answers. Start one, or unset the variable to use "
                "the embedded stack."
            ) from error

    @property
    def endpoints(self) -> Endpoints:
        """Addresses and secrets."""
        bootstrap = f"{_HOST}:{self._ports['kafka']}"
        return Endpoints(bootstrap, _HOST, self._ports["postgres"], DATABASE, self.secrets.folder)

    def start(self) -> Endpoints:
        """Start and provision both.

        Raises:
            StackError: they did not start in time.
        """
        self.kafka.start()
        self.postgres.start()
        passwords = {role: self.secrets.ensure(role) for role in roles()}
        _patiently(lambda: ensure_database(self._admin_dsn(), passwords))
        client = admin.connect(kafka_sign_in(self.endpoints.kafka_bootstrap, KAFKA_ADMIN, self._password(KAFKA_ADMIN)))
        admin.await_broker(client, _START_SECONDS)
        admin.ensure_users(client, {name: self._password(name) for name in PRINCIPALS})
        return self.endpoints

    def stop(self) -> None:
        """Remove both containers and the secrets; idempotent."""
        self.kafka.remove()
        self.postgres.remove()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _password(self, name: str) -> str:
        return self.secrets.ensure(name)

    def _admin_dsn(self) -> str:
        return postgres_dsn(_HOST, self._ports["postgres"], POSTGRES_ADMIN, self._password(POSTGRES_ADMIN), "postgres")

    def _kafka_container(self) -> DockerContainer:
        port, controller = self._ports["kafka"], self._ports["kafka_controller"]
        password = self._password(KAFKA_ADMIN)
        properties = server_properties(_DATA, port, controller, password, listen="0.0.0.0")  # noqa: S104
        version = jars.Pins.load().endpoint.split("+")[0].rsplit(":", 1)[1]
        container = DockerContainer(f"apache/kafka:{version}")
        # The engine takes an address with the port; testcontainers' own type knows ports only.
        container.ports[f"{port}/tcp"] = (_HOST, port)  # type: ignore[assignment]
        container.with_copy_into_container(properties.encode(), _PROPERTIES, 0o644)
        container.with_env("QIO_CLUSTER", Marker.new().kafka_cluster_id)
        container.with_env("QIO_SCRAM", f"SCRAM-SHA-512=[name={KAFKA_ADMIN},password={password}]")
        return container.with_kwargs(entrypoint=["/bin/bash", "-c", _KAFKA_SCRIPT])

    def _postgres_container(self) -> DockerContainer:
        container = DockerContainer(POSTGRES_IMAGE)
        container.ports["5432/tcp"] = (_HOST, self._ports["postgres"])  # type: ignore[assignment]
        container.with_env("POSTGRES_USER", POSTGRES_ADMIN)
        container.with_env("POSTGRES_PASSWORD", self._password(POSTGRES_ADMIN))
        container.with_env("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --encoding=UTF8 --locale=C")
        return container.with_command(["postgres", "-c", "max_connections=200", "-c", "shared_buffers=256MB"])


def _patiently(prepare: Callable[[], None]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            return prepare()
        except StackError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.5)
