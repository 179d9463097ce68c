"""Calls one partner once: the name is looked up once, every address checked, and a checked one connected to."""

import asyncio
import datetime as dt
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from functools import partial
from ipaddress import IPv6Address, ip_address
from typing import Final

import httpx

from services.notifications.domain.webhooks.addresses import Address
from services.notifications.domain.webhooks.delivering import Answer, NoAnswer, Outcome
from services.notifications.domain.webhooks.target import NeverCalled, Target, refuse_address, target_of
from services.notifications.webhooks.settings import WebhookSettings

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a name, in the order they are to be tried; raises OSError where there are none."""

_MOST_ADDRESSES: Final = 3


class SystemResolver:
    """Looks names up with the system's resolver, in threads of its own: a slow name server delays nobody else."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="webhook-names")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a name."""
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        return list(dict.fromkeys(str(address[0]) for *_, address in found))

    def close(self) -> None:
        """Wait for nothing."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class Client:
    """Sends one request at a time to anywhere that may be called.

    No proxy and nothing else of the environment, no redirects, no cookies, no connection kept: a transport alone is
    used, with the address that was checked as the host and the name in the Host header, the TLS handshake and the
    check of the certificate.
    """

    def __init__(self, settings: WebhookSettings, resolver: Resolver, clock: Callable[[], dt.datetime]) -> None:
        self._settings = settings
        self._resolver = resolver
        self._clock = clock
        self._tested = settings.tested()
        context = httpx.create_ssl_context(trust_env=False)
        if settings.ca_file is not None:
            context = ssl.create_default_context(cafile=str(settings.ca_file))
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._transport = httpx.AsyncHTTPTransport(verify=context, trust_env=False, http2=False, limits=limits)

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Send a body; what the partner's server answers beyond its status and Retry-After is never read."""
        try:
            async with asyncio.timeout(self._settings.timeout):
                target = target_of(url, self._tested)
                return await self._call(target, await self._addresses(target), headers, body)
        except NeverCalled as never:
            return NoAnswer(never.code)
        except TimeoutError:
            return NoAnswer("timeout")

    async def close(self) -> None:
        """Let go of what is open."""
        await self._transport.aclose()

    async def _addresses(self, target: Target) -> Sequence[Address]:
        """Addresses that may be connected to: one that may not spoils all, for the name is not to be trusted."""
        if target.address is not None:
            return [target.address]
        try:
            async with asyncio.timeout(self._settings.connect_timeout):
                found = await self._resolver(target.host, target.port)
            addresses = [ip_address(one) for one in found]
        except (OSError, UnicodeError, ValueError):  # TimeoutError is an OSError
            raise NeverCalled("name-unknown") from None
        if not addresses:
            raise NeverCalled("name-unknown")
        if not target.tested:
            for address in addresses:
                refuse_address(address)
        return addresses

    async def _call(
        self, target: Target, addresses: Sequence[Address], headers: Mapping[str, str], body: bytes
    ) -> Outcome:
        outcome: Outcome = NoAnswer("connect")
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                return await self._post(target, address, headers, body)
            except httpx.ConnectTimeout:
                outcome = NoAnswer("connect-timeout")
            except httpx.ConnectError as error:
                outcome = NoAnswer("tls" if _is_tls(error) else "connect")
            except httpx.TimeoutException:
                return NoAnswer("timeout")
            except (httpx.HTTPError, httpx.InvalidURL):
                return NoAnswer("connection-lost")
        return outcome

    async def _post(self, target: Target, address: Address, headers: Mapping[str, str], body: bytes) -> Outcome:
        host = f"[{address}]" if isinstance(address, IPv6Address) else str(address)
        limits = httpx.Timeout(self._settings.timeout, connect=self._settings.connect_timeout)
        request = httpx.Request(
            "POST",
            f"{target.scheme}://{host}:{target.port}{target.path}",
            headers={"host": target.authority, "connection": "close", **headers},
            content=body,
            extensions={"timeout": limits.as_dict(), "sni_hostname": target.host},
        )
        response = await self._transport.handle_async_request(request)
        try:
            return Answer(response.status_code, _seconds(response.headers.get("retry-after"), self._clock()))
        finally:
            await response.aclose()


def _is_tls(error: httpx.ConnectError) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _seconds(value: str | None, now: dt.datetime) -> float | None:
    """Retry-After as seconds from now (RFC 9110 10.2.3); None where it is neither a number nor a date ahead."""
    if value is None:
        return None
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    ahead = (then.replace(tzinfo=then.tzinfo or dt.UTC) - now).total_seconds()
    return ahead if ahead > 0 else None
