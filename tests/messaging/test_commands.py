"""A command is answered once decided, and answered the same when it comes again."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

import asyncpg
import orjson
import pytest
from aiokafka import ConsumerRecord

from shared.contracts import recruitment
from shared.contracts.recruitment.communities import DefineCommunity
from shared.contracts.replies import Reason
from shared.messaging.consumer import Consumer
from shared.messaging.handling import Accepted, Decision, On, Received, Refused, Subscription, Work
from tests.messaging.conftest import SERVICE, FakeKafka
from tests.messaging.toy import NOW, Ledger, record
from tests.support.service import KEYRING


def decide(received: Received[DefineCommunity], work: Work[tuple[str, ...]]) -> Decision:
    """Refuses the name NO after touching the aggregate, which must leave no trace."""
    key = received.message.community
    work.put(key, (*(work.get(key) or ()), received.message.name))
    if received.message.name == "NO":
        return Refused((Reason(code="toy.no", field="name", text="Not this name."),))
    return Accepted({"community": key, "count": len(work.get(key) or ())})


@pytest.fixture
async def commands(pool: asyncpg.Pool) -> Consumer:
    handler: On[DefineCommunity, tuple[str, ...]] = On(DefineCommunity, lambda r: [r.message.community], decide)
    subscription = Subscription(recruitment.COMMANDS.name, (handler,), Ledger(), park=False)
    consumer = Consumer(SERVICE, subscription, pool, lambda: NOW, KEYRING)
    kafka = FakeKafka(recruitment.COMMANDS.name)
    consumer.attach(lambda: kafka)
    await consumer.on_partitions_assigned(kafka.partitions)
    assert consumer.sync is not None
    await consumer.sync
    return consumer


def command(name: str, community: str = "c1") -> DefineCommunity:
    return DefineCommunity(actor="test", community=community, name=name, areas=("zip:44101",))


async def replies(pool: asyncpg.Pool) -> Sequence[tuple[str, Mapping[str, object]]]:
    rows = await pool.fetch("SELECT type, payload FROM outbox WHERE aggregatetype LIKE '%replies%' ORDER BY position")
    return [(row["type"].split(".")[1], orjson.loads(row["payload"])) for row in rows]


def sent(
    offset: int, message: DefineCommunity, event_id: UUID | None = None, value: bytes | None = None
) -> ConsumerRecord:
    return record(offset, message.community, message, event_id=event_id, value=value, topic=recruitment.COMMANDS.name)


async def test_a_repeated_command_is_carried_out_once_and_answered_twice(
    commands: Consumer, pool: asyncpg.Pool
) -> None:
    command_id = uuid4()
    await commands.handle([sent(0, command("A"), command_id)])
    await commands.handle([sent(1, command("A"), command_id)])
    first, second = await replies(pool)
    assert first == second
    assert first[1]["made"] == {"community": "c1", "count": 1}
    assert await pool.fetchval("SELECT seen FROM ledger") == ["A"]


async def test_a_refused_command_changes_nothing_and_gets_its_reasons(commands: Consumer, pool: asyncpg.Pool) -> None:
    await commands.handle([sent(0, command("A")), sent(1, command("NO")), sent(2, command("B"))])
    assert [kind for kind, _ in await replies(pool)] == ["CommandAccepted", "CommandRejected", "CommandAccepted"]
    assert await pool.fetchval("SELECT seen FROM ledger") == ["A", "B"]


async def test_a_command_that_does_not_fit_its_schema_is_refused_by_field_not_set_aside(
    commands: Consumer, pool: asyncpg.Pool
) -> None:
    bad = b'{"actor": "test", "community": "c1", "name": "Jane", "areas": ["zip:1"]}'
    await commands.handle([sent(0, command("A"), value=bad)])
    [(kind, body)] = await replies(pool)
    assert kind == "CommandRejected"
    assert body["reasons"][0]["field"] == "areas.0"  # type: ignore[index]
    assert "Jane" not in str(body)
    assert await pool.fetchval("SELECT count(*) FROM dead_letter") == 0
