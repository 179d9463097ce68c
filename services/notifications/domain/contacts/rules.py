"""The rules about contacts."""

from typing import Final

from shared.records.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = ()
