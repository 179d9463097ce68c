"""Wires the measures service together."""

from collections.abc import Mapping, Sequence

from services.measures import folder, queries
from services.measures.handlers import activity, communities, feeds
from services.measures.repository import reading
from services.measures.settings import MeasuresSettings
from shared.contracts.feeds import CLAIMS, ENROLMENT
from shared.messaging.handling import AnySubscription
from shared.runtime.service import Context, Service, Worker


def _subscriptions(_context: Context) -> Sequence[AnySubscription]:
    return (*feeds.subscriptions(), communities.subscription(), activity.subscription())


def _workers(context: Context) -> Mapping[str, Worker]:
    settings = MeasuresSettings()
    run = folder.worker(
        context.dsn, context.clock, context.stop, interval=settings.publish_seconds, poll=settings.poll_seconds
    )
    return {"folder": run}


async def _kept(context: Context) -> Mapping[str, int]:
    async with context.pool.acquire() as conn:
        counted = await reading.audit(conn)
    return {ENROLMENT.name: counted["enrolment_years"], CLAIMS.name: counted["claims"]}


async def _backlog(context: Context) -> int:
    async with context.pool.acquire() as conn:
        counted = await reading.audit(conn)
    return int(counted["deltas_waiting"] + counted["communities_waiting"])


SERVICE = Service(
    name="measures",
    subscriptions=_subscriptions,
    workers=_workers,
    router=queries.router,
    kept=_kept,
    backlog=_backlog,
)
