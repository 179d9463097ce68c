"""The page of all events for people, made from the catalog: `python -m shared.contracts.markdown > docs/events.md`."""

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any, cast

from shared.contracts.catalog import DOCUMENTED
from shared.contracts.message import Message
from shared.contracts.topic import OVERWRITTEN_DAYS, Gaps, Topic

_INTRODUCTION = """\
# Topics and messages

Made from the catalog (`shared/contracts/`) by `python -m shared.contracts.markdown > docs/events.md`; do not edit.
The same as AsyncAPI 3.0: `qio catalog asyncapi`.

Delivery is at least once: drop repetitions by `ce_id`. Attributes are CloudEvents 1.0 in Kafka binary mode
(`ce_id`, `ce_type`, `ce_source`, `ce_time`, `ce_specversion`, `ce_subject`, `content-type`, and where they apply
`ce_correlationid`, `ce_causationid`, `ce_sequence`, `ce_traceparent`); feed records carry `ce_specversion`, `ce_type`
and `content-type` alone. The value is the message's JSON. Readers ignore fields they do not know. Redisclosure is
limited by 42 CFR 480.107.
"""

_GAPS = {
    Gaps.CONTIGUOUS: "`ce_sequence` counts every event of a key; a missing number is a loss",
    Gaps.LATEST_WINS: "state at a revision; skipped revisions are legal, the highest holds",
    Gaps.NONE: "none to rely on; identity is in the record or in the id",
}


def render() -> str:
    """The whole page."""
    return "\n".join([_INTRODUCTION, *_contents(), *(line for topic in DOCUMENTED for line in _topic(topic))])


def _contents() -> Iterator[str]:
    yield "| topic | class | what it tells |"
    yield "|---|---|---|"
    for topic in DOCUMENTED:
        anchor = re.sub(r"[^\w-]", "", topic.name)
        yield f"| [`{topic.name}`](#{anchor}) | {topic.confidentiality} | {topic.summary} |"
    yield ""


def _topic(topic: Topic) -> Iterator[str]:
    kept = f"{topic.retention_days} days"
    if topic.compacted:
        kept = f"for ever, the last of each key; what it overwrote is gone after {OVERWRITTEN_DAYS} days"
    elif topic.history:
        kept = "for ever"
    partitions = f"{topic.partitions} {'partition' if topic.partitions == 1 else 'partitions'}"
    yield f"## `{topic.name}`\n"
    yield f"{topic.summary}\n"
    yield f"- Owner: {topic.owner}. Written by {', '.join(topic.writers)}; read by {', '.join(topic.readers)}."
    yield f"- Key: {topic.key}. {partitions}, kept {kept}."
    yield f"- Sequence: {_GAPS[topic.gaps]}."
    yield f"- Class: {topic.confidentiality}.\n"
    for message in topic.messages:
        yield from _message(message)


def _message(message: type[Message]) -> Iterator[str]:
    schema = message.model_json_schema(mode="serialization")
    yield f"### {message.__name__}\n"
    yield f"[`{message.wire_type()}`](../shared/contracts/schemas/{message.wire_type()}.json)\n"
    yield f"{inspect.getdoc(message) or ''}\n"
    yield from _fields(schema)
    for name, part in schema.get("$defs", {}).items():
        yield f"`{name}`: {_cell(part.get('description', ''))}\n"
        if "properties" in part:
            yield from _fields(part)
        else:
            yield f"One of {_kind(part)}.\n"


def _fields(schema: Mapping[str, Any]) -> Iterator[str]:
    # In the schema of what is written every field is required; what may be left out when read has a default.
    yield "| field | type | default | meaning |"
    yield "|---|---|---|---|"
    for name, node in schema.get("properties", {}).items():
        default = f"`{node['default']}`" if node.get("default") not in (None, []) else ""
        yield f"| `{name}` | {_kind(node)} | {default} | {_cell(node.get('description', ''))} |"
    yield ""


def _kind(node: Mapping[str, Any]) -> str:
    """A type in words."""
    if "$ref" in node:
        return f"`{node['$ref'].rpartition('/')[2]}`"
    if "const" in node:
        return f"always `{node['const']}`"
    if "enum" in node:
        return ", ".join(f"`{value}`" for value in node["enum"])
    if "anyOf" in node:
        return " or ".join("none" if part.get("type") == "null" else _kind(part) for part in node["anyOf"])
    kind = str(node.get("type", "any"))
    if kind == "array":
        inner = node.get("prefixItems")
        many = "set" if node.get("uniqueItems") else "list"
        return f"{many} of {_kind(node['items'])}" if inner is None else f"({', '.join(_kind(part) for part in inner)})"
    if kind == "object" and (inner := _values(node)) is not None:
        return f"object of {_kind(inner)}"
    return " ".join([str(node.get("format", kind)), *_bounds(node)])


def _values(node: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a free-form object holds under its names, which may have to follow a pattern."""
    if isinstance(node.get("additionalProperties"), dict):
        return cast("Mapping[str, Any]", node["additionalProperties"])
    return next(iter(node.get("patternProperties", {}).values()), None)


def _bounds(node: Mapping[str, Any]) -> Iterator[str]:
    if "pattern" in node:
        yield f"matching `{node['pattern'].replace('|', chr(92) + '|')}`"
    least, most = node.get("minimum"), node.get("maximum")
    if least is not None:
        yield f"from {least}"
    if most is not None:
        yield f"to {most}"
    if "maxLength" in node:
        yield f"of at most {node['maxLength']} characters"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(render())
