"""One call of a partner: only to an address that was checked, never further than the first answer."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from services.notifications.domain.webhooks.delivering import Answer, NoAnswer, Outcome
from services.notifications.webhooks.client import Client
from services.notifications.webhooks.settings import WebhookSettings
from tests.notifications.webhooks.certificates import authority, certified
from tests.notifications.webhooks.receiver import Receiver, plain, receiving

NOW = dt.datetime(2015, 3, 6, 16, 30, tzinfo=dt.UTC)
HOST = "hooks.partner.example"


class Answers:
    """A name server that gives one answer after the other, and counts."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        if not self._answers:
            raise OSError("no such name")
        return self._answers.pop(0)


async def call(url: str, answers: Answers, body: bytes = b"{}", **changed: Any) -> Outcome:
    client = Client(WebhookSettings().model_copy(update=changed), answers, lambda: NOW)
    try:
        return await client.send(url, {"webhook-id": "x", "content-type": "application/json"}, body)
    finally:
        await client.close()


@pytest.mark.parametrize(
    ("addresses", "code"),
    [
        (["127.0.0.1"], "address-loopback"),
        (["8.8.8.8", "10.0.0.1"], "address-private"),  # one bad address spoils all
        (["169.254.169.254"], "address-link-local"),
        (["100.64.1.1"], "address-cgnat"),
        (["::1"], "address-loopback"),
        (["::ffff:169.254.169.254"], "address-mapped"),
        (["64:ff9b::7f00:1"], "address-nat64"),
        (["2002:a00:1::"], "address-6to4"),
        (["fe80::1%lo"], "address-link-local"),
        (["0.0.0.0"], "address-unspecified"),
        (["not an address"], "name-unknown"),
        ([], "name-unknown"),
    ],
)
async def test_a_name_that_leads_where_nothing_may_be_called_is_not_called(addresses: list[str], code: str) -> None:
    assert await call(f"https://{HOST}/", Answers(addresses)) == NoAnswer(code)


async def test_a_name_that_answers_otherwise_the_second_time_is_asked_once_and_the_first_answer_called() -> None:
    async with receiving() as first, receiving("127.0.0.2", first.port) as second:
        place = f"{HOST}:{first.port}"
        answers = Answers(["127.0.0.1"], ["127.0.0.2"])
        assert await call(f"http://{place}/hook?a=b", answers, test_receivers=place) == Answer(204)
        assert answers.asked == [(HOST, first.port)]
        assert (len(first.taken), len(second.taken)) == (1, 0)
        assert first.taken[0].headers["host"] == place
        assert first.taken[0].head.startswith(b"POST /hook?a=b HTTP/1.1\r\n")


async def test_a_name_is_checked_again_at_every_call() -> None:
    async with receiving() as receiver:
        settings = WebhookSettings(test_receivers=f"{HOST}:{receiver.port}")
        answers = Answers(["127.0.0.1"], ["10.0.0.1"])
        client = Client(settings, answers, lambda: NOW)
        assert await client.send(f"http://{HOST}:{receiver.port}/", {}, b"") == Answer(204)
        client._tested = frozenset()  # as if the name had been a public one
        client._settings = settings
        assert await client.send(f"https://{HOST}/", {}, b"") == NoAnswer("address-private")
        await client.close()


async def test_the_name_is_kept_in_the_handshake_and_the_certificate_is_checked_for_it(tmp_path: Path) -> None:
    ca = authority(tmp_path)
    names: list[str | None] = []
    context = certified(ca, HOST, tmp_path)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    async with receiving(context=context) as receiver:
        place = f"{HOST}:{receiver.port}"
        trusted: dict[str, Any] = {"test_receivers": place, "ca_file": ca.file}
        assert await call(f"https://{place}/", Answers(["127.0.0.1"]), **trusted) == Answer(204)
        assert names == [HOST]
        assert receiver.taken[0].headers["host"] == place
        assert await call(f"https://{place}/", Answers(["127.0.0.1"]), test_receivers=place) == NoAnswer("tls")
        other = f"other.example:{receiver.port}"
        trusted["test_receivers"] = other
        assert await call(f"https://{other}/", Answers(["127.0.0.1"]), **trusted) == NoAnswer("tls")
        assert len(receiver.taken) == 1


async def test_a_redirect_is_not_followed() -> None:
    async with receiving() as receiver:
        receiver.answer = lambda _: plain(302, "location: http://169.254.169.254/latest/meta-data/")
        assert await _called(receiver) == Answer(302)
        assert len(receiver.taken) == 1


async def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with receiving() as receiver:
        assert await _called(receiver) == Answer(204)


async def test_an_endless_answer_is_not_read() -> None:
    async with receiving() as receiver:
        receiver.endless = True
        receiver.answer = lambda _: b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n"
        assert await _called(receiver) == Answer(200)
        receiver.endless = False


async def test_cookies_are_not_kept() -> None:
    async with receiving() as receiver:
        receiver.answer = lambda _: plain(204, "set-cookie: a=b; path=/")
        client = Client(WebhookSettings(test_receivers=receiver.place), Answers(), lambda: NOW)
        for _ in range(2):
            assert await client.send(receiver.url, {}, b"") == Answer(204)
        await client.close()
        assert all("cookie" not in request.headers for request in receiver.taken)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("Fri, 06 Mar 2015 16:31:00 GMT", 60.0),
        ("Fri, 06 Mar 2015 16:29:00 GMT", None),
        ("-5", None),
        ("soon", None),
        ("9999999999999", None),
        ("²", None),
    ],
)
async def test_retry_after_is_a_number_or_a_date_ahead(header: str, seconds: float | None) -> None:
    async with receiving() as receiver:
        receiver.answer = lambda _: plain(503, f"retry-after: {header}")
        assert await _called(receiver) == Answer(503, seconds)


async def test_a_server_that_says_nothing_is_left_after_the_time_for_one_call() -> None:
    async with receiving() as receiver:
        receiver.silent = asyncio.Event()
        assert await _called(receiver, timeout=0.2) == NoAnswer("timeout")


async def test_a_name_server_that_says_nothing_is_left_too() -> None:
    async def never(host: str, port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        raise AssertionError

    client = Client(WebhookSettings(connect_timeout=0.1), never, lambda: NOW)
    assert await client.send(f"https://{HOST}/", {}, b"") == NoAnswer("name-unknown")
    await client.close()


async def test_what_is_no_http_or_nobody_is_no_answer() -> None:
    async with receiving() as receiver:
        receiver.answer = lambda _: b"HELLO\r\n\r\n"
        assert await _called(receiver) == NoAnswer("connection-lost")
        receiver.answer = lambda _: b""
        assert await _called(receiver) == NoAnswer("connection-lost")
    place = receiver.place
    assert await call(f"http://{place}/", Answers(), test_receivers=place) == NoAnswer("connect")


async def test_where_the_first_address_does_not_answer_the_next_one_is_tried() -> None:
    async with receiving("127.0.0.2") as receiver:
        place = f"{HOST}:{receiver.port}"
        assert await call(f"http://{place}/", Answers(["127.0.0.1", "127.0.0.2"]), test_receivers=place) == Answer(204)


async def _called(receiver: Receiver, **changed: Any) -> Outcome:
    return await call(receiver.url, Answers(), test_receivers=receiver.place, **changed)
