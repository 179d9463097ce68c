"""Estimates the effects of interventions, and again whenever figures they rest on are settled or restated."""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
import msgspec

from services.measures.domain import revisions, said_effects, spread, strata
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.comparable import candidates, unfit
from services.measures.domain.definitions import Definition
from services.measures.domain.impact import Estimate, NotEstimable, estimate
from services.measures.domain.impact_figures import Figures, Window, window
from services.measures.domain.intervention import Intervention
from services.measures.domain.methods.charts.rules import Side
from services.measures.domain.said_effects import NO_STRATUM, NOT_AIMED_AT, VOID
from services.measures.repository import charts, declared, effects, epochs, interventions
from services.measures.repository.charts import Whose
from services.measures.repository.effects import Said
from shared.contracts.effects import EFFECTS, EffectEstimated
from shared.messaging import outbox
from shared.messaging.handling import Emit
from shared.messaging.leader import lead, wait
from shared.program.areas import state_of

LEADER: Final = "measures-effects"
DUE: Final = 1000  # communities in one transaction
PORTION: Final = 20  # estimates in one transaction, each some milliseconds
REST: Final = 4.0  # times the duration of a portion: nobody waits for a quarter's effect
_encode: Final = msgspec.json.Encoder(order="sorted").encode


@dataclass(frozen=True, slots=True)
class World:
    """All interventions, and the state of every community: by its first area, where it lies in several."""

    interventions: Sequence[Intervention]
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What is found of an intervention and a measure, and the figures it was found in."""

    found: Estimate | NotEstimable
    own: Figures
    others: Mapping[str, Figures]


async def world(conn: asyncpg.Connection) -> World:
    """What estimates rest on besides figures."""
    areas = await interventions.places(conn)
    states = {community: state_of(area) for community, area in areas.items()}
    return World(await interventions.without_areas(conn), states)


async def measurable(conn: asyncpg.Connection, of: Collection[Intervention]) -> Mapping[str, Mapping[str, Definition]]:
    """By community of these interventions, the measures there are for it: built-in ones, and those it declared."""
    own = await declared.definitions(conn, {one.community for one in of})
    return {one.community: {**BY_ID, **{mine.id: mine for mine in own.get(one.community, ())}} for one in of}


async def look(conn: asyncpg.Connection, one: Intervention, definition: Definition, around: World) -> Look:
    """Estimate now; the intervention is one that was, and its stratum one that is."""
    wanted = candidates(one, around.states)
    figures = await effects.settled(conn, definition, one.stratum, {one.community, *wanted})
    own = figures[one.community]
    over = window(own, one.first_quarter, one.last_quarter)
    sharing = await interventions.sharing(conn, one) if wanted else set()
    left_out = unfit(one, wanted, over, known=around.states.keys(), sharing=sharing, interventions=around.interventions)
    others = {name: figures[name] for name in wanted if name not in left_out}
    improved = await _improved(conn, one, definition, over)
    found = estimate(definition, own, over, list(others.values()), improved=improved, left_out=left_out)
    return Look(found, own, others)


async def _improved(conn: asyncpg.Connection, one: Intervention, definition: Definition, over: Window) -> bool:
    """Whether the community's chart signals an improvement in a quarter with the intervention; it is of everybody."""
    if one.stratum != strata.ALL:
        return False
    wanted = Side.LOW if definition.better == "lower" else Side.HIGH
    held = await charts.load(conn, [Whose(definition.id, spread.COMMUNITY, one.community)])
    return any(
        signal.side is wanted and signal.period in over.after for chart in held.values() for signal in chart.signals
    )


async def look_once(conn: asyncpg.Connection, now: dt.datetime) -> int:
    """Find out who is to be looked at, or look at a portion, in one transaction; 0 when nobody waits."""
    async with conn.transaction():
        due = await effects.take(conn, DUE)
        if due:
            await _mark(conn, due)
            return len(due)
        waiting = await effects.waiting(conn, PORTION)
        if waiting:
            await _look(conn, waiting, now)
        return len(waiting)


async def _mark(conn: asyncpg.Connection, due: AbstractSet[str]) -> None:
    around = await world(conn)
    near = [one for one in around.interventions if not due.isdisjoint(_rests_on(one, around))]
    known = await measurable(conn, near)
    wanted = [(one.id, measure) for one in near for measure in one.measures if measure in known[one.community]]
    await effects.mark(conn, [one.id for one in near], wanted)


def _rests_on(one: Intervention, around: World) -> Iterator[str]:
    yield one.community
    yield from candidates(one, around.states)


async def _look(conn: asyncpg.Connection, waiting: Sequence[Said], now: dt.datetime) -> None:
    around = await world(conn)
    known = {one.id: one for one in around.interventions}
    measures = await measurable(conn, [known[before.intervention] for before in waiting])
    epoch = await epochs.current(conn)
    saved, emits = [], []
    for before in waiting:
        one = known[before.intervention]
        told = await _told(conn, one, measures[one.community][before.measure], around)
        body = _encode(told)
        new = body != before.body and (told["estimable"] or before.revision > 0)
        revision = revisions.following(before.revision, epoch) if new else before.revision
        saved.append(Said(before.intervention, before.measure, revision, body))
        if new:
            event = EffectEstimated(**told, revision=revision, estimated_at=now)
            emits.append(Emit(EFFECTS.name, f"{before.intervention}|{before.measure}", event))
    await effects.save(conn, saved)
    await outbox.append(conn, emits, now=now)


async def _told(conn: asyncpg.Connection, one: Intervention, definition: Definition, around: World) -> dict[str, Any]:
    if reason := unasked(one, definition.id):
        return said_effects.nothing(one, definition, reason)
    return said_effects.said(one, definition, (await look(conn, one, definition, around)).found)


def unasked(one: Intervention, measure: str) -> str | None:
    """Why the intervention is not to be estimated by this measure at all."""
    if one.void:
        return VOID
    if measure not in one.measures:
        return NOT_AIMED_AT
    try:
        strata.contains(one.stratum, 0)
    except ValueError:
        return NO_STRATUM
    return None


def worker(
    dsn: str, clock: Callable[[], dt.datetime], stop: asyncio.Event, *, idle: float
) -> Callable[[], Awaitable[None]]:
    """The estimates as a worker of the service, in one process of all; ``idle``: seconds after finding nobody."""

    async def step(conn: asyncpg.Connection) -> None:
        begin = time.monotonic()
        found = await look_once(conn, clock())
        await wait(stop, REST * (time.monotonic() - begin) if found else idle)

    async def run() -> None:
        await lead(dsn, LEADER, step, stop=stop)

    return run
