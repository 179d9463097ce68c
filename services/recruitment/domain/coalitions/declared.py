"""Measures that coalitions declare for their community, as measures tells of them, beside those of the catalog."""

import datetime as dt
from typing import Final

from services.recruitment.domain.coalitions.catalogue import MEASURES, Listed, Shape
from shared.contracts.declared import MeasureDeclared, MeasureRetired, MeasureRevised
from shared.contracts.recruitment.coalition_terms import Direction
from shared.records.deciding import Held
from shared.records.kinds import Kind, Record

_BETTER: Final = {"lower": Direction.DOWN, "higher": Direction.UP}
_SHAPES: Final = {"share": Shape.SHARE, "events": Shape.RATE, "none": Shape.AMOUNT}


class DeclaredMeasure(Record):
    """The latest version of a declared measure; ``better`` and ``shape`` are None once it is retired."""

    id: str
    community: str
    version: int
    better: Direction | None = None
    shape: Shape | None = None
    per: int | None = None


def listed(measure: str, community: str, held: Held) -> Listed | None:
    """A measure that a community's coalition may choose: of the catalog, or its own; None where there is no such."""
    if measure in MEASURES:
        return MEASURES[measure]
    own = held.get(DECLARED_MEASURE, measure)
    if own is None or own.community != community or own.better is None or own.shape is None:
        return None
    return Listed(own.better, own.shape, own.per)


def _evolve(
    before: DeclaredMeasure | None, event: MeasureDeclared | MeasureRevised | MeasureRetired, at: dt.datetime
) -> DeclaredMeasure:
    del at
    if before is not None and event.version <= before.version:
        return before
    known = DeclaredMeasure(id=event.measure, community=event.community, version=event.version)
    if isinstance(event, MeasureRetired):
        return known
    # Values out of a fraction are no trials or events that could be planned for: a run chart decides.
    counted = event.interval != "none" and event.scale.isdecimal()
    shape = _SHAPES[event.interval] if counted else Shape.AMOUNT
    per = int(event.scale) if counted else None
    return known.model_copy(update={"better": _BETTER[event.better], "shape": shape, "per": per})


DECLARED_MEASURE: Final = Kind(
    name="declared-measure",
    state=DeclaredMeasure,
    events=(MeasureDeclared, MeasureRevised, MeasureRetired),
    id_of=lambda event: str(event.measure),
    evolve=_evolve,
    topic=None,
)
