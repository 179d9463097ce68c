"""The operational infrastructure of a coalition: a checklist with evidence, of which items are open, done or lapsed."""

import datetime as dt
from enum import StrEnum
from typing import Final

from shared.contracts.recruitment.coalition_terms import Evidence, Item
from shared.records.kinds import Record
from shared.records.machine import Machine


class ItemState(StrEnum):
    """How an item of the checklist stands."""

    OPEN = "OPEN"
    DONE = "DONE"
    LAPSED = "LAPSED"


class ItemAction(StrEnum):
    """What can be done with an item; only time and the going of a lead let one lapse."""

    RECORD = "RECORD"
    REOPEN = "REOPEN"
    LAPSE = "LAPSE"


ITEM_MACHINE: Final = Machine(
    "the item",
    {
        (ItemState.OPEN, ItemAction.RECORD): ItemState.DONE,
        (ItemState.DONE, ItemAction.RECORD): ItemState.DONE,
        (ItemState.DONE, ItemAction.REOPEN): ItemState.OPEN,
        (ItemState.DONE, ItemAction.LAPSE): ItemState.LAPSED,
        (ItemState.LAPSED, ItemAction.RECORD): ItemState.DONE,
        (ItemState.LAPSED, ItemAction.REOPEN): ItemState.OPEN,
    },
)


class Done(Record):
    """A time in which an item was done, from ``since`` up to ``until``, the first day it no longer was."""

    since: dt.date
    until: dt.date | None = None


class Check(Record):
    """An item of the checklist: how it stands since when, and the evidence it was last called done by.

    ``why`` says why it was reopened or lapsed. ``actor`` and ``at`` (UTC) are of the last change. ``times`` are all in
    which it was done, in order; records from before they were kept have none until they are made again from events.
    """

    state: ItemState
    since: dt.date
    evidence: Evidence | None = None
    why: str | None = None
    actor: str | None = None
    at: dt.datetime | None = None
    times: tuple[Done, ...] = ()

    def done_on(self, day: dt.date) -> bool:
        """Whether it was done on a day, as known now; where times were not kept, only the last evidence tells."""
        if not self.times:
            return self.state is ItemState.DONE and self.evidence is not None and self.evidence.done_on <= day
        return any(one.since <= day and (one.until is None or day < one.until) for one in self.times)

    def overdue(self, today: dt.date) -> bool:
        """Whether it counts as done but should have been reviewed before today."""
        review_by = self.evidence.review_by if self.evidence else None
        return self.state is ItemState.DONE and review_by is not None and review_by < today


def empty(formed_on: dt.date) -> dict[Item, Check]:
    """The checklist of a coalition that was just formed."""
    return {item: Check(state=ItemState.OPEN, since=formed_on) for item in Item}
