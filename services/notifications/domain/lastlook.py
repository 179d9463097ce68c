"""What becomes of a notice that is about to leave and that something happened to while it waited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.digests.composing import TOLD, item_lines
from services.notifications.domain.letters import NotSendable
from services.notifications.domain.notice import Notice
from services.notifications.domain.planning import Desk, Plan, follow, rewritten, unwanted, withheld
from shared.messaging.handling import Emit

ADDRESS_UNUSABLE: Final = "address-unusable"


@dataclass(frozen=True, slots=True)
class Looked:
    """The notices as they are from now on, and what is said of them."""

    notices: tuple[Notice, ...]
    events: tuple[Emit, ...]


def asks(notice_type: str) -> bool:
    """Whether a notice of this type is looked at again: what a rule wants leaves as it was planned."""
    described = CATALOGUE.get(notice_type)
    return described is not None and described.category is not Category.LEGAL


def last_look(
    notice: Notice, desk: Desk, told: Sequence[Notice] = (), against: Mapping[UUID, str] | None = None
) -> Looked | None:
    """What the notice becomes instead of leaving; None: it may leave.

    What its recipient no longer wants is stopped; what would go to an address that by now is known to reach nobody goes
    the next way. ``told`` are the notices that a digest tells, ``against`` says why some of them may not be told any
    more: the digest goes without them, and not at all when it tells nothing else.
    """
    if not asks(notice.type):
        return None
    if why := unwanted(notice.type, desk):
        return _looked(withheld(notice, why, desk.now))
    dropped = {one.id: against[one.id] for one in told if one.id in against} if against else {}
    if dropped:
        return _thinned(notice, desk, told, dropped)
    if notice.channel in desk.known.spent:
        return _looked(_elsewhere(notice, desk))
    return None


def _looked(plan: Plan) -> Looked:
    return Looked((plan.notice,), plan.events)


def _elsewhere(notice: Notice, desk: Desk) -> Plan:
    try:
        return follow(notice, ADDRESS_UNUSABLE, desk)
    except NotSendable as verdict:
        return follow(replace(notice, route=()), verdict.code, desk)


def _thinned(notice: Notice, desk: Desk, told: Sequence[Notice], dropped: Mapping[UUID, str]) -> Looked:
    plans = [withheld(one, dropped[one.id], desk.now) for one in told if one.id in dropped]
    rest = [one for one in told if one.id not in dropped]
    # After a rebuild what was told is not known in words any more; then nothing of the digest can be kept apart.
    if not rest or any(one.facts is None for one in rest) or notice.recipient is None:
        plans.append(withheld(notice, next(iter(dropped.values())), desk.now))
    else:
        facts = {
            **(notice.facts or {}),
            "items": "\n".join(item_lines(rest, notice.recipient.language, notice.recipient.time_zone)),
            TOLD: " ".join(str(one.id) for one in rest),
        }
        plans.append(Plan(rewritten(notice, facts, desk), ()))
    return Looked(tuple(one.notice for one in plans), tuple(emit for one in plans for emit in one.events))
