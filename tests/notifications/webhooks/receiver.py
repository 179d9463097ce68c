"""A partner's server on this host: keeps what it gets, answers as told, when told."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

DEADLINE = 20.0


@dataclass(frozen=True)
class Request:
    """One request as it came, byte for byte, and its parts; names of headers in small letters."""

    head: bytes
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """The webhook's id."""
        return self.headers["webhook-id"]


def plain(status: int, *headers: str) -> bytes:
    """An answer without a body."""
    lines = (f"HTTP/1.1 {status} Said", "content-length: 0", *headers)
    return "\r\n".join((*lines, "", "")).encode()


@dataclass
class Receiver:
    """Keeps requests. ``answer`` says what to answer to one; while ``silent`` is set, it says nothing."""

    port: int = 0
    taken: list[Request] = field(default_factory=list)
    answer: Callable[[Request], bytes] = lambda _: plain(204)
    endless: bool = False
    silent: asyncio.Event | None = None
    now_open: int = 0
    most_open: int = 0
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self.place}/hook"

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def ids(self) -> list[str]:
        """The webhook ids, in order."""
        return [request.id for request in self.taken]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something has come."""
        async with self._came:
            await asyncio.wait_for(self._came.wait_for(condition), DEADLINE)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        self.now_open += 1
        self.most_open = max(self.most_open, self.now_open)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.decode().split("\r\n")[1:-2]
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            request = Request(head, headers, body)
            async with self._came:
                self.taken.append(request)
                self._came.notify_all()
            if self.silent is not None:
                await self.silent.wait()
            writer.write(self.answer(request))
            while self.endless:
                writer.write(b"x" * 65536)
                await writer.drain()
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.now_open -= 1
            writer.close()


@asynccontextmanager
async def receiving(
    host: str = "127.0.0.1", port: int = 0, context: ssl.SSLContext | None = None
) -> AsyncIterator[Receiver]:
    """A receiver that listens."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, host, port, ssl=context)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        if receiver.silent is not None:
            receiver.silent.set()
        receiver.endless = False
        server.close()
