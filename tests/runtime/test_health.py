"""Readiness is progress: each reason why a service is not ready is said, and nothing else is a reason."""

import time
from types import SimpleNamespace
from typing import cast

from shared.messaging.consumer import Consumer
from shared.runtime.health import STUCK_SECONDS, not_ready


def consumer(*, stopped: str | None = None, synced: bool = True, lag: int | None = 0, idle: float = 0) -> Consumer:
    made = SimpleNamespace(
        name="qio-toy.x", stopped=stopped, synced=synced, lag=lambda: lag, progress=time.monotonic() - idle
    )
    return cast("Consumer", made)


def test_a_service_whose_consumers_keep_up_is_ready() -> None:
    assert not_ready([consumer(), consumer(lag=5)], failing=False) == []


def test_a_service_that_ends_is_not_ready() -> None:
    assert not_ready([consumer()], failing=True) == ["stopping"]


def test_a_stopped_consumer_is_a_reason_with_its_cause() -> None:
    assert not_ready([consumer(stopped="ratio", synced=False)], failing=False) == ["qio-toy.x: stopped (ratio)"]


def test_a_consumer_without_partitions_is_a_reason() -> None:
    assert not_ready([consumer(synced=False)], failing=False) == ["qio-toy.x: has no partitions yet"]


def test_records_that_wait_without_progress_are_a_reason_only_after_a_while() -> None:
    assert not_ready([consumer(lag=3, idle=STUCK_SECONDS - 5)], failing=False) == []
    assert not_ready([consumer(lag=3, idle=STUCK_SECONDS + 5)], failing=False) == ["qio-toy.x: no progress for 60 s"]


def test_a_quiet_topic_is_no_reason_however_long() -> None:
    assert not_ready([consumer(lag=0, idle=1e6), consumer(lag=None, idle=1e6)], failing=False) == []


def test_every_reason_is_said() -> None:
    assert len(not_ready([consumer(stopped="run"), consumer(synced=False)], failing=True)) == 3
