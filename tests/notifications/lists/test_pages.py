"""The pages behind the links: a look changes nothing, one click does, and nobody learns anything by trying."""

import re

import asyncpg
import httpx

from services.notifications.domain.unsubscribing import ONE_CLICK
from shared.contracts.notifications.lists import AskSubscription, EndSubscription
from tests.notifications.lists.conftest import carry_out
from tests.notifications.lists.desk import ANA, BEN, LINKS, LIST
from tests.notifications.lists.desk import SETTINGS as S

CLICK = {"content-type": "application/x-www-form-urlencoded"}


def path(link: str) -> str:
    return link.removeprefix(S.public_url)


LEAVE, CONFIRM = path(LINKS.leave(LIST, ANA)), path(LINKS.confirm(LIST, ANA))
ASK = AskSubscription(actor="t", list_id=LIST, contact=ANA)


async def state(pool: asyncpg.Pool) -> str | None:
    found: str | None = await pool.fetchval("SELECT state ->> 'state' FROM record WHERE kind = 'subscription'")
    return found


async def said(pool: asyncpg.Pool) -> list[str]:
    return [row["type"].split(".")[1] for row in await pool.fetch("SELECT type FROM outbox ORDER BY position")]


async def on_list(pool: asyncpg.Pool, people: httpx.AsyncClient) -> None:
    await carry_out(pool, [ASK], first=1)
    await people.post(CONFIRM)
    assert await state(pool) == "CONFIRMED"
    await pool.execute("DELETE FROM outbox")


async def test_double_opt_in_asks_sends_a_link_and_a_click_confirms(
    pool: asyncpg.Pool, people: httpx.AsyncClient
) -> None:
    await carry_out(pool, [ASK], first=1)
    assert await state(pool) == "PENDING"
    for _ in range(3):
        assert (await people.get(CONFIRM)).status_code == 200
    assert await state(pool) == "PENDING"
    assert (await people.post(CONFIRM)).status_code == 200
    assert await state(pool) == "CONFIRMED"
    assert (await said(pool))[-4:] == [
        "SubscriptionAsked",
        "NoticeRequested",
        "CommandAccepted",
        "SubscriptionConfirmed",
    ]


async def test_one_click_post_leaves_the_list_at_once_and_once_only(
    pool: asyncpg.Pool, people: httpx.AsyncClient
) -> None:
    await on_list(pool, people)
    answers = [await people.post(LEAVE, content=ONE_CLICK, headers=CLICK) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert not any("set-cookie" in answer.headers for answer in answers)
    assert await state(pool) == "LEFT"
    assert await said(pool) == ["SubscriptionLeft"]


async def test_one_click_works_in_the_encoding_that_mail_programs_are_told_to_use(
    pool: asyncpg.Pool, people: httpx.AsyncClient
) -> None:
    await on_list(pool, people)
    await people.post(LEAVE, files={"List-Unsubscribe": (None, "One-Click")})  # RFC 8058 3.2: multipart/form-data
    assert await state(pool) == "LEFT"


async def test_a_look_changes_nothing_so_filters_that_follow_every_link_do_no_harm(
    pool: asyncpg.Pool, people: httpx.AsyncClient
) -> None:
    await on_list(pool, people)
    for _ in range(5):
        assert (await people.get(LEAVE)).status_code == 200
        assert (await people.head(LEAVE)).status_code == 200
    assert await state(pool) == "CONFIRMED"
    assert await said(pool) == []


async def test_a_post_that_is_no_click_changes_nothing(pool: asyncpg.Pool, people: httpx.AsyncClient) -> None:
    await on_list(pool, people)
    for body in (b"", b"List-Unsubscribe=Maybe", b"x" * 5_000 + ONE_CLICK.encode()):
        assert (await people.post(LEAVE, content=body, headers=CLICK)).status_code == 400
    assert await state(pool) == "CONFIRMED"


async def test_no_answer_tells_whether_a_token_is_ours(pool: asyncpg.Pool, people: httpx.AsyncClient) -> None:
    await on_list(pool, people)
    others = (
        "/unsubscribe/x",
        path(LINKS.leave(LIST, BEN)),
        LEAVE[:-1] + "A",
        CONFIRM.replace("confirm", "unsubscribe"),
    )
    for other in others:
        ours, theirs = (await people.get(LEAVE), await people.get(other))
        assert (ours.status_code, ours.text) == (theirs.status_code, theirs.text)
        posted = await people.post(other, content=ONE_CLICK, headers=CLICK)
        assert await state(pool) == "CONFIRMED"
        assert (posted.status_code, "no more mail" in posted.text) == (200, True)
    done = await people.post(LEAVE, content=ONE_CLICK, headers=CLICK)
    assert done.text == posted.text


async def test_a_link_to_confirm_is_worth_nothing_after_leaving(pool: asyncpg.Pool, people: httpx.AsyncClient) -> None:
    await on_list(pool, people)
    await carry_out(pool, [EndSubscription(actor="t", list_id=LIST, contact=ANA)], first=2)
    assert (await people.post(CONFIRM)).status_code == 200
    assert await state(pool) == "LEFT"


async def test_clicking_without_end_is_slowed_down_alike_for_every_token(people: httpx.AsyncClient) -> None:
    for token in (LEAVE, "/unsubscribe/x"):
        answers = [await people.post(token, content=ONE_CLICK, headers=CLICK) for _ in range(11)]
        assert [answer.status_code for answer in answers] == [200] * 10 + [429]
        assert answers[-1].headers["retry-after"] == "60"


async def test_the_page_is_plain_in_the_readers_language_with_one_button_and_nothing_from_elsewhere(
    people: httpx.AsyncClient,
) -> None:
    english = await people.get(LEAVE)
    spanish = await people.get(LEAVE, headers={"accept-language": "fr, es-MX;q=0.9, en;q=0.8"})
    chosen = await people.get(LEAVE, params={"lang": "es"})
    assert '<html lang="en">' in english.text
    assert '<html lang="es">' in spanish.text
    assert "Salir de la lista" in spanish.text
    assert chosen.text == spanish.text
    for answer in (english, spanish):
        assert answer.text.count("<button") == 1
        assert not re.search(r"<(script|img|link|iframe|style)", answer.text)
        assert "http" not in answer.text
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
