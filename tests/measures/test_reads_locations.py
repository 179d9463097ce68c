"""Infections by location by the read API: of hospitals named, in a period, for staff alone."""

from pathlib import Path
from typing import Any

from services.measures.charting import THREE_YEARS
from services.measures.domain.infections.kind import INFECTIONS
from services.measures.panels import apply
from tests.measures.folding import NOW
from tests.measures.harm.test_infections import CAH, counted
from tests.measures.reading import reading
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

ASKED: dict[str, Any] = {"measure": "clabsi-sir-2022", "unit": [CAH], "period": "2023Q1"}


async def test_locations_are_told_with_days_and_predicted_numbers(database: Database, tmp_path: Path) -> None:
    await migrated(database, "measures")
    told = [
        counted("ICU", 3, 900, predicted="1.25", patient_days=1000),
        counted("Ward", 1, 300, predicted="0.5"),
        counted("ICU", 2, 900, predicted="1", period="2023-01"),
        counted("ICU", 7, 900, predicted="1", period="2023-05"),
        counted("ICU", 7, 900, predicted="1", baseline="2015"),
    ]
    async with app_pool(database, "measures") as pool:
        async with pool.acquire() as conn, conn.transaction():
            places = [(INFECTIONS.place(record), wire_type, record) for wire_type, record in told]
            facts: dict[tuple[str, str], list[tuple[str, str, Any]]] = {}
            for place, wire_type, record in places:
                facts.setdefault((place.unit, place.member), []).append((place.fact, wire_type, record))
            await apply(conn, INFECTIONS, facts, THREE_YEARS, NOW)
        async with reading(pool, tmp_path) as reader:
            icu, ward = await reader.get("/facilities/locations", **ASKED)
            assert (icu["location"], icu["observed"], icu["predicted"], icu["device_days"], icu["patient_days"]) == (
                "ICU",
                5,
                "2.25",
                1800,
                None,
            )
            assert (ward["unit"], ward["location"], ward["observed"], ward["predicted"]) == (CAH, "Ward", 1, "0.5")
            assert await reader.get("/facilities/locations", **{**ASKED, "unit": ["999999"]}) == []
            wrong = await reader.refused("/facilities/locations", **{**ASKED, "period": "spring"})
            assert (wrong[:2], wrong[2][:8]) == ((422, "invalid-period"), "period: ")
            unknown = await reader.refused("/facilities/locations", **{**ASKED, "measure": "clabsi-rate"})
            assert unknown[:2] == (404, "unknown-measure")
        async with reading(pool, tmp_path, roles=("partner",)) as outside:
            assert (await outside.refused("/facilities/locations", **ASKED))[:2] == (403, "inside-only")
