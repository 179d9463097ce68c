"""Revisions of what is published: each above all that were ever published of it, also of a schema that was lost."""

from typing import Final

APART: Final = 1_000_000
"""Far above how often any figure is published anew between two losses."""


def following(before: int, epoch: int) -> int:
    """The revision after ``before``, 0 for none. ``epoch`` is the schema's, which rises when it is restored or rebuilt:
    readers keep the highest revision, and it may have been published without the schema knowing."""
    return max(before, (epoch - 1) * APART) + 1
