"""Wiring of the complaints service."""

from collections.abc import Mapping, Sequence
from functools import partial

from services.complaints import handlers, queries
from services.complaints.announcements import Announcer
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import CaseStore
from services.complaints.settings import ComplaintsSettings
from services.complaints.ticker import Ticker
from shared.contracts.complaints import COMMANDS
from shared.contracts.notifications import NOTICES
from shared.messaging.handling import AnySubscription, Subscription
from shared.program import zones
from shared.runtime.service import Context, Service, Worker

_DUE = "SELECT count(*) FROM deadline WHERE status = 'PENDING' AND next_fire_at <= $1"


def _subscriptions(context: Context) -> Sequence[AnySubscription]:
    zones.warm()
    announcer, store = _announcer(context), CaseStore(context.keyring, ComplaintsSettings().desk())
    commands = handlers.command_handlers(announcer, Pseudonyms(context.keyring), store)
    return (
        Subscription(topic=COMMANDS.name, handlers=commands, store=store, park=False),
        Subscription(topic=NOTICES.name, handlers=handlers.delivery_handlers(announcer, store), store=store),
    )


def _workers(context: Context) -> Mapping[str, Worker]:
    settings = ComplaintsSettings()
    store = CaseStore(context.keyring, settings.desk())
    ticker = Ticker(context.pool, store, _announcer(context), context.clock, settings.ticker_batch)
    return {"ticker": partial(ticker.run, context)}


async def _backlog(context: Context) -> int:
    """Clocks that are due and have not spoken yet."""
    return int(await context.pool.fetchval(_DUE, context.clock()))


def _announcer(context: Context) -> Announcer:
    return Announcer(Pseudonyms(context.keyring), ComplaintsSettings())


SERVICE = Service(
    name="complaints", subscriptions=_subscriptions, workers=_workers, router=queries.router, backlog=_backlog
)
