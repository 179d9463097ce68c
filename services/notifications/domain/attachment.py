"""A file that goes along with a mail: a calendar entry, a letter as PDF."""

import re
from dataclasses import dataclass
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_PARAMETER: Final = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file. ``content_type`` is type and subtype, such as ``text/calendar``, with ``parameters`` beside it, such as
    ``(("method", "REQUEST"), ("charset", "UTF-8"))``; ``name`` is shown to the reader and never tells of a person.

    Raises ValueError for a name, type or parameter that could add to a mail's headers.
    """

    name: str
    content_type: str
    content: bytes
    parameters: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError("an attachment's name is letters, digits, dots and dashes")
        if not _TYPE.fullmatch(self.content_type):
            raise ValueError("an attachment's content type is a type and a subtype")
        if not all(_PARAMETER.fullmatch(part) for pair in self.parameters for part in pair):
            raise ValueError("a parameter of a content type is letters, digits, dots and dashes")
