"""One fold: deltas into rollups, rollups into results, in one transaction."""

import datetime as dt
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Final

import asyncpg

from services.measures import publishing, reaching
from services.measures.charting import THREE_YEARS, Baseline
from services.measures.domain import spread
from services.measures.domain.goals import Goal
from services.measures.domain.periods import quarter_of
from services.measures.domain.results import Scene
from services.measures.domain.spread import Key, Sums
from services.measures.domain.unit import settled_between
from services.measures.domain.values import ValueSets
from services.measures.repository import activity_due, communities, declared, due, epochs, rollups
from services.measures.repository.communities import Held
from services.measures.repository.due import Due, Progress
from shared.messaging import crash
from shared.program.areas import region_of, state_of
from shared.runtime import metrics

DELTAS_PER_FOLD: Final = 500
BYTES_PER_FOLD: Final = 8 * 1024 * 1024
COMMUNITIES_PER_FOLD: Final = 20  # each may have hundreds of thousands of area rows
QUARTERS_PER_FOLD: Final = 300  # of units; each may have some hundred results

GetValues = Callable[[asyncpg.Connection], Awaitable[ValueSets]]

crash.declare("folder-folded", "folder-published", "folder-committed")


async def fold_once(
    conn: asyncpg.Connection,
    now: dt.datetime,
    get_values: GetValues,
    goals: Collection[Goal] = (),
    baseline: Baseline = THREE_YEARS,
) -> bool:
    """Fold what waits and publish what changed, in one transaction; False when nothing waited.

    Portions are bounded; what is left over is taken by the next call.
    """
    async with conn.transaction():
        values = await get_values(conn)
        before = await due.progress(conn)
        anew = await communities.unpublished(conn, COMMUNITIES_PER_FOLD)
        taken = await rollups.take(conn, DELTAS_PER_FOLD, BYTES_PER_FOLD)
        waiting = await due.take(conn, QUARTERS_PER_FOLD)
        told = await declared.unpublished(conn, COMMUNITIES_PER_FOLD)
        if not (taken.deltas or anew or waiting or told or values.release != before.release):
            return False
        sums = spread.summed(taken.cells)
        held = await _hold(conn, sums, waiting, anew)
        changed = await _fold(conn, sums, held, anew)
        await activity_due.put_facilities(conn, {unit for kind, unit, _ in changed if kind == spread.HOSPITAL})
        crash.point("folder-folded")
        after = _later(before, taken.received, values.release, now)
        fresh = {Due(kind, unit, quarter_of(month)) for kind, unit, month in changed if kind != spread.AREA}
        portion = [*waiting, *sorted(fresh.difference(waiting))[: max(0, QUARTERS_PER_FOLD - len(waiting))]]
        scene = _scene(after, values, now, await epochs.current(conn))
        published = await _publish(conn, portion, held, anew, goals, baseline, scene)
        later = fresh | await _settled(conn, before, after) | await declared.quarters(conn, told)
        await due.put(conn, later.difference(portion))
        await declared.mark_published(conn, told)
        await communities.mark_published(conn, {name: held[name].version for name in anew})
        if after != before:
            await due.move(conn, after)
        crash.point("folder-published")
    crash.point("folder-committed")
    metrics.DELTAS_FOLDED.inc(taken.deltas)
    metrics.MEASURES_PUBLISHED.inc(published)
    return True


async def _hold(
    conn: asyncpg.Connection, sums: Sums, waiting: Collection[Due], anew: Collection[str]
) -> Mapping[str, Held]:
    """Every community that is touched, held: from here on nobody can define it anew before this transaction ends."""
    near = await communities.of_areas(conn, {unit for kind, unit, _ in sums if kind == spread.AREA})
    told = {one.unit for one in waiting if one.unit_type == spread.COMMUNITY}
    return await communities.hold(conn, {*near, *told, *anew})


async def _fold(
    conn: asyncpg.Connection, sums: Sums, held: Mapping[str, Held], anew: Collection[str]
) -> Collection[Key]:
    """Add the sums to all units they belong to, and make communities defined anew from their areas; what changed.

    A community whose definition changed and whose turn has not come is left out: its rows are made anew then.
    """
    current = [name for name, one in held.items() if one.published == one.version]
    areas = {unit for kind, unit, _ in sums if kind == spread.AREA}
    spreading = spread.spread(sums, await communities.by_area(conn, areas, current), state_of, region_of)
    await rollups.add(conn, spreading)
    return [*spreading, *await rollups.remake(conn, sorted(anew))]


async def _settled(conn: asyncpg.Connection, before: Progress, after: Progress) -> set[Due]:
    """Quarters that time has settled further; all of them where the value sets are others than before."""
    if after == before:
        return set()
    months = await rollups.months(conn)
    if after.release == before.release:
        quarters = settled_between(months, before.watermark, after.watermark)
        months = [month for month in months if quarter_of(month) in quarters]
    found = await rollups.units_in(conn, spread.PUBLISHED, months)
    return {Due(kind, unit, quarter_of(month)) for kind, unit, month in found}


async def _publish(
    conn: asyncpg.Connection,
    portion: Collection[Due],
    held: Mapping[str, Held],
    anew: Collection[str],
    goals: Collection[Goal],
    baseline: Baseline,
    scene: Scene,
) -> int:
    """Publish what of the portion is new; how many results.

    A community that waits for its turn to be made anew is left out: it is published whole when it comes.
    """
    ready = {name: one.version for name, one in held.items() if one.published == one.version or name in anew}
    wanted = [one for one in portion if one.unit_type != spread.COMMUNITY or one.unit in ready]
    results = await publishing.publish(conn, wanted, ready, scene, baseline)
    await reaching.say(conn, goals, results, ready, scene)
    return len(results)


def _later(before: Progress, received: int, release: int, now: dt.datetime) -> Progress:
    """How far time has come: never back, and never beyond tomorrow, whatever a file says."""
    return Progress(max(before.watermark, min(received, now.date().toordinal() + 1)), release)


def _scene(progress: Progress, values: ValueSets, now: dt.datetime, epoch: int) -> Scene:
    watermark = dt.date.fromordinal(progress.watermark) if progress.watermark else None
    return Scene(watermark, progress.release, values.has, now, epoch)
