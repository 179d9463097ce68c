"""A nation of facilities as the service keeps it before a quarter comes in, and that quarter's facts."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any, Final

import asyncpg

from services.measures.charting import THREE_YEARS
from services.measures.domain import periods
from services.measures.domain.infections.kind import INFECTIONS
from services.measures.domain.methods.charts import kept
from services.measures.domain.methods.charts.following import follow
from services.measures.domain.methods.charts.points import Kind as ChartKind
from services.measures.domain.methods.charts.points import Point
from services.measures.domain.methods.charts.state import ChartState
from services.measures.domain.panel.charted import chart_of
from services.measures.domain.panel.kind import Kind
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.panel.member import Member
from services.measures.domain.residents.kind import RESIDENTS
from services.measures.repository import panels
from services.measures.repository.panels import Row
from shared.contracts.compiled_infections import InfectionCount
from shared.contracts.compiled_residents import ResidentAssessed, ResidentMoved
from shared.messaging.handling import FeedItem

QUARTER: Final = "2015Q1"
BEFORE: Final = "2014Q4"
PAST: Final = 14  # quarters on a chart before: three years of baseline and two more
NOW: Final = dt.datetime(2015, 9, 1, tzinfo=dt.UTC)  # the quarter is settled for homes and hospitals
_ENTERED: Final = dt.date(2014, 1, 10)
_TOLD: Final = (dt.date(2014, 5, 5), dt.date(2014, 8, 5), dt.date(2014, 11, 5))
_LIVES: Final = 200  # different residents; homes take turns with them
_SHAPES: Final = 40  # different charts of a measure
# Location, infection, days or procedures of a month, predicted.
_UNITS: Final = (
    ("ICU", "CLABSI", 600, "1.2"), ("WARD", "CLABSI", 500, "0.5"), ("ICU", "CAUTI", 700, "1.4"),
    ("WARD", "CAUTI", 800, "0.9"), ("FACILITY", "MRSA", 9000, "0.6"), ("FACILITY", "CDI", 9000, "5.5"),
)  # fmt: skip
_USUAL: Final = {Form.SHARE: (90, 9), Form.RATE: (1500, 3), Form.STANDARDIZED: (2, 2)}  # exposure and events


def home(number: int) -> str:
    """The CCN of a nursing home."""
    return f"{number:06d}"


def hospital(number: int) -> str:
    """The CCN of a hospital."""
    return f"{number:05d}H"


def residents(homes: int, each: int) -> Iterator[FeedItem]:
    """An assessment of the quarter of every resident."""
    for number in range(homes):
        for one in range(each):
            record = _assessed(home(number), one, dt.date(2015, 2, 5), _life(number, one, each))
            yield FeedItem(home(number), "feeds.ResidentAssessed.v1", record)


def infections(hospitals: int) -> Iterator[FeedItem]:
    """Counts of the quarter's months of every hospital, by location."""
    chance = Random(5)  # noqa: S311 - repeatable on purpose
    for number in range(hospitals):
        for month in periods.months_of(QUARTER):
            for location, infection, days, predicted in _UNITS:
                record = InfectionCount(
                    ccn=hospital(number),
                    infection=infection,  # type: ignore[arg-type]
                    location=location,
                    period=f"{month // 100}-{month % 100:02d}",
                    source="facility",
                    baseline="2015",
                    version=1,
                    action="original",
                    observed=min(days, int(chance.expovariate(1 / float(predicted)))),
                    predicted=predicted,
                    exposure=days,
                    patient_days=9000,
                )
                yield FeedItem(hospital(number), "feeds.InfectionCount.v1", record)


async def plant(conn: asyncpg.Connection, homes: int, each: int, hospitals: int) -> None:
    """Residents with three assessments, the sums of the quarter before, and charts of every measure that has one."""
    lives = [_member(number) for number in range(_LIVES)]
    amounts = [one.recount(NOW.date()).get(BEFORE, {}) for one in lives]
    bodies = [one.body() for one in lives]
    for start in range(0, homes, 1000):
        rows, sums = [], defaultdict[tuple[str, str], dict[str, int]](dict)
        for number in range(start, min(start + 1000, homes)):
            for one in range(each):
                life = _life(number, one, each)
                rows.append(Row(home(number), _ref(one), bodies[life], 4, None, RESIDENTS.rules))
                own = sums[home(number), BEFORE]
                for name, amount in amounts[life].items():
                    own[name] = own.get(name, 0) + amount
        async with conn.transaction():
            await panels.lock(conn, RESIDENTS.name, {row.unit for row in rows})
            await panels.save_members(conn, RESIDENTS.name, rows)
            await panels.save_sums(conn, RESIDENTS.name, sums)
    await _charts(conn, RESIDENTS, [home(number) for number in range(homes)])
    await _charts(conn, INFECTIONS, [hospital(number) for number in range(hospitals)])


def _life(number: int, one: int, each: int) -> int:
    return (number * each + one) % _LIVES


def _member(life: int) -> Member:
    member = Member(RESIDENTS)
    moved = ResidentMoved(ccn=home(0), resident=_ref(0), record=_ref(-1), version=1, action="original",
                          A0310F="01", on=_ENTERED)  # fmt: skip
    member.take(moved.record, "feeds.ResidentMoved.v1", moved)
    for on in _TOLD:
        record = _assessed(home(0), 0, on, life)
        member.take(record.record, "feeds.ResidentAssessed.v1", record)
    return member


def _assessed(ccn: str, one: int, on: dt.date, life: int) -> ResidentAssessed:
    """A quarterly assessment; one resident in ten has what a measure counts, each of another."""
    chance = Random(f"{life}|{on}")  # noqa: S311 - repeatable on purpose

    def some(bad: int, well: int = 0) -> int:
        return bad if chance.random() < 0.1 else well

    items: dict[str, Any] = {
        "B0100": 0, "C0500": 13, "D0200A2": some(2), "D0200B2": 0, "D0300": some(12, 2),
        "G0110A1": some(3, 1), "G0110B1": 1, "G0110E1": 1, "G0110H1": 0, "G0110I1": 2,
        "H0100A": some(1), "H0100C": 0, "H0300": some(2), "H0400": 0, "I1550": 0, "I1650": 0, "I2300": some(1),
        "I5250": 0, "I5350": 0, "I5600": 0, "I6000": 0, "J0200": 1, "J0300": some(1), "J1400": 0, "J1800": 0,
        "K0300": some(2), "M0210": some(1), "M0300B1": 1, "N0410A": some(7), "O0100K2": 0,
        "O0250A": some(0, 1), "O0300A": some(0, 1), "P0100B": some(2), "P0100C": 0, "P0100E": 0, "P0100F": 0,
        "P0100G": 0,
    }  # fmt: skip
    head = {"A0310A": "02", "A0310B": "99", "A0310F": "99", "A2300": on}
    own = {"ccn": ccn, "resident": _ref(one), "record": _ref(one, on), "version": 1, "action": "original"}
    return ResidentAssessed(**own, **head, **items)  # type: ignore[arg-type]


def _ref(one: int, on: dt.date | None = None) -> str:
    return hashlib.md5(f"{one}|{on}".encode(), usedforsecurity=False).hexdigest()


async def _charts(conn: asyncpg.Connection, kind: Kind, units: Sequence[str]) -> None:
    """Followed charts of every unit, in as many shapes as there are."""
    for measure in kind.measures:
        chart = chart_of(measure)
        if chart is not None and measure.baseline in {None, "2015"}:
            shapes = [_shape(measure, chart, number) for number in range(_SHAPES)]
            rows = [(measure.id, kind.unit_type, unit, shapes[at % _SHAPES]) for at, unit in enumerate(units)]
            await conn.copy_records_to_table("chart", records=rows, columns=["measure", "unit_type", "unit", "body"])


def _shape(measure: FacilityMeasure, chart: ChartKind, number: int) -> bytes:
    chance = Random(f"{measure.id}|{number}")  # noqa: S311 - repeatable on purpose
    base, events = _USUAL[measure.form]
    points = [
        Point(
            period=periods.shift(THREE_YEARS.first, at),
            events=min(base, chance.randrange(1, 2 * events + 1)),
            exposure=Fraction(base) + (Fraction(chance.randrange(1000), 1000) if measure.form is not Form.SHARE else 0),
            revision=1,
        )
        for at in range(PAST)
    ]
    return kept.encode(follow(ChartState(measure.id, "", THREE_YEARS.plan(chart)), points, NOW)[0])
