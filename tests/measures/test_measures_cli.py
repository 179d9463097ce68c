"""qio measures: what people read and machines parse, and how a refusal looks, on a real database."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from typer.testing import CliRunner, Result

from services.measures import cli
from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.strata import Flag
from services.measures.domain.values import NO_VALUE_SETS
from services.measures.snapshots import take
from shared.runtime.settings import Settings
from tests.measures.folding import NOW, append, cell, define, fold
from tests.measures.reading import reading
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

Qio = Callable[..., Coroutine[Any, Any, Result]]
RIVER = ("--unit", "river", "--period", "2018Q1")


@pytest.fixture
async def asked(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    """A service that answers the command line, with a community in Pennsylvania; the purposes it was asked for."""
    await migrated(database, "measures")
    purposes: list[str] = []
    loop = asyncio.get_running_loop()
    async with app_pool(database, "measures") as pool, reading(pool, tmp_path, roles=("operator",)) as reader:
        async with pool.acquire() as conn:
            await _fill(conn)

        def get(url: str, *, params: Any, headers: dict[str, str], timeout: float) -> httpx.Response:
            purposes.append(headers["x-purpose"])
            answer = reader.client.get(url, params=params, timeout=timeout)
            return asyncio.run_coroutine_threadsafe(answer, loop).result(timeout)

        monkeypatch.setattr("httpx.get", get)
        monkeypatch.setattr(Settings, "with_stack", lambda self: self)
        monkeypatch.setenv("QIO_API_MEASURES", "http://measures")
        monkeypatch.setenv("QIO_TOKEN", "not-looked-at")
        yield purposes


async def _fill(conn: asyncpg.Connection) -> None:
    await define(conn, "river", 1, "zip:15001")
    await append(
        conn,
        cell("zip:15001", 201801, Flag.DIABETES, days=180, hospitalizations=4, nights=180),
        cell("zip:15001", 201802, days=180, hospitalizations=3, nights=180),
        cell("zip:44130", 201803, days=360_000, hospitalizations=400),
        received="2019-06-01",
    )
    await fold(conn)
    await take(conn, NOW, NO_VALUE_SETS.has)


@pytest.fixture
def qio(asked: list[str]) -> Qio:
    async def run(*arguments: str, status: int = 0) -> Result:
        result = await asyncio.to_thread(CliRunner().invoke, cli.app, list(arguments))
        assert result.exit_code == status, result.output
        return result

    return run


def rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


async def test_the_list_shows_aim_and_priority(qio: Qio) -> None:
    text = (await qio("list")).stdout
    assert "rehospitalizations-30d" in text
    assert "better care: effective communication and coordination of care" in text
    assert [one["id"] for one in json.loads((await qio("list", "--json")).stdout)] == [d.id for d in DEFINITIONS]
    assert {one["aim"] for one in rows(await qio("list", "--csv"))} == {d.aim.value for d in DEFINITIONS}


async def test_a_value_is_shown_for_people_and_machines(qio: Qio) -> None:
    text = (await qio("show", "hospitalizations", *RIVER)).stdout
    assert "1750.0000 (" in text
    assert "7 of 360  FINAL" in text
    (one,) = rows(await qio("show", "hospitalizations", *RIVER, "--stratum", "diabetes", "--csv"))
    assert (one["numerator"], one["denominator"], one["stratum"]) == ("4", "180", "diabetes")
    (same,) = json.loads((await qio("show", "hospitalizations", *RIVER, "--json")).stdout)
    assert same["value"] == "1750.0000"
    assert "NOT_COMPUTABLE: value set not loaded: drug-ingredients" in (await qio("show", "ade-any", *RIVER)).stdout


async def test_without_a_period_a_unit_is_shown_through_time_and_without_a_unit_all_are(qio: Qio) -> None:
    text = (await qio("show", "hospitalizations", "--unit-type", "nation", "--unit", "US")).stdout
    assert text.count("2018Q1") == 1
    assert "river" in (await qio("show", "hospitalizations")).stdout


async def test_units_are_compared_with_the_rest_and_populations_within(qio: Qio) -> None:
    text = (await qio("compare", "hospitalizations", *RIVER)).stdout
    assert "rest of nation US: ratio 17.5000 (" in text
    (state, region, nation) = rows(await qio("compare", "hospitalizations", *RIVER, "--csv"))
    assert [one["against.unit_type"] for one in (state, region, nation)] == ["state", "region", "nation"]
    assert nation["against.ratio.ratio"] == "17.5000"
    within = {
        one["stratum"]: one for one in rows(await qio("compare", "hospitalizations", *RIVER, "--strata", "--csv"))
    }
    assert within["diabetes"]["ratio"] == "1.3333"


async def test_goals_tell_what_is_missing(qio: Qio) -> None:
    text = (await qio("goal", "--unit", "river")).stdout
    assert "rehospitalizations: 20 % fewer rehospitalizations by 2019-07-31 (better care:" in text
    assert "baseline: nothing is known of 2013Q3" in text
    assert "Spending avoided: not known" in text
    assert len(json.loads((await qio("goal", "--unit", "river", "--json")).stdout)["goals"]) == 5


async def test_an_explanation_is_asked_for_with_its_purpose(qio: Qio, asked: list[str]) -> None:
    """These rollups have no people behind them: it says so instead of pretending."""
    text = (await qio("explain", "hospitalizations", *RIVER)).stdout
    assert "0 of 0 by 0 beneficiaries; look 1" in text
    assert "The figure is behind" in text
    assert asked == ["quality-improvement"]


async def test_the_public_snapshot_withholds_small_numbers(qio: Qio) -> None:
    found = rows(await qio("snapshot", "--measure", "hospitalizations", "--csv"))
    by_unit = {one["unit"]: one for one in found}
    assert (by_unit["river"]["suppressed"], by_unit["river"]["numerator"]) == ("True", "")
    assert "withheld" in (await qio("snapshot", "--unit", "river")).stdout


async def test_value_sets_are_listed_with_those_missing(qio: Qio) -> None:
    assert "Not loaded: ccs-diagnoses" in (await qio("value-sets", "list")).stdout


async def test_a_refusal_names_the_field_and_the_rule_on_standard_error(qio: Qio) -> None:
    for arguments, said in (
        (("show", "joy", *RIVER), "measure: there is no such measure"),
        (("show", "hospitalizations", "--unit", "sea", "--period", "2018Q1"), "unit: there is no such unit"),
        (("explain", "hospitalizations", "--unit", "river", "--period", "2018"), "period: a month is written 2018-03"),
        (("show", "hospitalizations", *RIVER, "--stratum", "sad"), "stratum: a stratum is all, or joins dual_full"),
    ):
        result = await qio(*arguments, status=1)
        assert said in result.stderr
        assert result.stdout == ""
    refused = await qio("show", "hospitalizations", "--stratum", "diabetes", status=2)
    assert "--unit" in refused.stderr


async def test_value_sets_are_loaded_as_the_feed_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from shared.feeds import commands  # noqa: PLC0415

    sent: list[tuple[str, list[str]]] = []

    def run(_: Any, kind: str, parts: Any, rejects: Path | None) -> commands.Loaded:
        sent.append((kind, [part.name for part in parts]))
        return commands.Loaded({}, {}, 0, rejects or tmp_path, 0.0)

    monkeypatch.setattr(commands, "run", run)
    monkeypatch.setattr(commands, "settings_or_fail", Settings)
    file = tmp_path / "areas.csv"
    file.write_text("code,meaning\nzip:15001,low_income\n")
    arguments = ["value-sets", "load", str(file), "--version", "2026", "--name", "low-income-areas"]
    result = await asyncio.to_thread(CliRunner().invoke, cli.app, arguments)
    assert result.exit_code == 0, result.output
    assert sent == [("value-sets", ["value_set_low-income-areas"])]
