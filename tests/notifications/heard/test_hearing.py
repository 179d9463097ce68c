"""Hearing others over a real database: circles, the roster, results as a feed, reminders."""

import datetime as dt
from uuid import UUID

import asyncpg

from services.notifications.domain.circles import Circle, CircleId
from services.notifications.domain.contacts.kinds import CONTACT
from services.notifications.domain.contacts.parts import ANYWHERE
from services.notifications.domain.registry import KINDS
from services.notifications.domain.roster.results import RESULT
from services.notifications.domain.rules.table import TABLE
from services.notifications.heard import events, notices, results
from services.notifications.reminders import Reminders
from services.notifications.repository import audiences, circles
from services.notifications.repository.views import VIEWS
from shared.contracts.envelope import Envelope
from shared.contracts.measures import MeasureUpdated
from shared.contracts.message import Event
from shared.contracts.notifications import NoticeQueued
from shared.contracts.notifications.campaigns import Audience
from shared.contracts.notifications.contacts import ContactForgotten, ContactKept
from shared.contracts.notifications.terms import Part
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import FeedItem, Received
from shared.records.store import RecordStore
from tests.notifications.heard import said
from tests.notifications.heard.ear import NOW, member
from tests.notifications.support import outbox_events

STORE = RecordStore(KINDS, VIEWS)
LEAD = member("Lead", (Part.COALITION_LEAD, "coalition:greater-boston"), (Part.QIO_STAFF, "state:MA"))
ENDED = member("Ended", (Part.COALITION_LEAD, "coalition:greater-boston"), until="2014-06-01")
STAFF = member("Staff", (Part.QIO_STAFF, "any:any"))
OTHER = member("Other", (Part.COALITION_LEAD, "coalition:houston"))
GONE = member("Gone", (Part.COALITION_LEAD, "coalition:greater-boston"))


async def keep(pool: asyncpg.Pool) -> None:
    """Keep them as contacts; one was forgotten since."""
    kept = [ContactKept(contact=one.id, facts=one.facts) for one in (LEAD, ENDED, STAFF, OTHER, GONE)]
    records = {CONTACT.key(str(one.contact)): CONTACT.after(None, one, NOW) for one in kept}
    gone = CONTACT.key(str(GONE.id))
    records[gone] = CONTACT.after(records[gone], ContactForgotten(contact=GONE.id), NOW)
    async with pool.acquire() as conn:
        await STORE.save(conn, dict(records), NOW)


async def hear(pool: asyncpg.Pool, *said_now: Event) -> None:
    """Let the service handle events as batches of the message path, one for each topic."""
    async with pool.acquire() as conn, conn.transaction():
        for subscription in events.subscriptions(STORE, TABLE):
            decisions = Decisions(subscription)
            batch = [_received(one) for one in said_now if one.wire_type() in decisions.models]
            if batch:
                effects = await decisions.run(conn, batch, NOW)
                await outbox.append_pending(conn, effects.events, now=NOW)


def _received(event: Event) -> Received[Event]:
    known = UUID(int=abs(hash(event.model_dump_json())) % 2**120)
    return Received(Envelope(known, event.wire_type(), "test", NOW, "k", known), event, "k", "t", 0, 0)


async def take_in(pool: asyncpg.Pool, *updates: MeasureUpdated) -> int:
    """Let results come as one batch of the feed; how many notices are asked for."""
    items = [FeedItem("k", one.wire_type(), one) for one in updates]
    async with pool.acquire() as conn, conn.transaction():
        emits = await results.subscription(STORE, TABLE).handle(conn, items, NOW)
    return len(emits)


async def test_a_circle_is_who_holds_the_part_at_the_place(pool: asyncpg.Pool) -> None:
    await keep(pool)
    lead, staff = CircleId(Part.COALITION_LEAD, "coalition:greater-boston"), CircleId(Part.QIO_STAFF, ANYWHERE)
    nobody = CircleId(Part.OWNER, "facility:225009")
    async with pool.acquire() as conn:
        found = await circles.load(conn, [str(lead), str(staff), str(nobody)])
    held = {
        key: {one.facts.name for one in one_of.members} for key, one_of in found.items() if isinstance(one_of, Circle)
    }
    assert held == {str(lead): {"Lead", "Ended"}, str(staff): {"Lead", "Staff"}, str(nobody): set()}


async def test_an_event_becomes_requests_in_the_outbox(pool: asyncpg.Pool) -> None:
    await keep(pool)
    await hear(pool, said.community(), said.reached())
    assert sorted(kind for kind, _ in await outbox_events(pool)) == ["NoticeRequested"] * 2


async def test_a_result_that_shows_a_gap_is_told_once_and_again_only_of_another_period(pool: asyncpg.Pool) -> None:
    await keep(pool)
    await hear(pool, said.community())
    assert await take_in(pool, said.updated()) == 0
    assert await take_in(pool, said.of_state()) == 2
    assert await take_in(pool, said.of_state(), said.updated()) == 0
    assert await take_in(pool, said.updated(revision=2)) == 0
    later = "2015Q1R4"
    assert await take_in(pool, said.updated(period=later), said.of_state(period=later)) == 2


async def test_homes_whose_falls_signalled_are_an_audience_until_the_signal_is_old_or_retracted(
    pool: asyncpg.Pool,
) -> None:
    home = member("Home", (Part.QUALITY_LEAD, "facility:225009"))
    kept = CONTACT.after(None, ContactKept(contact=home.id, facts=home.facts), NOW)
    async with pool.acquire() as conn:
        await STORE.save(conn, {CONTACT.key(str(home.id)): kept}, NOW)
    await hear(pool, said.listed(), said.signalled(), said.signalled(unit="225010"))
    today, old = NOW.date(), dt.date(2016, 3, 31)
    assert [await _signalled(pool, day) for day in (today, old - dt.timedelta(days=1), old)] == [1, 1, 0]
    assert [kind for kind, _ in await outbox_events(pool)] == ["NoticeRequested"]
    await hear(pool, said.retracted())
    assert await _signalled(pool, today) == 0
    assert [kind for kind, _ in await outbox_events(pool)] == ["NoticeRequested"] * 2


async def _signalled(pool: asyncpg.Pool, on: dt.date) -> int:
    audience = Audience(measures=("nursing-home-falls:signalled",))
    async with pool.acquire() as conn:
        return (await audiences.size(conn, audience, None, on)).total


async def test_results_end_the_same_in_any_batches(pool: asyncpg.Pool) -> None:
    await hear(pool, said.community())
    updates = [said.updated(revision=n, low=f"{40 + n * 5}.0") for n in (3, 1, 4, 2)] + [said.of_state()]
    for one in updates:
        await take_in(pool, one)
    single = await _kept(pool)
    await pool.execute("DELETE FROM record WHERE kind = $1", RESULT.name)
    await take_in(pool, *reversed(updates))
    assert await _kept(pool) == single
    assert len(single) == 2


async def _kept(pool: asyncpg.Pool) -> list[str]:
    rows = await pool.fetch("SELECT state FROM record WHERE kind = $1 ORDER BY id", RESULT.name)
    return [row["state"] for row in rows]


async def test_reminders_ask_once_for_what_is_due(pool: asyncpg.Pool) -> None:
    await keep(pool)
    await hear(pool, said.awarded(), said.required(), said.pledged())
    clock = [NOW]
    remind = Reminders(pool, STORE, TABLE, lambda: clock[0])
    await remind()
    asked = await outbox_events(pool)
    assert len(asked) == 3  # the deliverable to two of staff, the pledge to the lead
    await remind()
    assert await outbox_events(pool) == asked
    clock[0] += dt.timedelta(days=11)
    await remind()
    assert len(await outbox_events(pool)) == 5


async def test_a_notice_that_failed_is_told_to_staff_and_one_that_does_not_say_when_is_not(pool: asyncpg.Pool) -> None:
    await keep(pool)
    heard = notices.subscription(STORE, TABLE)
    failed = said.failed()
    undated = failed.model_copy(update={"failed_at": None})
    asked = []
    async with pool.acquire() as conn, conn.transaction():
        for one in (failed, undated):
            decoded = heard.decoders[one.wire_type()](one.model_dump_json().encode())
            asked.append(await heard.handle(conn, [FeedItem("k", one.wire_type(), decoded)], NOW))
    assert [len(one) for one in asked] == [1, 0]


async def test_a_notice_that_is_overdue_is_told_to_supervisors_and_others_cost_nothing(pool: asyncpg.Pool) -> None:
    supervisor = member("Supervisor", (Part.SUPERVISOR, "any:any"))
    kept = CONTACT.after(None, ContactKept(contact=supervisor.id, facts=supervisor.facts), NOW)
    heard = notices.subscription(STORE, TABLE)
    async with pool.acquire() as conn, conn.transaction():
        await STORE.save(conn, {CONTACT.key(str(supervisor.id)): kept}, NOW)
        late = said.overdue()
        decoded = heard.decoders[late.wire_type()](late.model_dump_json().encode())
        emits = await heard.handle(conn, [FeedItem("k", late.wire_type(), decoded)], NOW)
        other = NoticeQueued.wire_type()
        none = await heard.handle(conn, [FeedItem("k", other, heard.decoders[other](b"whatever it says"))], NOW)
    assert [emit.topic for emit in emits] == ["qio.notifications.requests.v1"]
    assert none == ()
