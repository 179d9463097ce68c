"""``qio program map`` and ``report``, and ``staff`` and its neighbours: what people read, on a real database."""

import asyncio
import csv
import io
import json
import struct
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from typer.testing import CliRunner, Result

from services.recruitment.cli.program import app
from services.recruitment.domain.reports.drawing import HEIGHT, WIDTH
from services.recruitment.queries import router
from shared.runtime.access import Access, install, reader
from shared.runtime.purpose import Purpose
from shared.runtime.settings import Settings
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.people import cast
from tests.recruitment.reports.network import network
from tests.recruitment.support import STORE

Qio = Callable[..., Coroutine[Any, Any, Result]]
REPORT = ("report", "--task", "C.2", "--from", "2015-01-01", "--to", "2015-03-06")


def known() -> Desk:
    """The network, with somebody who looks after a home and has a step to do."""
    at = network()
    at.done(cast.register("ann", since="2014-08-01"))
    at.done(cast.assign("ann", "2015-01-05"))
    at.done(cast.contact(next_step="Send the charter", next_step_on="2015-03-20"))
    return at


@pytest.fixture
async def qio(pool: asyncpg.Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Qio]:
    """The command line before a service that knows the network."""
    async with pool.acquire() as conn:
        await STORE.save(conn, known().records, NOW)
    served = FastAPI()
    install(served, Settings(secrets_dir=tmp_path))
    served.include_router(router(pool), prefix="/api")
    served.dependency_overrides[reader] = lambda: Access("t", frozenset({"operator"}), None, Purpose.OPERATIONS)
    loop = asyncio.get_running_loop()
    transport = httpx.ASGITransport(served, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://recruitment") as client:

        def get(url: str, *, params: Any, headers: dict[str, str], timeout: float) -> httpx.Response:
            return asyncio.run_coroutine_threadsafe(client.get(url, params=params), loop).result(timeout)

        monkeypatch.setattr("httpx.get", get)
        monkeypatch.setattr(Settings, "with_stack", lambda self: self)
        monkeypatch.setenv("QIO_API_RECRUITMENT", "http://recruitment")
        monkeypatch.setenv("QIO_TOKEN", "not-looked-at")

        async def run(*arguments: str, status: int = 0) -> Result:
            result = await asyncio.to_thread(CliRunner().invoke, app, list(arguments))
            assert result.exit_code == status, result.output
            return result

        yield run


async def test_the_report_says_what_was_recruited_built_and_delivered(qio: Qio) -> None:
    told = (await qio(*REPORT, "--state", "ma")).stdout
    assert "Task C.2, Reducing healthcare-acquired conditions in nursing homes (11th statement of work)" in told
    assert "NNHQCC: 1 recruited in this time, 2 members of 3 eligible." in told
    assert "Target MA 2014-10-01 to 2015-09-30: 1 of 3 recruited, 2 missing." in told
    assert "Target US" not in told
    assert "Coalitions: 0, with all of their infrastructure: 0." in told
    assert "Deliverables due in this time: 3 (1 met, 1 met late, 0 due, 1 overdue, 0 waived)." in told
    coalitions = (await qio("report", "--task", "C.3", "--from", "2015-01-01", "--to", "2015-03-06")).stdout
    assert "Coalitions: 1, with all of their infrastructure: 0." in coalitions
    assert "missing governance, meeting rhythm, data agreement" in coalitions
    assert "No collaborative recruits for this task; its coalitions do." in coalitions


async def test_the_report_of_all_states_counts_the_nations_target(qio: Qio) -> None:
    found = json.loads((await qio(*REPORT, "--json")).stdout)
    (homes,) = found["recruitment"]
    assert (homes["eligible"], homes["members"], homes["recruited"]) == (5, 3, 2)
    targets = {one["area"]: (one["wanted"], one["recruited"], one["missing"]) for one in homes["targets"]}
    # Half of five, rounded up; the home that withdrew counts no more.
    assert targets == {"MA": (3, 1, 2), "US": (3, 3, 0)}
    (region,) = json.loads((await qio(*REPORT, "--region", "new-england", "--json")).stdout)["recruitment"]
    assert (region["eligible"], [one["area"] for one in region["targets"]]) == (3, ["MA"])


async def test_the_report_comes_as_a_table(qio: Qio) -> None:
    rows = list(csv.DictReader(io.StringIO((await qio(*REPORT, "--csv")).stdout)))
    assert {row["section"] for row in rows} == {"target", "recruited", "deliverable"}


async def test_a_report_that_cannot_be_is_refused_in_a_sentence(qio: Qio) -> None:
    assert "Name a state" in (await qio(*REPORT, "--state", "ZZ", status=1)).output
    assert "not both" in (await qio(*REPORT, "--state", "MA", "--region", "tmf", status=1)).output
    unknown = await qio("report", "--task", "Z.9", "--from", "2015-01-01", "--to", "2015-03-06", status=1)
    assert "there are" in unknown.output
    reversed_days = await qio("report", "--task", "C.2", "--from", "2015-03-06", "--to", "2015-01-01", status=1)
    assert "before the first" in reversed_days.output
    late = ("report", "--task", "C.2", "--from", "2020-01-01", "--to", "2020-03-31", "--region", "tmf")
    assert "for 2020-03-31 name states" in (await qio(*late, status=1)).output


async def test_the_map_is_drawn_as_of_a_day(qio: Qio, tmp_path: Path) -> None:
    out = tmp_path / "map.svg"
    told = (await qio("map", "--collaborative", "nnhqcc", "--as-of", "2015-03-06", "--out", str(out))).stdout
    assert told.startswith("3 of 5 eligible take part in NNHQCC")
    drawn = out.read_text()
    assert "Massachusetts: 2 of 3 recruited; New England QIN" in drawn
    assert "Colorado: 0 of 1 recruited; Telligen" in drawn
    # A month before, the home that withdrew took part and the one that closed was open.
    await qio("map", "--collaborative", "NNHQCC", "--as-of", "2015-02-28", "--out", str(out))
    assert "Massachusetts: 3 of 4 recruited" in out.read_text()
    await qio("map", "--collaborative", "NNHQCC", "--as-of", "2014-08-31", "--out", str(out))
    assert "Massachusetts: 0 of 4 recruited" in out.read_text()


async def test_a_map_that_cannot_be_drawn_is_refused_in_a_sentence(qio: Qio, tmp_path: Path) -> None:
    out = str(tmp_path / "map.pdf")
    assert ".svg or .png" in (await qio("map", "--collaborative", "NNHQCC", "--out", out, status=1)).output
    missing = str(tmp_path / "nowhere" / "map.svg")
    assert "cannot be written" in (await qio("map", "--collaborative", "NNHQCC", "--out", missing, status=1)).output
    unknown = await qio("map", "--collaborative", "CHOIR", "--out", str(tmp_path / "map.svg"), status=1)
    assert "no such collaborative" in unknown.output


async def test_a_map_of_pixels_is_a_png_of_the_size_of_the_drawing(qio: Qio, tmp_path: Path) -> None:
    out = tmp_path / "map.png"
    await qio("map", "--collaborative", "NNHQCC", "--as-of", "2015-03-06", "--out", str(out))
    drawn = out.read_bytes()
    # The PNG specification: eight bytes of signature, then the chunk IHDR, which begins with width and height.
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    assert drawn[12:16] == b"IHDR"
    assert struct.unpack(">II", drawn[16:24]) == (WIDTH, HEIGHT) == (1920, 1080)
    await qio("map", "--collaborative", "NNHQCC", "--as-of", "2014-08-31", "--out", str(out))
    assert out.read_bytes() != drawn


async def test_people_caseloads_and_contacts_are_told(qio: Qio) -> None:
    assert "quality improvement adviser MA" in (await qio("staff", "list", "--on", "2015-03-06")).stdout
    assert (await qio("expert", "list")).stdout == "No experts.\n"
    assert "registered nurse, staff" in (await qio("staff", "show", "ann")).stdout
    cared = (await qio("caseload", "list", "--on", "2015-03-06", "--person", "ann")).stdout
    assert cared.split()[:1] == ["participant:225009"]
    assert "HAS LEFT" not in cared
    assert "goes on" in (await qio("caseload", "show", "--participant", "225009")).stdout
    logged = (await qio("contact", "list", "--participant", "225009")).stdout
    assert "Joining NNHQCC" in logged
    due = (await qio("contact", "due", "--by", "2015-03-20")).stdout
    assert "Send the charter" in due
    assert "Version 1" in (await qio("contact", "show", due.split()[-1])).stdout
    assert "exactly one" in (await qio("caseload", "show", status=1)).output
    assert json.loads((await qio("contact", "due", "--by", "2015-03-19", "--json")).stdout) == []
