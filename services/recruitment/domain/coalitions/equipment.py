"""The operational infrastructure of a coalition: a checklist with evidence, of which items are open, done or lapsed."""

import datetime as dt
from enum import StrEnum
from typing import Final

from services.recruitment.domain.kernel.machine import Machine
from services.recruitment.domain.kernel.records import Record
from shared.contracts.recruitment.coalition_terms import Evidence, Item


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


class Check(Record):
    """An item of the checklist: how it stands since when, and the evidence it was last called done by.

    ``why`` says why it was reopened or lapsed. ``actor`` and ``at`` (UTC) are of the last change.
    """

    state: ItemState
    since: dt.date
    evidence: Evidence | None = None
    why: str | None = None
    actor: str | None = None
    at: dt.datetime | None = None

    def overdue(self, today: dt.date) -> bool:
        """Whether it counts as done but should have been reviewed before today."""
        review_by = self.evidence.review_by if self.evidence else None
        return self.state is ItemState.DONE and review_by is not None and review_by < today


def empty(formed_on: dt.date) -> dict[Item, Check]:
    """The checklist of a coalition that was just formed."""
    return {item: Check(state=ItemState.OPEN, since=formed_on) for item in Item}
