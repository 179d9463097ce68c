"""What becomes due on a day: deliverables of contracts, and pledges to coalitions.

Time alone makes a notice of these: each has *occasions*, days before or after its day on which somebody is told, each
once. What is found late is told once, by its latest occasion.
"""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment.pledges import PledgeClosed, PledgeRecorded, PledgeReported, PledgeStatus
from shared.contracts.recruitment.qio_deliverables import (
    DeliverableAccepted,
    DeliverableMoved,
    DeliverableRequired,
    DeliverableReturned,
    DeliverableSubmitted,
    DeliverableWaived,
)
from shared.records.kinds import Kind, Record


class What(StrEnum):
    """What becomes due."""

    DELIVERABLE = "deliverable"
    PLEDGE = "pledge"


# Days from the day it is due: 14 days before, and when that day is over. No rule sets them; they are ours.
OCCASIONS: Final[Mapping[What, tuple[int, ...]]] = {
    What.DELIVERABLE: (-14, -3),
    What.PLEDGE: (1,),
}


class Due(Record):
    """Something that becomes due. ``told_until``: the last day whose occasions are done; ``next_on``: the next one's.

    ``next_on`` is None where nothing more is to be told. A deliverable is of a ``contract``, a pledge of a
    ``participant`` to a ``coalition``, ``made_on`` a day.
    """

    id: str
    what: What
    title: str = ""
    name: str = ""
    task: str = ""
    made_on: dt.date | None = None
    due_on: dt.date | None = None
    open: bool = True
    contract: str | None = None
    coalition: str | None = None
    participant: str | None = None
    told_until: dt.date | None = None
    next_on: dt.date | None = None

    def occasions(self) -> tuple[dt.date, ...]:
        """The days on which somebody is told, those that are done left out."""
        if not self.open or self.due_on is None:
            return ()
        days = (self.due_on + dt.timedelta(days=offset) for offset in OCCASIONS[self.what])
        return tuple(day for day in days if self.told_until is None or day > self.told_until)


class FallsDue(Record):
    """An occasion has come: ``days`` from it to the day something is due; below 0 that day is over.

    Not an event of ours: it follows from what others said and the date, again and again the same.
    """

    due: Due
    due_on: dt.date
    days: int


def arrived(due: Due, today: dt.date) -> tuple[Due, FallsDue | None]:
    """What is to be told on a day, and the record once it is told."""
    passed = [day for day in due.occasions() if day <= today]
    after = _planned(due.model_copy(update={"told_until": today}))
    if not passed or due.due_on is None:
        return after, None
    return after, FallsDue(due=due, due_on=due.due_on, days=(due.due_on - passed[-1]).days)


def _planned(due: Due) -> Due:
    return due.model_copy(update={"next_on": min(due.occasions(), default=None)})


def _evolve(before: Due | None, event: Event, at: dt.datetime) -> Due:
    del at
    held = before or Due(id=_id(event), what=_what(event))
    after = held.model_copy(update=_changes(event))
    if after.due_on != held.due_on:
        after = after.model_copy(update={"told_until": None})  # another day has its own occasions
    return _planned(after)


def _changes(event: Event) -> dict[str, Any]:
    match event:
        case DeliverableRequired():
            return {"name": event.deliverable, "title": event.title, "task": event.task, **_of_contract(event)}
        case DeliverableMoved():
            return {"name": event.deliverable, **_of_contract(event)}
        case DeliverableReturned():
            return {"open": True}
        case DeliverableSubmitted() | DeliverableAccepted() | DeliverableWaived() | PledgeClosed():
            return {"open": False}
        case PledgeRecorded():
            days = {"made_on": event.pledged_on, "due_on": event.due_on}
            return {**days, "title": event.what, "coalition": event.coalition, "participant": event.participant}
        case PledgeReported():
            return {"open": event.status is not PledgeStatus.KEPT}
    raise TypeError("an event of another topic")


def _of_contract(event: DeliverableRequired | DeliverableMoved) -> dict[str, Any]:
    return {"due_on": event.due_on, "contract": event.contract}


def _what(event: Event) -> What:
    if isinstance(event, PledgeRecorded | PledgeReported | PledgeClosed):
        return What.PLEDGE
    return What.DELIVERABLE


def _id(event: Any) -> str:
    match event:
        case PledgeRecorded() | PledgeReported() | PledgeClosed():
            return f"pledge|{event.pledge}"
        case _:
            return f"deliverable|{event.contract}|{event.deliverable}"


DUE: Final = Kind(
    name="roster-due",
    state=Due,
    events=(
        DeliverableRequired,
        DeliverableMoved,
        DeliverableSubmitted,
        DeliverableAccepted,
        DeliverableReturned,
        DeliverableWaived,
        PledgeRecorded,
        PledgeReported,
        PledgeClosed,
    ),
    id_of=_id,
    evolve=_evolve,
    topic=None,
)
