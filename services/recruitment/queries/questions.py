"""Questions to networks and their answers: published words are for every reader, the rest and who said it for staff."""

import re
from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Depends, Query

from services.recruitment.domain.peers.question_kind import PostStatus, Question
from services.recruitment.queries import network_work
from services.recruitment.queries.parameters import Limit
from services.recruitment.queries.who import STAFF, staff
from services.recruitment.repository import networks as reading
from services.recruitment.repository import questions
from shared.contracts.recruitment.learning_terms import Topic
from shared.runtime.access import Access, Problem, reader

_ID: Final = re.compile(r"^[a-z0-9][a-z0-9-]{1,59}\.[0-9a-f]{12}$")
_KIND: Final = "network-question"


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()
    _published(api, pool)
    _moderated(api, pool)
    return api


def _published(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/question-search")
    async def search(
        access: Annotated[Access, Depends(reader)],
        words: Annotated[str, Query(min_length=1, max_length=200, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")],
        network: network_work.Network = None,
        topic: Topic | None = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> list[dict[str, Any]]:
        """Published questions that fit, with their published answers, the best first; in English.

        ``words`` as in a search engine: "in quotes" together, -without, or.
        """
        found = await questions.search(pool, words, {"network": network, "topic": topic}, limit)
        return [_seen(Question.model_validate(one), access) for one in found]

    @api.get("/network-questions/{question}")
    async def question(question: str, access: Annotated[Access, Depends(reader)]) -> dict[str, Any]:
        """One published question with its published answers."""
        found = Question.model_validate(await network_work.one(pool, _KIND, question, _ID))
        if found.status is not PostStatus.PUBLISHED:
            raise Problem(404, f"{_KIND}-unknown", "There is no such published question.")
        return _seen(found, access)


def _moderated(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/network-questions", dependencies=[Depends(staff)])
    async def network_questions(
        network: network_work.Network = None,
        topic: Topic | None = None,
        status: PostStatus | None = None,
        answers: Annotated[PostStatus | None, Query(description="Only those with an answer that stands so")] = None,
        after: network_work.After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Questions by id with all their answers and what was decided of them, for those who moderate."""
        like = {"network": network, "topic": topic, "status": status}
        with_answers = {"answers": [{"status": answers}] if answers else None}
        return await reading.some(pool, _KIND, {**like, **with_answers}, after, limit)


def _seen(held: Question, access: Access) -> dict[str, Any]:
    """A published question as others see it; answers keep their numbers. Who asked and answered staff alone see."""
    named = bool(access.roles & STAFF)
    shown = held.model_dump(mode="json", include={"id", "network", "topic", "text", "asked_on", "accepted"})
    answers = [
        {
            "number": number,
            "answerer": one.answerer if named else None,
            "text": one.text,
            "answered_on": one.answered_on.isoformat(),
            "helpful": len(one.helpful),
        }
        for number, one in enumerate(held.answers, start=1)
        if one.status is PostStatus.PUBLISHED
    ]
    return {**shown, "asker": held.asker if named else None, "answers": answers}
