"""The rules of this part."""

from typing import Final

from services.recruitment.domain.program import (
    change_rules,
    contact_rules,
    contract_rules,
    deliverable_rules,
    network_rules,
    objective_rules,
)
from shared.records.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = (
    *contract_rules.RULES,
    *change_rules.RULES,
    *deliverable_rules.RULES,
    *objective_rules.RULES,
    *network_rules.RULES,
    *contact_rules.RULES,
)
