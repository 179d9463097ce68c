"""Generated cases of all types, end to end on real Kafka and PostgreSQL, while services die and come back."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any, Final

import pytest

from shared.contracts.complaints import CaseType
from tests.support.platform import Trial, running_platform, until
from tests.system import case_evidence
from tests.system.case_load import CaseLoad, case_load

FEW: Final = 300
MANY: Final = 10_000
_KILLED: Final = ("complaints", "notifications", "complaints")


@pytest.fixture
def trial() -> Iterator[Trial]:
    with running_platform() as running:
        yield running


@pytest.mark.timeout(600)
async def test_cases_of_every_type_close_with_every_notice_due_and_every_deadline_accounted_for(trial: Trial) -> None:
    await _played(trial, FEW, quiet=240)


@pytest.mark.verify
@pytest.mark.timeout(10_800)
async def test_ten_thousand_cases_close_with_every_notice_due_and_every_deadline_accounted_for(trial: Trial) -> None:
    await _played(trial, MANY, quiet=1_800)


async def _played(trial: Trial, cases: int, *, quiet: float) -> None:
    began = time.monotonic()
    async with case_load(trial) as load:
        await _under_faults(trial, load, cases)
        played_in = time.monotonic() - began
        await trial.quiet(quiet)
        found = await load.cases()
    wrong = Counter(await case_evidence.wrong(trial, found))
    played = load.played
    figures: dict[str, Any] = {
        "cases": len(found),
        "opened_by_the_service": played.adopted,
        "turned_away": played.turned_away.total(),
        "accepted": played.accepted,
        "refused": played.refused.total(),
        "repeated": played.repeated,
        "states": len({(case.type, case.state) for case in found}),
        "deadlines": dict(Counter(deadline.status.value for case in found for deadline in case.deadlines)),
        "played_s": round(played_in, 1),
        "seconds": round(time.monotonic() - began, 1),
    }
    print(json.dumps(figures))
    assert not played.stuck, "\n".join(played.stuck)
    assert wrong == Counter()
    assert {case.type for case in found} == set(CaseType)
    assert {"MET", "MISSED", "VOID"} == set(figures["deadlines"])


async def _under_faults(trial: Trial, load: CaseLoad, cases: int) -> None:
    """Play while services are killed at random moments, and the broker once, each in full course."""
    chance = Random(cases)
    playing = asyncio.create_task(load.play(cases, f"system-{cases}"))
    for share, service in enumerate(_KILLED, 1):
        mark = cases * share * (0.6 + 0.3 * chance.random()) / (len(_KILLED) + 1)
        await _until_filed(load, playing, mark)
        await trial.kill(service)
        await trial.start(service)
    await asyncio.to_thread(trial.platform.stack.kafka.kill)
    await asyncio.to_thread(trial.platform.stack.kafka.restart)
    await playing


async def _until_filed(load: CaseLoad, playing: "asyncio.Task[None]", number: float) -> None:
    await until(lambda: len(load.played.filed) >= number or playing.done(), "cases to be filed", 3_600)
    if playing.done():
        await playing
