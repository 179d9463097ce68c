"""Puts the recruitment service together."""

from collections.abc import Mapping, Sequence
from functools import partial

from fastapi import APIRouter

from services.recruitment.closings import EVERY, Closings
from services.recruitment.domain.registry import KINDS, rules
from services.recruitment.erasable import ERASABLE
from services.recruitment.handlers import changes, concerns, declared, goals, listings, signals
from services.recruitment.lapses import SECONDS, Lapses
from services.recruitment.partings import Partings
from services.recruitment.queries import router
from services.recruitment.reminders import EVERY as REMIND_EVERY
from services.recruitment.reminders import Reminders
from services.recruitment.repository import participants
from services.recruitment.repository.views import VIEWS
from services.recruitment.unpairings import EVERY as UNPAIR_EVERY
from services.recruitment.unpairings import Unpairings
from services.recruitment.withdrawals import Withdrawals
from shared.contracts.recruitment import COMMANDS
from shared.messaging.handling import AnySubscription
from shared.program.zips import zip_states
from shared.records import commands
from shared.records.book import Records
from shared.records.store import RecordStore
from shared.records.tidying import HOUR, Tidying
from shared.runtime.service import Context, Service, Worker
from shared.runtime.workers import every


def _subscriptions(_: Context) -> Sequence[AnySubscription]:
    store = RecordStore(KINDS, VIEWS)
    return (
        listings.subscription(store),
        listings.hospitals(store),
        commands.subscription(COMMANDS.name, KINDS, rules(zip_states()), store),
        concerns.subscription(),
        signals.subscription(),
        goals.subscription(KINDS, store),
        *changes.subscriptions(),
        declared.subscription(store),
    )


def _workers(context: Context) -> Mapping[str, Worker]:
    store = RecordStore(KINDS, VIEWS)
    lapses = Lapses(context.pool, KINDS, store, context.clock)
    tidying = Tidying(context.pool, KINDS, store, context.clock, ERASABLE)
    ending = Closings(context.pool, KINDS, store, context.clock)
    reminding = Reminders(context.pool, KINDS, store, context.clock)
    unpairing = Unpairings(context.pool, KINDS, store, context.clock)
    return {
        "infrastructure-lapses": partial(every, SECONDS, lapses, context.stop),
        "closings": partial(every, EVERY, ending, context.stop),
        "partings": partial(every, EVERY, Partings(context.pool, KINDS, store, context.clock), context.stop),
        "withdrawals": partial(every, EVERY, Withdrawals(context.pool, KINDS, store, context.clock), context.stop),
        "session-reminders": partial(every, REMIND_EVERY, reminding, context.stop),
        "unpairings": partial(every, UNPAIR_EVERY, unpairing, context.stop),
        "names-tidied": partial(every, HOUR, tidying, context.stop),
    }


def _router(context: Context) -> APIRouter:
    return router(context.pool)


async def _kept(context: Context) -> Mapping[str, int]:
    return await participants.listed(context.pool)


SERVICE = Service(
    name="recruitment",
    subscriptions=_subscriptions,
    workers=_workers,
    router=_router,
    kept=_kept,
    book=lambda _: Records(KINDS),
)
