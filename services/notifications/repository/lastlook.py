"""Looks, before notices leave, at what became of their recipients while they waited."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

import asyncpg

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.digests.composing import DIGEST, told_by
from services.notifications.domain.lastlook import asks, last_look
from services.notifications.domain.notice import Channel, Notice, State, notice_key
from services.notifications.domain.planning import Desk
from services.notifications.repository.acquaintances import abouts, acquainted
from services.notifications.repository.following import Follows
from services.notifications.repository.notices import Notices
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit
from shared.messaging.keyring import SealBroken

_ASKED: Final = "SELECT id, type, channel, facts FROM notice WHERE id = ANY($1::uuid[]) AND type = ANY($2::text[])"
# A later claim, or what staff did meanwhile, makes this look void.
_STILL: Final = """
    SELECT n.id FROM notice n JOIN unnest($1::uuid[], $2::integer[]) AS r (id, claim) ON n.id = r.id
    WHERE n.claims = r.claim AND n.state IN ('QUEUED', 'SENDING') ORDER BY n.id FOR UPDATE OF n
"""
_TYPES: Final = sorted(kind for kind in CATALOGUE if asks(kind))


@dataclass(frozen=True, slots=True)
class _Seen:
    """With what each may be written now, by id; which notices the digests among them tell, and which of those not."""

    desks: Mapping[UUID, Desk]
    told: Mapping[UUID, tuple[UUID, ...]]
    against: Mapping[UUID, str]

    def odd(self, one: UUID, channel: Channel) -> bool:
        """Whether it may not leave as it is."""
        known = self.desks[one].known
        return bool(
            known.against or channel in known.spent or not self.against.keys().isdisjoint(self.told.get(one, ()))
        )


async def held_back(
    conn: asyncpg.Connection, follows: Follows, claimed: Mapping[UUID, int], now: dt.datetime, *, counted: int = 0
) -> frozenset[UUID]:
    """Those of ``claimed`` (each with the number of its claim) that do not leave now; what they became is kept.

    What a rule wants is not looked at. ``counted`` attempts of each claim are taken back: there were none. Not to be
    called in a transaction.
    """
    rows = await conn.fetch(_ASKED, list(claimed), _TYPES)
    if not rows:
        return frozenset()
    of = await abouts(conn, follows.notices, [row["id"] for row in rows])
    told = {row["id"]: _told(follows.notices, row) for row in rows if row["type"] == DIGEST}
    of_told = await abouts(conn, follows.notices, sorted({one for ids in told.values() for one in ids}))
    every = {**of_told, **of}
    writing = follows.writing
    records = await acquainted(conn, follows.records, writing.knowing, every.values())
    desks = {one: writing.desk(records.get, about, now) for one, about in every.items()}
    seen = _Seen(desks, told, {one: why for one in of_told if (why := desks[one].known.against)})
    odd = {row["id"]: claimed[row["id"]] for row in rows if row["id"] in of and seen.odd(row["id"], row["channel"])}
    if not odd:
        return frozenset()
    async with conn.transaction():
        return await _change(conn, follows.notices, odd, seen, now, counted)


async def _change(
    conn: asyncpg.Connection, notices: Notices, odd: Mapping[UUID, int], seen: _Seen, now: dt.datetime, counted: int
) -> frozenset[UUID]:
    keys = sorted({notice_key(one) for notice in odd for one in (notice, *seen.told.get(notice, ()))})
    await locks.lock(conn, keys)
    still = [row["id"] for row in await conn.fetch(_STILL, list(odd), list(odd.values()))]
    loaded = await notices.load(conn, keys)
    changed: dict[str, Notice] = {}
    emits: list[Emit] = []
    held = set()
    for one in still:
        notice = loaded[notice_key(one)]
        told = _those(loaded, seen.told.get(one, ()))
        looked = last_look(replace(notice, attempts=notice.attempts - counted), seen.desks[one], told, seen.against)
        if looked is not None:
            held.add(one)
            changed |= {notice_key(each.id): each for each in looked.notices}
            emits += looked.events
    await notices.save(conn, changed, now)
    await locks.raise_versions(conn, sorted(changed))
    await outbox.append(conn, emits, now=now)
    return frozenset(held)


def _those(loaded: Mapping[str, Notice], ids: Sequence[UUID]) -> list[Notice]:
    found = (loaded.get(notice_key(one)) for one in ids)
    return [one for one in found if one is not None and one.state is State.SENT]


def _told(notices: Notices, row: asyncpg.Record) -> tuple[UUID, ...]:
    try:
        return told_by(notices.facts(row["id"], row["facts"]))
    except (SealBroken, ValueError):
        return ()
