"""Wires the notifications service together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from fastapi import APIRouter

from services.notifications import campaigning, digesting, handlers, list_pages, queries, survey_pages
from services.notifications.book import Book
from services.notifications.carrier import Carrier
from services.notifications.domain.addresses.ids import AddressIds
from services.notifications.domain.addresses.kinds import SENT_TO
from services.notifications.domain.knowing import Knowing
from services.notifications.domain.mail import Sender as From
from services.notifications.domain.print import Office
from services.notifications.domain.registry import KINDS, rules
from services.notifications.domain.rules.table import TABLE
from services.notifications.domain.webhooks.rules import allowing
from services.notifications.domain.writing import Writing
from services.notifications.erasable import ERASABLE
from services.notifications.heard import events, notices, results
from services.notifications.letters import load_letters, load_press
from services.notifications.list_settings import ListSettings, links, list_rules
from services.notifications.printer import Printer
from services.notifications.reminders import SECONDS, Reminders
from services.notifications.repository import Notices, reading
from services.notifications.repository.following import Follows
from services.notifications.repository.sent_to import sent_to
from services.notifications.repository.views import VIEWS
from services.notifications.sender import Sender
from services.notifications.settings import MailSettings
from services.notifications.survey_codes import survey_links, survey_rules
from services.notifications.webhooks import hearing
from services.notifications.webhooks.names import Names
from services.notifications.webhooks.settings import WebhookSettings
from services.notifications.webhooks.wiring import courier
from shared.contracts.notifications import COMMANDS, REQUESTS
from shared.messaging.handling import AnySubscription
from shared.program.zips import zip_states
from shared.records import commands
from shared.records.store import RecordStore
from shared.records.tidying import HOUR, Tidying
from shared.runtime.service import Context, Service, Worker
from shared.runtime.workers import every


def _subscriptions(context: Context) -> Sequence[AnySubscription]:
    records = RecordStore(KINDS, {**VIEWS, SENT_TO.name: sent_to(context.keyring)})
    writing = _writing(context)
    store = handlers.stores(Notices(context.keyring), records, KINDS, writing)
    decided = (*rules(zip_states()), *list_rules(context.keyring, ListSettings()), *survey_rules(context.keyring))
    asked = commands.subscription(COMMANDS.name, KINDS, allowing(decided, WebhookSettings().tested()), records)
    return (
        handlers.subscription(store, writing),
        handlers.answers(store, writing),
        replace(asked, handlers=(*asked.handlers, *handlers.commands(writing)), store=store),
        *hearing.subscriptions(Names(context.keyring)),
        *events.subscriptions(records, TABLE),
        results.subscription(records, TABLE),
        notices.subscription(records, TABLE),
    )


def _workers(context: Context) -> Mapping[str, Worker]:
    settings, writing = MailSettings(), _writing(context)
    follows = Follows(Notices(context.keyring), RecordStore(KINDS, VIEWS), writing)
    running = (context.clock, context.stop)
    sender = Sender(context.pool, follows, settings, *running)
    office = Office(settings.sender_name, settings.office)
    printer = Printer(context.pool, follows, load_press(), office, settings, *running)
    carrier = Carrier(context.pool, follows, settings, *running)
    reminders = Reminders(context.pool, RecordStore(KINDS, VIEWS), TABLE, context.clock)
    webhooks = courier(context)
    tidying = Tidying(context.pool, KINDS, RecordStore(KINDS, VIEWS), context.clock, ERASABLE)
    campaigns = campaigning.Campaigning(context.pool, KINDS, RecordStore(KINDS, VIEWS), context.clock)
    gathered = Notices(context.keyring)
    digests = digesting.Digesting(
        context.pool, gathered, RecordStore(KINDS, VIEWS), writing.knowing, settings.sender_name, context.clock
    )
    return {
        "contacts-tidied": partial(every, HOUR, tidying, context.stop),
        "sender": sender.run,
        "queue-gauges": sender.watch,
        "printer": printer.run,
        "carrier": carrier.run,
        "overdue": carrier.watch,
        "webhooks": webhooks.run,
        "webhook-gauges": webhooks.watch,
        "campaigns": partial(every, campaigning.EVERY, campaigns, context.stop),
        "digests": partial(every, digesting.EVERY, digests, context.stop),
        "reminders": partial(every, SECONDS, reminders, context.stop),
    }


def _writing(context: Context) -> Writing:
    settings = MailSettings()
    lists = ListSettings()
    return Writing(
        load_letters(),
        From(settings.sender_name, settings.sender),
        links(context.keyring, lists),
        survey_links(context.keyring, lists),
        Knowing(AddressIds(context.keyring.reference)),
    )


def _pages(context: Context) -> APIRouter:
    api = APIRouter()
    api.include_router(list_pages.pages(context))
    api.include_router(survey_pages.pages(context))
    return api


async def _kept(context: Context) -> Mapping[str, int]:
    return {REQUESTS.name: (await _summary(context))["total"]}


async def _backlog(context: Context) -> int:
    return int((await _summary(context))["queued"])


async def _summary(context: Context) -> Mapping[str, int]:
    async with context.pool.acquire() as conn:
        return await reading.summary(conn, context.clock())


SERVICE = Service(
    name="notifications",
    subscriptions=_subscriptions,
    workers=_workers,
    router=queries.router,
    pages=_pages,
    kept=_kept,
    backlog=_backlog,
    book=lambda context: Book(KINDS, Notices(context.keyring), _writing(context)),
)
