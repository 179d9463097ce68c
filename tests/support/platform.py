"""A platform under test: the real stack and services as child processes, which a test arms, kills and looks into."""

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import cached_property, partial
from typing import Any, Final

import asyncpg
import httpx
from aiokafka import ConsumerRecord

from shared.cli.audit import Audit, audit
from shared.cli.ready import wait_ready
from shared.contracts.catalog import TOPICS
from shared.runtime.settings import Settings
from shared.runtime.supervisor import SERVICES, Child, Platform
from shared.stack.process import ServerProcess
from shared.story.quiet import until_quiet
from tests.support.broker import read_topics
from tests.support.stack import short_folder

PATIENCE: Final = 120.0  # for anything that must happen at all; far above what it takes on an idle machine
# A sender that died holds its notices for the lease, so a short one lets a fault be seen to mend.
ENVIRONMENT: Final = {"QIO_NOTIFICATIONS_LEASE": "6", "QIO_NOTIFICATIONS_SMTP_TIMEOUT": "1.4"}


class Trial:
    """What a fault test does to a platform and reads from it. Nothing here restarts a service by itself."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    @cached_property
    def settings(self) -> Settings:
        """Settings as a process of the platform has them."""
        return self.platform.settings()

    # --- processes ----------------------------------------------------------------------------------------------

    def process(self, name: str) -> ServerProcess:
        """The child process of a service, or of another instance by its name."""
        return self.platform.children[name].process

    async def start(self, service: str, **extra: str) -> None:
        """Start a service (anew, when it runs); ``extra`` is environment, for example a crash point."""
        if service in self.platform.children:
            await asyncio.to_thread(self.process(service).stop)
        await asyncio.to_thread(self.platform.start_service, service, extra)

    async def start_another(self, service: str, instance: str, **extra: str) -> str:
        """Start a second process of a service beside the first; returns the name it has here."""
        name = f"{service}-{instance}"
        if name in self.platform.children:
            await self.stop(name)
        first = self.platform.children[service].spec
        environment = {**first.env, "QIO_INSTANCE": instance, "QIO_HTTP_PORT": "0", **extra}
        spec = replace(first, name=name, env=environment, log=first.log.with_name(f"{name}.log"))
        process = await asyncio.to_thread(ServerProcess, spec)
        self.platform.children[name] = Child(spec, process, time.monotonic())
        return name

    async def stop(self, name: str) -> None:
        """SIGTERM, and wait for the end; forgets a second process."""
        await asyncio.to_thread(self.process(name).stop)
        if name not in SERVICES:
            del self.platform.children[name]

    async def kill(self, service: str) -> None:
        """SIGKILL, and wait for its end."""
        process = self.process(service)
        process.send(signal.SIGKILL)
        await until(lambda: not process.running(), f"the end of {service}")

    async def ended(self, service: str, seconds: float = PATIENCE) -> int:
        """Wait for a service's end; its exit status."""
        process = self.process(service)
        await until(lambda: not process.running(), f"the end of {service}", seconds)
        status = process.exit_status()
        assert status is not None
        return status

    async def ready(self, *services: str) -> None:
        """Wait until these (else all) services say that they make progress, in the process that runs now."""
        for service in services or SERVICES:
            await until_async(partial(self._is_ready, service), f"{service} to be ready")

    async def _is_ready(self, service: str) -> bool:
        answer = await self._get(service, "/ready")
        return answer is not None and bool(answer.json()["ready"])

    async def answers(self, service: str) -> bool:
        """Whether the process that runs now answers, ready or not."""
        return await self._get(service, "/live") is not None

    async def _get(self, service: str, path: str) -> httpx.Response | None:
        note = self.settings.data_dir / "run" / f"service-{service}.json"
        try:
            found = json.loads(note.read_text())
            if found["pid"] != self.process(service).id.pid:
                return None
            async with httpx.AsyncClient(timeout=2) as client:
                return await client.get(f"http://{found['host']}:{found['port']}{path}")
        except (OSError, ValueError, httpx.HTTPError):
            return None

    def log(self, service: str) -> str:
        """What a service (all its processes so far) has logged."""
        path = self.platform.stack.layout.logs / f"{service}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    # --- what it did --------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def database(self, service: str) -> AsyncIterator[asyncpg.Connection]:
        """A connection as the service's application role."""
        conn = await asyncpg.connect(self.settings.dsn(f"qio_{service}_app"))
        try:
            yield conn
        finally:
            await conn.close()

    async def rows(self, service: str, query: str, *arguments: Any) -> list[asyncpg.Record]:
        """The answer of a service's database."""
        async with self.database(service) as conn:
            return list(await conn.fetch(query, *arguments))

    async def value(self, service: str, query: str, *arguments: Any) -> Any:
        """One value of a service's database."""
        async with self.database(service) as conn:
            return await conn.fetchval(query, *arguments)

    async def holds(self, service: str, query: str, *arguments: Any) -> bool:
        """Whether a condition holds in a service's database; not so while the database is away."""
        try:
            return bool(await self.value(service, query, *arguments))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            return False

    async def records(self, *topics: str) -> list[ConsumerRecord]:
        """Everything in these (else all) topics, each partition in its order."""
        return await read_topics(self.platform.stack.endpoints, topics or [topic.name for topic in TOPICS])

    def mails(self) -> list[dict[str, Any]]:
        """The mailbox's index, in the order of arrival."""
        index = self.platform.mailbox_folder / "index.jsonl"
        return [json.loads(line) for line in index.read_text().splitlines()] if index.exists() else []

    async def quiet(self, seconds: float = PATIENCE) -> None:
        """Wait until nothing is on its way any more."""
        left = await until_quiet(self.settings, seconds)
        assert left == 0, f"{left} messages were not worked off within {seconds:.0f} s"

    async def audit(self) -> Audit:
        """The loss audit."""
        return await audit(self.settings)

    async def metric(self, name: str, service: str, labels: Mapping[str, str]) -> float:
        """A metric of a service, as its process counts it now."""
        answer = await self._get(service, "/metrics")
        assert answer is not None, f"{service} does not answer"
        return metric_in(answer.text, name, labels)


def metric_in(text: str, name: str, labels: Mapping[str, str]) -> float:
    """The sum of a metric's samples with these labels in an exposition."""
    lines = [line for line in text.splitlines() if line.startswith((f"{name}{{", f"{name} "))]
    wanted = [f'{key}="{value}"' for key, value in labels.items()]
    return sum(float(line.rpartition(" ")[2]) for line in lines if all(pair in line for pair in wanted))


@contextmanager
def running_platform(environment: Mapping[str, str] | None = None) -> Iterator[Trial]:
    """A platform in a folder of its own, ready; gone afterwards."""
    with short_folder() as folder:
        platform = Platform(folder, {**ENVIRONMENT, **(environment or {})})
        try:
            platform.start()
            missing = wait_ready(platform)
            tails = [f"{name}: {child.process.log_tail()}" for name, child in platform.children.items()]
            assert not missing, "\n".join([*missing, *tails])
            yield Trial(platform)
        finally:
            platform.stop()


async def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait for a condition."""
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, f"waited {seconds:.0f} s in vain for {what}"
        await asyncio.sleep(0.02)


async def within(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether a condition comes true in this time."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if holds():
            return True
        await asyncio.sleep(0.05)
    return holds()


async def until_async(holds: Callable[[], Any], what: str, seconds: float = PATIENCE) -> None:
    """Wait for a condition that must ask someone."""
    give_up = time.monotonic() + seconds
    while not await holds():
        assert time.monotonic() < give_up, f"waited {seconds:.0f} s in vain for {what}"
        await asyncio.sleep(0.1)


def header(record: ConsumerRecord, name: str) -> str:
    """A record's header as text; empty when there is none."""
    return next((value for key, value in record.headers if key == name), b"").decode("utf-8", "replace")


def distinct(records: Iterable[ConsumerRecord]) -> dict[str, ConsumerRecord]:
    """Messages by their id, each as it came first."""
    found: dict[str, ConsumerRecord] = {}
    for record in records:
        if header(record, "ce_id"):
            found.setdefault(header(record, "ce_id"), record)
    return found
