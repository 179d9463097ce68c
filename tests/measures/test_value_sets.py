"""Value sets: a version holds when it is whole, the highest of several does, and the order of parts does not matter."""

import datetime as dt
from collections.abc import AsyncIterator
from itertools import permutations
from pathlib import Path

import asyncpg
import pytest

from services.measures.domain import planned
from services.measures.domain.values import CCS_DIAGNOSES, CHRONIC, NAMES, PLANNED
from services.measures.handlers import value_sets as handler
from services.measures.repository import value_sets
from shared.contracts.feeds import ValueSetPart
from shared.feeds.rows import Row
from shared.feeds.value_sets.files import find
from shared.messaging.handling import FeedItem
from tests.support.data import real_data
from tests.support.service import app_pool, messaging_only
from tests.support.stack import Database

NOW = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
TABLES = Path(value_sets.__file__).parents[1] / "migrations" / "sql" / "0002_value_sets.sql"


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await messaging_only(database, "measures", TABLES.read_text())
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


def part(version: str, number: int, of: int, *codes: tuple[str, str], name: str = "chronic-conditions") -> ValueSetPart:
    return ValueSetPart(name=name, version=version, part=number, parts=of, source="a test", codes=codes)


async def tell(conn: asyncpg.Connection, *parts: ValueSetPart) -> None:
    """One batch, through the wire form."""
    (decode,) = handler.subscription().decoders.values()
    items = [FeedItem(one.name, one.wire_type(), decode(one.model_dump_json().encode())) for one in parts]
    async with conn.transaction():
        assert await handler.apply(conn, items, NOW) == ()


async def test_without_any_value_set_there_is_release_0(conn: asyncpg.Connection) -> None:
    loaded = await value_sets.load(conn)
    assert (loaded.release, loaded.sets) == (0, {})
    assert await value_sets.release(conn) == 0


async def test_a_set_holds_once_all_its_parts_are_known(conn: asyncpg.Connection) -> None:
    await tell(conn, part("1", 1, 2, ("I5023", "heart_failure"), ("E119", "diabetes")))
    assert not (await value_sets.load(conn)).has(CHRONIC)
    await tell(conn, part("1", 2, 2, ("I5023", "ischemic_heart_disease")))
    loaded = await value_sets.load(conn)
    assert loaded.release == 1 == await value_sets.release(conn)
    assert loaded.of(CHRONIC, "I5023") == {"heart_failure", "ischemic_heart_disease"}
    assert loaded.of(CHRONIC, "E119") == {"diabetes"}


async def test_a_repetition_leaves_the_release(conn: asyncpg.Connection) -> None:
    whole = part("1", 1, 1, ("E119", "diabetes"))
    await tell(conn, whole, whole)
    await tell(conn, whole)
    assert await value_sets.release(conn) == 1


async def test_a_later_version_takes_over_only_when_it_is_whole_and_an_earlier_one_never(
    conn: asyncpg.Connection,
) -> None:
    await tell(conn, part("2019.1", 1, 1, ("E119", "diabetes")))
    await tell(conn, part("2022.1", 1, 2, ("E119", "sugar")))
    assert (await value_sets.load(conn)).of(CHRONIC, "E119") == {"diabetes"}
    await tell(conn, part("2022.1", 2, 2, ("E118", "sugar")))
    await tell(conn, part("2018.1", 1, 1, ("E119", "old")))
    loaded = await value_sets.load(conn)
    assert (loaded.release, set(loaded.of(CHRONIC, "E119"))) == (2, {"sugar"})
    versions = [(row["version"], row["known"], row["parts"], row["in_force"]) for row in await value_sets.listed(conn)]
    assert versions == [("2018.1", 1, 1, False), ("2019.1", 1, 1, False), ("2022.1", 2, 2, True)]


async def test_versions_are_ordered_as_text_whatever_the_language(conn: asyncpg.Connection) -> None:
    await tell(conn, part("1.0-a", 1, 1, ("E119", "small")), part("1.0-B", 1, 1, ("E119", "capital")))
    assert (await value_sets.load(conn)).of(CHRONIC, "E119") == {"small"}


async def test_two_contents_of_one_part_give_the_same_end_in_any_order(conn: asyncpg.Connection) -> None:
    told = (
        part("1", 1, 1, ("E119", "diabetes")),
        part("1", 1, 1, ("E119", "sugar")),
        part("1", 1, 2, ("E118", "diabetes")),
        part("1", 2, 2, ("E110", "diabetes")),
    )
    ends = set()
    for order in permutations(told):
        await conn.execute("DELETE FROM value_set_part")
        await conn.execute("DELETE FROM value_set")
        for one in order:
            await tell(conn, one)
        loaded = await value_sets.load(conn)
        ends.add(tuple(sorted((code, *meanings) for code, meanings in loaded.sets[CHRONIC].items())))
    assert ends == {(("E110", "diabetes"), ("E118", "diabetes"))}


async def test_a_correction_of_what_holds_raises_the_release(conn: asyncpg.Connection) -> None:
    await tell(conn, part("1", 1, 1, ("E119", "diabetes")))
    await tell(conn, part("1", 1, 1, ("E119", "sugar")))
    loaded = await value_sets.load(conn)
    assert (loaded.release, set(loaded.of(CHRONIC, "E119"))) == (2, {"sugar"})


async def test_the_published_sets_decide_the_worked_examples(conn: asyncpg.Connection) -> None:
    folder = real_data()
    if folder is None:
        pytest.skip("the published value sets are files this machine does not have")
    for one in find([folder / "ccs_hcup_2019", folder / "tuva_terminology_2022"], "2022.1"):
        rows = [outcome for outcome in one.rows() if isinstance(outcome, Row)]
        await tell(conn, *(ValueSetPart.model_validate_json(row.value) for row in rows))
    values = await value_sets.load(conn)
    assert {name: len(values.sets[name]) for name in NAMES if values.has(name)} == {
        "ccs-diagnoses": 72_446,
        "ccs-procedures": 79_758,
        "planned-readmission": 14_979,
        "hwr-exclusions": 47,
        "hwr-surgery": 1_676 + 89,
        "chronic-conditions": 5_789,
    }
    assert values.of(CCS_DIAGNOSES, "I5023") == {"108"}
    assert values.of(PLANNED, "45") == {"always_dx_ccs", "potential_px_ccs"}
    # Measures research, section 2.6: E, H, J and G; and a treated cancer with and without an operation.
    assert planned.is_planned(values, ("M1611",), ("0SR9019",))
    assert planned.is_planned(values, ("Z5111",), ())
    assert not planned.is_planned(values, ("S72011A",), ("0SR9019",))
    assert not planned.is_planned(values, ("I5023",), ())
    assert planned.excluded(values, "F329", ())
    assert not planned.excluded(values, "J189", ())
    assert planned.excluded(values, "C3490", ())
    assert not planned.excluded(values, "C3490", ("0BTC0ZZ",))
