"""A platform that was sent a sample with all its facilities, and what it says of them."""

import asyncio
import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from aiokafka import TopicPartition

from shared.cli.ask import Line
from shared.cli.read import fetch
from shared.contracts.facilities import FACILITIES
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted
from shared.contracts.signals import SIGNALS
from shared.feeds import commands, facility_parts, whole_sample
from shared.feeds import parts as one_file
from shared.feeds.commands import Part
from shared.feeds.rows import Row
from shared.feeds.sample import files
from shared.feeds.sample.plan import Plan
from shared.runtime.clock import utc_now
from tests.support.broker import read_topics
from tests.support.operating import ended, qio
from tests.support.platform import Trial, header
from tests.system.facilities.counts import Figures, Told, Where, as_told, expected

PLAN: Final = Plan(seed=11, beneficiaries=150, homes=8, first_year=2014, years=3)
BASELINE: Final = {"QIO_MEASURES_CHART_FIRST": "2014Q1", "QIO_MEASURES_CHART_LAST": "2015Q4"}
_PAGE: Final = 5000


@dataclass
class Site:
    """``told`` is all that was sent of facilities, so far."""

    trial: Trial
    folder: Path
    told: list[Told]
    _read: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _next: dict[TopicPartition, int] = field(default_factory=dict)

    async def qio(self, *arguments: str) -> str:
        """What a command says; it ends well."""
        status, out, errors = await ended(qio(self.trial, *arguments))
        assert status == 0, errors
        return out

    async def sample(self) -> None:
        """Send everything, as one does who tries the platform."""
        parts = await asyncio.to_thread(self._parts)
        await self.qio("feed", "sample", str(self.folder), "--json")
        self.told = as_told(_rows(part for part in parts if part.name not in _OF_PEOPLE))
        await self.trial.quiet()

    def _parts(self) -> list[Part]:
        files.write(PLAN, self.folder)
        return whole_sample.sample(self.folder, commands.reference_of(self.trial.settings), utc_now().date())

    async def correct(self, feed: str, header_row: Sequence[str], *lines: Mapping[str, object]) -> None:
        """Send further rows of a feed by its own command, and wait until everything followed."""
        path = self.folder / f"corrected-{feed}.csv"
        with path.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, header_row, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)
        sent = json.loads(await self.qio("feed", feed, str(path), "--json"))
        assert {part["records"] for part in sent["parts"].values()} == {len(lines)}, sent
        today, reference = utc_now().date(), commands.reference_of(self.trial.settings)
        readers = {
            "infections": lambda: facility_parts.infections(path, None, today),
            "counts": lambda: facility_parts.counts(path, today),
            "residents": lambda: one_file.residents(path, reference, today),
        }
        self.told += as_told(_rows(readers[feed]()))
        await self.trial.quiet()

    def expected(self) -> Figures:
        """What the figures must be by now."""
        return expected(self.told, utc_now().date())

    async def events(self, topic: str) -> list[dict[str, Any]]:
        """Everything in this topic, with its type; each partition in its order."""
        for one in await read_topics(self.trial.platform.stack.endpoints, [topic], self._next):
            self._next[TopicPartition(topic, one.partition)] = one.offset + 1
            event = {**json.loads(one.value), "type": header(one, "ce_type").split(".")[1]}
            self._read.setdefault(topic, []).append(event)
        return self._read.get(topic, [])

    async def figures(self) -> dict[Where, dict[str, Any]]:
        """The figures as the topic has them: of each the highest revision."""
        found: dict[Where, dict[str, Any]] = {}
        for one in await self.events(FACILITIES.name):
            where = one["measure"], one["unit"], one["period"]
            if where not in found or found[where]["revision"] < one["revision"]:
                found[where] = one
        return found

    async def signals(self, unit: str, measure: str) -> list[dict[str, Any]]:
        """What was said of a chart, in order."""
        return [one for one in await self.events(SIGNALS.name) if (one["unit"], one["measure"]) == (unit, measure)]

    async def asked(self, measure: str, unit: str | None = None) -> list[dict[str, Any]]:
        """The figures of a measure in the read API, all pages."""
        found: list[dict[str, Any]] = []
        while True:
            page = await asyncio.to_thread(
                fetch, self.trial.settings, "measures", "/facilities/figures",
                measure=measure, limit=_PAGE, offset=len(found), unit=unit,
            )  # fmt: skip
            found += page
            if len(page) < _PAGE:
                return found

    def lines(self, file: str) -> list[dict[str, str]]:
        """The rows of a file of the sample."""
        with (self.folder / file).open(newline="") as stream:
            return list(csv.DictReader(stream))


_OF_PEOPLE: Final = frozenset(("value_sets", "enrolment", "claims", "care"))


def _rows(parts: Iterable[Part]) -> list[Row]:
    return [outcome for part in parts for outcome in part.rows() if isinstance(outcome, Row)]


def numbers(said: Mapping[str, Any]) -> tuple[int, int] | None:
    """Numerator and denominator (predicted ones in millionths) of a figure; None where it has no value."""
    if said["reason"] is not None:
        return None
    if said["predicted"] is not None:
        return said["numerator"], round(float(said["predicted"]) * 1_000_000)
    return said["numerator"], said["denominator"]


async def accepted(line: Line, command: Command, key: str) -> dict[str, Any]:
    """What a command made, which nobody refuses."""
    answer = await line.ask(command, key)
    assert isinstance(answer, CommandAccepted), answer
    return dict(answer.made)


async def check(site: Site) -> None:
    """Every figure equals the independent count, and none stands that was not counted."""
    said, wanted = await site.figures(), site.expected()
    wrong = {
        where: (numbers(said[where]), pair)
        for where, pair in wanted.items()
        if where in said and _differs(said[where], pair)
    }
    assert wrong == {}, list(wrong.items())[:5]
    assert [where for where, pair in wanted.items() if where not in said and pair is not None and any(pair)] == []
    measures = {measure for measure, *_ in wanted}
    extra = [
        where for where in said.keys() - wanted.keys() if where[0] in measures and numbers(said[where]) is not None
    ]
    assert extra == []


def _differs(said: dict[str, Any], pair: tuple[int, int] | None) -> bool:
    return numbers(said) != (pair if pair is not None and pair[1] else None)
