"""How interests change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.interest.enquirers import ENQUIRERS_TIDIED, WHO_ASKS
from services.recruitment.domain.interest.state import Answer, Interest, Routing
from shared.contracts.message import Event
from shared.contracts.recruitment.interest import (
    INTEREST,
    InterestAnswered,
    InterestClosed,
    InterestLinked,
    InterestReceived,
    InterestRouted,
    InterestState,
)
from shared.program.jurisdictions import UNKNOWN
from shared.records.kinds import Kind


def evolve(before: Interest | None, event: Event, at: dt.datetime) -> Interest:
    """The interest after an event, recorded at ``at`` (UTC)."""
    if isinstance(event, InterestReceived):
        told = event.model_dump(exclude={"interest", "actor"})
        return Interest(id=event.interest, interest_state=InterestState.RECEIVED, qin_qio=UNKNOWN, **told)
    assert before is not None, "an interest is received first"
    return before.model_copy(update=_changes(before, event, at))


def _changes(before: Interest, event: Event, at: dt.datetime) -> dict[str, Any]:
    match event:
        case InterestRouted():
            routing = Routing(**event.model_dump(exclude={"interest"}), at=at)
            return {
                "interest_state": InterestState.ROUTED,
                "qin_qio": event.qin_qio,
                "routings": (*before.routings, routing),
            }
        case InterestAnswered():
            answer = Answer(answered_on=event.answered_on, text=event.answer, actor=event.actor, at=at)
            return {"interest_state": InterestState.ANSWERED, "answers": (*before.answers, answer)}
        case InterestLinked():
            kept = before.collaborative if event.participant == before.participant else None
            return {"participant": event.participant, "collaborative": event.collaborative or kept}
        case InterestClosed():
            return {
                "interest_state": InterestState.CLOSED,
                "closed_on": event.closed_on,
                "outcome": event.reason,
            }
        case _:
            raise AssertionError("every event of an interest is listed above")


OF_INTEREST: Final = Kind(
    name="interest",
    state=Interest,
    events=(InterestReceived, InterestRouted, InterestAnswered, InterestLinked, InterestClosed),
    begins=(InterestReceived,),
    id_of=lambda event: str(event.interest),
    evolve=evolve,
    topic=INTEREST.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (OF_INTEREST, WHO_ASKS, ENQUIRERS_TIDIED)
