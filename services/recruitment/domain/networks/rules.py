"""The rules of learning networks, their cohorts, packages, partners, teams and programs."""

from typing import Final

from services.recruitment.domain.networks import (
    chronic,
    contributing,
    establishing,
    gathering,
    joining,
    packages,
    teams,
)
from shared.records.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = (
    *establishing.RULES,
    *gathering.RULES,
    *joining.RULES,
    *packages.RULES,
    *contributing.RULES,
    *teams.RULES,
    *chronic.RULES,
)
