"""What both sides run on: one stack, the claims on their topic, and prepared databases to copy."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import asyncpg

from benchmarks.claims import payload
from services.measures.domain.community import Community
from services.measures.fold import fold_once
from services.measures.handlers import feeds as handler
from services.measures.repository.communities import CommunityStore, key_of
from services.measures.repository.value_sets import Known
from shared.cli.publish import FeedPublisher
from shared.contracts import compiled
from shared.contracts.feeds import CLAIMS, ENROLMENT, EnrolmentYear, InpatientClaim
from shared.messaging.handling import FeedItem
from shared.postgres.migrate import migrate
from shared.runtime.settings import Settings
from shared.stack import admin, plan
from shared.stack.endpoints import Endpoints
from shared.stack.provision import drop_database, ensure_database, roles

NOW: Final = dt.datetime(2014, 8, 1, tzinfo=dt.UTC)
APP: Final = "qio_measures_app"
_LOAD: Final = 5000


@dataclass(frozen=True)
class Stage:
    """``claims`` stand on the claims topic; ``copy_of`` gives each run a database of its own."""

    endpoints: Endpoints
    claims: int
    templates: dict[str, str]

    @contextmanager
    def copy_of(self, kind: str) -> Iterator[str]:
        """The application's address of a fresh copy of a prepared database."""
        name = f"bench_{uuid4().hex[:12]}"
        _wait(_copy(self.endpoints.dsn(database="postgres"), self.templates[kind], name))
        try:
            yield self.endpoints.dsn(APP, name)
        finally:
            drop_database(self.endpoints.dsn(database="postgres"), name)

    def settings(self) -> Settings:
        """Settings of a service on this stage."""
        return settings(self.endpoints)


def settings(endpoints: Endpoints) -> Settings:
    """Settings of a process on these servers."""
    where = f"postgresql://{endpoints.postgres_host}:{endpoints.postgres_port}/{endpoints.postgres_database}"
    return Settings(
        kafka_bootstrap=endpoints.kafka_bootstrap,
        postgres_dsn=where,
        secrets_dir=endpoints.secrets_folder,
        instance="bench",
        kafka_session_timeout_ms=10_000,
    )


async def prepare(endpoints: Endpoints, bare_tables: str, order: str) -> Stage:
    """Create topics, send the claims, and prepare the two databases."""
    plan.ensure_keys(endpoints.secrets_folder)
    client = admin.connect(endpoints.kafka_client())
    admin.ensure_topics(client, plan.topics())
    admin.ensure_acls(client, plan.acls())
    records = payload.claims(order)
    async with FeedPublisher(settings(endpoints)) as publisher:
        for key, value in records:
            await publisher.send(CLAIMS.name, key, InpatientClaim.wire_type(), value)
    templates = {"ours": "bench_ours", "bare": "bench_bare"}
    for name in templates.values():
        passwords = {role: endpoints.password(role) for role in roles()}
        await asyncio.to_thread(ensure_database, endpoints.dsn(database="postgres"), passwords, name)
    await _prepare_ours(endpoints, templates["ours"])
    conn = await asyncpg.connect(endpoints.dsn("qio_measures_owner", templates["bare"]))
    await conn.execute(bare_tables)
    await conn.close()
    return Stage(endpoints, len(records), templates)


async def _prepare_ours(endpoints: Endpoints, name: str) -> None:
    """Tables, communities and enrolment: a service that has been running, before its claims come."""
    await asyncio.to_thread(migrate, "measures", endpoints.dsn("qio_measures_owner", name))
    conn = await asyncpg.connect(endpoints.dsn(APP, name))
    made = {key_of(c): Community(c, c, 1, areas) for c, areas in payload.communities().items()}
    await CommunityStore().save(conn, made, NOW)
    kind = EnrolmentYear.wire_type()
    decode = compiled.ENROLMENT[kind]
    items = [FeedItem(key, kind, decode(value)) for key, value in payload.enrolment()]
    known = Known()
    handle = next(own for own in handler.subscriptions(known) if own.topic == ENROLMENT.name).handle
    for at in range(0, len(items), _LOAD):
        async with conn.transaction():
            await handle(conn, items[at : at + _LOAD], NOW)
    while await fold_once(conn, NOW, known.get):
        pass
    await conn.execute("DELETE FROM outbox")
    await conn.close()
    for database in ("bench_ours",):
        owner = await asyncpg.connect(endpoints.dsn(database=database))
        await owner.execute("VACUUM ANALYZE")
        await owner.close()


async def _copy(dsn: str, template: str, name: str) -> None:
    conn = await asyncpg.connect(dsn)
    try:
        quoted = await conn.fetchval(
            "SELECT format('CREATE DATABASE %I TEMPLATE %I', $1::text, $2::text)", name, template
        )
        await conn.execute(quoted)
        await conn.execute("CHECKPOINT")
    finally:
        await conn.close()


def _wait(work: object) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()  # type: ignore[arg-type]
