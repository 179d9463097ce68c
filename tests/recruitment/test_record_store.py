"""Records as rows: what is saved is loaded again, and rows of the tables before are records of the same content."""

import asyncio
from typing import Any

import asyncpg
import orjson
import pytest

from services.recruitment.domain.communities.kinds import AREA_MAP, THE_MAP
from services.recruitment.domain.communities.state import AreaMap
from services.recruitment.domain.participants.editions import edition
from services.recruitment.domain.participants.editions import listed as listed_event
from services.recruitment.domain.registry import KINDS
from services.recruitment.repository.views import VIEWS
from shared.postgres.migrate import migrate
from shared.records.kinds import Record
from shared.records.store import RecordStore
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.support import STORE, define, enroll, listed
from tests.support.service import app_pool
from tests.support.stack import Database


def scenario() -> dict[str, Record]:
    """A home that joined two collaboratives, and two communities."""
    listing = listed()
    desk = Desk().has(listed_event(listing, edition(listing)))
    for command in (enroll(), enroll(collaborative="PSPC"), define("aa", "zip:02139"), define("bb", "zip:02140")):
        desk.done(command)
    return desk.records


async def test_what_is_saved_is_loaded_as_it_was_and_views_follow_from_it(pool: asyncpg.Pool) -> None:
    records = scenario()
    keys = [*records, "community:none", AREA_MAP.key(THE_MAP)]
    async with pool.acquire() as conn:
        await STORE.save(conn, records, NOW)
        await STORE.save(conn, records, NOW)
        assert await STORE.load(conn, keys) == records
        assert await STORE.load(conn, ["community:none"]) == {}
    kinds = {row["kind"] for row in await pool.fetch("SELECT DISTINCT kind FROM record")}
    assert kinds == {key.partition(":")[0] for key in records} - VIEWS.keys()


async def test_an_id_with_a_colon_is_an_id(pool: asyncpg.Pool) -> None:
    listing = listed()
    home = Desk().has(listed_event(listing, edition(listing))).records["participant:225009"]
    async with pool.acquire() as conn:
        await STORE.save(conn, {"participant:npi:1234567890": home}, NOW)
        assert await STORE.load(conn, ["participant:npi:1234567890"]) == {"participant:npi:1234567890": home}


OLD = """
    INSERT INTO facility VALUES
        ('225009', '2014-08-01', 'Willowbrook', '1 Road', 'Cambridge', 'MA', '02139', 'Middlesex', 'Non profit',
         120, 99, true, 1, 2, 3, 4, 5, '\\xabcd', 'New England QIN', '2014-08-02 10:00:00+00'),
        ('02500F', '2014-08-01', 'Glacier', '2 Road', 'Nome', 'AK', '99762', NULL, NULL,
         NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, '\\x00ff', 'UNKNOWN', '2014-08-02 10:00:00+00');
    INSERT INTO membership VALUES
        ('0195b0de-0000-7000-8000-000000000001', '225009', 'NNHQCC', '2014-09-01', 'New England QIN',
         '2014-09-02 11:12:13.456+00');
    INSERT INTO community VALUES
        ('aa', 'A name', 3, '2014-09-01 00:00:00+00'), ('bb', 'Empty', 1, '2014-09-01 00:00:00+00');
    INSERT INTO community_area VALUES ('zip:02140', 'aa'), ('zip:02139', 'aa'), ('ssa:22090', 'aa');
    INSERT INTO assistance_request VALUES
        ('0195b0de-0000-7000-8000-000000000002', '225009', 'falls', '2014-09-01', '2014-09-01 00:00:00+00');
"""


@pytest.fixture
async def migrated_from_tables(database: Database) -> dict[str, Any]:
    """Every record, after rows of the first schema were brought to the newest."""
    owner = database.dsn("qio_recruitment_owner")
    await asyncio.to_thread(migrate, "recruitment", owner, "0001")
    conn = await asyncpg.connect(owner)
    await conn.execute(OLD)
    await conn.close()
    await asyncio.to_thread(migrate, "recruitment", owner)
    async with app_pool(database, "recruitment") as pool, pool.acquire() as conn:
        assert await conn.fetchval("SELECT count(*) FROM assistance_request") == 1
        keys = [f"{row['kind']}:{row['id']}" for row in await conn.fetch("SELECT kind, id FROM record")]
        found = await RecordStore(KINDS, VIEWS).load(conn, [*keys, AREA_MAP.key(THE_MAP)])
    return {key: orjson.loads(state.model_dump_json()) for key, state in found.items()}


def test_facilities_memberships_and_communities_are_kept(migrated_from_tables: dict[str, Any]) -> None:
    found = migrated_from_tables
    view = found.pop(AREA_MAP.key(THE_MAP))
    assert sorted(found) == [
        "community:aa", "community:bb", "engagement:225009|NNHQCC", "participant:02500F", "participant:225009",
    ]  # fmt: skip
    home = found["participant:225009"]
    assert home | FACILITY == home
    assert found["participant:02500F"]["overall_rating"] is None
    member = found["engagement:225009|NNHQCC"]
    assert member | MEMBERSHIP == member
    assert [(step["stage"], step["since"]) for step in member["steps"]] == [("RECRUITED", "2014-09-01")]
    community = found["community:aa"]
    assert community | COMMUNITY_AA == community
    assert found["community:bb"]["areas"] == []
    assert AreaMap.model_validate(view).others({"zip:02139", "ssa:22090", "zip:10001"}, "bb").keys() == {
        "zip:02139",
        "ssa:22090",
    }


FACILITY = {
    "id": "225009", "setting": "NURSING_HOME", "as_of": "2014-08-01", "name": "Willowbrook", "address": "1 Road",
    "city": "Cambridge", "state": "MA", "zip_code": "02139", "county": "Middlesex", "ownership": "Non profit",
    "certified_beds": 120, "residents": 99, "special_focus": True, "overall_rating": 1, "health_inspection_rating": 2,
    "staffing_rating": 3, "rn_staffing_rating": 4, "quality_rating": 5, "digest": "abcd", "qin_qio": "New England QIN",
}  # fmt: skip
MEMBERSHIP = {
    "participant": "225009", "collaborative": "NNHQCC", "stage": "RECRUITED", "recruited_on": "2014-09-01",
    "membership_id": "0195b0de-0000-7000-8000-000000000001", "qin_qio": "New England QIN",
}  # fmt: skip
COMMUNITY_AA = {"id": "aa", "name": "A name", "version": 3, "areas": ["ssa:22090", "zip:02139", "zip:02140"]}
