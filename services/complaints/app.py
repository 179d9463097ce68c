"""Wiring of the complaints service."""

from collections.abc import Mapping, Sequence
from functools import partial

from fastapi import APIRouter

from services.complaints import handlers, queries
from services.complaints.announcements import Announcer
from services.complaints.auditing import anchors as audit_anchors
from services.complaints.auditing import queries as audit_queries
from services.complaints.consistency import queries as second_review_queries
from services.complaints.consistency import sums as consistency_queries
from services.complaints.consistency.handlers import second_review_handlers
from services.complaints.consistency.outcomes import outcomes
from services.complaints.consistency.settings import ConsistencySettings
from services.complaints.consistency.worker import SecondReviewWorker
from services.complaints.disclosures.handlers import disclosure_handlers
from services.complaints.documents import routes as document_routes
from services.complaints.domain import procedures
from services.complaints.followups import worker as followups
from services.complaints.followups.referrals import Referrals
from services.complaints.intake import erasing as intake_erasing
from services.complaints.intake import queries as intake_queries
from services.complaints.intake.handlers import intake_handlers
from services.complaints.intake.relief import Relief
from services.complaints.intake.settings import IntakeSettings
from services.complaints.partners import incoming
from services.complaints.partners.directory import Directory
from services.complaints.partners.names import CaseNames
from services.complaints.partners.outgoing import Correspondence
from services.complaints.payments import claims_feed
from services.complaints.payments import queries as payment_queries
from services.complaints.payments.made import payment_worker
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import CaseStore
from services.complaints.reviewers import queries as reviewer_queries
from services.complaints.reviewers.handlers import reviewer_handlers
from services.complaints.settings import ComplaintsSettings
from services.complaints.status import queries as status_queries
from services.complaints.status.ids import StatusIds
from services.complaints.stores import Stores
from services.complaints.ticking.ticker import Ticker
from services.complaints.work import queries as work_queries
from services.complaints.work.gauges import Gauges
from services.complaints.work.handlers import work_handlers
from shared.contracts.complaints import COMMANDS
from shared.contracts.notifications import NOTICES
from shared.messaging.handling import AnySubscription, Subscription
from shared.program import zones
from shared.runtime import partners
from shared.runtime.service import Context, Service, Worker

_DUE = "SELECT count(*) FROM deadline WHERE status = 'PENDING' AND next_fire_at <= $1"


def _subscriptions(context: Context) -> Sequence[AnySubscription]:
    zones.warm()
    desk = ComplaintsSettings().desk()
    announcer, store = _announcer(context), CaseStore(context.keyring, desk)
    stores = Stores(store, context.keyring)
    commands = (
        *handlers.command_handlers(announcer, Pseudonyms(context.keyring), store, ConsistencySettings().registry()),
        *reviewer_handlers(),
        *disclosure_handlers(StatusIds(context.keyring), desk),
        *work_handlers(store),
        *second_review_handlers(),
        *intake_handlers(announcer, Pseudonyms(context.keyring), store, IntakeSettings()),
    )
    return (
        Subscription(topic=COMMANDS.name, handlers=commands, store=stores, park=False),
        claims_feed.subscription(),
        Subscription(topic=NOTICES.name, handlers=handlers.delivery_handlers(announcer, store), store=store),
        *incoming.subscriptions(_correspondence(context), announcer, store, stores),
    )


def _workers(context: Context) -> Mapping[str, Worker]:
    settings = ComplaintsSettings()
    store = CaseStore(context.keyring, settings.desk())
    ticker = Ticker(context.pool, store, _announcer(context), context.clock, settings.ticker_batch)
    gauges = Gauges(context.pool, context.clock)
    payments = payment_worker(context)
    plan = ConsistencySettings().plan(context.keyring)
    second = SecondReviewWorker(CaseStore(context.keyring, settings.desk()), plan, context.clock)
    referrals = Referrals(CaseStore(context.keyring, settings.desk()), _announcer(context), Pseudonyms(context.keyring))
    relief = Relief(CaseStore(context.keyring, settings.desk()), _announcer(context))
    return {
        "ticker": partial(ticker.run, context),
        "audit-anchor": partial(audit_anchors.run, context),
        "work-gauges": partial(gauges.run, context),
        "intake-eraser": partial(intake_erasing.run, context),
        "outage-relief": partial(relief.run, context),
        "payments": partial(payments.run, context),
        "second-reviews": partial(second.run, context),
        "followups": partial(followups.run, context, referrals),
    }


async def _backlog(context: Context) -> int:
    """Clocks that are due and have not spoken yet, and what waits to follow from cases."""
    return int(await context.pool.fetchval(_DUE, context.clock())) + await followups.backlog(context)


def _router(context: Context) -> APIRouter:
    routes = APIRouter()
    for part in (
        queries,
        reviewer_queries,
        status_queries,
        audit_queries,
        work_queries,
        intake_queries,
        document_routes,
        payment_queries,
        second_review_queries,
    ):
        routes.include_router(part.router(context))
    meaning = outcomes(procedures.PROCEDURES.values())
    routes.include_router(consistency_queries.router(context, meaning, ConsistencySettings().registry()))
    return routes


def _announcer(context: Context) -> Announcer:
    return Announcer(Pseudonyms(context.keyring), ComplaintsSettings(), _correspondence(context))


def _correspondence(context: Context) -> Correspondence:
    return Correspondence(Directory(partners.configured()), CaseNames(context.keyring))


SERVICE = Service(name="complaints", subscriptions=_subscriptions, workers=_workers, router=_router, backlog=_backlog)
