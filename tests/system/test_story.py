"""One story through all four services over Kafka, and what it counts is what the files say."""

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from shared.cli.audit import audit
from shared.cli.read import fetch
from shared.cli.ready import wait_ready
from shared.feeds.sample.plan import Plan
from shared.program.ssa import CODE_BY_STATE
from shared.runtime.supervisor import Platform
from shared.stack.embedded import EmbeddedStack
from shared.story import script
from shared.story.quiet import until_quiet
from tests.measures import desynpuf_by_hand, independent
from tests.support.data import real_data

HOMES_OF_2012 = 15_676  # rows of the provider file, SOURCE.txt


@pytest.fixture
def platform() -> Iterator[Platform]:
    folder = Path(tempfile.mkdtemp(prefix="qio-"))
    running = Platform(folder)
    try:
        running.start()
        assert wait_ready(running) == []
        yield running
    finally:
        running.stop()
        running.stack.erase()


@pytest.mark.timeout(600)
async def test_the_story_loses_nothing_and_counts_what_the_files_say(platform: Platform) -> None:
    data = real_data()
    settings = platform.settings()
    plan = script.SAMPLE_PLAN
    source = script.real_files(data, settings, [1]) if data else script.own_sample(settings, plan)
    sent = await script.play(settings, source, lambda _: None)
    assert await until_quiet(settings, 200) == 0
    await check(platform, sent)
    if data is not None:
        await check_counts(platform, data / "desynpuf_10k", [1])
        assert fetch(settings, "recruitment", "/summary")["facilities"] == HOMES_OF_2012


@pytest.mark.verify
@pytest.mark.timeout(3000)
async def test_all_real_samples_through_kafka_count_what_the_files_say(platform: Platform) -> None:
    """140,000 beneficiaries; on a machine without the files a generated program of 40,000."""
    data = real_data()
    settings = platform.settings()
    plan = Plan(seed=5, beneficiaries=40_000, homes=5_000)
    source = script.real_files(data, settings, []) if data else script.own_sample(settings, plan)
    sent = await script.play(settings, source, lambda _: None)
    assert await until_quiet(settings, 2400) == 0
    await check(platform, sent)
    if data is not None:
        numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15]
        await check_counts(platform, data / "desynpuf_10k", numbers)


async def check(platform: Platform, sent: Any) -> None:
    """Nothing lost, nothing waiting, nothing set aside, and every part of the story happened."""
    settings = platform.settings()
    found = await audit(settings)
    assert (found.lost, found.waiting, found.dead_letters, found.notes) == (0, 0, 0, [])
    recruitment = fetch(settings, "recruitment", "/summary")
    measures = fetch(settings, "measures", "/summary")
    assert recruitment["facilities"] == sent["nursing_homes"]
    assert recruitment["recruited"] == script.RECRUITED
    assert measures["enrolment_years"] == sent["enrolment"]
    assert min(measures["hospitalizations"], measures["rehospitalizations"]) > 0
    assert found.events["complaints.CaseOpened.v1"] == 20
    assert 0 < found.events["complaints.CaseDetermined.v1"] < 20
    notices = fetch(settings, "notifications", "/summary")
    assert notices["delivered"] == found.events["notifications.NoticeDelivered.v1"] > script.RECRUITED
    assert len(list(platform.mailbox_folder.rglob("*.eml"))) == notices["delivered"]


_CELLS = """
    SELECT measure, unit, period, numerator, denominator FROM cell
    WHERE unit_type = 'community' AND length(period) = 6 AND measure IN ('hospitalizations', 'rehospitalizations-30d')
"""


def sums(cells: Any, community_of: Any) -> dict[tuple[str, str], tuple[int, int, int]]:
    return {
        key: (count.get("hospitalizations", 0), count.get("rehospitalizations", 0), count.get("days", 0))
        for key, count in independent.by_quarter(cells, community_of).items()
    }


async def check_counts(platform: Platform, folder: Path, numbers: list[int]) -> None:
    """Published results of every state and quarter equal the recomputation from the files."""
    wanted: dict[tuple[str, str], tuple[int, int, int]] = {}
    for number in numbers:
        told = [*desynpuf_by_hand.enrolments(folder, number), *desynpuf_by_hand.claims(folder, number)]
        cells = independent.recompute(told, {}, dt.date(2014, 8, 1))
        for key, counts in sums(cells, lambda unit: [unit[4:6]] if unit.startswith("ssa:") else []).items():
            before = wanted.get(key, (0, 0, 0))
            wanted[key] = (before[0] + counts[0], before[1] + counts[1], before[2] + counts[2])
    conn = await asyncpg.connect(platform.settings().dsn("qio_measures_app"))
    try:
        rows = await conn.fetch(_CELLS)
    finally:
        await conn.close()
    states = {f"state-{state.lower()}": code for state, code in CODE_BY_STATE.items()}
    found: dict[tuple[str, str], dict[str, int]] = {}
    for measure, unit, period, numerator, days in rows:
        found.setdefault((states[unit], period), {})[measure] = numerator
        found[states[unit], period]["days"] = days
    read = {
        key: (cell["hospitalizations"], cell["rehospitalizations-30d"], cell["days"]) for key, cell in found.items()
    }
    known = {key: counts for key, counts in wanted.items() if key[0] in states.values() and any(counts)}
    assert {key: counts for key, counts in read.items() if any(counts)} == known
    assert min(sum(counts[i] for counts in known.values()) for i in range(3)) > 100


@pytest.mark.timeout(1300)
def test_a_second_run_finds_its_data_and_adds_to_it() -> None:
    """Processes of their own, as `make run ONCE=1` starts them; the last line is for machines."""
    folder = Path(tempfile.mkdtemp(prefix="qio-"))
    try:
        first, second = run_once(folder), run_once(folder)
    finally:
        EmbeddedStack(folder).erase()
    assert first["lost"] == second["lost"] == first["dead_letters"] == second["dead_letters"] == 0
    assert min(first[name] for name in ("facilities", "beneficiaries", "measures_published", "cases_decided")) > 0
    assert second["facilities"] == first["facilities"]
    assert second["claims"] == first["claims"]
    assert second["recruited"] == 2 * first["recruited"]
    assert second["cases_opened"] == 2 * first["cases_opened"]
    assert second["notices_delivered"] > first["notices_delivered"]


def run_once(folder: Path) -> dict[str, float]:
    """`qio run --once`: exit status 0 and the last line."""
    done = subprocess.run(
        [sys.executable, "-c", "from shared.cli.main import main; main()", "run", "--once", "--data-dir", str(folder)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    summary: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return summary
