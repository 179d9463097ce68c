"""From records to figures without a database: what the engine does with them, member by member."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from services.measures.domain.panel.figures import Figure, figure
from services.measures.domain.panel.kind import Kind
from services.measures.domain.panel.measure import FacilityMeasure
from services.measures.domain.panel.member import Member
from shared.contracts.compiled_counts import HOME_COUNTS, HOSPITAL_COUNTS
from shared.contracts.compiled_infections import INFECTIONS
from shared.contracts.compiled_scores import SCORES
from shared.feeds.rows import Outcome, Row

TODAY: Final = dt.date(2026, 1, 1)
DECODERS: Final[Mapping[str, Callable[[bytes], Any]]] = {
    **INFECTIONS,
    **SCORES,
    **HOME_COUNTS,
    **HOSPITAL_COUNTS,
}
Told = tuple[str, Any]
"""Wire type and record."""


def of(wire_type: str, **cells: Any) -> Told:
    """A record as it travels."""
    return wire_type, DECODERS[wire_type](json.dumps(cells).encode())


def of_rows(outcomes: Iterable[Outcome]) -> list[Told]:
    """The records a reader gives."""
    return [(row.wire_type, DECODERS[row.wire_type](row.value)) for row in outcomes if isinstance(row, Row)]


def sums(kind: Kind, told: Iterable[Told]) -> dict[tuple[str, str], dict[str, int]]:
    """What the records add up to by unit and period, taken one after the other."""
    members: dict[tuple[str, str], Member] = {}
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for wire_type, record in told:
        place = kind.place(record)
        member = members.setdefault((place.unit, place.member), Member(kind))
        member.take(place.fact, wire_type, record)
        for period, amounts in member.recount(TODAY).items():
            for name, amount in amounts.items():
                found[place.unit, period][name] += amount
    return {where: {name: amount for name, amount in own.items() if amount} for where, own in found.items()}


def measure(kind: Kind, name: str) -> FacilityMeasure:
    """A measure by its id."""
    return next(one for one in kind.measures if one.id == name)


def figure_of(kind: Kind, name: str, period: str, *told: Told) -> Figure:
    """The figure of the only unit these records are of."""
    (unit,) = {kind.place(record).unit for _, record in told}
    return figure(measure(kind, name), [sums(kind, told).get((unit, period), {})])
