"""The part of a report on a task that tells of networks: sessions, attendance, spread, movement of measures."""

from collections.abc import Collection
from typing import Any

import asyncpg

from services.recruitment.domain.networks.topics import TOPICS
from services.recruitment.domain.reports import learning, telling_learning
from services.recruitment.domain.reports.helping import assistance
from services.recruitment.domain.reports.movement import Movement, movement
from services.recruitment.domain.reports.tasks import Scope
from services.recruitment.repository import learning_reports as reading
from services.recruitment.repository.learning_reports import Work
from shared.contracts.recruitment.learning_terms import Topic


async def section(pool: asyncpg.Pool, task: str, scope: Scope, communities: Collection[str]) -> dict[str, Any]:
    """What the networks for a task did in the time and states of a report, whose coalitions are of ``communities``."""
    async with pool.acquire() as conn, conn.transaction(isolation="repeatable_read", readonly=True):
        work = await reading.work(conn, task)
        sessions = [learning.sessions(scope, one.id, work.sessions, work.states) for one in work.networks]
        spread = learning.spread(scope, work.practices, work.taken_up, work.states)
        given = assistance(scope, work.requests, _askers(scope, work, communities))
        return telling_learning.learning(sessions, spread, given, await _moved(conn, scope, work))


def _askers(scope: Scope, work: Work, communities: Collection[str]) -> frozenset[str]:
    """Who asks for help as part of the task: who is in a cohort for it in these states, and its coalitions."""
    ids = {one.id for one in work.networks}
    members = learning.taking_part(scope, [one for one in work.every if one.network in ids], ()).then
    there = (f"participant:{one}" for one in members if work.states.get(one) in scope.states)
    return frozenset((*there, *(f"coalition:{one}" for one in communities)))


async def _moved(conn: asyncpg.Connection, scope: Scope, work: Work) -> list[Movement]:
    """By topic: who is in a cohort of a network that works on it, in each measure that shows it."""
    found = []
    for topic in Topic:
        ids = {one.id for one in work.networks if topic in one.topics}
        of_topic = [one for one in work.every if one.network in ids]
        taking_part = learning.taking_part(scope, of_topic, work.every)
        for measure in TOPICS[topic].facility if taking_part.then else ():
            figures = await reading.figures(conn, measure, scope)
            moved = movement(scope, topic, measure, figures, taking_part)
            if moved is not None:
                found.append(moved)
    return found
