"""What may change within a major version: only optional fields may be added, and only to an object that is open."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

# A looser rule breaks old readers, a tighter one old messages, a new default the meaning of both.
_FIXED: Final = (
    "const",
    "enum",
    "pattern",
    "format",
    "default",
    "multipleOf",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
)

Node = Mapping[str, Any]


def breaking_changes(old: Node, new: Node) -> list[str]:
    """Why the schema ``new`` may not replace ``old`` under the same version; empty when it may.

    Both directions count (full compatibility): an old reader must read new messages, a new reader old ones. So a
    value added to an enum is a break too: readers that know the old list refuse it. Documentation may change freely.
    """
    return list(_Comparison(old, new).value("", old, new))


class _Comparison:
    """Walks two schema documents side by side, following their local references."""

    def __init__(self, old: Node, new: Node) -> None:
        self._documents = (old, new)

    def value(self, path: str, before: Node, after: Node) -> Iterator[str]:
        """The breaks at and below one place."""
        old, new = self._resolved(0, before), self._resolved(1, after)
        where = path or "value"
        if _shape(old) != _shape(new):
            yield f"{where}: type changed"
            return
        yield from (f"{where}: {rule} changed" for rule in _FIXED if _ruled(rule, old) != _ruled(rule, new))
        yield from self._fields(path, old, new)
        yield from self._parts(path, old, new)

    def _fields(self, path: str, old: Node, new: Node) -> Iterator[str]:
        before: Node = old.get("properties", {})
        after: Node = new.get("properties", {})
        required, require = set(old.get("required", ())), set(new.get("required", ()))
        for name in sorted(before.keys() | after.keys()):
            where = f"{path}.{name}" if path else name
            if name not in after:
                yield f"{where}: removed"
            elif name not in before:
                if old.get("additionalProperties") is False:
                    yield f"{where}: added to a closed object, old readers refuse it"
                if name in require:
                    yield f"{where}: added as required, old messages lack it"
            else:
                if name in require - required:
                    yield f"{where}: became required, old messages may lack it"
                if name in required - require:
                    yield f"{where}: became optional, old readers need it"
                yield from self.value(where, before[name], after[name])

    def _parts(self, path: str, old: Node, new: Node) -> Iterator[str]:
        """Items, the values of free-form objects, and alternatives."""
        for name, step in (("items", "[]"), ("additionalProperties", "{}"), ("propertyNames", "{}")):
            before, after = old.get(name), new.get(name)
            if isinstance(before, Mapping) and isinstance(after, Mapping):
                yield from self.value(f"{path}{step}", before, after)
            elif before != after:
                yield f"{path or 'value'}: {name} changed"
        yield from self._patterns(path, old.get("patternProperties", {}), new.get("patternProperties", {}))
        for name in ("prefixItems", "anyOf", "oneOf", "allOf"):
            pairs = zip(old.get(name, ()), new.get(name, ()), strict=True)
            for number, (before, after) in enumerate(pairs):
                yield from self.value(f"{path}[{number}]" if name == "prefixItems" else path, before, after)

    def _patterns(self, path: str, old: Node, new: Node) -> Iterator[str]:
        """The values of an object whose names follow a pattern."""
        if old.keys() != new.keys():
            yield f"{path or 'value'}: patternProperties changed"
            return
        for pattern in old:
            yield from self.value(f"{path}{{}}", old[pattern], new[pattern])

    def _resolved(self, side: int, node: Node) -> Node:
        while "$ref" in node:
            node = self._documents[side]["$defs"][node["$ref"].rpartition("/")[2]]
        return node


def _shape(node: Node) -> tuple[object, ...]:
    """What must be alike before anything else can be compared."""
    return node.get("type"), *(len(node.get(name, ())) for name in ("prefixItems", "anyOf", "oneOf", "allOf"))


def _ruled(rule: str, node: Node) -> object:
    """The rule's value, without regard to the order of an enum; a missing default is not the default null."""
    if rule == "default":
        return ("default", node["default"]) if rule in node else None
    found = node.get(rule)
    return sorted(found, key=repr) if rule == "enum" and found is not None else found
