"""Publishes appeals and confirmed concerns as figures of facilities and communities, and follows their charts.

A leader of its own, fed through ``activity_due``, and neither a kind of facility data nor a question of the read API.
A figure is made of two things that change apart: counts, which complaints tells whole and without a version that facts
of members would need, and live discharges, which the folder adds up weeks later. Whoever changes one of them says in
the same transaction whose figures are due; the figures are then made anew from what is stored, so order and repetition
of messages mean nothing, and a redefined community is no special case. A read could raise no signal.
"""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Final

import asyncpg

from services.measures import panels
from services.measures.charting import Baseline
from services.measures.domain import periods
from services.measures.domain.activity.counting import Seen, followed_up, sums
from services.measures.domain.activity.definitions import COMMUNITIES, FAMILIES, HOSPITALS, family_of
from services.measures.domain.panel.counted import Amounts
from services.measures.repository import activity_due, activity_sums, due
from services.measures.repository.activity_due import What
from shared.messaging import outbox
from shared.messaging.handling import Emit
from shared.messaging.leader import lead, wait

LEADER: Final = "measures-activity"
PORTION: Final = 500  # units in one transaction
REST: Final = 2.0  # times the duration of a portion, so that records that arrive go first
BASELINE_MONTHS: Final = 12

Whole = Mapping[str, Mapping[str, Amounts]]


async def publish_once(conn: asyncpg.Connection, baseline: Baseline, now: dt.datetime) -> int:
    """Publish a portion of what is due, else settle a portion, in one transaction; how many, 0 when nothing waits.

    ``baseline`` are the quarters of facilities' charts. Those of communities have months, the first twelve told.
    """
    async with conn.transaction():
        seen = await _look(conn)
        taken = await activity_due.take(conn, PORTION)
        if seen is None:
            return len(taken)  # nothing can be made of them, and all are looked at when the first count comes
        told = [one.name for one in taken if one.what is What.FACILITY]
        emits = await _facilities(conn, told, seen, baseline, now)
        zips = [one.name for one in taken if one.what is What.ZIP]
        named = {one.name for one in taken if one.what is What.COMMUNITY}
        wanted = named | await activity_sums.near(conn, told, zips)
        emits += await panels.restate(conn, COMMUNITIES, await _communities(conn, wanted, seen), _monthly(seen), now)
        found = len(taken)
        for family in () if taken else FAMILIES.values():
            plan = _monthly(seen) if family is COMMUNITIES else baseline
            settled, final = await panels.settle(conn, family, plan, PORTION, now)
            found, emits = found + settled, emits + final
        await outbox.append(conn, emits, now=now)
    return found


async def _look(conn: asyncpg.Connection) -> Seen | None:
    """How far things reach now; where that is new, every unit has months to be looked at."""
    now = await _reaches(conn)
    if now is not None and now != await activity_due.seen(conn):
        await activity_due.put_all(conn)
        await activity_due.see(conn, now)
    return now


async def _reaches(conn: asyncpg.Connection) -> Seen | None:
    reach = await activity_due.reach(conn)
    return None if reach is None else Seen(*reach, followed_up((await due.progress(conn)).watermark))


async def left(conn: asyncpg.Connection) -> int:
    """How much is left to be published, figures to be settled aside."""
    now = await _reaches(conn)
    beyond = now is not None and now != await activity_due.seen(conn)
    return await activity_due.waiting(conn) + beyond


async def _facilities(
    conn: asyncpg.Connection, ccns: Collection[str], seen: Seen, baseline: Baseline, now: dt.datetime
) -> list[Emit]:
    """Facilities that never told anything have no figures: there are thousands of hospitals without any case."""
    telling = sorted(await activity_sums.telling(conn, ccns))
    told = await activity_sums.of_facilities(conn, telling)
    hospitals = [ccn for ccn in telling if family_of(ccn) is HOSPITALS]
    discharges = await activity_sums.discharges(conn, hospitals, *_reach(seen))
    whole: dict[str, dict[str, Mapping[str, Amounts]]] = {}
    for ccn in telling:
        own = sums(told[ccn], discharges.get(ccn, {}), seen, (periods.Kind.MONTH, periods.Kind.QUARTER))
        whole.setdefault(family_of(ccn).unit_type, {})[ccn] = own
    emits: list[Emit] = []
    for unit_type, units in sorted(whole.items()):
        emits += await panels.restate(conn, FAMILIES[unit_type], units, baseline, now)
    return emits


async def _communities(conn: asyncpg.Connection, communities: Collection[str], seen: Seen) -> Whole:
    """A dissolved community has nothing: what was published of it comes to nothing."""
    told = await activity_sums.of_communities(conn, communities)
    inside = await activity_sums.hospitals_of(conn, communities)
    living = await activity_sums.having_areas(conn, communities)
    hospitals = {ccn for own in inside.values() for ccn in own}
    discharges = await activity_sums.discharges(conn, hospitals, *_reach(seen))
    whole: dict[str, Mapping[str, Amounts]] = {}
    for community in communities:
        base: dict[int, int] = {}
        for ccn in inside.get(community, ()):
            for month, amount in discharges[ccn].items():
                base[month] = base.get(month, 0) + amount
        own = sums(told.get(community, {}), base, seen, (periods.Kind.MONTH,))
        whole[community] = own if community in living else {}
    return whole


def _reach(seen: Seen) -> tuple[int, int]:
    return periods.months_of(seen.first)[0], periods.months_of(seen.last)[0]


def _monthly(seen: Seen) -> Baseline:
    return Baseline(seen.first, periods.shift(seen.first, BASELINE_MONTHS - 1))


def worker(
    dsn: str, baseline: Baseline, clock: Callable[[], dt.datetime], stop: asyncio.Event, *, idle: float
) -> Callable[[], Awaitable[None]]:
    """The publisher as a worker of the service, in one process of all; ``idle``: seconds after finding nothing."""

    async def step(conn: asyncpg.Connection) -> None:
        begin = time.monotonic()
        found = await publish_once(conn, baseline, clock())
        await wait(stop, REST * (time.monotonic() - begin) if found else idle)

    async def run() -> None:
        await lead(dsn, LEADER, step, stop=stop)

    return run
