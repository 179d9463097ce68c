"""A service's process keeps its inbox in order without building what it consumes again and again."""

import asyncio
import os
import signal
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import pytest

from shared.contracts.notifications import NOTICES
from shared.messaging import inbox
from shared.messaging.handling import AnySubscription
from shared.runtime import run
from shared.runtime.service import Context, Service
from shared.runtime.settings import Settings
from shared.stack.endpoints import Endpoints
from tests.messaging.conftest import SERVICE
from tests.messaging.toy import TABLE, subscription
from tests.support.service import KEYRING, messaging_only
from tests.support.stack import Database


async def test_the_hourly_sweep_knows_its_days_from_the_start(
    broker: Endpoints, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await messaging_only(database, SERVICE, TABLE)
    monkeypatch.setattr(run, "HOUR_SECONDS", 0.01)
    built: list[Context] = []
    kept: list[int] = []
    often = asyncio.Event()

    def subscriptions(context: Context) -> Sequence[AnySubscription]:
        built.append(context)
        return (subscription(),)

    async def keep_partitions(conn: asyncpg.Connection, today: object, keep_days: int) -> None:
        kept.append(keep_days)
        if len(kept) > 3:
            often.set()

    monkeypatch.setattr(inbox, "keep_partitions", keep_partitions)
    settings = Settings(
        data_dir=tmp_path,
        kafka_bootstrap=broker.kafka_bootstrap,
        postgres_dsn=f"postgresql://{broker.postgres_host}:{broker.postgres_port}/{database.name}",
        secrets_dir=broker.secrets_folder,
    )
    service = Service(SERVICE, subscriptions, lambda _: {})
    process = asyncio.create_task(run.Process(service, settings, KEYRING).run())
    async with asyncio.timeout(60):
        await often.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        await process
    assert len(built) == 1
    assert set(kept) == {NOTICES.retention_days + inbox.DAYS_LONGER}
