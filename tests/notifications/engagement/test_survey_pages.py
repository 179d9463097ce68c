"""The page of a survey: a look changes nothing, answers are kept once, and a link that is not good says no more."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote, urlencode

import asyncpg
import httpx
import orjson
import pytest
from fastapi import FastAPI

from services.notifications import survey_pages
from services.notifications.app import SERVICE
from services.notifications.domain.registry import KINDS
from shared.contracts.notifications.engagement import RecordSurveyAnswer, WithdrawSurveyAnswer
from shared.records.store import RecordStore
from shared.runtime.service import Context
from shared.runtime.settings import Settings
from tests.notifications.desk import NOW
from tests.notifications.engagement.test_survey_links import HOSTILE, UNTIL, token
from tests.notifications.engagement.voices import CODE, TODAY, VoicesDesk, answered
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database

OURS = f"/survey/{token()}"
OVER = f"/survey/{token(TODAY - dt.timedelta(days=2))}"
FORM = {"content-type": "application/x-www-form-urlencoded"}
GIVEN = {"version": "1", "reached": "4", "better": "Call sooner.\r\nThank you."}


class Time:
    """What the service takes for now."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        yield opened


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
async def people(pool: asyncpg.Pool, tmp_path: Path, clock: Time) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever has a link: no token, no cookie."""
    app = FastAPI()
    app.include_router(
        survey_pages.pages(Context(Settings(secrets_dir=tmp_path), pool, clock, "", KEYRING, asyncio.Event()))
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t") as opened:
        yield opened


async def send(people: httpx.AsyncClient, path: str = OURS, **changed: str) -> httpx.Response:
    return await people.post(path, content=urlencode({**GIVEN, **changed}), headers=FORM)


async def kept(pool: asyncpg.Pool) -> list[dict[str, object]]:
    rows = await pool.fetch("SELECT state FROM record WHERE kind = 'survey'")
    return [orjson.loads(row["state"])["facts"] for row in rows]


async def said(pool: asyncpg.Pool) -> list[str]:
    return [row["type"].split(".")[1] for row in await pool.fetch("SELECT type FROM outbox ORDER BY position")]


async def has(pool: asyncpg.Pool, *commands: RecordSurveyAnswer | WithdrawSurveyAnswer) -> None:
    """Let staff have recorded something."""
    desk = VoicesDesk()
    for command in commands:
        desk.done(command)
    async with pool.acquire() as conn:
        await RecordStore(KINDS, {}).save(conn, desk.own(), NOW)


async def test_a_look_changes_nothing_and_what_is_sent_is_kept_once(
    pool: asyncpg.Pool, people: httpx.AsyncClient, clock: Time
) -> None:
    for _ in range(2):
        assert (await people.get(OURS)).status_code == 200
        assert (await people.head(OURS)).status_code == 200
    assert (await kept(pool), await said(pool)) == ([], [])
    first = await send(people, f"{OURS}?lang=es")
    clock.now += dt.timedelta(days=1)
    again = await send(people, f"{OURS}?lang=es")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.text == again.text
    assert "Tenemos sus respuestas" in first.text
    assert "set-cookie" not in first.headers
    assert await kept(pool) == [
        {
            "version": "1",
            "group": "APPEAL",
            "scores": {"reached": 4},
            "words": {"better": "Call sooner.\nThank you."},
            "language": "es",
            "how": "ONLINE",
            "answered_on": TODAY.isoformat(),
        }
    ]
    assert await said(pool) == ["SurveyAnswered"]


async def test_two_at_the_same_time_are_kept_as_one(pool: asyncpg.Pool, people: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(send(people) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert await said(pool) == ["SurveyAnswered"]
    other = await send(people, reached="1")
    assert other.status_code == 404
    assert [one["scores"] for one in await kept(pool)] == [{"reached": 4}]


async def test_used_expired_and_unknown_links_say_the_same_and_change_nothing(
    pool: asyncpg.Pool, people: httpx.AsyncClient
) -> None:
    await has(pool, answered())
    before = await kept(pool)
    # The client itself refuses more than 65,536 letters.
    unknown = [f"/survey/{quote(one[:50_000], safe='', errors='surrogatepass')}" for one in HOSTILE]
    tricks = ["/survey/a/b", "/survey/%2e%2e%2fx", f"/survey/{CODE}", f"{OURS}/x"]
    looks = [await people.get(path) for path in (OURS, OVER, *unknown, *tricks)]
    sent = [await send(people, path) for path in (OURS, OVER, *unknown, *tricks)]
    empty = [await people.post(path, headers=FORM) for path in (OURS, OVER, *unknown, *tricks)]
    assert {(answer.status_code, answer.text) for answer in (*looks, *sent, *empty)} == {(404, looks[0].text)}
    assert len({tuple(sorted(answer.headers.items())) for answer in (*looks, *sent, *empty)}) == 1
    assert (await kept(pool), await said(pool)) == (before, [])


async def test_answers_that_were_taken_back_cannot_be_given_again_by_the_link(
    pool: asyncpg.Pool, people: httpx.AsyncClient
) -> None:
    await has(pool, answered(), WithdrawSurveyAnswer(actor="nora", code=CODE))
    assert (await people.get(OURS)).status_code == 404
    assert (await send(people)).status_code == 404
    assert await said(pool) == []


async def test_what_cannot_be_kept_is_asked_for_again_with_what_was_typed(
    pool: asyncpg.Pool, people: httpx.AsyncClient
) -> None:
    nothing = await send(people, reached="", better=" ")
    assert (nothing.status_code, "Please answer one question" in nothing.text) == (400, True)
    long = await send(people, better="<b>" * 1_000)
    assert (long.status_code, "&lt;b&gt;" in long.text, "<b>" in long.text) == (400, True, False)
    assert 'value="4" checked' in long.text
    for body in (b"", b"x" * 100_000, b"version=1&reached=9"):
        answer = await people.post(OURS, content=body, headers=FORM)
        assert (answer.status_code, "did not reach us" in answer.text) == (400, True)
    assert (await kept(pool), await said(pool)) == ([], [])


async def test_sending_without_end_is_slowed_down_alike_for_every_link(
    pool: asyncpg.Pool, people: httpx.AsyncClient
) -> None:
    del pool
    for path in (OURS, "/survey/x"):
        answers = [await send(people, path) for _ in range(11)]
        assert answers[-1].status_code == 429
        assert 429 not in {answer.status_code for answer in answers[:-1]}
        assert answers[-1].headers["retry-after"] == "60"


async def test_the_page_is_in_the_language_of_the_invitation_and_no_cache_or_page_hears_of_it(
    people: httpx.AsyncClient,
) -> None:
    invited = await people.get(OURS, params={"lang": "es"}, headers={"accept-language": "en"})
    typed = await people.get(OURS, headers={"accept-language": "es-MX"})
    assert invited.text == typed.text
    assert '<html lang="es">' in invited.text
    other = await people.get(OURS, params={"lang": "vi"})
    assert '<html lang="en">' in other.text
    for answer in (invited, await send(people), await people.get("/survey/x")):
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_link_is_good_to_the_end_of_its_last_day(people: httpx.AsyncClient, clock: Time) -> None:
    clock.now = dt.datetime.combine(UNTIL, dt.time(23, 59), dt.UTC)
    assert (await people.get(OURS)).status_code == 200
    clock.now += dt.timedelta(days=1)
    assert (await people.get(OURS)).status_code == 404
    assert (await send(people)).status_code == 404


async def test_the_service_serves_the_pages_of_lists_and_of_surveys(pool: asyncpg.Pool, tmp_path: Path) -> None:
    assert SERVICE.pages is not None
    app = FastAPI()
    app.include_router(
        SERVICE.pages(Context(Settings(secrets_dir=tmp_path), pool, Time(), "", KEYRING, asyncio.Event()))
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t") as opened:
        found = [(await opened.get(path)).status_code for path in ("/unsubscribe/x", "/confirm/x", OURS)]
    assert found == [200, 200, 200]
