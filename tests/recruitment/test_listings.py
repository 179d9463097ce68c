"""Provider lists: the newest edition holds in any order, and a second import has no effect."""

from itertools import permutations
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from services.recruitment.domain.participants.editions import edition
from services.recruitment.domain.registry import KINDS
from services.recruitment.handlers import listings
from services.recruitment.handlers.listings import decode
from services.recruitment.repository import differences, participants
from shared.contracts.feeds import HOSPITALS, NURSING_HOMES, HospitalListed, NursingHomeListed
from shared.contracts.message import Event, FeedRecord
from shared.contracts.recruitment.participants import EarlierRatingListed, FacilityListed
from shared.feeds.hospitals import HospitalFile
from shared.feeds.nursing_homes import NursingHomeFile
from shared.feeds.rows import Row
from shared.feeds.sample.homes import homes
from shared.feeds.sample.plan import Plan
from tests.messaging.toy import record
from tests.recruitment.participants.asking import assign, close, hospital, register
from tests.recruitment.support import STORE, consumer, listed, listings_consumer
from tests.recruitment.test_commands import carry_out
from tests.support.data import real_data

_STATE = "SELECT id AS ccn, state FROM record WHERE kind = 'participant' ORDER BY id"
HOMES_OF_2012 = 15_676


async def feed(pool: asyncpg.Pool, *records: FeedRecord) -> list[Any]:
    """Consume these records as one batch and return what was said of participants."""
    before = await pool.fetchval("SELECT coalesce(max(position), 0) FROM outbox")
    topic = HOSPITALS.name if isinstance(records[0], HospitalListed) else NURSING_HOMES.name
    offset = await pool.fetchval("SELECT coalesce(max(next), 0) FROM consumer_offset WHERE topic = $1", topic)
    reader = await (consumer(listings.hospitals(STORE), pool) if topic == HOSPITALS.name else listings_consumer(pool))
    await reader.handle([record(offset + n, one.ccn, one, topic=topic) for n, one in enumerate(records)])  # type: ignore[attr-defined]
    return await said(pool, before)


async def said(pool: asyncpg.Pool, after: int) -> list[Event]:
    """What was said of participants after a position of the outbox."""
    kinds = {kind.wire_type(): kind for kind in KINDS.events}
    rows = await pool.fetch("SELECT type, payload FROM outbox WHERE position > $1 ORDER BY position", after)
    return [kinds[row["type"]].model_validate_json(row["payload"]) for row in rows]


def test_a_listing_without_sources_for_its_date_has_no_network() -> None:
    assert edition(listed()).qin_qio == "New England QIN (Healthcentric Advisors)"
    assert edition(listed(as_of="2012-05-01")).qin_qio == "UNKNOWN"


def test_a_state_that_is_none_is_refused_without_its_value() -> None:
    with pytest.raises(ValueError, match=r"^state: not a state or territory$"):
        decode(listed(state="QQ").model_dump_json().encode())


async def test_importing_a_file_twice_has_no_second_effect(pool: asyncpg.Pool) -> None:
    found = list(homes(Plan(homes=300)))
    told = await feed(pool, *found)
    assert {event.ccn for event in told} == {home.ccn for home in found}
    state = await pool.fetch(_STATE)
    assert len(state) == 300
    assert await feed(pool, *found) == []
    assert await pool.fetch(_STATE) == state
    assert await pool.fetchval("SELECT count(*) FROM dead_letter") == 0


def real(file: NursingHomeFile | HospitalFile, kind: type[NursingHomeListed | HospitalListed]) -> list[Any]:
    """Every row of a real file that is read."""
    return [kind.model_validate_json(row.value) for row in file.rows() if isinstance(row, Row)]


@pytest.fixture(scope="module")
def data() -> Path:
    """The folder of real public files; they are no part of the project."""
    folder = real_data()
    if folder is None:
        pytest.skip("the published provider files are not on this machine; made rows test the same import twice")
    return folder


async def test_all_homes_of_2012_imported_twice_are_all_known_once(pool: asyncpg.Pool, data: Path) -> None:
    path = data / "nursing_home_compare_2012" / "nh_provider_info_2012.csv.gz"
    found = real(NursingHomeFile(path), NursingHomeListed)
    assert len(found) == HOMES_OF_2012
    told = [event for at in range(0, len(found), 5_000) for event in await feed(pool, *found[at : at + 5_000])]
    assert len(told) == HOMES_OF_2012
    digest = "SELECT md5(string_agg(id || state::text, '' ORDER BY id)) FROM record"
    state = await pool.fetchval(digest)
    for at in range(0, len(found), 5_000):
        assert await feed(pool, *found[at : at + 5_000]) == []
    assert await pool.fetchval(digest) == state
    assert await participants.listed(pool) == {NURSING_HOMES.name: HOMES_OF_2012, HOSPITALS.name: 0}


async def test_hospitals_are_known_beside_homes_and_imported_twice_without_effect(pool: asyncpg.Pool) -> None:
    await feed(pool, listed())
    told = await feed(pool, hospital(), hospital("220002", rating=None))
    assert [(event.ccn, event.setting, event.overall_rating) for event in told] == [
        ("220001", "HOSPITAL", 3),
        ("220002", "HOSPITAL", None),
    ]
    assert await feed(pool, hospital(), hospital("220002", rating=None)) == []
    assert await participants.listed(pool) == {NURSING_HOMES.name: 1, HOSPITALS.name: 2}


async def test_a_later_vintage_replaces_and_an_earlier_one_tells_its_rating_only(pool: asyncpg.Pool) -> None:
    await feed(pool, listed(as_of="2015-01-01", overall_rating=3))
    (earlier,) = await feed(pool, listed(as_of="2014-08-01", overall_rating=1, name="Then"))
    assert isinstance(earlier, EarlierRatingListed)
    assert await feed(pool, listed(as_of="2014-08-01", overall_rating=1, name="Then")) == []
    (told,) = await feed(pool, listed(as_of="2015-02-01", overall_rating=4))
    assert isinstance(told, FacilityListed)
    assert (told.overall_rating, str(told.as_of)) == (4, "2015-02-01")
    found = await participants.one(pool, "225009", told.as_of)
    assert found is not None
    assert [(one["as_of"], one["overall"]) for one in found["ratings"]] == [
        ("2015-02-01", 4),
        ("2015-01-01", 3),
        ("2014-08-01", 1),
    ]
    assert found["name"] == "Willowbrook Manor"


async def test_a_later_vintage_that_says_the_same_is_told_because_its_date_is_part_of_what_is_known(
    pool: asyncpg.Pool,
) -> None:
    await feed(pool, listed())
    (told,) = await feed(pool, listed(as_of="2014-09-01"))
    assert str(told.as_of) == "2014-09-01"


async def test_every_order_of_editions_ends_the_same(pool: asyncpg.Pool) -> None:
    editions = (listed(), listed(name="Other"), listed(as_of="2014-09-01"), listed(as_of="2014-09-01", name="Third"))
    ends = set()
    for order in permutations(editions):
        await pool.execute("DELETE FROM record")
        for listing in (*order, order[0]):
            await feed(pool, listing)
        ends.add(tuple(map(tuple, await pool.fetch(_STATE))))
    await pool.execute("DELETE FROM record")
    await feed(pool, *editions, *editions)
    ends.add(tuple(map(tuple, await pool.fetch(_STATE))))
    assert len(ends) == 1


async def test_a_listing_is_of_whoever_has_its_number(pool: asyncpg.Pool) -> None:
    await carry_out(pool, register(participant="own:willow", setting="NURSING_HOME"), assign("225009", "own:willow"))
    (told,) = [event for event in await feed(pool, listed(), listed("225010")) if event.ccn == "225009"]
    assert told.participant == "own:willow"
    assert [row["ccn"] for row in await pool.fetch(_STATE)] == ["225010", "own:willow"]
    assert await participants.listed(pool) == {NURSING_HOMES.name: 2, HOSPITALS.name: 0}
    assert await feed(pool, listed()) == []


async def test_a_facility_that_a_later_list_leaves_out_is_reported_and_stays_open(pool: asyncpg.Pool) -> None:
    await feed(pool, listed(), listed("225010"), listed("225011"))
    await carry_out(pool, close("225011"))
    await feed(pool, listed("225009", "2015-03-01"))
    assert [(row["participant"], row["what"]) for row in await differences.differences(pool, None, None, None, 9)] == [
        ("225010", "MISSING")
    ]
    await feed(pool, listed("225011", "2015-03-01"))
    found = await differences.differences(pool, "CLOSED_BUT_LISTED", "MA", None, 9)
    assert [row["participant"] for row in found] == ["225011"]


async def test_a_bad_record_is_set_aside_and_its_neighbours_are_listed(pool: asyncpg.Pool) -> None:
    reader = await listings_consumer(pool)
    good, other, bad = listed(), listed("225010"), listed("225011", state="QQ")
    batch = [record(n, item.ccn, item, topic=NURSING_HOMES.name) for n, item in enumerate((good, bad, other))]
    await reader.handle(batch)
    assert [row["ccn"] for row in await pool.fetch(_STATE)] == ["225009", "225010"]
    assert await pool.fetchval("SELECT reason FROM dead_letter") == "schema"
