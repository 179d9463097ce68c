"""A closing that was recorded ahead ends engagements on its day; what staff have to put in order is listed."""

import datetime as dt

import asyncpg

from services.recruitment.closings import Closings
from services.recruitment.domain.registry import KINDS
from shared.contracts.feeds import NURSING_HOMES
from tests.messaging.toy import record
from tests.recruitment.participants.asking import HOME, OTHER, merge
from tests.recruitment.pipeline.test_reading import api
from tests.recruitment.support import STORE, enroll, listed, listings_consumer
from tests.recruitment.test_commands import carry_out, types

_CLOSED = """
    UPDATE record SET state = state || '{"closed_on": "2015-03-20"}' WHERE kind = 'participant' AND id = $1
"""
_CASELOAD = """
    INSERT INTO record (kind, id, state) VALUES ('caseload', 'participant:' || $1, jsonb_build_object(
        'subject', 'participant:' || $1, 'charges', jsonb_build_array(jsonb_build_object(
            'person', 'ann', 'part', 'LEAD', 'since', '2015-01-01', 'until', NULL))))
"""
_COALITION = """
    INSERT INTO record (kind, id, state) VALUES ('coalition', 'valley', jsonb_build_object('name', 'Safe Home',
        'ended_on', NULL, 'members', jsonb_build_object($1::text, jsonb_build_object('left_on', NULL))))
"""


async def homes(pool: asyncpg.Pool) -> None:
    consumer = await listings_consumer(pool)
    await consumer.handle(
        [record(place, one, listed(one), topic=NURSING_HOMES.name) for place, one in enumerate((HOME, OTHER))]
    )


async def test_the_day_of_a_closing_ends_what_runs_once(pool: asyncpg.Pool) -> None:
    await homes(pool)
    await carry_out(pool, enroll())
    await pool.execute(_CLOSED, HOME)
    await pool.execute("DELETE FROM outbox")
    now = [dt.datetime(2015, 3, 20, 10, 59, tzinfo=dt.UTC)]
    closings = Closings(pool, KINDS, STORE, lambda: now[0])
    await closings()
    assert await types(pool) == []
    now[0] += dt.timedelta(minutes=1)
    await closings()
    await closings()
    assert await types(pool) == [
        "recruitment.EngagementMoved.v1",
        "recruitment.FacilityWithdrew.v1",
        "public.FacilityLeft.v1",
    ]


async def test_what_a_merged_participant_is_still_in_is_listed_for_staff(pool: asyncpg.Pool) -> None:
    await homes(pool)
    await pool.execute(_CASELOAD, HOME)
    await pool.execute(_COALITION, HOME)
    async with api(pool) as client:
        assert (await client.get(f"/facilities/{HOME}")).json()["needs_attention"] == []
        await carry_out(pool, merge(on="2015-01-31"))
        assert (await client.get(f"/facilities/{HOME}")).json()["needs_attention"] == [
            {"what": "CASELOAD", "id": "ann", "name": "LEAD"},
            {"what": "COALITION", "id": "valley", "name": "Safe Home"},
        ]
