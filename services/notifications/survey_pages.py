"""The page by which a survey is answered: a look changes nothing, what is sent is kept once; it tells of nobody.

No bearer token, no cookie: whoever holds the link may answer. Nothing of the case is on it. A link that was used, whose
time is over, or that was never ours gets one and the same page.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID, uuid5

import asyncpg
from fastapi import APIRouter, Request, Response

from services.notifications import public_page, survey_words
from services.notifications.domain.engagement import form as forms
from services.notifications.domain.engagement.form import Form, Problem
from services.notifications.domain.engagement.kinds import SURVEY
from services.notifications.domain.engagement.links import Found, SurveyLinks
from services.notifications.domain.registry import KINDS
from services.notifications.list_settings import ListSettings
from services.notifications.list_words import too_often
from services.notifications.survey_codes import survey_links, survey_rules
from services.notifications.throttle import Throttle
from shared.contracts.notifications.engagement import RecordSurveyAnswer
from shared.messaging.handling import Emit, Work
from shared.records import store as records
from shared.records.commands import happen
from shared.records.deciding import AnyRule, Asked, Decided, Held
from shared.records.due import Group, carried_out
from shared.records.kinds import Record
from shared.records.store import RecordStore
from shared.runtime.service import Context

ACTOR: Final = "link"
# The longest text there may be, each of its letters as up to four bytes of three signs, and as much again.
_LONGEST_BODY: Final = survey_words.LONGEST * 12 * 2
_SPACE: Final = UUID("5a0c8a4e-6b1d-5f6f-8f57-3a5f0c1e9d42")
_GONE: Final = 404


class Answers:
    """Keeps what is sent: decided by the rule of the command, over the locked record, in one transaction."""

    def __init__(
        self, pool: asyncpg.Pool, links: SurveyLinks, rules: tuple[AnyRule, ...], clock: Callable[[], dt.datetime]
    ) -> None:
        self._pool = pool
        self._links = links
        [self._rule] = (rule for rule in rules if rule.command is RecordSurveyAnswer)
        self._clock = clock
        self._store = RecordStore(KINDS, {})

    async def awaited(self, token: str) -> bool:
        """Whether this link can be answered by: it is ours, its time is not over, and nobody has answered."""
        found = self._links.read(token)
        if found is None:
            return False
        known = await records.one(self._pool, SURVEY.name, found.survey)
        return known is None and not found.over(self._clock())

    async def keep(self, token: str, form: Form | None, language: str) -> bool | Problem:
        """Whether the answers are kept now, by this or by the same before it; False: the link cannot be answered by.

        A Problem is told only where they could be kept without it.
        """
        found = self._links.read(token)
        if found is None or found.over(self._clock()):
            return False
        ended: list[bool | Problem] = []
        decide = partial(self._decide, found=found, form=form, language=language, ended=ended)
        async with self._pool.acquire() as conn, conn.transaction():
            await carried_out(conn, self._store, [(SURVEY.key(found.survey),)], decide, self._clock())
        return ended[0]

    def _decide(
        self,
        group: Group,
        work: Work[Record],
        *,
        found: Found,
        form: Form | None,
        language: str,
        ended: list[bool | Problem],
    ) -> list[Emit]:
        del group
        held = Held(work.get)
        before = held.get(SURVEY, found.survey)
        # The same again on the next day is still the same.
        on = before.facts.answered_on if before is not None and before.facts is not None else work.now.date()
        asked = forms.command(form, actor=ACTOR, code=found.code, language=language, on=on)
        decided = asked if isinstance(asked, Problem) else self._rule.decide(asked, held, _asked(work.now))
        if isinstance(decided, Decided):
            ended.append(True)
            return happen(decided.events, work, KINDS)
        problem = decided if isinstance(decided, Problem) else forms.problem(decided.reasons)
        ended.append(problem if before is None else False)
        return []


def _asked(now: dt.datetime) -> Asked:
    return Asked(ACTOR, now, partial(uuid5, _SPACE))


def pages(context: Context) -> APIRouter:
    """The routes at the root."""
    links = survey_links(context.keyring, ListSettings())
    answers = Answers(context.pool, links, survey_rules(context.keyring), context.clock)
    return routes(answers, Throttle(context.clock))


def routes(answers: Answers, throttle: Throttle) -> APIRouter:
    """A look at the questions, and their answers."""
    api = APIRouter()

    # Also tokens with a slash: they get the page of every link that is not ours.
    @api.api_route("/survey/{token:path}", methods=["GET", "HEAD"])
    async def look(request: Request, token: str) -> Response:
        """The questions; nothing changes."""
        spoken = public_page.language(request)
        if not await answers.awaited(token):
            return public_page.answer(spoken, survey_words.closed(spoken), _GONE)
        return public_page.answer(spoken, survey_words.asking(spoken))

    @api.post("/survey/{token:path}")
    async def send(request: Request, token: str) -> Response:
        """Keep the answers, once, however often they are sent."""
        spoken = public_page.language(request)
        if not throttle.admits(token):
            return public_page.answer(spoken, too_often(spoken), public_page.TOO_OFTEN)
        body = await public_page.whole_body(request, _LONGEST_BODY)
        form = None if body is None else forms.read(body)
        end = await answers.keep(token, form, spoken)
        if isinstance(end, Problem):
            return public_page.answer(spoken, survey_words.asking(spoken, end, form), 400)
        if not end:
            return public_page.answer(spoken, survey_words.closed(spoken), _GONE)
        return public_page.answer(spoken, survey_words.thanks(spoken))

    return api
