"""The rules of this part."""

from typing import Final

from services.recruitment.domain.kernel.deciding import AnyRule
from services.recruitment.domain.people import caseloads, contacts, staffing

RULES: Final[tuple[AnyRule, ...]] = (*staffing.RULES, *caseloads.RULES, *contacts.RULES)
