"""Messages for recruitment, and its consumers over a real database."""

import asyncpg
from aiokafka import TopicPartition

from services.recruitment.domain.registry import KINDS, rules
from services.recruitment.handlers import listings
from services.recruitment.repository.views import VIEWS
from shared.contracts.feeds import NursingHomeListed
from shared.contracts.recruitment import COMMANDS
from shared.contracts.recruitment.communities import DefineCommunity
from shared.contracts.recruitment.pipeline_commands import EnrollFacility
from shared.messaging.consumer import Consumer
from shared.messaging.handling import AnySubscription
from shared.records import commands
from shared.records.store import RecordStore
from tests.messaging.conftest import FakeKafka
from tests.recruitment.desk import NOW, ZIPS
from tests.support.service import KEYRING

STORE = RecordStore(KINDS, VIEWS)


def enroll(**fields: object) -> EnrollFacility:
    """A command to enroll that would be accepted."""
    plain = {"actor": "t", "ccn": "225009", "collaborative": "NNHQCC", "recruited_on": "2015-03-06"}
    return EnrollFacility.model_validate({**plain, **fields})


def define(community: str, *areas: str, name: str = "A name") -> DefineCommunity:
    """A command to define a community."""
    return DefineCommunity(actor="t", community=community, name=name, areas=areas, reason="Asked by the residents")


def listed(ccn: str = "225009", as_of: str = "2014-08-01", **fields: object) -> NursingHomeListed:
    """A listing."""
    plain = {"name": "Willowbrook Manor", "address": "1 Road", "city": "Cambridge", "state": "MA", "zip_code": "02139"}
    return NursingHomeListed.model_validate({**plain, "ccn": ccn, "as_of": as_of, "overall_rating": 1, **fields})


async def consumer(subscription: AnySubscription, pool: asyncpg.Pool) -> Consumer:
    """A consumer of recruitment that has found its place."""
    made = Consumer("recruitment", subscription, pool, lambda: NOW, KEYRING)
    client = FakeKafka()
    client.partitions = {TopicPartition(subscription.topic, number) for number in range(4)}
    made.attach(lambda: client)
    await made.on_partitions_assigned(client.partitions)
    assert made.sync is not None
    await made.sync
    return made


async def listings_consumer(pool: asyncpg.Pool) -> Consumer:
    """The feed's consumer."""
    return await consumer(listings.subscription(STORE), pool)


async def commands_consumer(pool: asyncpg.Pool) -> Consumer:
    """The commands' consumer."""
    return await consumer(commands.subscription(COMMANDS.name, KINDS, rules(ZIPS), STORE), pool)
