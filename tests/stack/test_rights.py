"""Each principal and role may do what is its own and nothing else; asking twice changes nothing."""

import json
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from confluent_kafka import KafkaException, Producer
from confluent_kafka.admin import AdminClient

from shared.stack import admin
from shared.stack.admin import Acl, TopicSpec
from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import Endpoints
from shared.stack.errors import StackError
from shared.stack.provision import SERVICES, ensure_database, roles
from tests.support.stack import Database, Stack, fresh_database


@pytest.fixture(scope="module")
def client(stack: Endpoints) -> AdminClient:
    return admin.connect(stack.kafka_client())


@pytest.fixture(scope="module")
def shared_database(stack: Endpoints) -> Iterator[Database]:
    with fresh_database(stack) as made:
        yield made


async def outcome(dsn: str, statement: str) -> str:
    """`ok`, or the class of the refusal."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    except asyncpg.PostgresError as error:
        return type(error).__name__
    finally:
        await connection.close()
    return "ok"


async def test_every_role_is_denied_the_schemas_of_other_services(database: Database) -> None:
    for service in SERVICES:
        assert await outcome(database.dsn(f"qio_{service}_owner"), "CREATE TABLE thing (n int)") == "ok"
    denied = {
        (role, service): await outcome(database.dsn(role), f"SELECT * FROM {service}.thing")
        for role in roles()
        for service in SERVICES
    }
    own = {(f"qio_{service}_{kind}", service) for service in SERVICES for kind in ("owner", "app", "staff")}
    assert {pair for pair, result in denied.items() if result == "ok"} == own
    assert {result for pair, result in denied.items() if pair not in own} == {"InsufficientPrivilegeError"}


@pytest.mark.parametrize(
    ("kind", "statement", "expected"),
    [
        ("app", "INSERT INTO thing VALUES (1)", "ok"),
        ("app", "UPDATE thing SET n = 2", "ok"),
        ("app", "DELETE FROM thing", "ok"),
        ("app", "INSERT INTO counted DEFAULT VALUES", "ok"),
        ("app", "CREATE TABLE other (n int)", "InsufficientPrivilegeError"),
        ("app", "CREATE TABLE public.other (n int)", "InsufficientPrivilegeError"),
        ("app", "ALTER TABLE thing ADD m int", "InsufficientPrivilegeError"),
        ("app", "TRUNCATE thing", "InsufficientPrivilegeError"),
        ("staff", "SELECT * FROM thing", "ok"),
        ("staff", "INSERT INTO thing VALUES (1)", "ReadOnlySQLTransactionError"),
        (
            "staff",
            "BEGIN; SET TRANSACTION READ WRITE; INSERT INTO thing VALUES (1)",
            "InsufficientPrivilegeError",
        ),
        ("owner", "CREATE TABLE public.other (n int)", "InsufficientPrivilegeError"),
        ("owner", "SET ROLE qio_measures_owner", "InsufficientPrivilegeError"),
        ("owner", "CREATE ROLE other", "InsufficientPrivilegeError"),
    ],
)
async def test_a_role_may_do_what_its_kind_is_for(database: Database, kind: str, statement: str, expected: str) -> None:
    owner = database.dsn("qio_complaints_owner")
    await outcome(owner, "CREATE TABLE thing (n int); CREATE TABLE counted (id bigint GENERATED ALWAYS AS IDENTITY)")
    assert await outcome(database.dsn(f"qio_complaints_{kind}"), statement) == expected


async def test_a_function_is_no_way_into_another_schema(database: Database) -> None:
    made = "CREATE FUNCTION answer() RETURNS int LANGUAGE sql AS 'SELECT 42'"
    assert await outcome(database.dsn("qio_measures_owner"), made) == "ok"
    assert await outcome(database.dsn("qio_measures_app"), "SELECT answer()") == "ok"
    refused = await outcome(database.dsn("qio_complaints_app"), "SELECT measures.answer()")
    assert refused == "InsufficientPrivilegeError"


async def test_a_wrong_database_password_is_refused(stack: Endpoints) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(stack.dsn("qio_measures_app").replace(stack.password("qio_measures_app"), "wrong"))


async def test_provisioning_again_keeps_rows_and_passwords(database: Database, stack: Endpoints) -> None:
    dsn = database.dsn("qio_measures_owner")
    await outcome(dsn, "CREATE TABLE kept AS SELECT 1")
    stored = "SELECT rolname, rolpassword FROM pg_authid ORDER BY 1"
    connection = await asyncpg.connect(database.dsn())
    before = await connection.fetch(stored)
    passwords = {role: stack.password(role) for role in roles()}
    ensure_database(stack.dsn(database="postgres"), passwords, database.name)
    assert await connection.fetch(stored) == before
    await connection.close()
    assert await outcome(dsn, "SELECT * FROM kept") == "ok"


def test_a_wrong_scram_password_is_refused(stack: Endpoints) -> None:
    refusals: list[str] = []
    settings = {**stack.kafka_client("qio-measures"), "sasl.password": "wrong", "log_level": 0}
    note: dict[str, Any] = {"error_cb": lambda error: refusals.append(error.name())}
    impostor = AdminClient({**settings, **note})
    deadline = time.monotonic() + 15
    while "_AUTHENTICATION" not in refusals and time.monotonic() < deadline:
        impostor.poll(0.1)
    assert "_AUTHENTICATION" in refusals
    with pytest.raises(StackError, match="did not answer, or refused"):
        admin.await_broker(impostor, 0.5)


def send(endpoints: Endpoints, principal: str, topic: str) -> str:
    """`ok`, or the name of the broker's refusal."""
    producer = Producer({**endpoints.kafka_client(principal), "message.timeout.ms": 10_000, "log_level": 0})
    results: list[str] = []
    producer.produce(topic, b"x", on_delivery=lambda error, _: results.append(error.name() if error else "ok"))
    producer.flush(15)
    return results[0]


def test_a_principal_writes_where_it_is_allowed_and_loses_the_right_with_the_acl(
    stack: Endpoints, client: AdminClient
) -> None:
    own, other = f"t-{uuid4()}", f"t-{uuid4()}"
    admin.ensure_topics(client, [TopicSpec(own, 1), TopicSpec(other, 1)])
    admin.ensure_users(client, principal := {"qio-test": "a-password"})
    (stack.secrets_folder / "qio-test").write_text(principal["qio-test"])
    acl = Acl("qio-test", "topic", own, prefixed=False, operation="WRITE")

    admin.ensure_acls(client, [acl])
    admin.ensure_acls(client, [acl])
    assert (send(stack, "qio-test", own), send(stack, "qio-test", other)) == ("ok", "TOPIC_AUTHORIZATION_FAILED")

    moved = Acl("qio-test", "topic", other, prefixed=False, operation="WRITE")
    admin.ensure_acls(client, [moved])
    assert (send(stack, "qio-test", own), send(stack, "qio-test", other)) == ("TOPIC_AUTHORIZATION_FAILED", "ok")

    admin.ensure_acls(client, [], principals=["qio-test"])
    assert send(stack, "qio-test", other) == "TOPIC_AUTHORIZATION_FAILED"


def test_topics_are_created_once_with_their_settings(client: AdminClient) -> None:
    topic = TopicSpec(f"t-{uuid4()}", 3, 1, {"retention.ms": "60000", "compression.type": "uncompressed"})
    assert admin.ensure_topics(client, [topic]) == [topic.name]
    assert admin.ensure_topics(client, [topic]) == []


def test_a_topic_that_differs_is_named_and_left_alone(client: AdminClient) -> None:
    name = f"t-{uuid4()}"
    admin.ensure_topics(client, [TopicSpec(name, 2, 1, {"retention.ms": "60000"})])
    with pytest.raises(StackError, match=f"{name} has 2 partitions, not 4; {name} has retention.ms=60000, not 1000"):
        admin.ensure_topics(client, [TopicSpec(name, 4, 1, {"retention.ms": "1000"})])
    assert admin.ensure_topics(client, [TopicSpec(name, 2, 1, {"retention.ms": "60000"})]) == []


def test_a_topic_is_not_made_by_naming_it(stack: Endpoints, client: AdminClient) -> None:
    name = f"t-{uuid4()}"
    producer = Producer({**stack.kafka_client(), "message.timeout.ms": 1_000, "log_level": 0})
    producer.produce(name, b"x")
    producer.flush(10)
    assert name not in client.list_topics(timeout=10).topics


def test_the_controllers_door_is_closed_without_a_password(running: Stack) -> None:
    if not isinstance(running, EmbeddedStack):
        pytest.fail("this test is about the embedded stack; unset QIO_TEST_STACK")
    port = json.loads((running.layout.run / "kafka-ports.json").read_text())["kafka_controller"]
    stranger = AdminClient({"bootstrap.servers": f"127.0.0.1:{port}", "log_level": 0})
    with pytest.raises(KafkaException):
        stranger.list_topics(timeout=2)
