"""What may change within a major version: only optional fields may be added, nothing may be tightened."""

from collections.abc import Iterator, Mapping
from typing import Any

_BOUNDS_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_BOUNDS_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


def breaking_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Why ``new`` may not replace ``old`` under the same version; empty when it may.

    Both directions count (full compatibility): an old reader must read new messages, a new reader old ones.
    """
    return list(_object("", _Resolved(old), _Resolved(new)))


class _Resolved:
    """A schema node with its document, so that local references can be followed."""

    def __init__(self, document: Mapping[str, Any], node: Mapping[str, Any] | None = None) -> None:
        self._document = document
        node = document if node is None else node
        while "$ref" in node:
            node = document["$defs"][node["$ref"].rpartition("/")[2]]
        self.node = node

    def at(self, node: Mapping[str, Any]) -> "_Resolved":
        return _Resolved(self._document, node)

    def properties(self) -> dict[str, "_Resolved"]:
        return {name: self.at(node) for name, node in self.node.get("properties", {}).items()}


def _object(path: str, old: _Resolved, new: _Resolved) -> Iterator[str]:
    before, after = old.properties(), new.properties()
    for name in before.keys() - after.keys():
        yield f"{path}{name}: removed"
    required_before, required_after = set(old.node.get("required", ())), set(new.node.get("required", ()))
    for name in required_after - required_before:
        yield f"{path}{name}: became required"
    for name in required_before - required_after:
        if name in after:
            yield f"{path}{name}: became optional, old readers need it"
    for name in before.keys() & after.keys():
        yield from _value(f"{path}{name}", before[name], after[name])


def _value(path: str, old: _Resolved, new: _Resolved) -> Iterator[str]:
    if _shape(old.node) != _shape(new.node):
        yield f"{path}: type changed"
        return
    for key in ("const", "enum", "pattern", "format"):
        if old.node.get(key) != new.node.get(key) and not _widened(key, old.node, new.node):
            yield f"{path}: {key} changed"
    for key in (*_BOUNDS_LOWER, *_BOUNDS_UPPER):
        if old.node.get(key) != new.node.get(key):
            yield f"{path}: {key} changed"
    if old.node.get("type") == "object":
        yield from _object(f"{path}.", old, new)
    if "items" in old.node and "items" in new.node:
        yield from _value(f"{path}[]", old.at(old.node["items"]), new.at(new.node["items"]))
    for before, after in zip(old.node.get("anyOf", ()), new.node.get("anyOf", ()), strict=False):
        yield from _value(path, old.at(before), new.at(after))


def _shape(node: Mapping[str, Any]) -> tuple[object, int]:
    return node.get("type"), len(node.get("anyOf", ()))


def _widened(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Readers accept unknown values of an enum, so adding one is no break."""
    return key == "enum" and set(old.get("enum", ())) < set(new.get("enum", ()))
