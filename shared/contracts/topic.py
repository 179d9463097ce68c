"""What the catalog says about one topic."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from shared.contracts.message import Message

# What a compacted topic held before the last record of a key is gone from the broker after so many days.
OVERWRITTEN_DAYS: Final = 7


class Gaps(StrEnum):
    """What a reader may assume about ``ce_sequence`` within one key."""

    CONTIGUOUS = "contiguous"  # every number arrives; a missing one is a loss
    LATEST_WINS = "latest wins"  # state at a revision; skipped revisions are legal
    NONE = "none"  # no sequence: identity is the record's natural key and version


class Confidentiality(StrEnum):
    """The highest class of any field (42 CFR 480.101)."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of the catalog.

    ``key`` says in words what the record key is; ``writers`` and ``readers`` are principals without the ``qio-``
    prefix. ``retention_days`` is time in the broker; ``compacted`` keeps the last record of each key for ever.
    ``history`` keeps every record for ever, because the owner's empty schema is filled again from them; its readers
    remember what they handled for ``retention_days`` only, so none may go back further than that but with an empty
    schema. Both together: the schema is filled from the last record of each key, so each tells the whole state, and
    what it overwrote is gone after ``OVERWRITTEN_DAYS``.
    """

    name: str
    owner: str
    summary: str
    messages: tuple[type[Message], ...]
    key: str
    partitions: int
    retention_days: int
    gaps: Gaps
    confidentiality: Confidentiality
    writers: tuple[str, ...]
    readers: tuple[str, ...]
    compacted: bool = False
    history: bool = False
    config: dict[str, str] = field(default_factory=dict)
