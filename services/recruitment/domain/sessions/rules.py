"""The rules of sessions and action periods."""

from typing import Final

from services.recruitment.domain.sessions import course, materials, planning, reporting, starting, taking_part
from shared.records.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = (
    *planning.RULES,
    *course.RULES,
    *taking_part.RULES,
    *materials.RULES,
    *starting.RULES,
    *reporting.RULES,
)
