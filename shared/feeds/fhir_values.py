"""Reaches into FHIR resources as they come: whatever is not what it should be is as if it were not there."""

from collections.abc import Iterator, Mapping
from typing import Any

Resource = Mapping[str, Any]


def at(value: object, *path: str) -> object:
    """What stands at the path, None for nothing."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def as_object(value: object) -> Resource:
    """The object, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def text(value: object, *path: str) -> str:
    """The text at the path without blanks around it, empty for nothing."""
    found = at(value, *path)
    return found.strip() if isinstance(found, str) else ""


def listed(value: object, *path: str) -> list[object]:
    """The elements at the path."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def codings(value: object, *path: str) -> Iterator[tuple[str, str]]:
    """System and code of each coding of a CodeableConcept."""
    for one in listed(value, *path, "coding"):
        yield text(one, "system"), text(one, "code")
