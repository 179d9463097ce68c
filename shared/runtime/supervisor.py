"""The whole platform on one machine: stack, mailbox and services as child processes that are watched."""

import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.cli.servers import ensure_topics, migrate_services
from shared.runtime.settings import Settings
from shared.stack import plan
from shared.stack.embedded import EmbeddedStack
from shared.stack.ports import Ports
from shared.stack.process import ServerProcess, ServerSpec

SERVICES: Final = plan.SERVICES
FIRST_DELAY: Final = 0.5
LONGEST_DELAY: Final = 30.0
STEADY_SECONDS: Final = 60.0
STOP: Final = ((signal.SIGTERM, 100.0),)  # above a service's own drain times: four of 20 s


@dataclass(slots=True)
class Child:
    """One process under watch. ``restarts`` counts how often it had to be started again."""

    spec: ServerSpec
    process: ServerProcess
    started: float
    delay: float = FIRST_DELAY
    due: float | None = None
    restarts: int = 0


class Platform:
    """Starts everything in order, restarts what ends by itself, stops everything in the reverse order."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.stack = EmbeddedStack(folder)
        self.children: dict[str, Child] = {}
        self._environment = dict(environment or {})

    @property
    def mailbox_folder(self) -> Path:
        """Where delivered mail can be read."""
        return self.stack.layout.root / "mailbox"

    def start(self) -> None:
        """Start and provision; returns when every process was started (not: is ready)."""
        self.stack.start()
        try:
            for note in self.stack.layout.run.glob("service-*.json"):
                note.unlink()
            self.prepare()
            self.start_mailbox()
            for service in SERVICES:
                self.start_service(service)
        except BaseException:
            self.stop()
            raise

    def settings(self) -> Settings:
        """Settings of a process of this platform."""
        return Settings(data_dir=self.stack.layout.root).with_stack()

    def prepare(self) -> None:
        """Keys, topics, access rules, schemas; repeating it changes nothing."""
        settings = self.settings()
        plan.ensure_keys(self.stack.layout.secrets)
        ensure_topics(settings)
        migrate_services(settings, SERVICES)

    def start_mailbox(self) -> None:
        """The local mail server."""
        port = self._port("mailbox")
        self._environment["QIO_NOTIFICATIONS_SMTP_PORT"] = str(port)
        argv = ["-m", "shared.stack.mailbox", "--dir", str(self.mailbox_folder), "--port", str(port)]
        self._start("mailbox", argv, {})

    def start_service(self, service: str, extra: Mapping[str, str] | None = None) -> None:
        """One of the four services."""
        port = {"QIO_HTTP_PORT": str(self._port(service))}
        self._start(service, ["-m", f"services.{service}"], {**port, **(extra or {})})

    def watch(self) -> None:
        """Look once after every child: one that ended is started again after a growing delay."""
        now = time.monotonic()
        for child in self.children.values():
            if child.process.running():
                continue
            if child.due is None:
                steady = now - child.started > STEADY_SECONDS
                child.delay = FIRST_DELAY if steady else min(child.delay * 2, LONGEST_DELAY)
                child.due = now + child.delay
            elif now >= child.due:
                child.process.stop()  # it has ended; this gives its pipe back
                child.process = ServerProcess(child.spec)
                child.started, child.due = now, None
                child.restarts += 1

    def stop(self) -> None:
        """Services first, so that they drain into a living stack; idempotent."""
        for child in self.children.values():
            child.process.send(signal.SIGTERM)
        for name in reversed(list(self.children)):
            self.children.pop(name).process.stop()
        self.stack.stop()

    def _port(self, name: str) -> int:
        """The same port for the same child in every run, as long as it is free."""
        return Ports(self.stack.layout.run / "service-ports.json").take((name,))[name]

    def _start(self, name: str, arguments: list[str], extra: Mapping[str, str]) -> None:
        environment = {
            "QIO_NOTIFICATIONS_LETTERS_FOLDER": str(self.stack.layout.root / "letters"),
            **os.environ,
            "QIO_DATA_DIR": str(self.stack.layout.root),
            "QIO_INSTANCE": "0",
            **self._environment,
            **extra,
        }
        spec = ServerSpec(
            name=name,
            argv=[sys.executable, *arguments],
            env=environment,
            cwd=Path.cwd(),
            log=self.stack.layout.logs / f"{name}.log",
            stop=STOP,
        )
        self.children[name] = Child(spec, ServerProcess(spec), time.monotonic())
