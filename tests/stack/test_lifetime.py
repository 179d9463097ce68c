"""The embedded servers live as long as their owner, keep their data, and leave other folders alone."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
from confluent_kafka import Consumer, Producer

from shared.stack import admin
from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import Endpoints, attach
from shared.stack.errors import AlreadyRunningError, StackError
from shared.stack.layout import Layout
from shared.stack.lock import FolderLock
from shared.stack.process import ProcessId
from tests.support.stack import Stack, short_folder

_START_AND_SLEEP = """
import sys, time
from pathlib import Path
from shared.stack.embedded import EmbeddedStack
stack = EmbeddedStack(Path(sys.argv[1]))
stack.start()
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def own(fresh_stack: Callable[[], Stack]) -> EmbeddedStack:
    stack = fresh_stack()
    if not isinstance(stack, EmbeddedStack):
        pytest.fail("these tests are about the embedded stack; unset QIO_TEST_STACK")
    return stack


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_folder() as made:
        yield made


def until(holds: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def publish(endpoints: Endpoints, topic: str, value: bytes) -> None:
    producer = Producer({**endpoints.kafka_client(), "acks": "all", "message.timeout.ms": 30_000})
    failures: list[object] = []
    producer.produce(topic, value, on_delivery=lambda error, _: failures.append(error) if error else None)
    assert producer.flush(30) == 0
    assert not failures


def values(endpoints: Endpoints, topic: str, count: int) -> list[bytes]:
    consumer = Consumer({**endpoints.kafka_client(), "group.id": f"read-{topic}", "auto.offset.reset": "earliest"})
    consumer.subscribe([topic])
    found: list[bytes] = []
    deadline = time.monotonic() + 30
    while len(found) < count and time.monotonic() < deadline:
        message = consumer.poll(0.5)
        if message is not None and message.error() is None:
            found.append(message.value() or b"")
    consumer.close()
    return found


def execute(endpoints: Endpoints, statement: str) -> object:
    async def run() -> object:
        connection = await asyncpg.connect(endpoints.dsn())
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    with asyncio.Runner() as runner:
        return runner.run(run())


def test_records_and_rows_survive_a_stop_and_a_start_on_the_same_addresses(own: EmbeddedStack) -> None:
    before = own.endpoints
    admin.ensure_topics(admin.connect(before.kafka_client()), [admin.TopicSpec("kept", 1)])
    publish(before, "kept", b"one")
    execute(before, "CREATE TABLE public.kept AS SELECT 42 AS n")

    own.stop()
    after = own.start()

    assert after == before
    assert values(after, "kept", 1) == [b"one"]
    assert execute(after, "SELECT n FROM public.kept") == 42


def test_a_killed_broker_comes_back_with_what_it_acknowledged(own: EmbeddedStack) -> None:
    admin.ensure_topics(admin.connect(own.endpoints.kafka_client()), [admin.TopicSpec("killed", 1)])
    publish(own.endpoints, "killed", b"acknowledged")
    first = own.kafka.process

    own.kafka.kill()
    assert not first.alive()
    own.kafka.restart()

    described = json.loads(own.layout.stack_file.read_text())
    assert described["processes"]["kafka"]["pid"] == own.kafka.process.pid != first.pid
    assert values(own.endpoints, "killed", 1) == [b"acknowledged"]


def test_an_immediate_stop_of_postgresql_keeps_what_was_committed(own: EmbeddedStack) -> None:
    execute(own.endpoints, "CREATE TABLE public.committed AS SELECT 7 AS n")
    own.postgres.stop("immediate")
    own.postgres.start()
    assert execute(own.endpoints, "SELECT n FROM public.committed") == 7


def test_a_second_starter_is_told_who_owns_the_folder_and_can_attach(own: EmbeddedStack) -> None:
    with pytest.raises(AlreadyRunningError, match=f"already running, owned by process {os.getpid()}"):
        EmbeddedStack(own.layout.root).start()
    assert attach(own.layout.root) == own.endpoints


def test_the_description_of_the_stack_holds_no_password(own: EmbeddedStack) -> None:
    text = own.layout.stack_file.read_text()
    passwords = [path.read_text() for path in own.layout.secrets.iterdir()]
    assert len(passwords) >= 20
    assert not [word for word in passwords if word in text]
    assert {path.stat().st_mode & 0o777 for path in own.layout.secrets.iterdir()} == {0o600}


def test_no_password_shows_in_the_servers_command_lines_or_logs(own: EmbeddedStack) -> None:
    passwords = [path.read_text() for path in own.layout.secrets.iterdir()]
    shown = "".join(path.read_text(errors="replace") for path in own.layout.logs.iterdir())
    for process in (own.kafka.process, own.postgres.process):
        shown += Path(f"/proc/{process.pid}/cmdline").read_text()
    assert not [word for word in passwords if word in shown]


def test_two_folders_run_at_once_and_a_killed_owner_leaves_no_server(own: EmbeddedStack, folder: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", _START_AND_SLEEP, str(folder)], stdout=subprocess.PIPE)
    with owner:
        try:
            assert owner.stdout is not None
            assert owner.stdout.readline() == b"ready\n"
            other = attach(folder)
            assert other.kafka_bootstrap != own.endpoints.kafka_bootstrap
            assert other.postgres_port != own.endpoints.postgres_port
            assert execute(other, "SELECT 1") == execute(own.endpoints, "SELECT 1") == 1
            _killed_owner_leaves_no_server(owner, folder)
        finally:
            owner.kill()


def _killed_owner_leaves_no_server(owner: "subprocess.Popen[bytes]", folder: Path) -> None:
    stored = json.loads((folder / "run" / "stack.json").read_text())["processes"]
    servers = [ProcessId(**stored[name]) for name in ("kafka", "postgres")]
    assert all(server.alive() for server in servers)

    owner.send_signal(signal.SIGKILL)

    assert until(lambda: not any(server.alive() for server in servers), 40)
    with pytest.raises(StackError, match="ended with the process that owned it"):
        attach(folder)
    # The next owner gets the folder although the dead one never gave it back.
    lock = FolderLock(Layout(folder))
    lock.acquire()
    lock.release()


def test_a_killed_keeper_takes_its_server_along(own: EmbeddedStack) -> None:
    server = own.postgres.process
    keeper = int(Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(keeper, signal.SIGKILL)
    assert until(lambda: not server.alive(), 10)
    own.postgres.restart()
    assert execute(own.endpoints, "SELECT 1") == 1
