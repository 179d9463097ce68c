"""Messages for recruitment, and its consumers over a real database."""

import datetime as dt
from uuid import UUID, uuid5

import asyncpg
from aiokafka import TopicPartition

from services.recruitment.domain.facility import Facility
from services.recruitment.handlers import commands, listings
from shared.contracts.envelope import Envelope
from shared.contracts.feeds import NursingHomeListed
from shared.contracts.message import Command
from shared.contracts.recruitment import DefineCommunity, EnrollFacility
from shared.messaging.consumer import Consumer
from shared.messaging.handling import AnySubscription, Received
from tests.messaging.conftest import FakeKafka
from tests.support.service import KEYRING

NOW = dt.datetime(2015, 3, 6, 16, 30, tzinfo=dt.UTC)
COMMAND_ID = UUID("0195b0de-0000-7000-8000-000000000001")
ZIPS = frozenset({"02139", "02140", "02141", "10001"})
FACILITY = Facility("225009", "Willowbrook Manor", "MA", "02139")


def enroll(**fields: object) -> EnrollFacility:
    """A command to enroll that would be accepted."""
    plain = {"actor": "t", "ccn": "225009", "collaborative": "NNHQCC", "recruited_on": "2015-03-06"}
    return EnrollFacility.model_validate({**plain, **fields})


def define(community: str, *areas: str, name: str = "A name") -> DefineCommunity:
    """A command to define a community."""
    return DefineCommunity(actor="t", community=community, name=name, areas=areas)


def listed(ccn: str = "225009", as_of: str = "2014-08-01", **fields: object) -> NursingHomeListed:
    """A listing."""
    plain = {"name": "Willowbrook Manor", "address": "1 Road", "city": "Cambridge", "state": "MA", "zip_code": "02139"}
    return NursingHomeListed.model_validate({**plain, "ccn": ccn, "as_of": as_of, "overall_rating": 1, **fields})


def received(command: Command, number: int = 1) -> Received[Command]:
    """A command as a handler gets it."""
    command_id = uuid5(COMMAND_ID, str(number))
    envelope = Envelope(command_id, command.wire_type(), "qio-cli", NOW, "k", command_id)
    return Received(envelope, command, "k", "t", 0, number)


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
    return await consumer(listings.subscription(), pool)


async def commands_consumer(pool: asyncpg.Pool) -> Consumer:
    """The commands' consumer."""
    return await consumer(commands.subscription(ZIPS), pool)
