"""Notes, in the transaction that saves cases, what must be counted again and which referral is to be opened."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

import asyncpg

from services.complaints.domain import clock
from services.complaints.domain.case import Case
from services.complaints.domain.referring import confirmed_concerns, referral_of
from shared.contracts.complaints import CaseType

DISCHARGES: Final = (CaseType.HOSP_DISCHARGE_FFS, CaseType.HOSP_DISCHARGE_MA)
TERMINATIONS: Final = (CaseType.SERVICE_TERM_FFS, CaseType.SERVICE_TERM_MA)
REVIEWS: Final = (CaseType.BENE_COMPLAINT, CaseType.GENERAL_QOC)
_COUNTED: Final = frozenset((*DISCHARGES, *TERMINATIONS, *REVIEWS))

_ACTIVITY: Final = """
    INSERT INTO activity_due (ccn, month) SELECT * FROM unnest($1::text[], $2::date[]) ORDER BY 1, 2
    ON CONFLICT DO NOTHING
"""
_REFERRAL: Final = """
    INSERT INTO referral_due (case_id) SELECT * FROM unnest($1::uuid[]) ORDER BY 1 ON CONFLICT DO NOTHING
"""


async def note(conn: asyncpg.Connection, cases: Sequence[Case]) -> None:
    """Note what follows from cases that were just saved; again changes nothing."""
    months = sorted({month for case in cases for month in _months(case)})
    if months:
        await conn.execute(_ACTIVITY, [ccn for ccn, _ in months], [month for _, month in months])
    referred = sorted(_referred(cases))
    if referred:
        await conn.execute(_REFERRAL, referred)


def _months(case: Case) -> Iterator[tuple[str, dt.date]]:
    """The months whose counts a change of this case may touch."""
    before = case.stored
    if case.type not in _COUNTED or (before is not None and _counts(before) == _counts(case)):
        return
    for value in (case, before):
        if value is not None:
            for at in _counts(value)[:2]:
                if at is not None:
                    yield value.facility.ccn, clock.local_date(at, value.zone).replace(day=1)


def _counts(case: Case) -> tuple[dt.datetime | None, dt.datetime | None, int]:
    """What is counted of a case: when it was received, when it was decided, how many standards were not met."""
    decided = case.decision()
    return case.received_at, decided.at if decided is not None else None, confirmed(case)


def confirmed(case: Case) -> int:
    """How many concerns the last final determination found not met; 0 for other types and before."""
    return len(confirmed_concerns(case)) if case.type in REVIEWS else 0


def _referred(cases: Iterable[Case]) -> Iterator[UUID]:
    for case in cases:
        closed_now = case.stored is None or case.stored.state != case.state
        if case.type in REVIEWS and closed_now and referral_of(case) is not None:
            yield case.id
