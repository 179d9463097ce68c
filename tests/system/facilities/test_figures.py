"""Figures of all feeds and of cases, declared measures, effects, and a schema that is lost."""

import asyncio
import datetime as dt
import json
from collections import Counter
from random import Random
from typing import Final

import pytest

from shared.cli.ask import Line
from shared.cli.read import fetch
from shared.contracts.complaints import CaseType
from shared.contracts.declared import DECLARED
from shared.contracts.effects import EFFECTS
from shared.contracts.facilities import FACILITIES
from shared.contracts.measures import RESULTS
from shared.contracts.recruitment.coalition_commands import FormCoalition
from shared.contracts.recruitment.intervention_commands import StartIntervention
from shared.contracts.replies import CommandAccepted
from shared.contracts.signals import SIGNALS
from shared.feeds.nursing_homes import DEFAULT_AS_OF
from shared.feeds.sample import files
from shared.feeds.sample.communities import communities
from tests.complaints.player.requests import request
from tests.support.operating import ended, lose_schema, qio
from tests.system.facilities.site import BASELINE, PLAN, Site, accepted, check, numbers

pytestmark = pytest.mark.timeout(600)
SAID: Final = (FACILITIES.name, SIGNALS.name, EFFECTS.name, RESULTS.name)
DECLARED_ID: Final = "local-stays"


async def test_figures_of_all_feeds_are_those_of_an_independent_count_and_the_read_api_gives_them(site: Site) -> None:
    await check(site)
    said = await site.figures()
    kinds = Counter(one["unit_type"] for one in said.values() if numbers(one))
    assert min(kinds[kind] for kind in ("hospital", "nursing_home", "practice")) > 50
    for measure in sorted({measure for measure, *_ in said}):
        rows = {(measure, row["unit"], row["period"]): row for row in await site.asked(measure)}
        assert rows.keys() == {where for where in said if where[0] == measure}
        different = [
            where for where, row in rows.items() if any(said[where][name] != value for name, value in row.items())
        ]
        assert different == []
    found = await site.trial.audit()
    assert (found.lost, found.waiting, found.dead_letters, found.notes) == (0, 0, 0, [])


async def test_a_repeated_feed_changes_nothing(site: Site) -> None:
    before = {topic: len(await site.events(topic)) for topic in SAID}
    path, last = str, str(PLAN.last_day)
    practice = min((site.folder / files.EVIDENCE).iterdir())
    for command in (
        ("infections", path(site.folder / files.INFECTIONS)),
        ("infections", path(site.folder / files.SURVEYS)),
        ("scores", path(site.folder / files.READMISSIONS), "--as-of", last),
        ("counts", path(site.folder / files.COUNTS)),
        ("residents", path(site.folder / files.RESIDENTS)),
        ("evidence", path(practice), "--practice", practice.stem),
    ):
        await site.qio("feed", *command)
    await site.trial.quiet()
    assert {topic: len(await site.events(topic)) for topic in SAID} == before


async def test_a_declared_measure_gets_figures_and_an_intervention_an_effect(site: Site) -> None:
    own = communities(PLAN)[0].id
    await site.qio(
        *("measures", "declare", DECLARED_ID, "--community", own, "--title", "Stays per 1,000 people"),
        *("--numerator", "hospitalizations"),
        *("--denominator", "days", "--per", "beneficiary-quarter", "--scale", "1000", "--better", "lower"),
        *("--reason", "the clinics work on them", "--source", "charter"),
    )
    await site.qio("feed", "nursing-homes", str(site.folder / files.HOMES), "--as-of", str(DEFAULT_AS_OF))
    await site.trial.quiet()
    homes = [row["CMS Certification Number (CCN)"] for row in site.lines(files.HOMES)]
    async with Line(site.trial.settings) as line:
        told: dict[str, object] = {"actor": "t", "community": own, "task": "C.3", "formed_on": "2014-10-01"}
        await accepted(line, FormCoalition.model_validate({**told, "conveners": homes[:1], "members": homes[1:3]}), own)
        told = {"actor": "t", "coalition": own, "name": "Calls", "kind": "FOLLOW_UP_AFTER_DISCHARGE"}
        told |= {"settings": ["HOSPITAL"], "measures": ["hospitalizations"], "started_on": "2015-01-01"}
        made = await accepted(line, StartIntervention.model_validate({**told, "dose_unit": "calls"}), own)
    await site.trial.quiet()
    results = [one for one in await site.events(RESULTS.name) if one["unit"] == own]
    latest = {(one["measure"], one["period"]): one for one in sorted(results, key=lambda one: one["revision"])}
    built_in = {period: one["value"] for (measure, period), one in latest.items() if measure == "hospitalizations"}
    declared = {period: one["value"] for (measure, period), one in latest.items() if measure == DECLARED_ID}
    assert declared == built_in
    assert len([value for value in declared.values() if value]) > 8
    effects = [one for one in await site.events(EFFECTS.name) if one["intervention"] == made["intervention"]]
    (effect,) = effects
    assert (effect["community"], effect["measure"], effect["estimable"]) == (own, "hospitalizations", True)
    assert (effect["method"], effect["wording"], effect["compared"]) == ("before_and_after", "association", [])
    assert effect["first_with"] == "2015Q1"


async def test_appeals_and_terminations_of_cases_become_figures(site: Site) -> None:
    chance, received = Random(5), dt.datetime(2026, 3, 10, 17, tzinfo=dt.UTC)
    wanted: Counter[tuple[str, str, str]] = Counter()
    names = {CaseType.HOSP_DISCHARGE_FFS: "discharge-appeals", CaseType.SERVICE_TERM_FFS: "termination-appeals"}
    async with Line(site.trial.settings) as line:
        for number in range(24):
            kind = list(names)[number % 2]
            case = request(chance, kind, received + dt.timedelta(days=30 * (number % 3)))
            if isinstance(await line.ask(case, case.beneficiary), CommandAccepted):
                month = f"{case.received_at:%Y-%m}"
                wanted[f"{names[kind]}-per-month", case.facility_ccn, month] += 1
    assert {measure for measure, *_ in wanted} == {"discharge-appeals-per-month", "termination-appeals-per-month"}
    await site.trial.quiet()
    said = await site.figures()
    assert {where: numbers(said[where]) for where in wanted} == {where: (count, 1) for where, count in wanted.items()}
    unit = next(iter(wanted))[1]
    rows = await site.asked(next(iter(wanted))[0], unit=unit)
    assert sum(row["numerator"] for row in rows if len(row["period"]) == 7) == sum(
        count for (measure, ccn, _), count in wanted.items() if (measure, ccn) == next(iter(wanted))[:2]
    )


async def test_a_lost_schema_is_filled_again_and_says_the_same_in_higher_revisions(site: Site) -> None:
    trial = site.trial
    before, declared = await site.figures(), await asyncio.to_thread(fetch, trial.settings, "measures", "/declared")
    history = len(await site.events(DECLARED.name))
    await trial.stop("measures")
    await lose_schema(trial, "measures")
    status, out, errors = await ended(qio(trial, "rebuild", "measures", "--json"))
    assert status == 0, errors
    assert json.loads(out)["aggregates"] == len(declared) == 1
    await trial.start("measures", **BASELINE)
    await trial.ready("measures")
    await trial.quiet()
    assert await asyncio.to_thread(fetch, trial.settings, "measures", "/declared") == declared
    assert len(await site.events(DECLARED.name)) == history
    await check(site)
    after = await site.figures()
    standing = {where: numbers(one) for where, one in before.items() if numbers(one) is not None}
    assert {where: numbers(after[where]) for where in standing} == standing
    assert min(after[where]["revision"] for where in standing) > max(one["revision"] for one in before.values())
    found = await trial.audit()
    assert (found.lost, found.waiting, found.dead_letters, found.notes) == (0, 0, 0, [])
