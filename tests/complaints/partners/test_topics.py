"""The broker lets a partner read and write its own topics and no other's; who is no partner any more, nothing."""

import asyncio
import time
from collections.abc import Iterator

import pytest
from confluent_kafka import Consumer, KafkaError, Producer, TopicPartition

from services.complaints.partners import incoming
from services.complaints.repository import CaseStore
from services.complaints.settings import ComplaintsSettings
from services.complaints.stores import Stores
from shared.contracts import catalog
from shared.contracts import partners as contracts
from shared.messaging import gate
from shared.messaging.handling import Received
from shared.stack import admin, plan
from shared.stack.endpoints import Endpoints
from shared.stack.secrets import SecretFiles
from tests.complaints.partners.support import ANNOUNCER, CORRESPONDENCE, LAKE, MAC, NAMES
from tests.complaints.partners.test_incoming import DOCUMENT
from tests.support.broker import read_topics
from tests.support.service import KEYRING

IDS = [LAKE.id, MAC.id]
SERVICES = [f"qio-{name}" for name in (*plan.SERVICES, "feeds", "cli")]
READ, DENIED = "read", "TOPIC_AUTHORIZATION_FAILED"


@pytest.fixture(scope="module")
def partners(broker: Endpoints) -> Iterator[Endpoints]:
    """The session's broker with both partners; without them afterwards."""
    client = admin.connect(broker.kafka_client())
    admin.ensure_topics(client, plan.topics(partners=IDS))
    secrets = SecretFiles(broker.secrets_folder)
    admin.ensure_users(client, {one.principal: secrets.ensure(one.principal) for one in (LAKE, MAC)})
    admin.ensure_acls(client, plan.acls(IDS), SERVICES, [plan.PARTNER_PRINCIPALS])
    yield broker
    admin.ensure_acls(client, plan.acls(), SERVICES, [plan.PARTNER_PRINCIPALS])


def write(endpoints: Endpoints, principal: str, topic: str, *, key: str = "k", value: bytes = b"{}") -> str:
    """`ok`, or the name of the broker's refusal."""
    producer = Producer({**endpoints.kafka_client(principal), "message.timeout.ms": 10_000, "log_level": 0})
    results: list[str] = []
    producer.produce(
        topic, value, key.encode(), on_delivery=lambda error, _: results.append(error.name() if error else "ok")
    )
    producer.flush(15)
    return results[0]


def read(endpoints: Endpoints, principal: str, topic: str) -> str:
    """`read` when something could be read, or the name of the broker's refusal."""
    consumer = Consumer({**endpoints.kafka_client(principal), "group.id": f"{principal}.test", "log_level": 0})
    deadline = time.monotonic() + 15
    try:
        hidden = consumer.list_topics(topic, timeout=15).topics[topic].error
        if hidden is not None:
            return str(hidden.name())
        consumer.assign([TopicPartition(topic, 0, 0)])
        while time.monotonic() < deadline:
            message = consumer.poll(0.2)
            error = message.error() if message is not None else None
            if error is not None and error.code() != KafkaError._PARTITION_EOF:
                return str(error.name())
            if message is not None and error is None:
                return READ
        return "nothing"
    finally:
        consumer.close()


def test_only_the_partner_itself_reads_what_it_is_told(partners: Endpoints) -> None:
    topic = contracts.requests("lake").name
    assert write(partners, "qio-complaints", topic) == "ok"
    assert read(partners, LAKE.principal, topic) == READ
    for other in (MAC.principal, "qio-measures", "qio-notifications", "qio-recruitment", "qio-cli"):
        assert read(partners, other, topic) == DENIED, other


def test_only_complaints_tells_and_only_the_partner_itself_returns(partners: Endpoints) -> None:
    told, returned = (topic.name for topic in contracts.topics("lake"))
    assert write(partners, LAKE.principal, returned) == "ok"
    assert read(partners, "qio-complaints", returned) == READ
    for principal, topic in (
        (MAC.principal, returned),
        ("qio-complaints", returned),
        ("qio-notifications", returned),
        (LAKE.principal, told),
        (MAC.principal, told),
        (LAKE.principal, "qio.complaints.commands.v1"),
        (LAKE.principal, "qio.feeds.claims.v1"),
    ):
        assert write(partners, principal, topic) == DENIED, (principal, topic)
    assert read(partners, LAKE.principal, "qio.complaints.cases.v1") == DENIED


def test_who_is_no_partner_any_more_reads_and_writes_nothing(partners: Endpoints) -> None:
    client = admin.connect(partners.kafka_client())
    told, returned = (topic.name for topic in contracts.topics("mac"))
    assert write(partners, MAC.principal, returned) == "ok"
    admin.ensure_acls(client, plan.acls([LAKE.id]), SERVICES, [plan.PARTNER_PRINCIPALS])
    try:
        assert write(partners, MAC.principal, returned) == DENIED
        assert read(partners, MAC.principal, told) == DENIED
        assert write(partners, LAKE.principal, contracts.documents("lake").name) == "ok"
    finally:
        admin.ensure_acls(client, plan.acls(IDS), SERVICES, [plan.PARTNER_PRINCIPALS])


async def test_the_receipt_is_the_brokers_time_whatever_the_sender_says(partners: Endpoints) -> None:
    topic = contracts.documents("lake").name
    before = time.time()
    await asyncio.to_thread(_send_dated, partners, topic)
    record = (await read_topics(partners, [topic]))[-1]
    found = gate.admit(record, {model.wire_type(): model for model in (contracts.DocumentReturned,)})
    assert isinstance(found, Received)
    assert found.arrived_at is not None
    assert before - 1 <= found.arrived_at.timestamp() <= time.time() + 1


def _send_dated(endpoints: Endpoints, topic: str) -> None:
    """A document whose sender says that it was sent in 2001."""
    message = contracts.DocumentReturned(
        document=DOCUMENT, case=NAMES.name("lake", DOCUMENT), kind="RECORDS", pages=1, sha256="ab" * 32
    )
    headers: dict[str, str | bytes | None] = {
        "ce_id": str(DOCUMENT),
        "ce_type": message.wire_type(),
        "ce_source": "partner",
        "ce_time": "2001-01-01T00:00:00Z",
        "ce_subject": str(message.case),
    }
    producer = Producer({**endpoints.kafka_client(LAKE.principal), "log_level": 0})
    producer.produce(
        topic,
        message.model_dump_json().encode(),
        str(message.case).encode(),
        headers=headers,
        timestamp=978_307_200_000,
    )
    assert producer.flush(15) == 0


def test_every_configured_partner_is_heard_and_its_topics_are_found_by_name() -> None:
    store = CaseStore(KEYRING, ComplaintsSettings().desk())
    found = [one.topic for one in incoming.subscriptions(CORRESPONDENCE, ANNOUNCER, store, Stores(store, KEYRING))]
    assert found == [contracts.documents(name).name for name in IDS]
    for name in IDS:
        for topic in contracts.topics(name):
            assert catalog.topic_named(topic.name) == topic
    with pytest.raises(KeyError):
        catalog.topic_named("qio.partner.Lake.requests.v1")
