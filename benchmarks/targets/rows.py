"""A nation of nursing homes, communities and settled results, as the service keeps them."""

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.recruitment.domain.communities.state import Community
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.pipeline.state import Engagement
from services.recruitment.domain.registry import KINDS
from services.recruitment.domain.targets.weights import EVERYBODY, MEASURES, POPULATIONS
from services.recruitment.handlers import signals
from services.recruitment.repository.views import VIEWS
from shared.contracts.measures import MeasureUpdated
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.steps import Stage
from shared.messaging.handling import FeedItem
from shared.program.states import STATES
from shared.records.kinds import Record
from shared.records.store import RecordStore

HOMES: Final = 15_676  # nursing homes that Medicare listed in 2012
COMMUNITIES: Final = 400
ZIPS: Final = 10  # of each community
CODES: Final = 8_000  # ZIP codes there are
PERIOD: Final = "2018Q1R4"
NOW: Final = dt.datetime(2018, 5, 2, 16, 30, tzinfo=dt.UTC)
_STRATA: Final = (EVERYBODY, *POPULATIONS)
_STATES: Final = sorted(STATES)


async def plant(conn: asyncpg.Connection) -> None:
    """Save homes, one engagement in ten, communities, and results of every measure, unit and population."""
    store = RecordStore(KINDS, VIEWS)
    records: dict[str, Record] = {}
    for number in range(HOMES):
        records[f"participant:{_ccn(number)}"] = _home(number)
        if number % 10 == 0:
            records[f"engagement:{_ccn(number)}|PSPC"] = _member(number)
    for number in range(COMMUNITIES):
        zips = tuple(f"zip:{_zip(number * ZIPS + offset)}" for offset in range(ZIPS))
        records[f"community:{community(number)}"] = Community(
            id=community(number), name=community(number), version=1, areas=zips
        )
    items = [FeedItem("k", event.wire_type(), event) for event in _results()]
    async with conn.transaction():
        await store.save(conn, records, NOW)
        await signals.take_in(conn, items, NOW)


def community(number: int) -> str:
    """The id of a community."""
    return f"community-{number:03d}"


def updated(unit_type: str, unit: str, rate: float, revision: int, **fields: Any) -> MeasureUpdated:
    """A settled result with an interval of a tenth to each side (a state's: of a hundredth)."""
    wide = 0.1 if unit_type == "community" else 0.01
    values = {
        "measure": "rehospitalizations-30d",
        "specification": 1,
        "unit_type": unit_type,
        "unit": unit,
        "unit_version": 1,
        "period": PERIOD,
        "computable": True,
        "reason": None,
        "numerator": 400,
        "denominator": 2_000_000,
        "exposure": "22000.0000",
        "days_in_period": 365,
        "value": f"{rate:.4f}",
        "low": f"{rate * (1 - wide):.4f}",
        "high": f"{rate * (1 + wide):.4f}",
        "status": "FINAL",
        "cause": "DATA",
        "watermark": NOW.date(),
        "revision": revision,
        "as_of": NOW,
    }
    return MeasureUpdated.model_validate({**values, **fields})


def _results() -> Iterator[MeasureUpdated]:
    for measure, stratum in product(MEASURES, _STRATA):
        of = {"measure": measure, "stratum": stratum}
        for state in _STATES:
            yield updated("state", state, 12.0, 1, **of)
        for number in range(COMMUNITIES):
            yield updated("community", community(number), 8.0 + number % 12, 1, **of)


def _home(number: int) -> Participant:
    rating = number % 6 or None
    return Participant(
        id=_ccn(number),
        setting=Setting.NURSING_HOME,
        name=f"Sample Home {number}",
        state=_STATES[number % CODES * len(_STATES) // CODES],
        zip_code=_zip(number % CODES),
        address=f"{number} Main Street",
        city="Sampleton",
        county="Sample",
        ownership="For profit - Corporation",
        certified_beds=100,
        residents=90,
        special_focus=number % 100 == 0,
        overall_rating=rating,
        health_inspection_rating=rating,
        staffing_rating=rating,
        rn_staffing_rating=rating,
        quality_rating=rating,
        qin_qio="UNKNOWN",
        as_of=dt.date(2012, 12, 1),
        digest="0" * 64,
    )


def _member(number: int) -> Engagement:
    return Engagement(
        participant=_ccn(number),
        collaborative="PSPC",
        stage=Stage.RECRUITED,
        steps=(),
        membership_id=UUID(int=number),
        recruited_on=dt.date(2012, 1, 1),
    )


def _ccn(number: int) -> str:
    return f"{number:06d}"


def _zip(number: int) -> str:
    return f"{number + 1_000:05d}"
