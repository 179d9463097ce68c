"""Corrections of a hospital's infections: figures, signals and ranks follow, and what no longer holds is said."""

from collections.abc import AsyncIterator
from fractions import Fraction
from typing import Any, Final

import asyncpg
import pytest

from services.measures.domain.infections.kind import INFECTIONS
from services.measures.domain.methods import tap
from services.measures.domain.methods.sir import Infections
from services.measures.domain.methods.tap import Location
from services.measures.domain.panel.figures import TOO_FEW
from shared.contracts.facilities import FacilityMeasured
from shared.contracts.signals import ChartBaselineFrozen, SignalRaised, SignalRetracted
from tests.measures.harm.pure import Told, of
from tests.measures.panel.telling import EVENTS, figures, signals, tell
from tests.support.service import app_pool, migrated
from tests.support.stack import Database


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


def lines(period: str, observed: int | None, predicted: str | None, version: int = 1, **cells: Any) -> Told:
    head = {"ccn": "330001", "infection": "CLABSI", "location": "FACILITY", "source": "nhsn", "baseline": "2015"}
    told = {"version": version, "action": "original", "observed": observed, "predicted": predicted}
    return of("feeds.InfectionCount.v1", **{**head, "period": period, **told, **cells})


# Observed of ten predicted in each of eight quarters: 80 of 80, so that the centre is 1 and sigma sqrt(1 / 10).
CALM: Final = [
    lines(f"{2016 + number // 4}-{number % 4 * 3 + 1:02d}", observed, "10")
    for number, observed in enumerate((9, 11, 10, 12, 8, 10, 9, 11))
]


async def test_a_deleted_infection_restates_the_ratio_and_takes_its_signal_back(conn: asyncpg.Connection) -> None:
    await tell(conn, INFECTIONS, *CALM)
    # 1 + 3 sqrt(1 / 10) = 1.949: 20 of ten predicted lie beyond, 19 do not.
    raised = await tell(conn, INFECTIONS, lines("2018-02", 20, "10"))
    assert figures(raised, "clabsi-sir-2015")["2018Q1"].value == "2.0000"
    assert signals(raised) == [(SignalRaised, "2018Q1", "WE1")]
    deleted = await tell(conn, INFECTIONS, lines("2018-02", 19, "10", 2, action="adjust"))
    found = figures(deleted, "clabsi-sir-2015")["2018Q1"]
    assert (found.value, found.numerator, found.predicted, found.status, found.revision) == (
        "1.9000",
        19,
        "10",
        "RESTATED",
        2,
    )
    assert signals(deleted) == [(SignalRetracted, "2018Q1", "WE1")]
    gone = figures(await tell(conn, INFECTIONS, lines("2018-02", None, None, 3, action="cancel")), "clabsi-sir-2015")
    assert (gone["2018Q1"].computable, gone["2018Q1"].reason, gone["2018Q1"].value) == (False, TOO_FEW, None)


async def test_a_deletion_in_the_baseline_makes_a_version_of_it_and_a_signal_of_what_was_none(
    conn: asyncpg.Connection,
) -> None:
    await tell(conn, INFECTIONS, *CALM)
    assert signals(await tell(conn, INFECTIONS, lines("2018-02", 19, "10"))) == []
    # 72 of 80: centre .9, limit .9 + 3 sqrt(.9 / 10) = 1.8.
    fewer = [lines(record.period, record.observed - 1, "10", 2, action="adjust") for _, record in CALM]
    events = await tell(conn, INFECTIONS, *fewer)
    (frozen,) = [one for one in events if isinstance(one, ChartBaselineFrozen)]
    assert (frozen.version, frozen.centre) == (2, "0.9")
    assert signals(events) == [(SignalRaised, "2018Q1", "WE1")]


def survey(patient_days: int, version: int) -> Told:
    cells = {"patient_days": patient_days, "admissions": 1000, "beds": 25, "icu_beds": 4}
    head = {"ccn": "361301", "year": 2023, "version": version, "action": "original", "kind": "critical_access"}
    return of("feeds.HospitalSurveyed.v1", **head, **cells)


async def test_a_changed_covariate_makes_ratios_of_a_whole_year_appear_and_its_correction_withdraws_them(
    conn: asyncpg.Connection,
) -> None:
    # Measures research §5.3: 3,000 line days of a ward are .3596 predicted; x exp(1.027) from 8.9 days a stay: 1.0044.
    wards = [
        lines(f"{year}-{month:02d}", 1, None, ccn="361301", location="Ward", baseline="2022", exposure=3000,
              source="facility", unit="IN:ACUTE:WARD:MS")
        for year in (2022, 2023) for month in (1, 2)
    ]  # fmt: skip
    await tell(conn, INFECTIONS, *wards, survey(8899, 1))
    long = figures(await tell(conn, INFECTIONS, survey(8900, 2)), "clabsi-sir-2022")
    assert long.keys() == {"2023-01", "2023-02", "2023Q1", "2023"}
    assert (long["2023-01"].computable, long["2023-01"].value) == (True, "0.9956")
    assert float(long["2023-01"].predicted) == pytest.approx(1.0044, abs=0.00005)
    short = figures(await tell(conn, INFECTIONS, survey(8899, 3)), "clabsi-sir-2022")
    assert (short["2023-01"].computable, short["2023-01"].reason, short["2023-01"].revision) == (False, TOO_FEW, 3)
    assert short["2023-01"].predicted.startswith("0.3596")


async def test_figures_of_a_new_baseline_stand_beside_those_of_the_old(conn: asyncpg.Connection) -> None:
    old = await tell(conn, INFECTIONS, lines("2023-05", 6, "12"))
    new = await tell(conn, INFECTIONS, lines("2023-05", 6, "8", baseline="2022"))
    assert figures(old, "clabsi-sir-2015")["2023-05"].baseline == "2015"
    assert figures(new, "clabsi-sir-2015") == {}
    found = figures(new, "clabsi-sir-2022")["2023-05"]
    assert (found.baseline, found.value, found.revision) == ("2022", "0.7500", 1)


async def test_a_deleted_infection_moves_the_rank_of_a_hospital(conn: asyncpg.Connection) -> None:
    # Measures research §5.3: 8 of 5.2 are 5.40 above half of what is predicted, 5 of 2.0 are 4.00.
    first, second = lines("2023-05", 8, "5.2"), lines("2023-05", 5, "2.0", ccn="330002")
    assert await _ranked(conn, await tell(conn, INFECTIONS, first, second)) == [
        ("330001", Fraction("5.40")),
        ("330002", Fraction("4.00")),
    ]
    deleted = await tell(conn, INFECTIONS, lines("2023-05", 6, "5.2", 2, action="adjust"))
    assert await _ranked(conn, deleted) == [("330002", Fraction("4.00")), ("330001", Fraction("3.40"))]


async def _ranked(conn: asyncpg.Connection, events: list[Any]) -> list[tuple[str, Fraction]]:
    """From the events told so far, as somebody who hears them ranks."""
    heard = [FacilityMeasured.model_validate_json(row["payload"]) for row in await conn.fetch(EVENTS, 0)]
    last = {one.unit: one for one in heard if (one.measure, one.period) == ("clabsi-sir-2015", "2023-05")}
    assert set(figures(events, "clabsi-sir-2015")) >= {"2023-05"}
    rows = [Location(one.unit, "all", Infections(one.numerator, Fraction(one.predicted or 0))) for one in last.values()]
    return [(row.facility, row.cad) for row in tap.facilities(rows, Fraction(1, 2))]
