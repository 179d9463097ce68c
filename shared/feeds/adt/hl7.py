"""Takes HL7 v2 text apart: messages, segments, fields, components and escapes; it knows no meaning.

Written here because none of the project's libraries reads HL7 v2. Segments end with CR, LF or both; the framing bytes
of MLLP and the envelope segments of batches and files are passed over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_FRAMING: Final = str.maketrans("", "", "\x0b\x1c\ufeff")
_ENVELOPE: Final = ("FHS", "BHS", "BTS", "FTS")
_NOTHING: Final = '""'  # "delete what you have"; for a reader of whole messages the same as nothing
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2})+")


@dataclass(frozen=True, slots=True)
class Message:
    """One message. Its delimiters are those it declares itself; a segment or field it lacks is empty text."""

    field_separator: str
    component_separator: str
    repetition_separator: str
    escape: str
    subcomponent_separator: str
    segments: Sequence[Sequence[str]]

    def all(self, segment: str) -> Iterator[Sequence[str]]:
        """Every segment of this name, to be asked with ``value``."""
        return (fields for fields in self.segments if fields[0] == segment)

    def first(self, segment: str) -> Sequence[str]:
        """The first segment of this name, empty where there is none."""
        return next(self.all(segment), (segment,))

    def value(self, fields: Sequence[str], number: int, component: int = 1, repetition: int = 0) -> str:
        """A component of a field (both from 1), its first subcomponent, with escapes resolved and blanks stripped."""
        repetitions = self._field(fields, number).split(self.repetition_separator)
        if repetition >= len(repetitions):
            return ""
        components = repetitions[repetition].split(self.component_separator)
        if component > len(components):
            return ""
        text = self._unescape(components[component - 1].split(self.subcomponent_separator)[0]).strip()
        return "" if text == _NOTHING else text

    def repetitions(self, fields: Sequence[str], number: int) -> int:
        """How often a field is repeated; at least once."""
        return self._field(fields, number).count(self.repetition_separator) + 1

    def _field(self, fields: Sequence[str], number: int) -> str:
        # MSH-1 is the separator itself, so its fields stand one earlier.
        at = number - 1 if fields[0] == "MSH" else number
        return fields[at] if at < len(fields) else ""

    def _unescape(self, text: str) -> str:
        if self.escape not in text:
            return text
        parts = text.split(self.escape)
        # Between two escape characters stands a code; one without its partner is text.
        whole = len(parts) if len(parts) % 2 else len(parts) - 1
        made = [part if at % 2 == 0 else self._meaning(part) for at, part in enumerate(parts[:whole])]
        return "".join(made) + "".join(self.escape + part for part in parts[whole:])

    def _meaning(self, code: str) -> str:
        known = {
            "F": self.field_separator,
            "S": self.component_separator,
            "T": self.subcomponent_separator,
            "R": self.repetition_separator,
            "E": self.escape,
        }
        if code[:1] == "X" and _HEX.fullmatch(code[1:]):
            return bytes.fromhex(code[1:]).decode("latin-1")
        return known.get(code, "")  # highlighting and layout of text


def messages(text: str) -> Iterator[Message | None]:
    """Every message in turn; None for one that does not begin with a readable MSH segment."""
    lines: list[str] = []
    for raw in re.split(r"\r\n|\r|\n", text):
        line = raw.translate(_FRAMING)
        if line.startswith("MSH") and lines:
            yield _message(lines)
            lines = []
        if line.strip() and not line.startswith(_ENVELOPE):
            lines.append(line)
    if lines:
        yield _message(lines)


def _message(lines: Sequence[str]) -> Message | None:
    header = lines[0]
    if not header.startswith("MSH") or len(header) < len("MSH|^~\\&|"):
        return None
    separator = header[3]
    encoding = header[4:].split(separator)[0]
    if len(encoding) < len("^~\\&"):
        return None
    return Message(
        field_separator=separator,
        component_separator=encoding[0],
        repetition_separator=encoding[1],
        escape=encoding[2],
        subcomponent_separator=encoding[-1],  # some senders double the backslash before it
        segments=tuple(line.split(separator) for line in lines),
    )
