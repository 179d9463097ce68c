"""Claims to try payment reviews on, and a database that has them."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import asyncpg
from hypothesis import strategies as st

import services.complaints
from services.complaints.domain.payment.claims import ClaimKey, ClaimVersion
from tests.support.service import app_pool, messaging_only
from tests.support.stack import Database

HOSPITAL: Final = "330101"
DAY: Final = dt.date(2026, 6, 10)

# The columns of a case that sums are made over.
CASE_FILE: Final = """
    CREATE TABLE case_file (
        case_id uuid PRIMARY KEY, case_type text NOT NULL, region text NOT NULL, outcome text, facility_state text,
        provider_type text, decided_at timestamptz, on_time boolean, reviewer_group text, local_factors text[]
    );
"""
_SCRIPTS: Final = Path(services.complaints.__file__).parent / "migrations" / "sql"
_TABLES: Final = ("15_audit.sql", "50_payment_and_consistency.sql")

_CLAIM: Final = ClaimVersion(
    key=ClaimKey("0" * 31 + "1", "0" * 31 + "a"),
    version=1,
    cancelled=False,
    provider=HOSPITAL,
    admission=DAY,
    discharge=DAY + dt.timedelta(days=1),
    status="01",
    frequency="1",
)


def claim(**changed: Any) -> ClaimVersion:
    """One version of a claim: one night in an acute hospital unless told otherwise."""
    return replace(_CLAIM, **changed)


def key(number: int) -> ClaimKey:
    """The key of a numbered claim."""
    return ClaimKey(f"{number:032x}", f"{number + 10**6:032x}")


_versions = st.builds(
    claim,
    key=st.integers(0, 8).map(key),
    version=st.integers(1, 4),
    cancelled=st.sampled_from((False, False, False, True)),
    provider=st.sampled_from((HOSPITAL, "330202")),
    discharge=st.integers(0, 3).map(lambda days: DAY + dt.timedelta(days=days)),
    drg=st.none() | st.sampled_from(("291", "292", "293")),
    paid=st.none() | st.integers(-(10**4), 10**7),
)


def claims() -> st.SearchStrategy[list[ClaimVersion]]:
    """Versions of a few claims, each told once."""
    return st.lists(_versions, max_size=30, unique_by=lambda version: (version.key, version.version))


@asynccontextmanager
async def reviews_pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """A pool of complaints on the tables of this part, beside cases that have only what sums need."""
    await messaging_only(database, "complaints", CASE_FILE + "".join((_SCRIPTS / name).read_text() for name in _TABLES))
    async with app_pool(database, "complaints") as pool:
        yield pool
