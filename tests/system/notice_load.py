"""Many notices through the real service to a real mail server, while its processes are killed."""

import datetime as dt
import json
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID, uuid5

from aiokafka import AIOKafkaProducer

from services.notifications.domain.catalogue import samples
from shared.contracts.envelope import Envelope
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.messaging import crash
from shared.runtime.supervisor import Platform
from shared.stack.endpoints import KAFKA_ADMIN
from shared.stack.mailbox import INDEX
from tests.support.platform import ENVIRONMENT, Trial, until, until_async
from tests.support.stack import short_folder

SENDERS: Final = ("notifications", "notifications-1")
KIND: Final = "DECISION_LETTER"
AT_RANDOM: Final = "SIGKILL"
_SPACE: Final = UUID("0c8a7f0e-0000-5000-8000-000000000000")
_NOBODY: Final = {"QIO_NOTIFICATIONS_SMTP_PORT": "1"}  # nothing listens there: all is planned before anything leaves
_PLANNED: Final = "SELECT count(*) >= $1 FROM notice"
_DONE: Final = """
    SELECT NOT EXISTS (SELECT FROM notice WHERE state <> 'SENT') AND NOT EXISTS (SELECT FROM outbox)
"""
_WAITING: Final = """
    SELECT count(*) >= $1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%channel = ''email''%'
"""


@dataclass(frozen=True)
class Load:
    """How many notices, how they are sent, and where in turn all senders die: at a crash point, or at random."""

    notices: int
    batch: int
    per_second: int  # of each sender
    deaths: Sequence[str]
    patience: float

    def environment(self) -> dict[str, str]:
        """The service's settings."""
        return {
            **ENVIRONMENT,
            "QIO_NOTIFICATIONS_BATCH": str(self.batch),
            "QIO_NOTIFICATIONS_PER_SECOND": json.dumps({"email": self.per_second}),
        }


@dataclass(frozen=True)
class Arrival:
    """A mail as the server took it: of which notice, when, and where its bytes are."""

    notice: UUID
    at: dt.datetime
    file: Path


class Inbox:
    """What has arrived, read on from where the last look ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = 0
        self.arrivals: list[Arrival] = []

    def look(self) -> int:
        """How many mails there are by now."""
        index = self._folder / INDEX
        if index.exists():
            with index.open("rb") as lines:
                lines.seek(self._read)
                whole = lines.read().rpartition(b"\n")[0]
            self._read += len(whole) + 1 if whole else 0
            self.arrivals += [self._arrival(json.loads(line)) for line in whole.splitlines()]
        return len(self.arrivals)

    def _arrival(self, line: Mapping[str, str]) -> Arrival:
        notice = UUID(line["message_id"].strip("<>").partition("@")[0])
        return Arrival(notice, dt.datetime.fromisoformat(line["received_at"]), self._folder / line["file"])


class NoticeLoad:
    """Asks for notices in no order, and plays their sending out, death after death."""

    def __init__(self, trial: Trial, load: Load, seed: int) -> None:
        self.load = load
        self.chance = Random(seed)
        self.inbox = Inbox(trial.platform.mailbox_folder)
        self.fallen: list[int] = []  # how many mails had arrived when all senders had died, for each time
        self._trial = trial

    @cached_property
    def asked(self) -> list[NoticeRequested]:
        """The requests in order of due time: the turn of each is its place."""
        due = dt.datetime.now(dt.UTC) + dt.timedelta(hours=6)
        return [_request(number, due + dt.timedelta(seconds=number)) for number in range(self.load.notices)]

    async def play(self) -> None:
        """Plan everything, with a kill on the way; then send everything, killing all senders at each death."""
        await self._ask()
        await self._trial.start(SENDERS[0], **_NOBODY)
        await self._planned(self.chance.uniform(0.1, 0.9))
        await self._trial.kill(SENDERS[0])
        await self._trial.start(SENDERS[0], **_NOBODY)
        await self._planned(1)
        await self._trial.kill(SENDERS[0])
        assert self.inbox.look() == 0
        for number, death in enumerate(self.load.deaths):
            await self._generation(death, (number + self.chance.uniform(0.3, 0.7)) / (len(self.load.deaths) + 1))
        await self._start("")
        done = partial(self._trial.holds, "notifications", _DONE)
        await until_async(done, "every notice to be sent and said", self.load.patience)
        self.inbox.look()

    async def _ask(self) -> None:
        now = dt.datetime.now(dt.UTC)
        async with AIOKafkaProducer(**self._trial.settings.kafka(KAFKA_ADMIN), linger_ms=5) as producer:
            for one in self.chance.sample(self.asked, len(self.asked)):
                event = uuid5(one.notice_id, "asked")
                key = str(one.notice_id)
                envelope = Envelope(event, one.wire_type(), "qio/tests", now, key, event)
                value = one.model_dump_json().encode()
                await producer.send(REQUESTS.name, key=key.encode(), value=value, headers=envelope.headers())

    async def _planned(self, share: float) -> None:
        holds = partial(self._trial.holds, "notifications", _PLANNED, int(share * self.load.notices))
        await until_async(holds, "notices to be planned", self.load.patience)

    async def _start(self, point: str) -> None:
        """Both senders; neither begins before the other can."""
        async with self._trial.database("notifications") as conn, conn.transaction():
            await conn.execute("LOCK TABLE notice IN EXCLUSIVE MODE")
            await self._trial.start(SENDERS[0], QIO_CRASH_AT=point)
            await self._trial.start_another(SENDERS[0], "1", QIO_CRASH_AT="")
            both = partial(self._trial.holds, "notifications", _WAITING, len(SENDERS))
            await until_async(both, "both senders to ask for notices")

    async def _generation(self, death: str, share: float) -> None:
        """Send until the death, which takes the other sender along."""
        if death == AT_RANDOM:
            await self._start("")
            mark = share * self.load.notices
            await until(lambda: self.inbox.look() >= mark, "mails to arrive", self.load.patience)
            await self._trial.kill(SENDERS[0])
        else:
            rounds = self.chance.randint(1, 3)
            await self._start(f"{death}:{rounds * (self.load.batch // 2 if death == 'sender-sent' else 1)}")
            assert await self._trial.ended(SENDERS[0], self.load.patience) == crash.EXIT_STATUS
        await self._trial.kill(SENDERS[1])
        self.fallen.append(self.inbox.look())


def _request(number: int, due: dt.datetime) -> NoticeRequested:
    return NoticeRequested(
        notice_id=uuid5(_SPACE, str(number)),
        notice_type=KIND,
        subject=f"case-{number}",
        recipient=Recipient(
            role="beneficiary",
            name=f"Person {number}",
            email=f"person-{number}@mail.example",
            language="es" if number % 4 == 0 else "en",
            time_zone="America/Chicago",
        ),
        facts=samples.sample(KIND),
        due_at=due,
    )


@contextmanager
def notifications_alone(environment: Mapping[str, str]) -> Iterator[Trial]:
    """The stack, its mail server, and no service yet; gone afterwards."""
    with short_folder() as folder:
        platform = Platform(folder, environment)
        try:
            platform.stack.start()
            platform.prepare()
            platform.start_mailbox()
            yield Trial(platform)
        finally:
            for child in platform.children.values():
                child.process.send(signal.SIGKILL)  # there is nothing left to drain
            platform.stop()
