"""How declared measures change by their events, and what deciding about them must know of communities."""

import datetime as dt
from typing import Any, Final

from services.measures.domain.declared.state import Declaration, DeclaredMeasure, Retired
from shared.contracts.declared import DECLARED, MeasureDeclared, MeasureRetired, MeasureRevised
from shared.records.kinds import Kind, Kinds, Record


class KnownCommunity(Record):
    """A community as recruitment told it last; ``areas`` is how many it has, 0 when it was dissolved."""

    community: str
    areas: int


def _evolve(
    before: DeclaredMeasure | None, event: MeasureDeclared | MeasureRevised | MeasureRetired, at: dt.datetime
) -> DeclaredMeasure:
    if isinstance(event, MeasureRetired):
        assert before is not None
        ended = Retired(version=event.version, reason=event.reason, actor=event.actor, at=at)
        return before.model_copy(update={"retired": ended})
    version = Declaration(**event.model_dump(exclude={"measure", "community"}), at=at)
    return DeclaredMeasure(
        measure=event.measure,
        community=event.community,
        versions=(*(before.versions if before else ()), version),
    )


DECLARED_MEASURE: Final = Kind(
    name="declared-measure",
    state=DeclaredMeasure,
    events=(MeasureDeclared, MeasureRevised, MeasureRetired),
    id_of=lambda event: str(event.measure),
    evolve=_evolve,
    topic=DECLARED.name,
    begins=(MeasureDeclared,),
)


def _never(before: KnownCommunity | None, event: Any, at: dt.datetime) -> KnownCommunity:
    del before, event, at
    raise TypeError("communities change by the events of recruitment")


COMMUNITY: Final = Kind(
    name="community",
    state=KnownCommunity,
    events=(),
    id_of=str,
    evolve=_never,
    topic=None,
)
"""A view, locked under the key that definitions of communities lock."""
KINDS: Final = Kinds((DECLARED_MEASURE, COMMUNITY))
