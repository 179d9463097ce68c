"""Questions about targets: whom to invite first and why, what is asked for, and how much of it is reached."""

import datetime as dt
from typing import Annotated, Any

import asyncpg
import orjson
from fastapi import APIRouter, Query

from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES, Collaborative
from services.recruitment.domain.program.statements import known_tasks
from services.recruitment.domain.targets import areas
from services.recruitment.domain.targets.coverage import Coverage, coverage
from services.recruitment.domain.targets.ranking import Target, rank
from services.recruitment.queries.parameters import State
from services.recruitment.repository import maps
from services.recruitment.repository import targets as reading
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

Code = Annotated[str, Query(max_length=40, description="Code of the collaborative")]
Filter = Annotated[str | None, Query(pattern=r"^[^\x00]{1,60}$")]
Most = Annotated[int, Query(ge=1, le=20_000, description="All of them where many are recruited at once")]
Following = Annotated[int, Query(ge=0, le=50, alias="next", description="How many to name who come next")]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()

    @api.get("/targets")
    async def targets(collaborative: Code = "NNHQCC", state: State = None, limit: Most = 50) -> list[dict[str, Any]]:
        """Whom to invite first into a collaborative, with the reason."""
        ranked = await ranking(pool, collaborative, (state,) if state else None)
        return [_row(position, target) for position, target in enumerate(ranked[:limit], start=1)]

    @api.get("/targets/{participant}")
    async def why(participant: str, collaborative: Code = "NNHQCC") -> dict[str, Any]:
        """Why a participant ranks where it does among all targets of a collaborative, and among those of its state."""
        ranked = await ranking(pool, collaborative, None)
        place = next((place for place, one in enumerate(ranked, 1) if one.candidate.ccn == participant), None)
        if place is None:
            raise await _not_on_the_list(pool, participant, collaborative)
        found = ranked[place - 1]
        own = [one for one in ranked if one.candidate.state == found.candidate.state]
        return {**_row(place, found), "of": len(ranked), "rank_in_state": own.index(found) + 1, "of_state": len(own)}

    @api.get("/recruitment-targets")
    async def recruitment_targets(
        task: Filter = None, collaborative: Filter = None, area: Filter = None
    ) -> list[dict[str, Any]]:
        """What is asked for, with everything it was before."""
        _check_task(task)
        found = await reading.targets(pool, _like(task, collaborative, area))
        return [one.model_dump(mode="json") for one in found]

    @api.get("/coverage")
    async def coverages(
        task: Filter = None,
        collaborative: Filter = None,
        area: Filter = None,
        following: Following = 3,
    ) -> list[dict[str, Any]]:
        """What was recruited against each target and period, by state, how many are missing and who is next."""
        _check_task(task)
        today = utc_now().date()
        asked = await reading.targets(pool, _like(task, collaborative, area))
        found: list[dict[str, Any]] = []
        for code in sorted({target.collaborative for target in asked}):
            ranked = await ranking(pool, code, None) if following else []
            eligible = await maps.eligible(pool, COLLABORATIVES[code], today)
            recruited = await reading.recruited(pool, code)
            for target in asked:
                if target.collaborative == code:
                    covered = coverage(target, today, eligible, recruited)
                    found += [_covered(one, today, ranked, following) for one in covered]
        return found

    return api


async def ranking(pool: asyncpg.Pool, collaborative: str, states: tuple[str, ...] | None) -> list[Target]:
    """The list of targets as everything stands that is committed; raises Problem for no such collaborative."""
    return rank(await reading.candidates(pool, _named(collaborative), states, utc_now().date()))


def _named(collaborative: str) -> Collaborative:
    found = COLLABORATIVES.get(collaborative)
    if found is None:
        raise Problem(404, "collaborative-unknown", "There is no such collaborative.")
    return found


def _check_task(task: str | None) -> None:
    known = known_tasks()
    if task is not None and task not in known:
        text = f"No statement of work that we have a source for has this task; there are {', '.join(known)}."
        raise Problem(404, "task-unknown", text)


def _row(position: int, target: Target) -> dict[str, Any]:
    candidate = target.candidate
    return {
        "rank": position,
        "ccn": candidate.ccn,
        "name": candidate.name,
        "state": candidate.state,
        "setting": candidate.setting.value,
        "stage": candidate.stage,
        "overall_rating": candidate.overall_rating,
        "special_focus": candidate.special_focus,
        "group": target.group.name,
        "score": target.score,
        "why": target.why,
        "contributions": [part._asdict() for part in target.contributions],
    }


async def _not_on_the_list(pool: asyncpg.Pool, participant: str, collaborative: str) -> Problem:
    row = await reading.standing(pool, participant, collaborative) if "\x00" not in participant else None
    held = Participant.model_validate_json(row["participant"]) if row else None
    reason = reason_against(held, utc_now().date(), "participant")
    if reason is not None or held is None or row is None:
        return Problem(404, "not-a-target", reason.text if reason else "No such participant is known.")
    if row["stage"] is not None:
        return Problem(404, "not-a-target", f"It is no target of {collaborative} any more: {row['stage'].lower()}.")
    settings = ", ".join(sorted(one.value for one in _named(collaborative).settings))
    return Problem(404, "not-a-target", f"{collaborative} recruits from these settings: {settings}.")


def _covered(one: Coverage, today: dt.date, ranked: list[Target], following: int) -> dict[str, Any]:
    states = {row.state for row in one.states}
    open_now = one.version.starts_on <= today <= one.version.ends_on and one.missing
    those = (target for target in ranked if target.candidate.state in states) if open_now else ()
    return {
        "task": one.target.task,
        "collaborative": one.target.collaborative,
        "area": one.target.area,
        "area_name": areas.name_of(one.target.area),
        **one.version.model_dump(mode="json", include={"starts_on", "ends_on", "number", "share_percent", "source"}),
        "wanted": one.wanted,
        "recruited": one.recruited,
        "missing": one.missing,
        "eligible": one.eligible,
        "states": [row._asdict() for row in one.states],
        "next": [_row(place, target) for place, target in zip(range(1, following + 1), those, strict=False)],
    }


def _like(task: str | None, collaborative: str | None, area: str | None) -> str:
    asked = {"task": task, "collaborative": collaborative, "area": area}
    return orjson.dumps({name: value for name, value in asked.items() if value is not None}).decode()
