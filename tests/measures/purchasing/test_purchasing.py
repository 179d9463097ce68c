"""A hospital in Medicare's payment programs: every published point and ratio is found again, what is missing is named.

Numbers of Southeast Health Medical Center (010001) as CMS published them: hvbp_safety, hvbp_clinical_outcomes, hvbp_tps
and the HAC file of fiscal year 2024, the HRRP files of 2024 and 2025.
"""

import datetime as dt
from typing import Any, Final, get_args

import asyncpg
import msgspec
import pytest

from services.measures.charting import THREE_YEARS
from services.measures.commands.purchasing import lines
from services.measures.domain import purchasing
from services.measures.domain.purchasing import Purchasing, Scored
from services.measures.domain.scores.count import Fact
from services.measures.domain.scores.kind import SCORES
from services.measures.panels import apply
from services.measures.reads.purchasing import found
from shared.contracts import compiled_scores as compiled
from shared.contracts.scores import Purchased
from shared.runtime.access import Problem
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

CCN: Final = "010001"
# Measure: threshold, benchmark, baseline, performance; points for achievement and improvement, score.
PUBLISHED: Final[dict[str, tuple[str, str, str, str, int, int, int]]] = {
    "HAI-1": ("0.589", "0.000", "0.742", "1.136", 0, 0, 0),
    "HAI-2": ("0.650", "0.000", "0.324", "0.437", 3, 0, 3),
    "HAI-3": ("0.717", "0.000", "0.650", "0.684", 1, 0, 1),
    "HAI-5": ("0.726", "0.000", "0.548", "0.788", 0, 0, 0),
    "HAI-6": ("0.520", "0.014", "0.537", "0.631", 0, 0, 0),
    "MORT-30-AMI": ("0.869247", "0.887868", "0.856752", "0.880237", 6, 7, 7),
    "MORT-30-HF": ("0.882308", "0.907733", "0.872117", "0.901917", 7, 8, 8),
    "MORT-30-PN": ("0.840281", "0.872976", "0.833710", "0.815392", 0, 0, 0),
    "MORT-30-COPD": ("0.916491", "0.934002", "0.905159", "0.909860", 0, 1, 1),
    "MORT-30-CABG": ("0.969499", "0.980319", "0.954926", "0.958983", 0, 1, 1),
    "COMP-HIP-KNEE": ("0.025396", "0.018159", "0.030343", "0.022314", 4, 6, 6),
}
# Condition: discharges, readmissions, predicted, expected, ratio.
READMISSIONS: Final[dict[str, tuple[int | None, int | None, str, str, str]]] = {
    "HIP-KNEE": (None, None, "3.5325", "3.9618", "0.8916"),
    "HF": (616, 149, "23.1263", "21.0184", "1.1003"),
    "AMI": (274, 32, "12.9044", "13.8283", "0.9332"),
    "PN": (404, 68, "17.0529", "17.2762", "0.9871"),
    "CABG": (126, 11, "9.8131", "10.3112", "0.9517"),
    "COPD": (117, 20, "18.1837", "18.5483", "0.9803"),
}


def scored(measure: str, *, version: int = 1, **changed: Any) -> compiled.PurchasingScored:
    names = ("threshold", "benchmark", "baseline", "performance", "achievement", "improvement", "score")
    told: dict[str, Any] = dict(zip(names, PUBLISHED[measure], strict=True)) | changed
    told |= {"ccn": CCN, "fiscal_year": 2024, "measure": measure, "version": version, "action": "original"}
    return compiled.PurchasingScored(**told)


def readmitted(condition: str, fiscal_year: int = 2024) -> compiled.ReadmissionsScored:
    names = ("discharges", "readmissions", "predicted", "expected", "ratio")
    told: dict[str, Any] = dict(zip(names, READMISSIONS[condition], strict=True))
    told |= {"ccn": CCN, "fiscal_year": fiscal_year, "condition": condition, "version": 1, "action": "original"}
    told |= {"first": dt.date(fiscal_year - 5, 7, 1), "last": dt.date(fiscal_year - 2, 6, 30)}
    return compiled.ReadmissionsScored(**told)


HARM: Final = compiled.HarmScored(
    ccn=CCN,
    fiscal_year=2024,
    version=1,
    action="original",
    psi_90="1.1140",
    psi_90_z="1.0130",
    total="0.2040",
    reduced=False,
)
TOTAL: Final = compiled.PurchasingTotalled(
    ccn=CCN,
    fiscal_year=2024,
    version=1,
    action="original",
    clinical_outcomes="38.333333333333",
    engagement="16.000000000000",
    safety="8.000000000000",
    efficiency="0.000000000000",
    total="15.583333333333",
)
COMBINED: Final = compiled.PurchasingScored(
    ccn=CCN, fiscal_year=2024, measure="SSI", version=1, action="original", score=1
)


def facts() -> list[Fact]:
    return [*map(scored, PUBLISHED), COMBINED, *map(readmitted, READMISSIONS), HARM, TOTAL]


def of(view: Purchasing, measure: str) -> Scored:
    (one,) = [one for one in view.measures if one.measure == measure]
    return one


@pytest.mark.parametrize("measure", PUBLISHED)
def test_published_points_are_those_of_the_published_rates(measure: str) -> None:
    one = of(purchasing.view(facts(), 2024), measure)
    assert one.computed is not None
    assert (one.computed.achievement, one.computed.improvement, one.computed.score) == PUBLISHED[measure][4:]
    assert (one.agrees, one.missing) == (True, None)


def test_published_ratios_are_predicted_over_expected() -> None:
    view = purchasing.view(facts(), 2024)
    for one in view.readmissions:
        assert one.computed is not None
        assert float(one.computed.excess_ratio) == pytest.approx(float(READMISSIONS[one.condition][4]), abs=1e-4)
    assert [one.condition for one in view.readmissions if one.computed and one.computed.is_excess] == ["HF"]


def test_payments_of_a_fiscal_year_run_from_october_to_september() -> None:
    view = purchasing.view(facts(), 2024)
    assert (view.pays_from, view.pays_to) == (dt.date(2023, 10, 1), dt.date(2024, 9, 30))


def test_what_was_not_told_is_named_and_nothing_else() -> None:
    assert purchasing.view(facts(), 2024).missing == (
        "HAI-4: no score was told",
        "SSI: CMS tells its score alone",
    )
    none = purchasing.view([], 2024)
    assert len(none.missing) == len(get_args(Purchased)) + 6 + 2
    assert "hospital-acquired conditions: no total score was told" in none.missing
    assert "AMI: no ratio was told: too few discharges, or not in the program" in none.missing
    assert all(one.computed is None for one in none.measures)
    assert all(one.computed is None for one in none.readmissions)


def test_without_a_baseline_there_are_points_for_achievement_alone_and_it_is_said() -> None:
    one = of(purchasing.view([scored("MORT-30-AMI", baseline=None, improvement=None, score=6)], 2024), "MORT-30-AMI")
    assert one.computed is not None
    assert (one.computed.achievement, one.computed.improvement, one.agrees) == (6, None, True)
    assert one.missing == "no baseline was told, so that there are no points for improvement"


def test_a_score_that_is_not_that_of_its_rates_is_seen() -> None:
    one = of(purchasing.view([scored("HAI-2", achievement=5, score=5)], 2024), "HAI-2")
    assert (one.agrees, one.computed.score if one.computed else None) == (False, 3)


def test_another_year_is_passed_over_and_its_standards_are_never_taken() -> None:
    view = purchasing.view([*facts(), readmitted("HF", 2025)], 2025)
    assert [one.condition for one in view.readmissions if one.computed] == ["HF"]
    assert all(one.standard is None for one in view.measures)
    assert "HAI-1: standards of fiscal year 2025 are not known, only of 2024: give them" in view.missing


def test_standards_told_with_a_score_of_a_year_not_known_here_are_taken() -> None:
    told = msgspec.structs.replace(scored("HAI-2"), fiscal_year=2026)
    one = of(purchasing.view([told], 2026), "HAI-2")
    assert (one.agrees, one.missing) == (True, None)


async def test_the_versions_that_hold_are_shown_with_the_years_there_are(database: Database) -> None:
    await migrated(database, "measures")
    now = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
    async with app_pool(database, "measures") as pool, pool.acquire() as conn:
        await tell(conn, [*facts(), readmitted("HF", 2025)], now)
        await tell(conn, [scored("HAI-2", version=2, performance="0.500", achievement=2, score=2)], now)
        view = await found(conn, CCN, 2024)
        assert (view.known_years, view.total) == (
            [2024, 2025],
            {
                "clinical_outcomes": "38.333333333333",
                "engagement": "16.000000000000",
                "safety": "8.000000000000",
                "efficiency": "0.000000000000",
                "total": "15.583333333333",
            },
        )
        (changed,) = [one for one in view.measures if one.measure == "HAI-2"]
        # 9 x (.650 - .500) / .650 + .5 = 2.58: 3 points, where 2 were told (42 CFR 412.165).
        assert (changed.performance, changed.score, changed.computed_score, changed.agrees) == ("0.500", 2, 3, False)
        said = "\n".join(lines(view.model_dump(mode="json")))
        for part in (
            "payments of discharges from 2023-10-01 to 2024-09-30",
            "HF        1.1003  more than expected  (23.1263 / 21.0184 %, discharges 2019-07-01 to 2022-06-30)",
            "computed: 3, not as published",
            "reduced            no",
            "HAI-4: no score was told",
        ):
            assert part in said
        with pytest.raises(Problem) as unknown:
            await found(conn, "999999", 2024)
        assert unknown.value.status == 404


async def tell(conn: asyncpg.Connection, told: list[Fact], now: dt.datetime) -> None:
    by: dict[tuple[str, str], list[tuple[str, str, Any]]] = {}
    for fact in told:
        place = SCORES.place(fact)
        name = next(name for name, kind in SCORES.facts.items() if kind is type(fact))
        by.setdefault((place.unit, place.member), []).append((place.fact, name, fact))
    async with conn.transaction():
        await apply(conn, SCORES, by, THREE_YEARS, now)
