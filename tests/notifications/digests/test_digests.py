"""Digests: what waits for one is told once, in one notice, at the hour its reader asked for."""

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID, uuid5

import asyncpg
import pytest

from services.notifications.digesting import Digesting
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.digests.composing import digest, item
from services.notifications.domain.notice import Channel, Notice, State
from services.notifications.repository import Notices
from shared.contracts.notifications import NoticeRequested, Recipient
from shared.contracts.notifications.contacts import ContactFacts
from shared.messaging import outbox
from tests.notifications.audiences.world import World
from tests.notifications.campaigns.asking import contact_id
from tests.notifications.campaigns.asking import facts as contact_facts
from tests.notifications.support import NOW, RECORDS, WRITING, take_in
from tests.support.service import KEYRING

ANA = contact_id(1)
ADDRESS = "c1@home.example"
SPACE = UUID("0195b0de-0000-7000-8000-0000000000d1")
# A Wednesday, 14:00 UTC; the next 08:00 in New York is on Thursday at 12:00 UTC.
MORNING = dt.datetime(2014, 8, 7, 12, tzinfo=dt.UTC)
MONDAY = dt.datetime(2014, 8, 11, 12, tzinfo=dt.UTC)
_NOTICES = "SELECT state, reason FROM notice ORDER BY id"
_REQUESTS = "SELECT payload FROM outbox WHERE type = 'notifications.NoticeRequested.v1' ORDER BY position"


class Killed(Exception):  # noqa: N818 - the fact is the name
    """The process ended here."""


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


def message(number: int, kind: str = "CAMPAIGN_MESSAGE", **changed: Any) -> NoticeRequested:
    """A message to Ana that is not urgent."""
    values: dict[str, Any] = {
        "notice_id": uuid5(SPACE, str(number)),
        "notice_type": kind,
        "subject": f"campaign:{number}",
        "recipient": Recipient(role="frontline", name="Ana", email=ADDRESS, time_zone="America/New_York", contact=ANA),
        "facts": {
            "qio_name": "Example QIN-QIO",
            "qio_phone": "1-866-555-0100",
            "heading": f"Message {number}",
            "words": f"Words of {number}.\nAnd more.",
        },
        "due_at": NOW + dt.timedelta(days=14),
    }
    return NoticeRequested.model_validate(values | changed)


def wishing(rhythm: str, **changed: Any) -> ContactFacts:
    return contact_facts(1, preferences={"rhythm": rhythm}, **changed)


async def knows(pool: asyncpg.Pool, held: ContactFacts | None, *lists: str) -> None:
    await World({1: held}, {}, {1: frozenset(lists)} if lists else {}).keep(pool)


def worker(pool: asyncpg.Pool, clock: Clock) -> Digesting:
    return Digesting(pool, Notices(KEYRING), RECORDS, WRITING.knowing, "Our network", clock)


async def requested(pool: asyncpg.Pool) -> list[NoticeRequested]:
    return [NoticeRequested.model_validate_json(row["payload"]) for row in await pool.fetch(_REQUESTS)]


async def states(pool: asyncpg.Pool) -> list[str]:
    return [row["state"] for row in await pool.fetch(_NOTICES)]


@pytest.mark.parametrize(("rhythm", "instant"), [("daily", MORNING), ("weekly", MONDAY)])
async def test_two_events_in_one_minute_are_one_digest_for_who_asked_for_digests(
    pool: asyncpg.Pool, rhythm: str, instant: dt.datetime
) -> None:
    await knows(pool, wishing(rhythm))
    await take_in(pool, [message(1), message(2)])
    assert await states(pool) == ["GATHERED", "GATHERED"]
    clock = Clock()
    clock.now = instant - dt.timedelta(seconds=1)
    await worker(pool, clock)()
    assert await requested(pool) == []
    clock.now = instant
    for _ in range(3):
        await worker(pool, clock)()
    (made,) = await requested(pool)
    assert made.notice_type == "DIGEST"
    assert made.facts["rhythm"] == rhythm
    assert [line.split(": ")[1] for line in made.facts["items"].splitlines()] == [
        "Message 1. Words of 1. And more.",
        "Message 2. Words of 2. And more.",
    ]
    rows = await pool.fetch(_NOTICES)
    assert {tuple(row) for row in rows} == {("SENT", f"digest:{made.notice_id}")}


async def test_two_events_in_one_minute_are_two_notices_for_who_wants_all_at_once(pool: asyncpg.Pool) -> None:
    await knows(pool, wishing("at-once"))
    await take_in(pool, [message(1), message(2)])
    assert await states(pool) == ["QUEUED", "QUEUED"]
    clock = Clock()
    clock.now = MONDAY
    await worker(pool, clock)()
    assert await requested(pool) == []


async def test_a_digest_is_not_gathered_into_the_next_one(pool: asyncpg.Pool) -> None:
    await knows(pool, wishing("daily"))
    await take_in(pool, [message(1)])
    clock = Clock()
    clock.now = MORNING
    await worker(pool, clock)()
    await take_in(pool, await requested(pool), offset=1)
    row = await pool.fetchrow("SELECT state, letter FROM notice WHERE type = 'DIGEST'")
    assert tuple(row) == ("QUEUED", "DIGEST.member.en.1")


async def test_a_kill_leaves_no_digest_half_made(pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    await knows(pool, wishing("daily"))
    await take_in(pool, [message(1), message(2)])
    clock = Clock()
    clock.now = MORNING

    async def die(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(outbox, "append", die)
        with pytest.raises(Killed):
            await worker(pool, clock)()
    assert await states(pool) == ["GATHERED", "GATHERED"]
    assert await requested(pool) == []
    await worker(pool, clock)()
    assert len(await requested(pool)) == 1


async def test_two_workers_at_once_make_one_digest(pool: asyncpg.Pool) -> None:
    await knows(pool, wishing("daily"))
    await take_in(pool, [message(1), message(2)])
    clock = Clock()
    clock.now = MORNING
    await asyncio.gather(*(worker(pool, clock)() for _ in range(4)))
    assert len(await requested(pool)) == 1


async def test_what_came_in_late_for_an_hour_makes_a_digest_of_its_own(pool: asyncpg.Pool) -> None:
    await knows(pool, wishing("daily"))
    clock = Clock()
    clock.now = MORNING
    for number in (1, 2):
        await take_in(pool, [message(number)], offset=number)
        await worker(pool, clock)()
    made = await requested(pool)
    assert len({one.notice_id for one in made}) == 2
    assert [one.facts["items"].count("\n") for one in made] == [0, 0]


@pytest.mark.parametrize(
    ("held", "reason"), [(wishing("daily", stopped=True), "contact-stopped"), (None, "contact-forgotten")]
)
async def test_who_asked_not_to_be_written_to_meanwhile_gets_no_digest(
    pool: asyncpg.Pool, held: ContactFacts | None, reason: str
) -> None:
    await knows(pool, wishing("daily"))
    await take_in(pool, [message(1)])
    await knows(pool, held)
    clock = Clock()
    clock.now = MORNING
    await worker(pool, clock)()
    assert await requested(pool) == []
    row = await pool.fetchrow(_NOTICES)
    assert (row["state"], row["reason"]) == ("STOPPED", reason)


async def test_news_of_a_list_left_meanwhile_are_not_told_and_the_rest_is(pool: asyncpg.Pool) -> None:
    await knows(pool, wishing("daily"), "updates")
    await take_in(pool, [message(1, list_id="updates"), message(2)])
    await knows(pool, wishing("daily"), "updates-left")
    clock = Clock()
    clock.now = MORNING
    await worker(pool, clock)()
    (made,) = await requested(pool)
    assert "Message 2" in made.facts["items"]
    assert "Message 1" not in made.facts["items"]
    assert sorted(await states(pool)) == ["SENT", "STOPPED"]


def waiting(number: int, **changed: Any) -> Notice:
    asked = message(number, **changed)
    return Notice(
        id=asked.notice_id,
        type=asked.notice_type,
        subject=asked.subject,
        role=asked.recipient.role,
        recipient=asked.recipient,
        facts=asked.facts,
        channel=Channel.EMAIL,
        state=State.GATHERED,
        reason=None,
        letter=None,
        citation=None,
        due_at=asked.due_at,
        queued_at=NOW,
        available_at=MORNING,
        begun_at=NOW,
        list_id=asked.list_id,
    )


def test_a_line_of_a_digest_is_one_line_however_long_and_hostile_the_words_are() -> None:
    hostile = {"heading": "A\r\nB\u2028C {{ 7 * 7 }} <b>", "words": "x" * 50 + "\n" + "word " * 2_000}
    told = item(CATALOGUE["CAMPAIGN_MESSAGE"], waiting(1, facts=hostile), "en", "America/New_York")
    assert len(told.splitlines()) == 1
    assert len(told) < 900
    assert told.endswith("…")


def test_a_digest_is_in_the_language_of_its_reader() -> None:
    notice = waiting(1, recipient=message(1).recipient.model_copy(update={"role": "family"}))
    held = contact_facts(1, preferences={"rhythm": "daily", "language": "es"})
    made = digest(ANA, held, [notice], {}, "Our network", MORNING)
    assert made.request is not None
    assert made.request.facts["items"].startswith("Un mensaje de su equipo de calidad de Medicare: Message 1.")


def test_what_several_notices_tell_alike_is_told_once() -> None:
    same = message(1).facts
    made = digest(ANA, wishing("daily"), [waiting(1), waiting(2, facts=same)], {}, "Our network", MORNING)
    assert made.request is not None
    assert len(made.request.facts["items"].splitlines()) == 1
    assert len(made.told) == 2


def test_the_same_notices_always_make_the_same_digest() -> None:
    notices = [waiting(1), waiting(2)]
    made = [
        digest(ANA, wishing("daily"), some, {}, "Our network", now)
        for some, now in ((notices, MORNING), (notices[::-1], MORNING + dt.timedelta(hours=3)))
    ]
    ids = {one.request.notice_id for one in made if one.request is not None}
    assert len(ids) == 1


def test_whatever_may_be_gathered_can_be_told_in_a_line() -> None:
    for kind, described in CATALOGUE.items():
        if described.digestible:
            for role in described.letters:
                told = item(
                    described,
                    waiting(
                        1,
                        notice_type=kind,
                        recipient=Recipient.model_validate(
                            {"role": role, "name": "Ana", "time_zone": "America/New_York"}
                        ),
                    ),
                    "es",
                    "America/New_York",
                )
                assert told.strip()
