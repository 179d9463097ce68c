"""A worker that fails is started again with patience, and all of them end with the process."""

import asyncio

import pytest

from shared.runtime import metrics, workers
from shared.runtime.workers import every, keep_running

SECONDS = 10.0


def _restarts(name: str) -> float:
    return float(metrics.WORKER_RESTARTS.labels(name)._value.get())


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The delays asked for, without waiting them out."""
    asked: list[float] = []

    async def at_once(event: asyncio.Event, seconds: float) -> bool:
        asked.append(seconds)
        await asyncio.sleep(0)
        return event.is_set()

    monkeypatch.setattr(workers, "wait", at_once)
    return asked


async def test_a_worker_that_fails_is_counted_and_started_again_after_longer_and_longer(waits: list[float]) -> None:
    stop, runs = asyncio.Event(), 0

    async def failing() -> None:
        nonlocal runs
        runs += 1
        if runs == 9:
            stop.set()
        raise RuntimeError("secret value")

    await asyncio.wait_for(keep_running("test-failing", failing, stop), SECONDS)
    assert runs == 9
    assert _restarts("test-failing") == 9
    assert waits[:6] == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0]


async def test_a_worker_ends_when_it_is_told_to_stop_and_is_not_started_again() -> None:
    stop, runs = asyncio.Event(), 0

    async def obedient() -> None:
        nonlocal runs
        runs += 1
        await stop.wait()

    task = asyncio.create_task(keep_running("test-obedient", obedient, stop))
    await asyncio.sleep(0)
    stop.set()
    await asyncio.wait_for(task, SECONDS)
    assert runs == 1
    assert _restarts("test-obedient") == 0


async def test_cancelling_is_no_failure() -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(keep_running("test-cancelled", stop.wait, stop))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert _restarts("test-cancelled") == 0


async def test_a_task_is_called_at_once_and_again_until_stop(waits: list[float]) -> None:
    stop, runs = asyncio.Event(), 0

    async def task() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            stop.set()

    await asyncio.wait_for(every(7.0, task, stop), SECONDS)
    assert runs == 3
    assert waits == [7.0, 7.0, 7.0]
