"""Fires rows for facts that follow from messages or time and that no envelope tells of, in the caller's transaction."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg
from pydantic import BaseModel

from services.notifications.domain.rules.firing import Cause, Table, fire
from services.notifications.heard.events import asked
from shared.messaging.handling import Emit, Work
from shared.records.deciding import Held
from shared.records.kinds import Record
from shared.records.store import RecordStore

# Rows for facts name their causes (once_per); this stands where an event's id would.
_NO_EVENT: Final = UUID(int=0)


class Fact(NamedTuple):
    """What has come about, and since when it can be known (UTC)."""

    what: BaseModel
    since: dt.datetime


async def fired(
    conn: asyncpg.Connection, store: RecordStore, table: Table, facts: Sequence[Fact], now: dt.datetime
) -> list[Emit]:
    """What to publish. Only reads, so nothing is locked: a notice is the same however often it is asked for."""
    keys = sorted({key for fact in facts for key in table.keys(fact.what)})
    work: Work[Record] = Work(now, await store.load(conn, keys) if keys else {})
    work.begin(keys)
    held = Held(work.get)
    return [emit for fact in facts for emit in asked(fire(table, fact.what, Cause(_NO_EVENT, fact.since), now, held))]
