"""A community as it stands, and the map of who holds which area."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from services.recruitment.domain.kernel.records import Record


class Community(Record):
    """A community from a version on; ``areas`` in the order of text."""

    id: str
    name: str
    version: int
    areas: tuple[str, ...]


class AreaMap(Record):
    """Which community holds which area: one view over all communities, because whether areas are free depends on it."""

    holders: dict[str, str]

    def others(self, areas: AbstractSet[str], but: str) -> Mapping[str, str]:
        """Which of ``areas`` belong to which community other than ``but``."""
        return {area: held for area in areas if (held := self.holders.get(area)) is not None and held != but}
