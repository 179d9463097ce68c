"""What lets the reader of a list's mail leave it: a link among its words, and headers for mail programs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.unsubscribing import Links, list_headers
from shared.contracts.notifications.requests import NoticeRequested

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def with_link(request: NoticeRequested, links: Links) -> NoticeRequested:
    """The request with ``leave_url`` among its facts, where it is for a list that its recipient can leave."""
    contact = request.recipient.contact
    if request.list_id is None or contact is None or not _can_be_left(request.notice_type):
        return request
    return request.model_copy(update={"facts": {**request.facts, "leave_url": links.leave(request.list_id, contact)}})


def headers(notice_type: str, list_id: str | None, contact: UUID | None, links: Links) -> Mapping[str, str]:
    """The headers by which the list is left; none on what is for no list, and never on what the law wants."""
    if list_id is None or contact is None or not _can_be_left(notice_type):
        return _NONE
    return list_headers(links, list_id, contact)


def _can_be_left(notice_type: str) -> bool:
    described = CATALOGUE.get(notice_type)
    return described is not None and described.category is not Category.LEGAL
