"""What follows from a change by itself: items lapse, and whether all of the infrastructure is done is said anew."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import reduce

from services.recruitment.domain.coalitions.equipment import ItemState
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.state import Coalition
from services.recruitment.domain.communities.days import today_everywhere
from shared.contracts.message import Event
from shared.contracts.recruitment.coalition_terms import Item, Role
from shared.contracts.recruitment.coalitions import (
    CoalitionInfrastructureCompleted,
    CoalitionInfrastructureRetracted,
    InfrastructureLapsed,
)
from shared.records.deciding import Asked


def with_consequences(before: Coalition, events: Sequence[Event], asked: Asked) -> tuple[Event, ...]:
    """These events and what follows from them."""
    return _followed(before, events, asked.now, asked.actor)


def time_passed(before: Coalition, now: dt.datetime, actor: str) -> tuple[Event, ...]:
    """What follows from the day it is at an instant (UTC); nothing for a coalition that ended, or a second time."""
    return () if before.ended_on is not None else _followed(before, (), now, actor)


def _followed(before: Coalition, events: Sequence[Event], now: dt.datetime, actor: str) -> tuple[Event, ...]:
    def after(held: Coalition, event: Event) -> Coalition:
        return COALITION.evolve(held, event, now)

    changed = reduce(after, events, before)
    lapses = tuple(_lapses(before, changed, now, actor))
    said = tuple(_said(reduce(after, lapses, changed), actor))
    return (*events, *lapses, *said)


def _lapses(before: Coalition, held: Coalition, now: dt.datetime, actor: str) -> Iterator[InfrastructureLapsed]:
    for item, check in held.infrastructure.items():
        if check.overdue(today_everywhere(now)):
            assert check.evidence is not None
            assert check.evidence.review_by is not None
            on, reason = check.evidence.review_by + dt.timedelta(days=1), "The review is overdue."
        elif item is Item.LEAD and check.state is ItemState.DONE and held.holder(Role.LEAD) is None:
            on, reason = max(_vacant_since(before, held), check.since), "The coalition has no lead."
        else:
            continue
        yield InfrastructureLapsed(community=held.id, number=held.number, actor=actor, item=item, on=on, reason=reason)


def _vacant_since(before: Coalition, held: Coalition) -> dt.date:
    lead = before.holder(Role.LEAD)
    assert lead is not None, "the item is done only while there is a lead"
    gone = held.members[lead.participant]
    return gone.left_on or gone.role_since


def _said(held: Coalition, actor: str) -> Iterator[Event]:
    missing = held.missing()
    since = max([held.formed_on, *(check.since for check in held.infrastructure.values())])
    if not missing and held.equipped_on is None:
        yield CoalitionInfrastructureCompleted(community=held.id, number=held.number, actor=actor, on=since)
    elif missing and held.equipped_on is not None:
        on = min(held.infrastructure[item].since for item in missing)
        yield CoalitionInfrastructureRetracted(community=held.id, number=held.number, actor=actor, on=on, items=missing)
