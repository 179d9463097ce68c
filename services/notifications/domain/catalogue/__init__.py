"""The notice types as data: what each must say, for whom there is a letter, in which languages."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from services.notifications.domain.catalogue import (
    appeals,
    desk,
    engagement,
    federal,
    learning,
    network,
    payment,
    progress,
    quality,
)
from services.notifications.domain.catalogue.audiences import role_of
from services.notifications.domain.catalogue.kind import ENGLISH, Category, NoticeType
from services.notifications.domain.catalogue.outcomes import UnknownOutcome, outcome_in_words

CATALOGUE: Final[Mapping[str, NoticeType]] = MappingProxyType(
    {
        **appeals.KINDS,
        **quality.KINDS,
        **payment.KINDS,
        **federal.KINDS,
        **network.KINDS,
        **learning.KINDS,
        **progress.KINDS,
        **engagement.KINDS,
        **desk.KINDS,
    }
)

__all__ = ["CATALOGUE", "ENGLISH", "Category", "NoticeType", "UnknownOutcome", "outcome_in_words", "role_of"]
