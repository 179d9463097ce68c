"""A community as measures needs it: which areas, under which version."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Community:
    """A set of residence areas; the highest version holds."""

    id: str
    name: str
    version: int
    areas: tuple[str, ...]
