"""The session broker with every topic of the catalog, and reading what stands in a topic."""

from collections.abc import Iterable, Mapping

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.contracts.catalog import topic_named
from shared.stack import admin, plan
from shared.stack.endpoints import KAFKA_ADMIN, Endpoints


def with_topics(endpoints: Endpoints) -> Endpoints:
    """Create the catalog's topics and access rules, and the keys that are no passwords."""
    plan.ensure_keys(endpoints.secrets_folder)
    client = admin.connect(endpoints.kafka_client())
    admin.ensure_topics(client, plan.topics())
    admin.ensure_acls(client, plan.acls())
    return endpoints


async def read_all(endpoints: Endpoints, topic: str, keys: Iterable[str] | None = None) -> list[ConsumerRecord]:
    """Every record of a topic up to its end now, in partition order, of all keys or only these."""
    wanted = None if keys is None else {key.encode() for key in keys}
    return [record for record in await read_topics(endpoints, [topic]) if wanted is None or record.key in wanted]


async def read_topics(
    endpoints: Endpoints, topics: Iterable[str], since: Mapping[TopicPartition, int] | None = None
) -> list[ConsumerRecord]:
    """Every record of these topics up to their ends now, each partition in order, from its place in ``since``."""
    kafka = AIOKafkaConsumer(**endpoints.aiokafka_client(KAFKA_ADMIN), enable_auto_commit=False)
    await kafka.start()
    try:
        partitions = [TopicPartition(name, number) for name in topics for number in range(topic_named(name).partitions)]
        kafka.assign(partitions)
        ends = await kafka.end_offsets(partitions)
        for tp, first in (await kafka.beginning_offsets(partitions)).items():
            kafka.seek(
                tp, max(first, (since or {}).get(tp, 0))
            )  # not seek_to_beginning, which a reset still under way can undo
        found: list[ConsumerRecord] = []
        while any([await kafka.position(tp) < ends[tp] for tp in partitions]):
            for batch in (await kafka.getmany(timeout_ms=200)).values():
                found += batch
        return found
    finally:
        await kafka.stop()
