"""The worker of campaigns over a real database: stages, kills between them, leaving out, rebuild."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

import asyncpg
import orjson
import pytest

from services.notifications.campaigning import Campaigning
from services.notifications.domain.campaigns.kinds import CAMPAIGN
from services.notifications.domain.campaigns.state import Campaign, State
from services.notifications.domain.registry import KINDS, RULES
from services.notifications.repository.views import VIEWS
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command, Event
from shared.contracts.notifications import COMMANDS, NoticeRequested
from shared.contracts.notifications.campaigns import ApproveCampaign, PauseCampaign, ResumeCampaign, StartCampaign
from shared.contracts.notifications.contacts import ContactFacts
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received
from shared.records import commands
from shared.records.book import Records
from shared.records.store import RecordStore
from tests.notifications.audiences.world import World, holding
from tests.notifications.campaigns.asking import contact_id, hours, prepare
from tests.notifications.desk import NOW

STORE = RecordStore(KINDS, VIEWS)
_REQUESTS = "SELECT payload FROM outbox WHERE type = 'notifications.NoticeRequested.v1' ORDER BY position"


class Killed(Exception):  # noqa: N818 - the fact is the name
    """The process ended here."""


class Site:
    """The service's commands and its worker of campaigns over one database, with a clock that is moved by hand."""

    def __init__(self, pool: asyncpg.Pool, at_once: int = 4) -> None:
        self.pool = pool
        self.now = NOW
        self._asked = 0
        self.worker = Campaigning(pool, KINDS, STORE, lambda: self.now, at_once)

    async def ask(self, command: Command) -> UUID:
        """Have a command carried out; the id of a campaign it makes."""
        self._asked += 1
        ask = uuid5(UUID(int=0), str(self._asked))
        envelope = Envelope(ask, command.wire_type(), "test", self.now, "k", ask)
        received = Received(envelope, command, "k", COMMANDS.name, 0, self._asked)
        decisions = Decisions(commands.subscription(COMMANDS.name, KINDS, RULES, STORE))
        async with self.pool.acquire() as conn, conn.transaction():
            effects = await decisions.run(conn, [received], self.now)
            await outbox.append_pending(conn, effects.events, now=self.now)
        return received.derive("campaign")

    async def running(self, **changed: object) -> UUID:
        """A campaign that was prepared, approved and started."""
        campaign = await self.ask(prepare(**changed))
        await self.ask(ApproveCampaign(actor="bob", campaign=campaign))
        await self.ask(StartCampaign(actor="bob", campaign=campaign))
        return campaign

    async def held(self, campaign: UUID) -> Campaign:
        """The campaign as it stands."""
        state = await self.pool.fetchval("SELECT state FROM record WHERE kind = 'campaign' AND id = $1", str(campaign))
        return Campaign.model_validate_json(state)

    async def requested(self) -> list[NoticeRequested]:
        """Every notice that was requested, in order."""
        return [NoticeRequested.model_validate_json(row["payload"]) for row in await self.pool.fetch(_REQUESTS)]

    async def run(self, rounds: int) -> None:
        """Let the worker be called so many times."""
        for _ in range(rounds):
            await self.worker()


async def homes(pool: asyncpg.Pool, count: int, stopped: int = 0) -> World:
    """So many administrators of homes, some of whom asked not to be written to."""
    contacts: dict[int, ContactFacts | None] = {
        n: holding(("ADMINISTRATOR", "facility:1"), stopped=n < stopped) for n in range(count)
    }
    world = World(contacts=contacts, roster={"facility:1": frozenset({"state:MA"})})
    await world.keep(pool)
    return world


def ids(count: int, campaign: UUID, first: int = 0) -> set[UUID]:
    return {uuid5(campaign, str(contact_id(number))) for number in range(first, count)}


async def test_a_campaign_goes_out_in_stages_and_each_contact_is_requested_once(pool: asyncpg.Pool) -> None:
    await homes(pool, 20)
    site = Site(pool)
    campaign = await site.running(stages=[{"percent": 10}, {"percent": 90, "wait_hours": 24}])
    await site.run(3)
    assert len(await site.requested()) == 2
    site.now = hours(23.9)
    await site.run(2)
    assert len(await site.requested()) == 2
    site.now = hours(24)
    await site.run(8)
    found = [one.notice_id for one in await site.requested()]
    assert len(found) == 20
    assert set(found) == ids(20, campaign)
    held = await site.held(campaign)
    assert (held.state, held.requested, held.population) == (State.FINISHED, 20, 20)


async def test_a_kill_between_stages_leaves_no_gap_and_no_double(
    pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await homes(pool, 20)
    site = Site(pool)
    campaign = await site.running(stages=[{"percent": 30}, {"percent": 70}])
    visits, append = 0, outbox.append

    async def die_at_every_other(*given: Any, **named: Any) -> None:
        nonlocal visits
        visits += 1
        if visits % 2:
            raise Killed
        await append(*given, **named)

    monkeypatch.setattr(outbox, "append", die_at_every_other)
    while (await site.held(campaign)).state is State.RUNNING:
        before = len(await site.requested())
        with pytest.raises(Killed):
            await site.worker()
        assert len(await site.requested()) == before
        await site.worker()
    found = [one.notice_id for one in await site.requested()]
    assert len(found) == 20
    assert set(found) == ids(20, campaign)


async def test_two_workers_at_once_request_each_contact_once(pool: asyncpg.Pool) -> None:

    await homes(pool, 20)
    site, other = Site(pool), Site(pool)
    campaign = await site.running()
    for _ in range(6):
        await asyncio.gather(site.worker(), other.worker())
    found = [one.notice_id for one in await site.requested()]
    assert len(found) == 20
    assert set(found) == ids(20, campaign)


async def test_people_who_asked_not_to_be_written_to_are_in_no_stage_and_counted(pool: asyncpg.Pool) -> None:
    await homes(pool, 10, stopped=3)
    site = Site(pool)
    campaign = await site.running()
    await site.run(5)
    assert {one.notice_id for one in await site.requested()} == ids(10, campaign, first=3)
    held = await site.held(campaign)
    assert (held.population, held.left_out) == (7, {"STOPPED": 3})


async def test_what_is_sent_for_a_list_goes_to_nobody_else(pool: asyncpg.Pool) -> None:
    world = await homes(pool, 6)
    world.lists = {1: frozenset({"updates"}), 2: frozenset({"updates-left"})}
    await world.keep(pool)
    site = Site(pool)
    campaign = await site.running(list_id="updates")
    await site.run(4)
    assert [one.notice_id for one in await site.requested()] == [uuid5(campaign, str(contact_id(1)))]
    assert (await site.held(campaign)).left_out == {"NOT_SUBSCRIBED": 5}


async def test_a_held_campaign_requests_nothing_until_it_goes_on(pool: asyncpg.Pool) -> None:
    await homes(pool, 10)
    site = Site(pool)
    campaign = await site.running()
    await site.run(1)
    await site.ask(PauseCampaign(actor="ann", campaign=campaign))
    await site.run(3)
    assert len(await site.requested()) == 4
    await site.ask(ResumeCampaign(actor="ann", campaign=campaign))
    await site.run(3)
    assert len(await site.requested()) == 10


@pytest.mark.parametrize("paused", [False, True])
async def test_a_campaign_whose_time_is_over_ends_with_what_it_has(pool: asyncpg.Pool, paused: bool) -> None:
    await homes(pool, 10)
    site = Site(pool)
    campaign = await site.running(
        stages=[{"percent": 20}, {"percent": 80, "wait_hours": 24}], ends_at=NOW + dt.timedelta(hours=10)
    )
    await site.run(2)
    if paused:
        await site.ask(PauseCampaign(actor="ann", campaign=campaign))
    site.now = hours(10)
    await site.run(3)
    held = await site.held(campaign)
    assert (held.state, held.reason, held.requested) == (State.FINISHED, "TIME_OVER", 2)


async def test_an_audience_of_nobody_ends_at_once(pool: asyncpg.Pool) -> None:
    site = Site(pool)
    campaign = await site.running()
    await site.run(1)
    held = await site.held(campaign)
    assert (held.state, held.requested, held.population) == (State.FINISHED, 0, 0)


async def test_campaigns_are_made_again_from_what_was_said_of_them(pool: asyncpg.Pool) -> None:
    await homes(pool, 10, stopped=2)
    site = Site(pool)
    campaign = await site.running(stages=[{"percent": 30}, {"percent": 70, "wait_hours": 5}])
    await site.run(2)
    book = Records(KINDS)
    types: Mapping[str, type[Event]] = {one.wire_type(): one for one in CAMPAIGN.events}
    rows = await pool.fetch("SELECT type, payload, recorded_at FROM outbox ORDER BY position")
    for row in rows:
        if row["type"] in types:
            book.happened(types[row["type"]].model_validate_json(row["payload"]), row["recorded_at"])
    assert book.made[CAMPAIGN.key(str(campaign))] == await site.held(campaign)


async def test_no_event_of_a_campaign_names_anybody(pool: asyncpg.Pool) -> None:
    await homes(pool, 3)
    site = Site(pool)
    await site.running()
    await site.run(2)
    rows = await pool.fetch("SELECT payload FROM outbox WHERE aggregatetype = 'qio.notifications.campaigns.v1'")
    assert len(rows) > 3
    for row in rows:
        assert "Contact " not in str(orjson.loads(row["payload"]))
