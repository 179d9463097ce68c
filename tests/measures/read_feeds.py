"""Whole feeds as the engine and as the recomputation take them: readers, wire form, decoders, value sets."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from services.measures.domain import evaluation
from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.timeline import Record
from services.measures.handlers.records import RECORD
from shared.contracts import compiled, feeds
from shared.contracts.message import FeedRecord
from shared.feeds import parts
from shared.feeds.commands import Part
from shared.feeds.reference import Reference
from shared.feeds.rows import Row
from tests.measures import independent
from tests.measures.independent.vocabulary import Cells, Values
from tests.measures.memory import MemoryEngine

REFERENCE = Reference(bytes(range(32)))
BATCHES = 8
_DECODERS = {**compiled.ENROLMENT, **compiled.CLAIMS, **compiled.CARE}
_MODELS: dict[str, type[FeedRecord]] = {
    model.wire_type(): model
    for model in (
        feeds.EnrolmentYear,
        feeds.InpatientClaim,
        feeds.CareClaim,
        feeds.DrugFill,
        feeds.EncounterNotice,
        feeds.CommunityService,
    )
}


def rows_of(told: Iterable[Part]) -> list[Row]:
    """Every record of these parts, in the order of the files."""
    return [outcome for part in told for outcome in part.rows() if isinstance(outcome, Row)]


def as_records(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Records for the recomputation: contract fields and the name of the contract."""
    for row in rows:
        model = _MODELS[row.wire_type]
        yield {"type": model.__name__, **model.model_validate_json(row.value).model_dump()}


def values_of(rows: Iterable[Row]) -> Values:
    """Value sets from the records of their feed."""
    found: Values = {}
    for row in rows:
        part = feeds.ValueSetPart.model_validate_json(row.value)
        own = found.setdefault(part.name, {})
        for code, meaning in part.codes:
            own.setdefault(code, set()).add(meaning)
    return found


def public_value_sets(data: Path) -> list[Part]:
    """Tuva's terminology and HCUP's CCS, as far as the data folder has them."""
    return parts.value_sets([data / "tuva_terminology_2022", data / "ccs_hcup_2019"], "2022", None)


def engine_cells(rows: Sequence[Row], values: Values, today: dt.date, batches: int = BATCHES) -> Cells:
    """What the engine counts when all records come shuffled, in batches of unlike sizes, some of them twice."""
    chance = random.Random(len(rows))
    shuffled = [*rows, *chance.sample(rows, len(rows) // 20)]
    chance.shuffle(shuffled)
    cuts = [0, *sorted(chance.sample(range(1, len(shuffled)), batches - 1)), len(shuffled)]
    engine = MemoryEngine(values, today)
    for begin, end in pairwise(cuts):
        engine.apply(_by_person(shuffled[begin:end]))
    return engine.cells()


def _by_person(rows: Iterable[Row]) -> Mapping[str, list[Record]]:
    told: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        told[row.key].append(RECORD[row.wire_type](_DECODERS[row.wire_type](row.value)))
    return told


def carried(cells: Cells, values: Values) -> dict[str, int | str]:
    """Of each measure its numerator over all areas and quarters, or why it cannot be computed."""
    sums = independent.by_quarter(cells, lambda unit: () if unit.startswith("ccn:") else ("all",))
    quarters = [(quarter, amounts) for (_, quarter), amounts in sorted(sums.items())]
    found: dict[str, int | str] = {}
    for definition in DEFINITIONS:
        counted = evaluation.count(definition, quarters, lambda name: bool(values.get(name)))
        found[definition.id] = counted.numerator if counted.reason is None else counted.reason
    return found
