"""The rules of tests of change, practices and their spread."""

from typing import Final

from services.recruitment.domain.practices import adopting, publishing, sharing, testing, testing_corrected, writing
from shared.records.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = (
    *testing.RULES,
    *testing_corrected.RULES,
    *writing.RULES,
    *publishing.RULES,
    *sharing.RULES,
    *adopting.RULES,
)
