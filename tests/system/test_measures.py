"""Whole feeds through Kafka: what is kept and published of every community and quarter is what is recomputed."""

import asyncio
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
import pytest

from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.components import named
from services.measures.domain.definitions import Definition
from services.measures.domain.periods import quarter_of
from services.measures.domain.spread import Amounts, add_amounts
from shared.cli.ask import Line
from shared.contracts.feeds import CARE, CLAIMS, ENROLMENT, ValueSetPart
from shared.contracts.recruitment.communities import DefineCommunity
from shared.contracts.replies import CommandAccepted
from shared.feeds import commands
from shared.feeds.commands import Part
from shared.feeds.desynpuf.files import find_samples
from shared.feeds.rows import Row
from shared.feeds.sample.plan import Plan
from shared.program.ssa import CODE_BY_STATE, areas_of_state
from shared.story import script
from tests.measures import independent
from tests.measures.independent.vocabulary import Values
from tests.measures.read_feeds import as_records, public_value_sets, rows_of, values_of
from tests.support.data import real_data
from tests.support.platform import Trial, running_platform

Communities = dict[str, tuple[str, ...]]
Sums = dict[tuple[str, str], dict[str, int]]

PEOPLE: Final = frozenset((ENROLMENT.name, CLAIMS.name, CARE.name))

_TOTALS = "SELECT unit, month, total FROM rollup WHERE unit_type = 'community'"
_CELLS = """
    SELECT measure, unit, period, numerator, denominator, reason, status FROM cell
    WHERE unit_type = 'community' AND length(period) = 6
"""


@pytest.fixture
def trial() -> Iterator[Trial]:
    with running_platform() as started:
        yield started


async def feed(trial: Trial, kind: str, parts: Sequence[Part]) -> None:
    """As ``qio feed`` and ``qio measures value-sets load`` do."""
    loaded = await asyncio.to_thread(commands.run, trial.settings, kind, parts, None)
    assert sum(counts.records for counts in loaded.counts.values()) > 0


async def define(trial: Trial, communities: Communities) -> None:
    async with Line(trial.settings) as line:
        for name, areas in communities.items():
            command = DefineCommunity(
                actor="tests", community=name, name=name.title(), areas=areas, reason="areas move between communities"
            )
            assert isinstance(await line.ask(command, name), CommandAccepted)


def sums_of(rows: Iterable[Row], values: Values, communities: Communities) -> Sums:
    """What is recomputed, by community and quarter."""
    homes: dict[str, list[str]] = defaultdict(list)
    for name, areas in communities.items():
        for area in areas:
            homes[area].append(name)
    cells = independent.recompute(as_records(rows), values, dt.datetime.now(dt.UTC).date())
    return independent.by_quarter(cells, lambda unit: homes.get(unit, ()))


def added(sums: Iterable[Sums]) -> Sums:
    """Sums over people of several files."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in sums:
        for key, amounts in one.items():
            found[key].update(amounts)
    return {key: dict(amounts) for key, amounts in found.items()}


async def kept(trial: Trial) -> Sums:
    """The rollups of communities by quarter, in the words of the recomputation."""
    found: dict[tuple[str, str], Amounts] = {}
    for row in await trial.rows("measures", _TOTALS):
        amounts = found.setdefault((row["unit"], quarter_of(row["month"])), {})
        add_amounts(amounts, msgspec.msgpack.decode(row["total"], type=Amounts).items())
    return {key: counts for key, amounts in found.items() if (counts := dict(named(amounts)))}


def numbers(definition: Definition, amounts: Mapping[str, int]) -> tuple[int, int]:
    """Numerator and denominator, read off the definition."""
    numerator = sum(sign * amounts.get(name, 0) for name, sign in definition.numerator.items())
    return numerator, sum(amounts.get(name, 0) for name in definition.denominator)


def lacks(definition: Definition, amounts: Mapping[str, int], values: Values) -> bool:
    """Whether an input or a value set that it needs is missing."""
    return any(amounts.get(f"lacks_{name}") for name in definition.needs) or not definition.value_sets <= values.keys()


async def check(trial: Trial, sums: Sums, values: Values) -> Counter[str]:
    """All rollups and results of communities and quarters; returns the numerators published, by measure."""
    assert await kept(trial) == sums
    cells = {(row["measure"], row["unit"], row["period"]): row for row in await trial.rows("measures", _CELLS)}
    published: Counter[str] = Counter()
    wrong = []
    for (community, quarter), amounts in sums.items():
        for definition in DEFINITIONS:
            cell = cells.pop((definition.id, community, quarter))
            if lacks(definition, amounts, values):
                right = cell["reason"] is not None
            elif definition.complete_months and cell["status"] == "PROVISIONAL":
                continue  # only some of its months are followed up
            else:
                right = (cell["numerator"], cell["denominator"]) == numbers(definition, amounts)
                published[definition.id] += cell["numerator"]
            if not right:
                wrong.append((definition.id, community, quarter, dict(cell), numbers(definition, amounts)))
    assert len(wrong) == 0, wrong[:5]
    assert [key for key, cell in cells.items() if cell["numerator"] or cell["denominator"]] == []
    return published


async def settled(trial: Trial, seconds: float) -> None:
    """Everything is worked off, and nothing was lost or set aside."""
    await trial.quiet(seconds)
    found = await trial.audit()
    assert (found.lost, found.waiting, found.dead_letters, found.notes) == (0, 0, 0, [])


def by_zip(rows: Iterable[Row]) -> Communities:
    """A community of each three-digit ZIP area of a feed; an area belongs to one community."""
    areas = {str(record["area"]) for record in as_records(rows) if record["type"] == "EnrolmentYear"}
    found: dict[str, tuple[str, ...]] = {}
    for area in sorted(area for area in areas if area.startswith("zip:")):
        name = f"zip-{area[4:7]}"
        found[name] = (*found.get(name, ()), area)
    return found


def redefined(communities: Communities) -> Communities:
    """The largest without the first half of its areas, and another one that takes them over."""
    largest, other = sorted(communities, key=lambda name: (-len(communities[name]), name))[:2]
    half = len(communities[largest]) // 2
    taken, left = communities[largest][:half], communities[largest][half:]
    return {largest: left, other: (*communities[other], *taken)}


async def test_a_generated_sample_is_published_as_recomputed(trial: Trial) -> None:
    """All feeds and all measures; a community is defined anew when everything has been counted."""
    source = script.own_sample(trial.settings, Plan(seed=3, beneficiaries=1_000, homes=1))
    communities: Communities = {one.community: one.areas for one in source.communities}
    rows = rows_of(source.parts)
    values = values_of(row for row in rows if row.wire_type == ValueSetPart.wire_type())
    people = [row for row in rows if row.topic in PEOPLE]
    await define(trial, communities)
    await feed(trial, "sample", source.parts)
    await settled(trial, 200)
    published = await check(trial, sums_of(people, values, communities), values)
    assert {d.id for d in DEFINITIONS} - {name for name, numerator in published.items() if numerator} == set()
    await define(trial, changed := redefined(communities))
    await settled(trial, 60)
    await check(trial, sums_of(people, values, communities | changed), values)


@pytest.fixture
def data() -> Path:
    folder = real_data()
    if folder is None:
        pytest.skip("these are the counts of real files; the generated sample goes the same way")
    return folder


@pytest.mark.verify
@pytest.mark.timeout(1200)
async def test_the_rif_files_of_ohio_are_published_as_recomputed(data: Path, trial: Trial) -> None:
    """Communities by ZIP code; the value sets come after the claims, so that everybody is counted anew."""
    parts = commands.rif_parts(data / "synthea_rif_ohio_450", commands.reference_of(trial.settings))
    people, sets = rows_of(parts), public_value_sets(data)
    communities, values = by_zip(people), values_of(rows_of(sets))
    await define(trial, communities)
    await feed(trial, "rif", parts)
    await feed(trial, "value-sets", sets)
    await settled(trial, 600)
    published = await check(trial, sums_of(people, values, communities), values)
    assert min(published[name] for name in ("hospitalizations", "rehospitalizations-30d")) > 0
    assert min(published[name] for name in ("non-home-nights", "payments-per-beneficiary")) > 0
    await define(trial, changed := redefined(communities))
    await settled(trial, 120)
    await check(trial, sums_of(people, values, communities | changed), values)


@pytest.mark.verify
@pytest.mark.timeout(3600)
async def test_all_samples_of_desynpuf_are_published_as_recomputed(data: Path, trial: Trial) -> None:
    """140,000 beneficiaries; a community of all counties of each state, by their SSA codes."""
    folder = data / "desynpuf_10k"
    communities = {f"state-{state.lower()}": areas_of_state(code) for state, code in CODE_BY_STATE.items()}
    reference = commands.reference_of(trial.settings)
    await define(trial, communities)
    await feed(trial, "desynpuf", commands.desynpuf_parts(folder, [], reference))
    await settled(trial, 2400)
    samples = (rows_of(commands.desynpuf_parts(folder, [number], reference)) for number in find_samples(folder))
    published = await check(trial, added(sums_of(rows, {}, communities) for rows in samples), {})
    assert min(published[name] for name in ("hospitalizations", "rehospitalizations-30d")) > 1_000
