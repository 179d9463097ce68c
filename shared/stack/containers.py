"""The stack in containers, for tests when QIO_TEST_STACK=containers: the same surface as `EmbeddedStack`.

Not run where this project is developed, for want of a container engine; it is type-checked only.
"""

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Literal

from shared.stack import admin
from shared.stack.endpoints import KAFKA_ADMIN, POSTGRES_ADMIN, Endpoints, kafka_sign_in, postgres_dsn
from shared.stack.errors import StackError
from shared.stack.kafka_config import server_properties
from shared.stack.layout import Marker
from shared.stack.ports import Ports
from shared.stack.provision import DATABASE, PRINCIPALS, ensure_database, roles
from shared.stack.secrets import SecretFiles

KAFKA_IMAGE = "apache/kafka:4.3.1"
POSTGRES_IMAGE = "postgres:18"
_HOST = "127.0.0.1"
_START_SECONDS = 120.0


class _Server:
    """One container whose data survive kill and restart, as the embedded servers' do."""

    def __init__(self, container: "DockerContainer") -> None:
        self._container = container

    def start(self) -> None:
        """Start, or start again after `stop` or `kill`."""
        wrapped = self._container.get_wrapped_container()
        if wrapped is None:
            self._container.start()
        else:
            wrapped.start()

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """Stop in order, or at once without any order."""
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

    def remove(self) -> None:
        """Remove the container with its data."""
        self._container.stop()
