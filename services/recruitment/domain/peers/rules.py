"""The rules of peers."""

from typing import Final

from services.recruitment.domain.peers import asking, consenting, meeting, moderating, pairing
from shared.records.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = (
    *consenting.RULES,
    *pairing.RULES,
    *meeting.RULES,
    *asking.RULES,
    *moderating.RULES,
)
