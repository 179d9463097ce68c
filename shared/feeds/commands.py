"""What ``qio feed`` does for each kind: find the readers, carry their rows to Kafka, sum up."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from aiokafka.errors import KafkaError

from shared.cli.output import fail
from shared.cli.publish import FeedPublisher
from shared.feeds.desynpuf import claims, enrolment
from shared.feeds.desynpuf.files import find_samples
from shared.feeds.load import Rejects, load
from shared.feeds.nursing_homes import NursingHomeFile
from shared.feeds.progress import Progress
from shared.feeds.reference import Reference, open_reference
from shared.feeds.rif import claims as rif_claims
from shared.feeds.rif import enrolment as rif_enrolment
from shared.feeds.rif import files as rif_files
from shared.feeds.rif import fills as rif_fills
from shared.feeds.rows import Counts, Outcome, Row, UnusableFile
from shared.feeds.synthea import encounters as synthea_encounters
from shared.feeds.synthea import files as synthea_files
from shared.feeds.synthea import medications as synthea_medications
from shared.feeds.synthea import people as synthea_people
from shared.runtime.settings import Settings
from shared.stack.errors import StackError

KEY_FILE = "feed-reference"

S = TypeVar("S")


class Part(NamedTuple):
    """One file (or set of files) of a feed: a label for people, a name for the summary, the rows.

    One that is not ``required`` may give no record at all, and the feed is loaded all the same.
    """

    label: str
    name: str
    rows: Callable[[], Iterable[Outcome]]
    required: bool = True


class Loaded(NamedTuple):
    """What became of a feed: counts by part name, distinct keys of its records, rejects, and how long it took."""

    counts: dict[str, Counts]
    keys: dict[str, int]
    rejected: int
    rejects: Path
    seconds: float

    def as_json(self) -> dict[str, object]:
        """The summary for machines."""
        return {
            "parts": {name: counts.as_json() for name, counts in self.counts.items()},
            "keys": self.keys,
            "rejects_file": str(self.rejects) if self.rejected else None,
            "seconds": round(self.seconds, 3),
        }


def nursing_home_parts(path: Path, as_of: dt.date) -> list[Part]:
    """The single part of a provider file; raises UnusableFile."""
    opened = NursingHomeFile(path, as_of)
    return [Part(f"Nursing homes of {path.name}", "nursing_homes", opened.rows)]


def desynpuf_parts(folder: Path, numbers: Sequence[int], reference: Reference) -> list[Part]:
    """Enrolment and claims of each sample asked for (all, when none is); raises UnusableFile."""
    found = find_samples(folder)
    unknown = [str(number) for number in numbers if number not in found]
    if unknown:
        raise UnusableFile(f"The folder {folder.name} has no sample {', '.join(unknown)}; it has {_listed(found)}.")
    parts = []
    for number in sorted(set(numbers)) or found:
        sample = found[number]
        parts.append(Part(f"Enrolment of sample {number}", "enrolment", _bind(enrolment.read, sample, reference)))
        parts.append(Part(f"Claims of sample {number}", "claims", _bind(claims.read, sample, reference)))
    return parts


def rif_parts(folder: Path, reference: Reference) -> list[Part]:
    """Enrolment, and claims and drug events as far as the folder has them; raises UnusableFile."""
    found = rif_files.find(folder)
    parts = [Part("RIF enrolment", "enrolment", _bind(rif_enrolment.read, found, reference))]
    for kind in rif_files.CLAIM_FILES:
        if kind in found.others:
            rows = partial(rif_claims.read, found.others[kind], kind, reference)
            parts.append(Part(f"RIF {kind} claims", kind, rows, required=False))
    if rif_files.DRUGS in found.others:
        rows = partial(rif_fills.read, found.others[rif_files.DRUGS], reference)
        parts.append(Part("RIF drug events", "drug_fills", rows, required=False))
    return parts


def synthea_parts(folder: Path, reference: Reference) -> list[Part]:
    """Enrolment, encounters and medications of a Synthea export; raises UnusableFile."""
    found = synthea_files.find(folder)
    return [
        Part("Synthea patients", "enrolment", _bind(synthea_people.enrolment, found, reference)),
        Part("Synthea encounters", "claims", _bind(synthea_encounters.read, found, reference), required=False),
        Part("Synthea medications", "drug_fills", _bind(synthea_medications.read, found, reference), required=False),
    ]


def settings_or_fail() -> Settings:
    """The settings of a running platform; ends the command with a sentence when there is none."""
    try:
        return Settings().with_stack()
    except (StackError, ValueError) as error:
        fail(str(error), 2)


def reference_of(settings: Settings) -> Reference:
    """The installation's reference key, made on first use; raises UnusableFile."""
    return open_reference(settings.secret_file(KEY_FILE))


def run(settings: Settings, kind: str, parts: Sequence[Part], rejects: Path | None) -> Loaded:
    """Load all parts; ends the command with a sentence and status 2 when nothing can be read or Kafka is away."""
    target = rejects or settings.data_dir / "rejects" / f"{kind}.csv"
    try:
        return asyncio.run(_run(settings, parts, target))
    except UnusableFile as error:
        fail(str(error), 2)
    except KafkaError as error:
        fail(f"Kafka cannot be reached ({type(error).__name__}). Is the platform running? Try `qio up`.", 2)


async def _run(settings: Settings, parts: Sequence[Part], target: Path) -> Loaded:
    started = time.monotonic()
    counts: dict[str, Counts] = {}
    keys: dict[str, set[str]] = {}
    with Progress() as progress, Rejects(target) as rejects:
        async with FeedPublisher(settings) as publisher:
            for part in parts:
                progress.begin(part.label)
                seen = keys.setdefault(part.name, set())
                total = counts.setdefault(part.name, Counts())
                total.merge(await load(_noting(part.rows(), seen), publisher, rejects, progress.add))
        _refuse_nothing({part.name: counts[part.name] for part in parts if part.required}, target)
    distinct = {name: len(seen) for name, seen in keys.items()}
    return Loaded(counts, distinct, rejects.count, target, time.monotonic() - started)


def _refuse_nothing(counts: dict[str, Counts], rejects: Path) -> None:
    for name, count in counts.items():
        # A file in which no row is of the kind the feed takes is a good file.
        if count.records == 0 and (count.rejected or not count.read):
            why = f"every row was rejected (see {rejects})" if count.rejected else "there is no row"
            raise UnusableFile(f"Nothing was loaded as {name.replace('_', ' ')}: {why}.")


def _noting(outcomes: Iterable[Outcome], seen: set[str]) -> Iterator[Outcome]:
    for outcome in outcomes:
        if isinstance(outcome, Row):
            seen.add(outcome.key)
        yield outcome


def _bind(
    read: Callable[[S, Reference], Iterable[Outcome]], source: S, reference: Reference
) -> Callable[[], Iterable[Outcome]]:
    return lambda: read(source, reference)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))
