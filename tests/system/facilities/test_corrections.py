"""Corrections of what facilities told: figures, signals and ranks follow, and what no longer holds is taken back."""

import json
from collections import Counter
from typing import Final

import pytest

from shared.feeds.sample import files, harms, residents
from tests.system.facilities.site import Site, check

pytestmark = pytest.mark.timeout(600)
RATE: Final = "clabsi-rate"


def acute(site: Site, number: int) -> str:
    """A hospital that tells whole months, each test its own."""
    return sorted({row["ccn"] for row in site.lines(files.INFECTIONS) if row["location"] == "FACILITY"})[number]


def infection(site: Site, ccn: str, month: str, name: str = "CLABSI") -> dict[str, str]:
    """The last version the sample tells."""
    own = [
        row
        for row in site.lines(files.INFECTIONS)
        if (row["ccn"], row["infection"], row["period"]) == (ccn, name, month)
    ]
    return own[-1]


async def corrected(site: Site, row: dict[str, str], version: int, action: str = "adjust", **cells: object) -> None:
    await site.correct("infections", harms.INFECTIONS, {**row, "version": version, "action": action, **cells})


async def test_an_outbreak_signals_and_ranks_first_until_its_infections_are_deleted(site: Site) -> None:
    ccn, quarter = acute(site, 0), "2016Q2"
    where = RATE, ccn, quarter
    row = infection(site, ccn, "2016-05")
    before, signals = (await site.figures())[where], await site.signals(ccn, RATE)
    frozen = [one["version"] for one in signals if one["type"] == "ChartBaselineFrozen"]
    assert frozen == [1]
    await corrected(site, row, 8, observed=60)
    outbreak = (await site.figures())[where]
    assert (outbreak["revision"], outbreak["status"]) == (before["revision"] + 1, "RESTATED")
    assert outbreak["numerator"] == before["numerator"] - int(row["observed"]) + 60
    raised = [one for one in (await site.signals(ccn, RATE))[len(signals) :] if one["type"] == "SignalRaised"]
    assert ("2016Q2", "WE1", "high", "worse") in {
        (one["period"], one["rule"], one["side"], one["direction"]) for one in raised
    }
    assert await first(site, quarter) == ccn
    await corrected(site, row, 9, "cancel")
    after = (await site.figures())[where]
    assert after["revision"] == before["revision"] + 2
    assert after["numerator"] == before["numerator"] - int(row["observed"])
    retracted = [one for one in await site.signals(ccn, RATE) if one["type"] == "SignalRetracted"]
    assert ("2016Q2", "WE1") in {(one["period"], one["rule"]) for one in retracted}
    assert await first(site, quarter) != ccn
    await check(site)


async def first(site: Site, quarter: str) -> str:
    """Who has most infections to prevent."""
    out = await site.qio("measures", "gaps", "--measure", RATE, "--period", quarter, "--benchmark", "0.5", "--json")
    bars = json.loads(out)["pictures"][0]["scene"]["bars"]
    return str(bars[0]["name"])


async def test_another_prediction_or_survey_makes_another_ratio(site: Site) -> None:
    ccn = acute(site, 1)
    where = "cdi-sir-2006-08", ccn, "2015Q3"
    row, before = infection(site, ccn, "2015-08", "CDI"), (await site.figures())[where]
    assert before["reason"] is None
    await corrected(site, row, 8, predicted="7.5")
    after = (await site.figures())[where]
    assert after["revision"] == before["revision"] + 1
    assert float(after["predicted"]) == pytest.approx(float(before["predicted"]) - float(row["predicted"]) + 7.5)
    assert after["numerator"] == before["numerator"]
    critical = next(
        row for row in site.lines(files.SURVEYS) if row["kind"] == "critical_access" and row["year"] == "2015"
    )
    where = "clabsi-sir-2022", critical["ccn"], "2015"
    before = (await site.figures())[where]
    stays = 3 * int(critical["patient_days"])
    await site.correct(
        "infections", harms.SURVEYS, {**critical, "patient_days": stays, "version": 8, "action": "adjust"}
    )
    after = (await site.figures())[where]
    assert (after["revision"], after["numerator"]) == (before["revision"] + 1, before["numerator"])
    assert after["predicted"] != before["predicted"]
    await check(site)


async def test_an_inactivated_assessment_takes_back_what_it_said(site: Site) -> None:
    rows = site.lines(files.RESIDENTS)
    versions = Counter((row["A0100B"], row["RESIDENT"], row["RECORD"]) for row in rows)
    before = await site.figures()
    taken_back = [
        {**row, "A0050": "3", "X0800": "1"}
        for row in rows
        if row["A2300"] and versions[row["A0100B"], row["RESIDENT"], row["RECORD"]] == 1
    ][::9]
    wanted = site.expected()
    await site.correct("residents", residents.COLUMNS, *taken_back)
    now = site.expected()
    changed = {where for where in wanted if wanted[where] != now.get(where)}
    assert len(changed) > 20
    await check(site)
    said = await site.figures()
    assert {where for where in changed if said[where]["revision"] <= before[where]["revision"]} == set()


async def test_a_restated_quarter_of_the_baseline_is_a_new_version_and_one_named_otherwise_too(site: Site) -> None:
    ccn = acute(site, 2)
    row = infection(site, ccn, "2014-02")
    await corrected(site, row, 8, observed=int(row["observed"]) + 6)
    frozen = [one for one in await site.signals(ccn, RATE) if one["type"] == "ChartBaselineFrozen"]
    assert [(one["version"], one["first"], one["last"]) for one in frozen] == [
        (1, "2014Q1", "2015Q4"),
        (2, "2014Q1", "2015Q4"),
    ]
    assert float(frozen[1]["centre"]) > float(frozen[0]["centre"])
    named = {"QIO_MEASURES_CHART_FIRST": "2014Q2", "QIO_MEASURES_CHART_LAST": "2016Q1"}
    await site.trial.start("measures", **named)
    await site.trial.ready("measures")
    await corrected(site, infection(site, ccn, "2016-08"), 8, observed=40)
    said = await site.signals(ccn, RATE)
    frozen = [one for one in said if one["type"] == "ChartBaselineFrozen"]
    assert [(one["version"], one["first"], one["last"]) for one in frozen[2:]] == [(3, "2014Q2", "2016Q1")]
    assert {one["baseline_version"] for one in said if one["type"] == "SignalRaised" and one["period"] == "2016Q3"} == {
        3
    }
    await check(site)
