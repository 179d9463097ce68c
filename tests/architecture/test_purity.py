"""Decisions are pure: handlers only decide, the domain takes time, ids, chance as arguments, the outbox publishes."""

import ast
import re
from collections.abc import Callable

import pytest

from tests.architecture.source import calls, imports, modules

EFFECTS = {"publish", "send_and_wait", "acquire", "transaction", "commit", "sleep", "create_task"}
CLOCKS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|monotonic|sleep|perf_counter)|uuid[14]|utc_now|"
    r"urandom|token_(hex|bytes|urlsafe))$"
)
OUTSIDE = ("httpx", "aiokafka", "faststream", "aiosmtplib", "requests", "urllib.request", "socket", "smtplib")
CHANCE = ("random", "secrets", "time")
PRODUCING = re.compile(
    r"(^|\.)(AIOKafkaProducer|build_producer|send_and_wait|publish_batch|broker\.publish)$|producer\.send$"
)
# Who holds a producer: the relay publishes, the runtime opens its producer, the command line asks and feeds.
MAY_PRODUCE = {
    "shared/messaging/producer.py",
    "shared/messaging/relay.py",
    "shared/runtime/run.py",
    "shared/cli/publish.py",
    "shared/cli/ask.py",
}
MAY_SEND_MAIL = {"services/notifications/gateway.py"}
# Partners are sent what is public; no service asks another.
MAY_CALL_OUT = {"services/notifications/webhooks/client.py"}
# Where the wall clock is read: ours, and that of the local mail server, which is a process of its own.
MAY_READ_CLOCK = {"shared/runtime/clock.py", "shared/stack/mailbox.py"}


def effects(tree: ast.Module) -> set[str]:
    """What a handler must not call or import."""
    called = {name for name, _ in calls(tree) if name.rpartition(".")[2] in EFFECTS or CLOCKS.search(name)}
    imported = {name for name in imports(tree) if name.split(".")[0] in (*OUTSIDE, *CHANCE, "asyncio")}
    return called | imported


def sources_of_chance(tree: ast.Module) -> set[str]:
    """What the domain must take as an argument instead."""
    called = {name for name, _ in calls(tree) if CLOCKS.search(name) or name in {"open", "print", "input"}}
    imported = {name for name in imports(tree) if name.split(".")[0] in (*OUTSIDE, *CHANCE, "os", "asyncio", "asyncpg")}
    return called | imported


def producers(tree: ast.Module) -> set[str]:
    """Calls by which something reaches Kafka."""
    return {name for name, _ in calls(tree) if PRODUCING.search(name)}


def _paths(pattern: str) -> list[str]:
    return [path for path in modules() if re.search(pattern, path)]


HANDLERS = _paths(r"^services/\w+/handlers(\.py|/)")
DOMAIN = _paths(r"^services/\w+/domain/")


def test_every_service_has_handlers_and_a_domain() -> None:
    for found in (HANDLERS, DOMAIN):
        assert {path.split("/")[1] for path in found} == {"recruitment", "measures", "complaints", "notifications"}


@pytest.mark.parametrize("path", HANDLERS)
def test_a_handler_only_decides(path: str) -> None:
    assert effects(modules()[path]) == set()


@pytest.mark.parametrize("path", DOMAIN)
def test_the_domain_takes_time_ids_and_chance_as_arguments(path: str) -> None:
    assert sources_of_chance(modules()[path]) == set()


def test_only_the_outbox_way_and_the_command_line_produce_to_kafka() -> None:
    found = {path for path, tree in modules().items() if producers(tree)}
    assert found == MAY_PRODUCE


def test_only_the_gateway_hands_over_mail() -> None:
    mailers = {
        path
        for path, tree in modules("services").items()
        if any(name.split(".")[0] in {"aiosmtplib", "smtplib"} for name in imports(tree))
    }
    assert mailers == MAY_SEND_MAIL


def test_services_reach_nothing_over_http_but_the_servers_of_partners() -> None:
    callers = {
        path
        for path, tree in modules("services").items()
        if any(name.split(".")[0] in {"httpx", "requests", "aiohttp"} for name in imports(tree))
    }
    assert callers == MAY_CALL_OUT


def test_the_wall_clock_is_read_in_one_place() -> None:
    reads = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.time)$")
    found = {path for path, tree in modules().items() if any(reads.search(name) for name, _ in calls(tree))}
    assert found == MAY_READ_CLOCK


@pytest.mark.parametrize(
    ("check", "line"),
    [
        (effects, "async def f(b): await b.publish(1)"),
        (effects, "async def f(pool):\n async with pool.acquire(): pass"),
        (effects, "async def f(conn):\n async with conn.transaction(): pass"),
        (effects, "import asyncio"),
        (effects, "from asyncio import sleep"),
        (effects, "from httpx import get"),
        (effects, "import datetime as dt\nx = dt.datetime.now(dt.UTC)"),
        (effects, "from uuid import uuid4\nx = uuid4()"),
        (sources_of_chance, "import datetime as dt\nx = dt.date.today()"),
        (sources_of_chance, "from random import Random"),
        (sources_of_chance, "import uuid\nx = uuid.uuid1()"),
        (sources_of_chance, "from shared.runtime.clock import utc_now\nx = utc_now()"),
        (sources_of_chance, "import os"),
        (sources_of_chance, "x = open('f')"),
        (producers, "async def f(p): await p.send_and_wait('t')"),
        (producers, "from aiokafka import AIOKafkaProducer\np = AIOKafkaProducer()"),
        (producers, "async def f(self): await self.broker.publish(1)"),
    ],
)
def test_the_checks_find_what_they_are_for(check: Callable[[ast.Module], set[str]], line: str) -> None:
    assert check(ast.parse(line))
