"""Makes the records of a service again from what it has said."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import Final

import asyncpg

from shared.contracts.message import Event
from shared.messaging.rebuild.path import NotEmpty
from shared.messaging.rebuild.reading import Unfit
from shared.records.kinds import Kinds, NotBegun, Record
from shared.records.store import RecordStore
from shared.runtime.clock import utc_now

_CHUNK: Final = 5_000
_FILLED: Final = "SELECT EXISTS (SELECT FROM record)"


class Records:
    """The book of a service: every record as its own events alone make it.

    An event that no kind of record owns tells others of something that another event of ours has made; it is passed
    over. Views follow from records and are not kept.
    """

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self.made: dict[str, Record] = {}
        self._changes: Counter[str] = Counter()

    def happened(self, event: Event, at: dt.datetime) -> None:
        """Change the record that the event is about; ``at`` (UTC) is when it was recorded.

        Raises Unfit, with the record and the type of the event, where the beginning of the record is missing.
        """
        kind = self._kinds.events.get(type(event))
        if kind is None:
            return
        key = kind.key(kind.id_of(event))
        try:
            self.made[key] = kind.after(self.made.get(key), event, at)
        except NotBegun as missing:
            raise Unfit(str(missing)) from None
        self._changes[key] += 1

    async def save(self, conn: asyncpg.Connection) -> Mapping[str, int]:
        """Insert all of them; the number of events of each. Raises NotEmpty where there are records."""
        if await conn.fetchval(_FILLED):
            raise NotEmpty("the schema is not empty (record); only a newly migrated one can be rebuilt")
        store = RecordStore(self._kinds, {})
        rest = iter(sorted(self.made.items()))
        while some := dict(islice(rest, _CHUNK)):
            await store.save(conn, some, utc_now())
        return dict(self._changes)
