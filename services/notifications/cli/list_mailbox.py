"""Takes in a mailbox of mail that came back: each report becomes the commands that follow from it."""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from aiokafka.errors import KafkaError

from services.notifications.domain.addresses.returns import Back, Bounced, Complained, Leaving, mails, read_back
from services.notifications.domain.addresses.statuses import mailbox_full
from services.notifications.settings import MailSettings
from shared.cli import read
from shared.cli.ask import Line, NoAnswer, actor
from shared.cli.many import Row, Tally, send
from shared.cli.output import fail
from shared.contracts.message import Command
from shared.contracts.notifications.lists import Bounce, LeaveList, LeftBy, Reach, ReportBounce, ReportComplaint
from shared.contracts.notifications.notices import RecordReturn, ReturnReason
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings
from shared.stack.errors import StackError


@dataclass(slots=True)
class Taken:
    """What was in the mailbox, and what of it was refused, by code."""

    mails: int = 0
    bounced: int = 0
    complained: int = 0
    leaving: int = 0
    passed_over: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def told(self) -> dict[str, Any]:
        """For machines."""
        counts = {name: getattr(self, name) for name in ("mails", "bounced", "complained", "leaving", "passed_over")}
        return {**counts, "refused": dict(self.refused)}

    def count(self, back: Back | None) -> None:
        """Count one mail."""
        self.mails += 1
        match back:
            case Bounced():
                self.bounced += 1
            case Complained():
                self.complained += 1
            case Leaving():
                self.leaving += 1
            case None:
                self.passed_over += 1


def take_in(mailbox: Path) -> Taken:
    """Report all of it; taking in the same mailbox again changes nothing. Exits 2 where that is not possible."""
    try:
        settings = Settings().with_stack()
        found = list(_found(mailbox))
        taken = Taken()
        for back in found:
            taken.count(back)
        rows = list(_rows(found, lambda notice: _email_of(settings, notice)))
        tally = asyncio.run(_sent(settings, rows))
    except (StackError, ValueError) as error:
        fail(str(error), 2)
    except OSError as error:
        fail(f"The mailbox cannot be read ({error.strerror}).", 2)
    except (read.NotRunning, KafkaError, NoAnswer) as error:
        fail(f"The notifications service does not answer ({type(error).__name__}). Is it running? Try `qio up`.", 2)
    taken.refused = tally.why()
    return taken


def commands(back: Back, address: UUID | None) -> Iterator[Command]:
    """What a mail that came back asks for; without the ``address`` it went to, nothing is held against one."""
    match back:
        case Leaving():
            yield LeaveList(actor=actor(), token=back.token, how=LeftBy.REPLY)
        case Complained():
            if address is not None:
                yield ReportComplaint(actor=actor(), address=address, notice=back.notice)
        case Bounced():
            if address is not None:
                values = {"address": address, "notice": back.notice, "kind": back.kind, "status": back.status}
                yield ReportBounce(actor=actor(), **values)
            yield RecordReturn(actor=actor(), notice_id=back.notice, reason=_reason(back), at=utc_now())


def _reason(back: Bounced) -> ReturnReason:
    if back.kind is Bounce.HARD:
        return ReturnReason.BAD_ADDRESS
    return ReturnReason.MAILBOX_FULL if mailbox_full(back.status) else ReturnReason.OTHER


def _found(mailbox: Path) -> Iterator[Back | None]:
    domain = MailSettings().sender.rpartition("@")[2]
    if str(mailbox) == "-":
        yield from (read_back(mail, domain) for mail in mails(sys.stdin.buffer))
        return
    with mailbox.open("rb") as lines:
        yield from (read_back(mail, domain) for mail in mails(lines))


def _rows(found: Iterable[Back | None], email_of: Callable[[UUID], UUID | None]) -> Iterator[Row]:
    for line, back in enumerate(found, start=1):
        if back is not None:
            address = None if isinstance(back, Leaving) else email_of(back.notice)
            yield from (Row(line, _key(command), command) for command in commands(back, address))


def _key(command: Command) -> str:
    about: Mapping[str, Any] = command.model_dump(include={"address", "notice_id"}, mode="json")
    return next((str(value) for value in about.values()), "link")


def _email_of(settings: Settings, notice: UUID) -> UUID | None:
    known = read.sought(settings, "notifications", f"/notices/{notice}/addresses")
    return next((UUID(row["address"]) for row in known or () if row["reach"] == Reach.EMAIL), None)


async def _sent(settings: Settings, rows: list[Row]) -> Tally:
    tally = Tally(rows)
    async with Line(settings) as line:
        await send(rows, line, tally, lambda _: None, key=lambda row: row.key)
    return tally
