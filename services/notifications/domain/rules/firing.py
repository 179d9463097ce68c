"""From an event to the notices it makes: pure, and the same again for the same event."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from pydantic import BaseModel

from services.notifications.domain import circles
from services.notifications.domain.catalogue.audiences import role_of
from services.notifications.domain.circles import Circle, Member
from services.notifications.domain.rules.row import NoticeRule
from shared.contracts.notifications.requests import NoticeRequested, Role
from shared.contracts.notifications.terms import Part
from shared.records.deciding import Held

# Causes that are named, not numbered; made up once, never to be changed: it would make known notices new ones.
CAUSES: Final = UUID("0f5d2c1e-6b1a-5c0e-8a55-3f2b9d7e4c10")


class Cause(NamedTuple):
    """Which event it was, and when it was said (UTC)."""

    id: UUID
    said_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by the event they are for."""

    rows: Mapping[type[BaseModel], tuple[NoticeRule, ...]]

    @classmethod
    def of(cls, rows: Iterable[NoticeRule]) -> "Table":
        """The table of these rows, in their order."""
        found: dict[type[BaseModel], tuple[NoticeRule, ...]] = {}
        for row in rows:
            found[row.event] = (*found.get(row.event, ()), row)
        return cls(found)

    def keys(self, event: BaseModel) -> Iterator[str]:
        """The keys of everything that the rows for an event may read."""
        for row in self.rows.get(type(event), ()):
            yield from row.keys(event)
            yield from circles.keys(row.circles(event))


def fire(table: Table, event: BaseModel, cause: Cause, now: dt.datetime, held: Held) -> list[NoticeRequested]:
    """The notices an event makes, ``held`` being the roster and the circles its rows declared.

    Whoever is meant more than once gets one: by the first row, in the first part, that meets.
    """
    said: set[UUID] = set()
    found = []
    for row in table.rows.get(type(event), ()):
        if now - cause.said_at > row.stale_after or not _applies(row, event, held):
            continue
        facts = dict(row.facts(event, held))
        for part, member in _meant(row, event, held, now.date()):
            if member.id not in said:
                said.add(member.id)
                found.append(_request(row, event, cause, facts, member, role_of(part)))
    return found


def _applies(row: NoticeRule, event: BaseModel, held: Held) -> bool:
    return row.when is None or (row.when.holds(event) and row.when.given(event, held))


def _meant(row: NoticeRule, event: BaseModel, held: Held, on: dt.date) -> Iterator[tuple[Part, Member]]:
    for recipients in row.to:
        places = recipients.at(event, held, on)
        for circle in recipients.circles(event):
            loaded = held.get(circles.CIRCLE, str(circle)) or Circle()
            for member in circles.holding(loaded, circle.part, places, on):
                yield circle.part, member


def _request(
    row: NoticeRule, event: BaseModel, cause: Cause, facts: dict[str, str], member: Member, role: Role
) -> NoticeRequested:
    named = row.once_per(event) if row.once_per else None
    origin = cause.id if named is None else uuid5(CAUSES, named)
    return NoticeRequested(
        notice_id=uuid5(origin, f"{row.notice}|{member.id}"),
        notice_type=row.notice,
        subject=row.subject(event),
        recipient=circles.recipient(member, role),
        facts=facts,
        due_at=cause.said_at + row.term.span,
        citation=row.citation(event) if row.citation else None,
    )
