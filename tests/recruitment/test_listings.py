"""Provider lists: the newest edition holds in any order, and a second import has no effect."""

from itertools import permutations

import asyncpg
import pytest

from services.recruitment.domain.participants.editions import edition
from services.recruitment.handlers.listings import decode
from shared.contracts.feeds import NURSING_HOMES, NursingHomeListed
from shared.contracts.recruitment.participants import FacilityListed
from shared.feeds.sample.homes import homes
from shared.feeds.sample.plan import Plan
from tests.messaging.toy import record
from tests.recruitment.support import listed, listings_consumer

_STATE = "SELECT id AS ccn, state FROM record WHERE kind = 'participant' ORDER BY id"


async def feed(pool: asyncpg.Pool, *listings: NursingHomeListed) -> list[FacilityListed]:
    """Consume these records as one batch and return what was said."""
    before = await pool.fetchval("SELECT coalesce(max(position), 0) FROM outbox")
    offset = await pool.fetchval("SELECT coalesce(max(next), 0) FROM consumer_offset")
    consumer = await listings_consumer(pool)
    records = [
        record(offset + number, listing.ccn, listing, topic=NURSING_HOMES.name)
        for number, listing in enumerate(listings)
    ]
    await consumer.handle(records)
    rows = await pool.fetch("SELECT payload FROM outbox WHERE position > $1 ORDER BY position", before)
    return [FacilityListed.model_validate_json(row["payload"]) for row in rows]


def test_a_listing_without_sources_for_its_date_has_no_network() -> None:
    assert edition(listed()).qin_qio == "New England QIN (Healthcentric Advisors)"
    assert edition(listed(as_of="2012-05-01")).qin_qio == "UNKNOWN"


def test_a_state_that_is_none_is_refused_without_its_value() -> None:
    with pytest.raises(ValueError, match=r"^state: not a state or territory$"):
        decode(listed(state="QQ").model_dump_json().encode())


async def test_importing_a_file_twice_has_no_second_effect(pool: asyncpg.Pool) -> None:
    found = list(homes(Plan(homes=300)))
    said = await feed(pool, *found)
    assert {event.ccn for event in said} == {home.ccn for home in found}
    state = await pool.fetch(_STATE)
    assert len(state) == 300
    assert await feed(pool, *found) == []
    assert await pool.fetch(_STATE) == state
    assert await pool.fetchval("SELECT count(*) FROM dead_letter") == 0


async def test_a_later_vintage_replaces_and_an_earlier_one_does_not(pool: asyncpg.Pool) -> None:
    await feed(pool, listed(as_of="2015-01-01", overall_rating=3))
    assert await feed(pool, listed(as_of="2014-08-01", overall_rating=1)) == []
    (said,) = await feed(pool, listed(as_of="2015-02-01", overall_rating=4))
    assert (said.overall_rating, str(said.as_of)) == (4, "2015-02-01")


async def test_a_later_vintage_that_says_the_same_is_told_because_its_date_is_part_of_what_is_known(
    pool: asyncpg.Pool,
) -> None:
    await feed(pool, listed())
    (said,) = await feed(pool, listed(as_of="2014-09-01"))
    assert str(said.as_of) == "2014-09-01"


async def test_every_order_of_editions_ends_the_same(pool: asyncpg.Pool) -> None:
    editions = (listed(), listed(name="Other"), listed(as_of="2014-09-01"), listed(as_of="2014-09-01", name="Third"))
    ends = set()
    for order in permutations(editions):
        await pool.execute("DELETE FROM record")
        for listing in (*order, order[0]):
            await feed(pool, listing)
        ends.add(tuple(map(tuple, await pool.fetch(_STATE))))
    assert len(ends) == 1


async def test_a_bad_record_is_set_aside_and_its_neighbours_are_listed(pool: asyncpg.Pool) -> None:
    consumer = await listings_consumer(pool)
    good, other, bad = listed(), listed("225010"), listed("225011", state="QQ")
    batch = [record(n, item.ccn, item, topic=NURSING_HOMES.name) for n, item in enumerate((good, bad, other))]
    await consumer.handle(batch)
    assert [row["ccn"] for row in await pool.fetch(_STATE)] == ["225009", "225010"]
    assert await pool.fetchval("SELECT reason FROM dead_letter") == "schema"
