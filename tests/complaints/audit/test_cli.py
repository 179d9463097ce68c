"""The commands: verify with its exit status, anchor with receipts outside, show with the look audited."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from typer.testing import CliRunner, Result

from services.complaints.auditing import cli as audit_cli
from services.complaints.auditing import queries as audit_queries
from services.complaints.auditing import work as audit_work
from services.complaints.auditing.anchors import read_receipts
from shared.cli import read
from shared.postgres.pool import open_pool
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context
from tests.complaints.audit.conftest import Ledger
from tests.complaints.disclosure.support import KEYRING, NOW
from tests.support.stack import Database

Qio = Callable[..., Awaitable[Result]]


@pytest.fixture
def qio(ledger: Ledger, schema: Database, monkeypatch: pytest.MonkeyPatch) -> Qio:
    """``qio case audit ...`` on the test's database."""

    async def opened(work: Callable[[Context], Awaitable[Any]]) -> Any:
        pool = await open_pool(schema.dsn("qio_complaints_app"), 1)
        try:
            return await work(context(pool))
        finally:
            await pool.close()

    def with_database(service: str, work: Callable[[Context], Awaitable[Any]]) -> Any:
        assert service == "complaints"
        return asyncio.run(opened(work))

    monkeypatch.setattr(audit_work, "with_database", with_database)

    async def run(*arguments: object) -> Result:
        words = [str(argument) for argument in arguments]
        return await asyncio.to_thread(lambda: CliRunner().invoke(audit_cli.app, words))

    return run


def context(pool: Any) -> Context:
    return Context(
        settings=cast("Any", None), pool=pool, clock=lambda: NOW, dsn="", keyring=KEYRING, stop=asyncio.Event()
    )


async def test_a_sound_audit_is_said_to_be_so(qio: Qio, receipts: Path) -> None:
    assert "4 chains" in (await qio("anchor", "--receipts", receipts)).output
    found = await qio("verify", "--receipts", receipts)
    assert (found.exit_code, found.output) == (0, "24 lines of 4 chains, 1 anchors: all as written.\n")


async def test_a_change_is_named_with_case_and_line_and_ends_with_status_1(
    qio: Qio, ledger: Ledger, receipts: Path
) -> None:
    case = ledger.cases[1]
    await ledger.tamper("UPDATE audit SET action = 'x' WHERE case_id = $1 AND number = 2", case)
    found = await qio("verify", "--receipts", receipts)
    assert found.exit_code == 1
    assert found.output.splitlines()[0] == f"Case {case}: line 2 was altered."
    machine = await qio("verify", "--json", "--receipts", receipts)
    assert machine.exit_code == 1
    assert json.loads(machine.output)["findings"] == [
        {"kind": "ALTERED", "case_id": str(case), "line": 2, "until": None}
    ]
    assert (await qio("verify", ledger.cases[0], "--receipts", receipts)).exit_code == 0
    assert (await qio("verify", case, "--receipts", receipts)).exit_code == 1


async def test_receipts_outside_show_that_the_last_anchors_are_gone(qio: Qio, ledger: Ledger, receipts: Path) -> None:
    await ledger.anchor()  # by the service, which wrote no file
    await ledger.grow(ledger.cases[0], 1)
    await qio("anchor", "--receipts", receipts)
    assert [receipt.number for receipt in read_receipts(receipts)] == [1, 2]
    assert (await qio("anchor", "--receipts", receipts)).output == "Nothing new to anchor.\n"
    await ledger.tamper("DELETE FROM audit_anchor_head WHERE anchor = 2")
    await ledger.tamper("DELETE FROM audit_anchor WHERE number = 2")
    found = await qio("verify", "--receipts", receipts)
    assert (found.exit_code, found.output.splitlines()[0]) == (1, "Anchor 2 is missing.")


def test_a_file_that_holds_no_receipts_is_not_taken_for_one(receipts: Path) -> None:
    receipts.parent.mkdir()
    receipts.write_text("{}\n")
    with pytest.raises(ValueError, match=r"receipts\.jsonl is no file of receipts"):
        list(read_receipts(receipts))


async def test_show_prints_every_page_of_a_long_audit(qio: Qio, monkeypatch: pytest.MonkeyPatch) -> None:
    line = {"at": "2026-06-14T12:00:00Z", "actor": "ann@example.org", "action": "read", "purpose": "oversight"}
    lines = [{**line, "number": number} for number in range(1, audit_cli.PAGE + 3)]
    asked = []

    def get(service: str, path: str, *, after: int, limit: int, purpose: Purpose) -> list[dict[str, Any]]:
        asked.append((service, path, after, purpose))
        return lines[after : after + limit]

    monkeypatch.setattr(read, "get", get)
    shown = await qio("show", UUID(int=5))
    assert shown.exit_code == 0, shown.output
    assert len(shown.output.splitlines()) == len(lines)
    path = f"/cases/{UUID(int=5)}/audit"
    assert asked == [("complaints", path, after, Purpose.OVERSIGHT) for after in (0, audit_cli.PAGE)]


async def test_a_case_shows_who_read_it_and_that_is_a_line_too(ledger: Ledger) -> None:
    app = FastAPI()
    app.include_router(audit_queries.router(context(ledger.pool)), prefix="/api")
    for region in ("Region 5", "Region 2"):
        access = Access("auditor@example.org", frozenset(), region, Purpose.OVERSIGHT)
        app.dependency_overrides[reader] = lambda access=access: access
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://complaints") as client:
            if region == "Region 2":
                with pytest.raises(Problem):
                    await client.get(f"/api/cases/{ledger.cases[0]}/audit")
                continue
            lines = (await client.get(f"/api/cases/{ledger.cases[0]}/audit")).json()
            assert [line["number"] for line in lines] == list(range(1, 7))
            assert (lines[2]["actor"], lines[2]["purpose"]) == ("ann@example.org", "oversight")
            more = (await client.get(f"/api/cases/{ledger.cases[0]}/audit", params={"after": 6})).json()
            assert [(line["actor"], line["action"]) for line in more] == [("auditor@example.org", "audit read")]
    assert await ledger.findings() == []
