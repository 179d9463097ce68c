"""Whom a request for a facility that names no address is for: the contact that holds a part of the facility."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.circles import Circle, CircleId, holding, key, recipient
from shared.contracts.notifications import NoticeRequested
from shared.contracts.notifications.lists import Reach
from shared.contracts.notifications.terms import Part

# Whoever leads improvement first, then whoever answers for the facility.
_PARTS: Final = (Part.QUALITY_LEAD, Part.ADMINISTRATOR)


def keys(request: NoticeRequested) -> tuple[str, ...]:
    """The circles to read; none where the request names an address, and of notices that are not of the network."""
    return tuple(key(CircleId(part, _place(request))) for part in _parts(request))


def directed(request: NoticeRequested, get: Callable[[str], Circle | None], on: dt.date) -> NoticeRequested | None:
    """The request for the contact that holds the part on a day, of several the one with the lowest id; None for none.

    The role stays what was asked for. ``get`` gives the circles of ``keys``.
    """
    for part in _parts(request):
        circle = get(key(CircleId(part, _place(request)))) or Circle()
        found = sorted(holding(circle, part, {_place(request)}, on), key=lambda member: member.id)
        if found:
            return request.model_copy(update={"recipient": recipient(found[0], request.recipient.role)})
    return None


def _parts(request: NoticeRequested) -> tuple[Part, ...]:
    described, asked = CATALOGUE.get(request.notice_type), request.recipient
    named = asked.contact is not None or any(getattr(asked, reach) for reach in Reach)
    of_network = described is not None and described.category is Category.NETWORK
    return _PARTS if of_network and asked.role == "facility" and not named else ()


def _place(request: NoticeRequested) -> str:
    return f"facility:{request.subject}"
