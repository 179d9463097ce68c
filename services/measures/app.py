"""Wires the measures service together."""

from collections.abc import Mapping, Sequence

from services.measures import account, activity_publisher, effects, folder, panel_reviser, queries, revising
from services.measures.charting import Baseline
from services.measures.domain.declared import kinds as declared_kinds
from services.measures.domain.kinds import KINDS
from services.measures.domain.program_goals import seeds
from services.measures.handlers import (
    activity,
    communities,
    declared,
    feeds,
    hospitals,
    interventions,
    panels,
    value_sets,
)
from services.measures.repository.value_sets import Known
from services.measures.settings import MeasuresSettings
from shared.messaging.handling import AnySubscription
from shared.records.book import Records
from shared.runtime.service import Context, Service, Worker

_VALUES = Known()


def _subscriptions(_context: Context) -> Sequence[AnySubscription]:
    return (
        *feeds.subscriptions(_VALUES),
        value_sets.subscription(),
        hospitals.subscription(),
        communities.subscription(),
        interventions.subscription(),
        activity.subscription(),
        declared.subscription(),
        *panels.subscriptions(_baseline(MeasuresSettings())),
    )


def _baseline(settings: MeasuresSettings) -> Baseline:
    return Baseline(settings.chart_first, settings.chart_last)


def _workers(context: Context) -> Mapping[str, Worker]:
    settings = MeasuresSettings()
    idle, baseline = settings.revise_seconds, _baseline(settings)
    goals = seeds(
        baseline=settings.goal_baseline, target_date=settings.goal_date, adverse_drug_events=settings.goal_ade
    )
    fold = folder.worker(
        context.dsn,
        context.clock,
        _VALUES.get,
        goals,
        context.stop,
        interval=settings.publish_seconds,
        poll=settings.poll_seconds,
        baseline=baseline,
    )
    revise = revising.worker(context.dsn, context.clock, _VALUES.get, context.stop, idle=idle)
    look = effects.worker(context.dsn, context.clock, context.stop, idle=idle)
    panel = panel_reviser.worker(context.dsn, KINDS, baseline, context.clock, context.stop, idle=idle)
    appeals = activity_publisher.worker(context.dsn, baseline, context.clock, context.stop, idle=idle)
    return {"folder": fold, "reviser": revise, "effects": look, "panel-reviser": panel, "activity": appeals}


async def _kept(context: Context) -> Mapping[str, int]:
    async with context.pool.acquire() as conn:
        return await account.kept(conn)


async def _backlog(context: Context) -> int:
    async with context.pool.acquire() as conn:
        return await account.backlog(conn, context.clock().date())


SERVICE = Service(
    name="measures",
    subscriptions=_subscriptions,
    workers=_workers,
    router=queries.router,
    kept=_kept,
    backlog=_backlog,
    book=lambda _: Records(declared_kinds.KINDS),
)
