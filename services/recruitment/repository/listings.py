"""Which edition of each listing is held, and replacing many at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg

from services.recruitment.domain.facility import Edition
from shared.contracts.feeds import NursingHomeListed

_EDITIONS = "SELECT ccn, as_of, digest, qin_qio FROM facility WHERE ccn = ANY($1::text[])"
_COLUMNS: Final = (
    "ccn",
    "as_of",
    "name",
    "address",
    "city",
    "state",
    "zip_code",
    "county",
    "ownership",
    "certified_beds",
    "residents",
    "special_focus",
    "overall_rating",
    "health_inspection_rating",
    "staffing_rating",
    "rn_staffing_rating",
    "quality_rating",
)
_REPLACE = """
    INSERT INTO facility (ccn, as_of, name, address, city, state, zip_code, county, ownership, certified_beds,
        residents, special_focus, overall_rating, health_inspection_rating, staffing_rating, rn_staffing_rating,
        quality_rating, digest, qin_qio, recorded_at)
    SELECT *, $20 FROM unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::text[], $9::text[], $10::integer[], $11::integer[], $12::boolean[], $13::smallint[], $14::smallint[],
        $15::smallint[], $16::smallint[], $17::smallint[], $18::bytea[], $19::text[])
    ON CONFLICT (ccn) DO UPDATE SET (as_of, name, address, city, state, zip_code, county, ownership, certified_beds,
        residents, special_focus, overall_rating, health_inspection_rating, staffing_rating, rn_staffing_rating,
        quality_rating, digest, qin_qio, recorded_at)
    = (excluded.as_of, excluded.name, excluded.address, excluded.city, excluded.state, excluded.zip_code,
        excluded.county, excluded.ownership, excluded.certified_beds, excluded.residents, excluded.special_focus,
        excluded.overall_rating, excluded.health_inspection_rating, excluded.staffing_rating,
        excluded.rn_staffing_rating, excluded.quality_rating, excluded.digest, excluded.qin_qio, excluded.recorded_at)
"""


async def editions(conn: asyncpg.Connection, ccns: Sequence[str]) -> Mapping[str, Edition]:
    """The editions held of these facilities; the caller has locked them."""
    rows = await conn.fetch(_EDITIONS, ccns)
    return {row["ccn"]: Edition(row["as_of"], row["digest"], row["qin_qio"]) for row in rows}


async def replace(
    conn: asyncpg.Connection, listings: Sequence[tuple[NursingHomeListed, Edition]], now: dt.datetime
) -> None:
    """Insert or overwrite these listings."""
    rows = [
        (*(getattr(listing, column) for column in _COLUMNS), held.digest, held.qin_qio) for listing, held in listings
    ]
    if rows:
        await conn.execute(_REPLACE, *map(list, zip(*rows, strict=True)), now)
