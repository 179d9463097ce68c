"""The pages behind the links of list mail: a look changes nothing, one click does; they tell nobody anything.

No bearer token, no cookie: whoever holds the link may use it. Every token gets the same pages, whether it is ours, what
it is for or what has become of it (nothing is to be learnt by trying). A page is made without looking anything up, so
that mail filters which follow every link cost nothing and change nothing.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid5

import asyncpg
from fastapi import APIRouter, Request, Response

from services.notifications import public_page
from services.notifications.domain.lists.kinds import LIST, SUBSCRIPTION
from services.notifications.domain.lists.state import subscription_id
from services.notifications.domain.registry import KINDS
from services.notifications.domain.unsubscribing import Links, Purpose
from services.notifications.list_settings import ListSettings, links, list_rules
from services.notifications.list_words import Stage, page, too_often
from services.notifications.throttle import Throttle
from shared.contracts.message import Command
from shared.contracts.notifications.lists import ConfirmSubscription, LeaveList, LeftBy
from shared.messaging.handling import Emit, Work
from shared.records.commands import happen
from shared.records.deciding import Against, AnyRule, Asked, Held
from shared.records.due import Group, carried_out
from shared.records.kinds import Record
from shared.records.store import RecordStore
from shared.runtime.service import Context

ACTOR = "link"
# The body of a click is a few bytes in either encoding a form may have (RFC 8058 3.2).
_LONGEST_BODY = 4_096
_ONE_CLICK = (b"List-Unsubscribe", b"One-Click")
_SPACE = UUID("1a7c5b52-8f0e-5b57-9d3c-6b0f5d6b8c11")


class Clicks:
    """Carries out what a link asks for: decided by the rule of the command, over locked records, in one transaction."""

    def __init__(
        self, pool: asyncpg.Pool, links: Links, rules: tuple[AnyRule, ...], clock: Callable[[], dt.datetime]
    ) -> None:
        self._pool = pool
        self._links = links
        self._rules = {rule.command: rule for rule in rules}
        self._clock = clock
        self._store = RecordStore(KINDS, {})

    async def __call__(self, purpose: Purpose, token: str) -> None:
        """Confirm or leave; whatever stands against it, and a token that is not ours, changes nothing."""
        found = self._links.read(purpose, token)
        if found is None:
            return
        command: Command
        if purpose is Purpose.LEAVE:
            command = LeaveList(actor=ACTOR, token=token, how=LeftBy.CLICK)
        else:
            command = ConfirmSubscription(actor=ACTOR, token=token)
        group = (LIST.key(found[0]), SUBSCRIPTION.key(subscription_id(*found)))
        async with self._pool.acquire() as conn, conn.transaction():
            await carried_out(conn, self._store, [group], partial(self._decide, command=command), self._clock())

    def _decide(self, group: Group, work: Work[Record], *, command: Command) -> list[Emit]:
        del group
        asked = Asked(command.actor, work.now, partial(uuid5, _SPACE))
        decided = self._rules[type(command)].decide(command, Held(work.get), asked)
        if isinstance(decided, Against):
            return []
        return [*happen(decided.events, work, KINDS), *decided.also]


def pages(context: Context) -> APIRouter:
    """The routes at the root."""
    settings = ListSettings()
    clicks = Clicks(
        context.pool, links(context.keyring, settings), list_rules(context.keyring, settings), context.clock
    )
    return routes(clicks, Throttle(context.clock))


def routes(clicks: Clicks, throttle: Throttle) -> APIRouter:
    """A look and a click for each kind of link."""
    api = APIRouter()
    for purpose in Purpose:
        _add(api, purpose, clicks, throttle)
    return api


def _add(api: APIRouter, purpose: Purpose, clicks: Clicks, throttle: Throttle) -> None:
    @api.api_route(f"/{purpose}/{{token}}", methods=["GET", "HEAD"])
    async def look(request: Request, token: str) -> Response:
        """One button; nothing is looked up and nothing changes."""
        del token
        return _page(request, purpose, Stage.ASKING)

    @api.post(f"/{purpose}/{{token}}")
    async def click(request: Request, token: str) -> Response:
        """Do it, at once and as often as it is asked for."""
        body = await public_page.whole_body(request, _LONGEST_BODY)
        if body is None or (purpose is Purpose.LEAVE and not all(word in body for word in _ONE_CLICK)):
            return _page(request, purpose, Stage.ASKING, 400)
        if not throttle.admits(token):
            spoken = public_page.language(request)
            return public_page.answer(spoken, too_often(spoken), public_page.TOO_OFTEN)
        await clicks(purpose, token)
        return _page(request, purpose, Stage.DONE)


def _page(request: Request, purpose: Purpose, stage: Stage, status: int = 200) -> Response:
    spoken = public_page.language(request)
    return public_page.answer(spoken, page(purpose, stage, spoken), status)
