"""What happened to its recipient while a notice waited: it does not leave, and its record says why."""

import asyncio
import datetime as dt
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.notifications.carrier import Carrier
from services.notifications.digesting import Digesting
from services.notifications.domain.addresses.ids import AddressIds
from services.notifications.domain.addresses.kinds import ADDRESS, Address
from services.notifications.domain.contacts.kinds import CONTACT, Contact
from services.notifications.domain.engagement.kinds import STORY
from services.notifications.domain.lists.kinds import SUBSCRIPTION
from services.notifications.domain.lists.state import State as Standing
from services.notifications.domain.lists.state import Subscription, subscription_id
from services.notifications.domain.print import Office
from services.notifications.letters import load_press
from services.notifications.printer import Printer
from services.notifications.repository import Notices
from services.notifications.settings import MailSettings
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.engagement import StoryErased, StoryFacts, StoryKept
from shared.contracts.notifications.lists import AddressFacts, Reach
from tests.notifications.delivery.support import CONTACT as ANA
from tests.notifications.delivery.support import POSTAL, asked, person
from tests.notifications.support import (
    NOW,
    RECORDS,
    WRITING,
    Clock,
    follows,
    mail_server,
    outbox_events,
    sender,
    take_in,
)
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database

EMAIL = "recipient@facility.example"
MAIL = AddressIds(KEYRING.reference).of(Reach.EMAIL, EMAIL)
STORY_ID = UUID("6fa459ea-ee8a-3ca4-894e-db77e160355e")
MORNING = dt.datetime(2014, 8, 7, 12, tzinfo=dt.UTC)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        yield opened


async def know(pool: asyncpg.Pool, *records: tuple[str, Any]) -> None:
    """Let these records be so from now on."""
    async with pool.acquire() as conn:
        await RECORDS.save(conn, dict(records), NOW)


def contact(*, merged: bool = False, forgotten: bool = False, **facts: Any) -> tuple[str, Contact]:
    into = UUID(int=7) if merged else None
    known = None if forgotten or merged else person(addresses={"email": EMAIL}, **facts)
    return CONTACT.key(str(ANA)), Contact(id=ANA, facts=known, merged_into=into)


def on_list(state: Standing = Standing.CONFIRMED, name: str = "falls") -> tuple[str, Subscription]:
    key = subscription_id(name, ANA)
    return SUBSCRIPTION.key(key), Subscription(
        id=key, list_id=name, contact=ANA, state=state, asked_at=NOW, expires_at=NOW
    )


def address(**facts: Any) -> tuple[str, Address]:
    return ADDRESS.key(str(MAIL)), Address(id=MAIL, facts=AddressFacts(reach=Reach.EMAIL, **facts))


def story(sharing: str = "SHARE_PUBLICLY", *, erased: bool = False, state: str = "CLEARED") -> tuple[str, Any]:
    if erased:
        return STORY.key(str(STORY_ID)), STORY.after(None, StoryErased(story=STORY_ID), NOW)
    told = {
        "state": state,
        "relation": "FAMILY",
        "contact": None,
        "written_by": "ana",
        "topic": "going home",
        "language": "en",
        "words": {"en": "Nobody had told us about the pills."},
        "received_on": "2014-08-01",
        "consent": {"sharing": sharing, "on": "2014-08-01", "how": "WRITTEN"},
    }
    kept = StoryKept(story=STORY_ID, facts=StoryFacts.model_validate(told))
    return STORY.key(str(STORY_ID)), STORY.after(None, kept, NOW)


def campaign(number: int = 1, **changed: Any) -> NoticeRequested:
    recipient = changed.pop("recipient", {})
    made = asked(number, "CAMPAIGN_MESSAGE", "frontline", contact=ANA, **recipient)
    return made.model_copy(update={"campaign": UUID(int=5), **changed})


def told_story(number: int = 1, role: str = "frontline") -> NoticeRequested:
    made = asked(number, "STORY_RETURNED", role, contact=ANA)
    return made.model_copy(update={"subject": f"story:{STORY_ID}"})


def legal(number: int = 9) -> NoticeRequested:
    return asked(number, "DECISION_LETTER", "beneficiary", contact=ANA)


async def send(pool: asyncpg.Pool, clock: Callable[[], dt.datetime] | None = None) -> int:
    """How many mails leave."""
    async with mail_server() as server:
        worker = sender(pool, server.port, clock or Clock())
        while await worker.round():
            pass
        return len(server.taken)


async def outcome(pool: asyncpg.Pool, request: NoticeRequested) -> tuple[str, str | None, int]:
    row = await pool.fetchrow("SELECT state, reason, attempts FROM notice WHERE id = $1", request.notice_id)
    return row["state"], row["reason"], row["attempts"]


CHANGES: list[tuple[str, NoticeRequested, tuple[str, Any], str]] = [
    ("leaving the list", campaign(list_id="falls"), on_list(Standing.LEFT), "not-on-list"),
    ("asking not to be written to", campaign(), contact(stopped=True), "contact-stopped"),
    ("being forgotten", campaign(), contact(forgotten=True), "contact-forgotten"),
    ("a complaint about a list", campaign(list_id="falls"), address(complained_at=NOW), "address-complained"),
    ("a complaint about a campaign", campaign(), address(complained_at=NOW), "address-complained"),
    ("an erased story", told_story(), story(erased=True), "story-withdrawn"),
    ("a story that is not to be shared any more", told_story(), story("KEEP"), "story-withdrawn"),
    ("a story held", told_story(), story(state="HELD"), "story-withdrawn"),
    ("a story for the network only", told_story(role="family"), story("SHARE_WITH_NETWORK"), "story-withdrawn"),
]


changes = pytest.mark.parametrize(
    ("request_", "change", "reason"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES]
)


@changes
async def test_a_queued_mail_that_is_not_wanted_any_more_does_not_leave_and_a_legal_one_does(
    pool: asyncpg.Pool, request_: NoticeRequested, change: tuple[str, Any], reason: str
) -> None:
    await know(pool, contact(), on_list(), story())
    await take_in(pool, [request_, legal()])
    assert (await outcome(pool, request_))[0] == "QUEUED"
    await know(pool, change)
    assert await send(pool) == 1
    assert await outcome(pool, request_) == ("STOPPED", reason, 0)
    assert (await outcome(pool, legal()))[0] == "SENT"
    said = [kind for kind, _ in await outbox_events(pool)]
    assert sorted(said) == ["NoticeDelivered", "NoticeQueued", "NoticeQueued", "NoticeStopped"]


async def test_what_nothing_happened_to_leaves(pool: asyncpg.Pool) -> None:
    await know(pool, contact(), on_list(), story("SHARE_WITH_NETWORK"))
    await take_in(pool, [campaign(1, list_id="falls"), told_story(2), legal()])
    assert await send(pool) == 3


async def test_a_notice_to_somebody_who_was_known_twice_leaves(pool: asyncpg.Pool) -> None:
    await know(pool, contact())
    await take_in(pool, [campaign()])
    await know(pool, contact(merged=True))
    assert await send(pool) == 1


async def test_a_mail_to_an_address_that_bounced_meanwhile_goes_another_way_and_a_legal_one_is_tried(
    pool: asyncpg.Pool,
) -> None:
    await know(pool, contact())
    await take_in(pool, [asked(1, contact=ANA, postal=POSTAL), asked(2, contact=ANA), legal()])
    await know(pool, address(unusable_since=NOW - dt.timedelta(hours=1), why="HARD_BOUNCE"))
    assert await send(pool) == 1
    assert await outcome(pool, asked(1)) == ("QUEUED", "address-unusable", 0)
    assert await pool.fetchval("SELECT channel FROM notice WHERE id = $1", asked(1).notice_id) == "letter"
    assert await outcome(pool, asked(2)) == ("FAILED", "address-unusable", 0)
    assert (await outcome(pool, legal()))[0] == "SENT"


async def test_an_address_of_the_contact_that_bounced_is_not_used_for_a_request_that_has_none(
    pool: asyncpg.Pool,
) -> None:
    await know(pool, contact(), address(unusable_since=NOW - dt.timedelta(hours=1), why="HARD_BOUNCE"))
    await take_in(pool, [asked(1, contact=ANA, email=None, postal=POSTAL)])
    assert await pool.fetchval("SELECT channel FROM notice WHERE id = $1", asked(1).notice_id) == "letter"


async def test_a_letter_that_is_not_wanted_any_more_is_not_printed(pool: asyncpg.Pool, tmp_path: Path) -> None:
    await know(pool, contact())
    await take_in(pool, [campaign(recipient={"email": None, "postal": POSTAL})])
    await pool.execute("UPDATE notice SET channel = 'letter', content = NULL")
    await know(pool, contact(stopped=True))
    settings = MailSettings(letters_folder=tmp_path)
    office = Office(settings.sender_name, settings.office)
    await Printer(pool, follows(), load_press(), office, settings, Clock(), asyncio.Event()).round()
    assert (await outcome(pool, campaign()))[:2] == ("STOPPED", "contact-stopped")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - nothing blocks here


async def test_a_message_that_is_not_wanted_any_more_is_not_handed_to_the_gateway(pool: asyncpg.Pool) -> None:
    await know(pool, contact())
    await take_in(pool, [campaign(recipient={"portal": "p-1"})])
    await pool.execute("UPDATE notice SET channel = 'portal'")
    await know(pool, contact(stopped=True))
    await Carrier(pool, follows(), MailSettings(), Clock(), asyncio.Event()).round()
    assert (await outcome(pool, campaign()))[:2] == ("STOPPED", "contact-stopped")
    assert "GatewayRequested" not in [kind for kind, _ in await outbox_events(pool)]


async def test_a_way_that_fails_is_the_last_for_who_stopped_meanwhile(pool: asyncpg.Pool) -> None:
    await know(pool, contact())
    await take_in(pool, [asked(1, contact=ANA, postal=POSTAL)])
    async with mail_server() as server:

        def refuse(_: str) -> str:
            return "550 5.7.1 not wanted"

        server.answer = refuse
        worker = sender(pool, server.port, Clock())
        send_all = worker._send_all

        async def stop_meanwhile(attempts: Any) -> Any:
            done = await send_all(attempts)
            await know(pool, contact(stopped=True))
            return done

        worker._send_all = stop_meanwhile  # type: ignore[method-assign]
        await worker.round()
    assert (await outcome(pool, asked(1)))[:2] == ("STOPPED", "contact-stopped")


async def gather(pool: asyncpg.Pool, *requests: NoticeRequested) -> None:
    """Let these wait for Ana's daily digest."""
    await know(pool, contact(preferences={"rhythm": "daily"}), on_list(), story())
    await take_in(pool, requests)
    assert {row["state"] for row in await pool.fetch("SELECT state FROM notice")} == {"GATHERED"}


async def compose(pool: asyncpg.Pool) -> list[NoticeRequested]:
    """The requests of the digests that are due in the morning."""
    clock = Clock()
    clock.now = MORNING
    await Digesting(pool, Notices(KEYRING), RECORDS, WRITING.knowing, "Our network", clock)()
    rows = await pool.fetch("SELECT payload FROM outbox WHERE type = 'notifications.NoticeRequested.v1'")
    return [NoticeRequested.model_validate_json(row["payload"]) for row in rows]


@changes
async def test_what_is_not_wanted_any_more_is_dropped_from_the_digest_and_an_empty_digest_is_not_sent(
    pool: asyncpg.Pool, request_: NoticeRequested, change: tuple[str, Any], reason: str
) -> None:
    await gather(pool, request_)
    await know(pool, change)
    assert await compose(pool) == []
    assert (await outcome(pool, request_))[:2] == ("STOPPED", reason)


async def test_a_digest_that_waits_to_leave_goes_without_the_story_that_was_withdrawn(pool: asyncpg.Pool) -> None:
    await gather(pool, told_story(1), campaign(2))
    (made,) = await compose(pool)
    await take_in(pool, [made], offset=1)
    await know(pool, story(erased=True))
    async with mail_server() as server:
        worker = sender(pool, server.port, Clock())
        while await worker.round():
            pass
        (mail,) = server.mails()
    body = mail.get_body(("plain",))
    assert body is not None
    assert "going home" not in body.get_content()
    assert "message" in body.get_content()
    assert await outcome(pool, made) == ("SENT", None, 1)
    assert (await outcome(pool, told_story(1)))[:2] == ("STOPPED", "story-withdrawn")
    assert (await outcome(pool, campaign(2)))[:2] == ("SENT", f"digest:{made.notice_id}")


async def test_a_digest_that_waits_to_leave_with_nothing_left_to_tell_does_not(pool: asyncpg.Pool) -> None:
    await gather(pool, told_story(1), campaign(2, list_id="falls"))
    (made,) = await compose(pool)
    await take_in(pool, [made], offset=1)
    await know(pool, story(erased=True), on_list(Standing.LEFT))
    assert await send(pool) == 0
    assert (await outcome(pool, made))[0] == "STOPPED"
