"""The notices of every case type as data: who gets each, what it must say, under which rule."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from services.complaints.domain.notices import appeals, federal, payment, quality
from services.complaints.domain.notices.elements import ELEMENTS
from services.complaints.domain.notices.kind import NoticeKind

NOTICES: Final[Mapping[str, NoticeKind]] = MappingProxyType(
    {kind.id: kind for module in (appeals, quality, payment, federal) for kind in module.KINDS}
)

__all__ = ["ELEMENTS", "NOTICES", "NoticeKind"]
