"""The rules of the campaign."""

from typing import Final

from services.recruitment.domain.campaign import accounts, convening, pursuing, registering, spreading
from shared.records.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = (
    *registering.RULES,
    *pursuing.RULES,
    *convening.RULES,
    *spreading.RULES,
    *accounts.RULES,
)
