"""Reads iCalendar by the words of RFC 5545 alone; shares nothing with what writes it."""

import re
from dataclasses import dataclass, field


@dataclass
class Component:
    """A component with its properties: name, parameters and value as written, and the components within it."""

    name: str
    properties: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    within: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The value of a property that stands there once."""
        (value,) = [value for found, _, value in self.properties if found == name]
        return value

    def text(self, name: str) -> str:
        """A value of type TEXT (3.3.11), as its reader sees it."""
        pairs = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n", "\\N": "\n"}
        value = self.value(name)
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "a bare separator in a text"
        return re.sub(r"\\.", lambda pair: pairs[pair[0]], value)


def read(content: bytes) -> Component:
    """The one calendar of a file; an AssertionError says which rule it breaks."""
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\r" not in line and b"\n" not in line for line in physical)
    assert all(line.decode() for line in physical), "a character cut in two, or an empty line"
    logical = content[:-2].decode().replace("\r\n ", "").split("\r\n")
    stack = [Component("")]
    for line in logical:
        head, params, value = _split(line)
        if head == "BEGIN":
            stack[-1].within.append(Component(value))
            stack.append(stack[-1].within[-1])
        elif head == "END":
            assert stack.pop().name == value
        else:
            stack[-1].properties.append((head, params, value))
    (root,) = stack
    assert not root.properties
    (calendar,) = root.within
    return calendar


def _split(line: str) -> tuple[str, dict[str, str], str]:
    match = re.fullmatch(r"([A-Z0-9-]+)((?:;[A-Z0-9-]+=[^;:,\"\x00-\x1f]*)*):([^\x00-\x08\x0a-\x1f\x7f]*)", line)
    assert match, "not a content line"
    params = dict(part.split("=", 1) for part in match[2].split(";")[1:])
    return match[1], params, match[3]
