"""What follows for an address from what came back from it."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.notifications.domain.addresses.ids import REACH
from services.notifications.domain.addresses.kinds import Address
from shared.contracts.notifications.lists import (
    REMEMBERED,
    AddressFacts,
    AddressMarked,
    CameBack,
    Mark,
    Reach,
    SaidBy,
)
from shared.contracts.notifications.terms import Channel

_AT_ONCE: Final = frozenset((Mark.HARD_BOUNCE, Mark.LETTER_RETURNED))


@dataclass(frozen=True, slots=True)
class Patience:
    """How many mails may bounce softly, within how long, before an address counts as unusable."""

    bounces: int
    within: dt.timedelta


def usable(channel: Channel, address: Address | None, now: dt.datetime) -> bool:
    """Whether a channel can reach anybody at this address at ``now`` (UTC); of whom nothing is known, it can."""
    if address is None or address.facts.reach is not REACH.get(channel):
        return True
    since = address.facts.unusable_since
    return since is None or since > now


def came_back(
    before: Address | None,
    address: UUID,
    reach: Reach,
    mark: Mark,
    notice: UUID | None,
    now: dt.datetime,
    patience: Patience,
) -> AddressMarked | None:
    """What is known after something came back; None where the same was told of the same notice before."""
    facts = before.facts if before is not None else AddressFacts(reach=reach)
    if notice is not None and any((one.notice, one.mark) == (notice, mark) for one in facts.back):
        return None
    back = (*facts.back, CameBack(notice=notice, mark=mark, at=now))[-REMEMBERED:]
    changed: dict[str, object] = {"back": back}
    if mark is Mark.COMPLAINT and facts.complained_at is None:
        changed["complained_at"] = now
    if facts.unusable_since is None and (mark in _AT_ONCE or _too_often(facts, back, mark, now, patience)):
        changed |= {"unusable_since": now, "why": mark}
    return AddressMarked(address=address, facts=facts.model_copy(update=changed), mark=mark, notice=notice)


def cleared(before: Address | None, said_by: SaidBy, now: dt.datetime) -> AddressMarked | None:
    """The address is to be used again; None where nothing stood in the way of it.

    Staff end what came back; what the person complained about ends with the person's own word.
    """
    if before is None:
        return None
    facts = before.facts
    complained = facts.complained_at if said_by is SaidBy.STAFF else None
    counted = any(one.mark is Mark.SOFT_BOUNCE and _counts(facts, one) for one in facts.back)
    if facts.unusable_since is None and complained == facts.complained_at and not counted:
        return None
    changed = {"unusable_since": None, "why": None, "complained_at": complained, "cleared_at": now}
    return AddressMarked(address=before.id, facts=facts.model_copy(update=changed), mark=Mark.CLEARED)


def _too_often(
    facts: AddressFacts, back: tuple[CameBack, ...], mark: Mark, now: dt.datetime, patience: Patience
) -> bool:
    if mark is not Mark.SOFT_BOUNCE:
        return False
    lately = [one for one in back if one.mark is mark and _counts(facts, one) and one.at > now - patience.within]
    return len(lately) >= patience.bounces


def _counts(facts: AddressFacts, one: CameBack) -> bool:
    return facts.cleared_at is None or one.at > facts.cleared_at
