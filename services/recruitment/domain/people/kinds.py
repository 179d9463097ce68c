"""The kinds of record of this part."""

from typing import Any, Final

from services.recruitment.domain.kernel.records import Kind

KINDS: Final[tuple[Kind[Any], ...]] = ()
