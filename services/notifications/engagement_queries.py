"""Questions about stories, feedback, surveys and aids; for the program's own staff: words may tell of people."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Final
from uuid import UUID

import asyncpg
import orjson
from fastapi import APIRouter, Depends, Query

from services.notifications.contact_queries import Limit, staff
from services.notifications.domain.engagement.aids import AIDS
from services.notifications.domain.engagement.kinds import FEEDBACK_KIND, STORY, SURVEY, Survey
from services.notifications.domain.engagement.questions import CURRENT, SURVEYS
from services.notifications.domain.engagement.results import Result, results
from shared.contracts.notifications.engagement import FeedbackSource, StoryState, SurveyFacts
from shared.records import store as records
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

_PAGE: Final = 1_000
_Topic = Annotated[str | None, Query(max_length=120, pattern=r"^[^\x00]*$")]
_After = Annotated[UUID | None, Query(description="The last id of the page before")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter(prefix="/voices", dependencies=[Depends(staff)])
    _stories(api, pool)
    _surveys(api, pool)

    @api.get("/feedback")
    async def feedback(
        topic: _Topic = None, source: FeedbackSource | None = None, after: _After = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """What was learned and to whom it was returned, by id."""
        return await _some(pool, FEEDBACK_KIND.name, _given(topic=topic, source=source), after, limit)

    @api.get("/aids")
    async def aids() -> list[dict[str, Any]]:
        """The decision aids there are; ``overdue`` ones cannot be ordered (today, UTC)."""
        return [
            {
                "aid": one.id,
                "topic": one.topic,
                "version": one.version,
                "review_by": one.review_by,
                "titles": {language: words.title for language, words in one.words.items()},
                "overdue": one.overdue(utc_now().date()),
            }
            for one in AIDS.values()
        ]

    return api


def _stories(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/stories")
    async def stories(
        topic: _Topic = None, state: StoryState | None = None, after: _After = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """Stories by id; those that were erased are not among them."""
        return await _some(pool, STORY.name, {"facts": _given(topic=topic, state=state)}, after, limit)

    @api.get("/stories/{story}")
    async def one(story: UUID) -> dict[str, Any]:
        """One story; of one that was erased, that it was: ``facts`` is null."""
        kept = await records.one(pool, STORY.name, str(story))
        if kept is None:
            raise Problem(404, "story-unknown", "There is no such story.")
        found: dict[str, Any] = orjson.loads(kept)
        return found


def _surveys(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/survey/questions")
    async def questions() -> dict[str, Any]:
        """The questions that are asked now; scores go from 1 to 5, which is best."""
        asked = [{"id": one.id, "text": dict(one.text), "scored": one.scored} for one in SURVEYS[CURRENT]]
        return {"version": CURRENT, "questions": asked}

    @api.get("/survey/results")
    async def counted() -> list[Result]:
        """Counts by month, group of cases and question; small numbers are withheld from staff too."""
        return results([one async for one in _answers(pool)])

    @api.get("/survey/words")
    async def words(
        after: Annotated[str | None, Query(pattern=r"^[A-Z0-9]{10}$")] = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """What people wrote, with month and group, and no more that would tell who it was."""
        rows = [Survey.model_validate_json(one) for one in await _texts(pool, after, limit)]
        return [
            {"survey": one.id, "month": f"{facts.answered_on:%Y-%m}", "group": facts.group, "words": dict(facts.words)}
            for one in rows
            if (facts := one.facts) is not None and facts.words
        ]


async def _answers(pool: asyncpg.Pool) -> AsyncIterator[SurveyFacts]:
    after: str | None = None
    while texts := await _texts(pool, after, _PAGE):
        for text in texts:
            found = Survey.model_validate_json(text)
            after = found.id
            if found.facts is not None:
                yield found.facts


async def _texts(pool: asyncpg.Pool, after: str | None, limit: int) -> list[Any]:
    return await records.some(pool, SURVEY.name, '{"facts": {}}', after, limit)


async def _some(
    pool: asyncpg.Pool, kind: str, like: dict[str, Any], after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    text = orjson.dumps(like).decode()
    return [orjson.loads(one) for one in await records.some(pool, kind, text, str(after) if after else None, limit)]


def _given(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
