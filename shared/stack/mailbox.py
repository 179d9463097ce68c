"""The embedded stack's mail server: real SMTP on this host only, every mail a readable file in a folder by day."""

import argparse
import asyncio
import datetime as dt
import json
import os
import re
import signal
import stat
import sys
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import Header, decode_header, make_header
from pathlib import Path
from typing import Any, Final

import uvloop
from aiosmtpd.smtp import SMTP

HOST: Final = "127.0.0.1"
MAX_BYTES: Final = 10 * 1024 * 1024
INDEX: Final = "index.jsonl"
_NUMBER: Final = re.compile(r"^(\d+)-")
_SLUG_LENGTH: Final = 60


class Mailbox:
    """Keeps mail as ``<dir>/<yyyy-mm-dd>/NNNN-<subject>.eml`` (UTC days) and a line per mail in ``<dir>/index.jsonl``.

    A mail is a complete file before the server says 250. A repeated mail is kept again: what came is what is shown.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self._index = (folder / INDEX).open("a", encoding="utf-8", buffering=1)
        self._day = ""
        self._number = 0

    def keep(self, content: bytes, recipients: list[str], now: dt.datetime) -> Path:
        """Write one mail and its index line; returns the file."""
        mail = message_from_bytes(_head(content))
        subject = _decoded(mail.get("Subject", ""))
        target = self._next(_slug(subject), now)
        draft = target.with_suffix(".part")
        draft.write_bytes(content)
        draft.rename(target)
        line = {
            "message_id": _decoded(mail.get("Message-ID", "")),
            "to": recipients,
            "subject": subject,
            "received_at": now.isoformat(),
            "file": str(target.relative_to(self.folder)),
        }
        self._index.write(json.dumps(line, ensure_ascii=False) + "\n")
        return target

    def close(self) -> None:
        """Close the index; idempotent."""
        self._index.close()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the mail that was sent."""
        try:
            self.keep(envelope.content, list(envelope.rcpt_tos), dt.datetime.now(dt.UTC))
        except OSError as error:
            return f"452 4.3.1 cannot be kept: {error.strerror}"
        return "250 2.0.0 kept"

    def _next(self, slug: str, now: dt.datetime) -> Path:
        day = now.astimezone(dt.UTC).date().isoformat()
        folder = self.folder / day
        if day != self._day:
            folder.mkdir(mode=0o700, exist_ok=True)
            taken = (_NUMBER.match(path.name) for path in folder.iterdir())
            self._number = max((int(found[1]) for found in taken if found), default=0)
            self._day = day
        self._number += 1
        return folder / f"{self._number:04}-{slug}.eml"


@asynccontextmanager
async def serving(mailbox: Mailbox, port: int = 0) -> AsyncIterator[int]:
    """Serve a mailbox while the block runs; gives the port, which is a free one for 0."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _protocol(mailbox, loop), HOST, port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
        mailbox.close()


def main() -> None:
    """Serve until SIGTERM, SIGINT, or, where standard input is a pipe, the end of the process that holds it."""
    parser = argparse.ArgumentParser(prog="python -m shared.stack.mailbox", description=__doc__)
    parser.add_argument("--dir", type=Path, required=True, help="folder of the mails")
    parser.add_argument("--port", type=int, default=0, help="port on this host; 0 takes a free one")
    given = parser.parse_args()
    uvloop.run(_serve(given.dir, given.port))


async def _serve(folder: Path, port: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if _is_pipe(sys.stdin.fileno()):
        loop.add_reader(sys.stdin.fileno(), _watch_parent, stop)
    async with serving(Mailbox(folder), port) as taken:
        sys.stdout.write(f"{HOST}:{taken}\n")
        sys.stdout.flush()
        await stop.wait()


def _protocol(mailbox: Mailbox, loop: asyncio.AbstractEventLoop) -> SMTP:
    return SMTP(mailbox, data_size_limit=MAX_BYTES, hostname="localhost", ident="qio mailbox", loop=loop)


def _is_pipe(descriptor: int) -> bool:
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _watch_parent(stop: asyncio.Event) -> None:
    if not os.read(0, 4096):
        asyncio.get_running_loop().remove_reader(0)
        stop.set()


def _head(content: bytes) -> bytes:
    return content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def _decoded(value: str | Header) -> str:
    """A header in words; one that cannot be decoded as it came, so that no mail is lost for it."""
    try:
        text = str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        text = str(value)
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _slug(subject: str) -> str:
    plain = unicodedata.normalize("NFKD", subject).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "no-subject"


if __name__ == "__main__":
    main()
