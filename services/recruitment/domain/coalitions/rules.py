"""The rules of this part."""

from typing import Final

from services.recruitment.domain.kernel.deciding import AnyRule

RULES: Final[tuple[AnyRule, ...]] = ()
