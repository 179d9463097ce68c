"""The rules of technical assistance."""

from typing import Final

from services.recruitment.domain.assistance import asking, helping, reporting, resourcing
from shared.records.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = (*asking.RULES, *helping.RULES, *resourcing.RULES, *reporting.RULES)
