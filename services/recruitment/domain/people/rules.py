"""The rules of this part."""

from typing import Final

from services.recruitment.domain.people import caseloads, contacts, staffing
from shared.records.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = (*staffing.RULES, *caseloads.RULES, *contacts.RULES)
