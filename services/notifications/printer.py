"""The printer: sets letters as PDF into a folder, from which staff print and mail them."""

import asyncio
import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import asyncpg
import structlog

from services.notifications.domain.letters import NotSendable
from services.notifications.domain.notice import Notice, Proof, State, notice_key
from services.notifications.domain.pace import Pace
from services.notifications.domain.print.press import Office, Press
from services.notifications.domain.sessions import without_file
from services.notifications.repository import handing
from services.notifications.repository.following import Follows
from services.notifications.repository.handing import Claimed
from services.notifications.repository.lastlook import held_back
from services.notifications.settings import MailSettings
from shared.contracts.notifications.terms import Channel
from shared.messaging import crash, locks
from shared.messaging.leader import wait

log = structlog.get_logger()
crash.declare("printer-claimed", "printer-written", "printer-filed", "printer-recorded")

FILED: Final = "FILED"
_AT_ONCE: Final = 20
_LONGEST_PAUSE: Final = 60.0


class Printer:
    """One printer; any number may run at once. A letter is one file, named by the notice and its step.

    A printer that died between writing and recording is followed by one that writes the same bytes again.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        follows: Follows,
        press: Press,
        office: Office,
        settings: MailSettings,
        clock: Callable[[], dt.datetime],
        stop: asyncio.Event,
    ) -> None:
        self._pool = pool
        self._follows = follows
        self._press = press
        self._office = office
        self._settings = settings
        self._clock = clock
        self._stop = stop
        self._pace = Pace.of(settings.per_second.get(Channel.LETTER))

    async def run(self) -> None:
        """Print until told to stop; while the folder cannot be written to, letters wait and nothing else does."""
        pause = 1.0
        while not self._stop.is_set():
            try:
                taken = await self.round()
            except OSError as error:
                log.warning("letters cannot be put into their folder", error=type(error).__name__, pause=pause)
                await wait(self._stop, pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                continue
            pause = 1.0
            if not taken:
                await wait(self._stop, self._settings.poll)

    async def round(self) -> int:
        """Print one batch; returns how many were claimed. Raises OSError when the folder fails, having given back."""
        now = self._clock()
        limit = self._pace.allowed(now, _AT_ONCE)
        if not limit:
            return 0
        lease = dt.timedelta(seconds=self._settings.lease)
        async with self._pool.acquire() as conn:
            claimed = await handing.claim_letters(conn, now=now, lease=lease, limit=limit)
        self._pace.took(len(claimed))
        if claimed:
            crash.point("printer-claimed")
        for number, one in enumerate(claimed):
            try:
                await self._print(one)
            except OSError:
                async with self._pool.acquire() as conn:
                    await handing.put_back(conn, claimed[number:], self._clock())
                raise
        return len(claimed)

    async def _print(self, claimed: Claimed) -> None:
        async with self._pool.acquire() as conn:
            if await held_back(conn, self._follows, {claimed.notice_id: claimed.claim}, self._clock()):
                return
        async with self._pool.acquire() as conn, conn.transaction():
            notice = await handing.loaded(conn, self._follows.notices, claimed.notice_id)
        if notice is None:
            await self._fail(claimed, "unreadable")
            return
        try:
            content = await asyncio.to_thread(self._set, notice)
        except NotSendable as verdict:
            await self._fail(claimed, verdict.code)
            return
        await asyncio.to_thread(file_letter, self._settings.letters_folder, f"{notice.id}-{notice.step}.pdf", content)
        crash.point("printer-filed")
        await self._record(claimed, content)
        crash.point("printer-recorded")

    def _set(self, notice: Notice) -> bytes:
        recipient = notice.recipient
        if recipient is None:
            raise NotSendable("content-missing")
        letter = self._follows.writing.letters.write(notice.type, recipient, without_file(notice.facts or {}))
        return self._press.letter_pdf(
            letter,
            recipient=recipient,
            office=self._office,
            form=recipient.format,
            notice_id=notice.id,
            day=notice.begun_at.date(),
        )

    async def _record(self, claimed: Claimed, content: bytes) -> None:
        now = self._clock()
        async with self._pool.acquire() as conn, conn.transaction():
            await locks.lock(conn, [notice_key(claimed.notice_id)])
            if not await handing.ours(conn, claimed):
                return
            notice = await handing.loaded(conn, self._follows.notices, claimed.notice_id)
            assert notice is not None
            filed = Proof(FILED, now, "notifications")
            waiting = replace(
                notice,
                state=State.AWAITING,
                reason=None,
                content=content,
                available_at=now,
                proof=(*notice.proof, filed),
            )
            await handing.keep(conn, self._follows.notices, waiting, (), now)

    async def _fail(self, claimed: Claimed, reason: str) -> None:
        async with self._pool.acquire() as conn, conn.transaction():
            await locks.lock(conn, [notice_key(claimed.notice_id)])
            if await handing.ours(conn, claimed):
                await self._follows.begin(conn, {claimed.notice_id: reason}, self._clock())


def file_letter(folder: Path, name: str, content: bytes) -> None:
    """Put a letter into the folder, whole or not at all, readable by its owner only; safe against a loss of power.

    Raises OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = folder / f".{name}.{os.getpid()}.part"
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        crash.point("printer-written")
        partial.replace(folder / name)
        for left in folder.glob(f".{name}.*.part"):  # of a printer that died while it wrote
            left.unlink(missing_ok=True)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
