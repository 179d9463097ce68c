"""How participants change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.kernel.records import Kind
from services.recruitment.domain.participants.state import Participant
from shared.contracts.recruitment.participants import FACILITIES, FacilityListed


def _listed(before: Participant | None, event: FacilityListed, at: dt.datetime) -> Participant:
    del at
    listed = event.model_dump(exclude={"ccn"})
    kept = before.model_dump() if before else {}
    return Participant(**{**kept, **listed, "id": event.ccn})


PARTICIPANT: Final = Kind(
    name="participant",
    state=Participant,
    events=(FacilityListed,),
    id_of=lambda event: event.ccn,
    evolve=_listed,
    topic=FACILITIES.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (PARTICIPANT,)
