"""The rules of what coalitions do."""

from typing import Final

from services.recruitment.domain.interventions import (
    alignment,
    course,
    figures,
    funding,
    mentoring,
    organising,
    pledges,
    starting,
)
from shared.records.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = (
    *starting.RULES,
    *course.RULES,
    *figures.RULES,
    *pledges.RULES,
    *mentoring.RULES,
    *organising.RULES,
    *funding.RULES,
    *alignment.RULES,
)
