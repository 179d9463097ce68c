"""Hospitals as CMS lists them; of each the listing of the latest vintage."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

import asyncpg

from services.measures.repository import activity_due
from services.measures.repository.activity_due import Due, What

# Of two listings of one vintage the larger text holds, so that their order does not matter.
_SAVE: Final = """
    INSERT INTO hospital AS known (ccn, as_of, name, state, zip_code, county, kind, ownership, emergency, rating)
    SELECT * FROM unnest(
        $1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::boolean[], $10::smallint[]
    )
    ON CONFLICT (ccn) DO UPDATE
    SET as_of = excluded.as_of, name = excluded.name, state = excluded.state, zip_code = excluded.zip_code,
        county = excluded.county, kind = excluded.kind, ownership = excluded.ownership,
        emergency = excluded.emergency, rating = excluded.rating
    WHERE (excluded.as_of, excluded::text) > (known.as_of, known::text)
"""
_SOME: Final = """
    SELECT ccn, as_of, name, state, zip_code, county, kind, ownership, emergency, rating
    FROM hospital WHERE ccn = ANY($1::text[])
"""


class Hospital(NamedTuple):
    """One listing, as ``feeds.HospitalListed`` tells it."""

    ccn: str
    as_of: dt.date
    name: str
    state: str
    zip_code: str
    county: str | None
    kind: str
    ownership: str | None
    emergency: bool | None
    rating: int | None


async def save(conn: asyncpg.Connection, hospitals: Iterable[Hospital]) -> None:
    """Take listings over unless a later vintage is known; a repetition changes nothing."""
    # A statement can change a row once only; one for each rank of repetition, in the order of the numbers.
    waiting = sorted(set(hospitals), key=lambda one: (one.ccn, one.as_of))
    before = await some(conn, {one.ccn for one in waiting})
    zips = {one.zip_code for one in (*before.values(), *waiting)}
    while waiting:
        now: dict[str, Hospital] = {}
        later = [one for one in waiting if now.setdefault(one.ccn, one) is not one]
        await conn.execute(_SAVE, *zip(*now.values(), strict=True))
        waiting = later
    await activity_due.put(conn, {Due(What.ZIP, code) for code in zips})


async def some(conn: asyncpg.Connection, ccns: Collection[str]) -> Mapping[str, Hospital]:
    """The listings of these hospitals that are known, by number."""
    return {row["ccn"]: Hospital(*row) for row in await conn.fetch(_SOME, sorted(ccns))}
