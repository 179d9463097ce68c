"""The AsyncAPI 3.0 document and the JSON Schemas, made from the catalog."""

from typing import Any, Final

from shared.contracts.catalog import DOCUMENTED
from shared.contracts.message import Message
from shared.contracts.partners import ANY
from shared.contracts.topic import Topic

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_ABOUT: Final = (
    "Events of the Quality Improvement Organization platform, delivered at least once: drop repetitions by ce_id. "
    "Redisclosure is limited by 42 CFR 480.107."
)
_HEADERS: Final[dict[str, Any]] = {
    "type": "object",
    "description": "CloudEvents 1.0, Kafka binary mode",
    "required": ["ce_id", "ce_type", "ce_source", "ce_time", "ce_specversion", "ce_subject", "content-type"],
    "properties": {
        "ce_id": {"type": "string", "format": "uuid"},
        "ce_type": {"type": "string"},
        "ce_source": {"type": "string"},
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_specversion": {"const": "1.0"},
        "ce_subject": {"type": "string", "description": "the record key"},
        "ce_dataschema": {"type": "string"},
        "ce_correlationid": {"type": "string", "format": "uuid"},
        "ce_causationid": {"type": "string", "format": "uuid"},
        "ce_sequence": {
            "type": "string",
            "pattern": "^[0-9]+:[0-9]+$",
            "description": "epoch:counter per topic and key",
        },
        "ce_traceparent": {"type": "string"},
        "content-type": {"const": "application/json"},
    },
}
# Feed records are many: what identifies them is in the record (natural key and version).
_FEED_HEADERS: Final[dict[str, Any]] = {
    "type": "object",
    "description": "The CloudEvents type alone; identity is the record's natural key and version",
    "required": ["ce_type", "ce_specversion", "content-type"],
    "properties": {name: _HEADERS["properties"][name] for name in ("ce_type", "ce_specversion", "content-type")},
}


def schema(message: type[Message]) -> dict[str, Any]:
    """The JSON Schema of a message as it is written."""
    body = message.model_json_schema(mode="serialization")
    return {"$schema": _DIALECT, "$id": f"qio:schemas/{message.wire_type()}.json", **body}


def document(service: str | None = None) -> dict[str, Any]:
    """The whole catalog, or what one service sends and receives, as AsyncAPI 3.0.

    An operation is what the described application does. The whole catalog describes the platform seen as one
    application: it sends to every topic that a service may write and receives from every topic that one may read.
    """
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for topic in DOCUMENTED:
        actions = _actions(topic, service)
        if not actions:
            continue
        channels[channel_id(topic)] = _channel(topic)
        operations.update({f"{action}.{channel_id(topic)}": _operation(action, topic) for action in actions})
        for message in topic.messages:
            messages[message.wire_type()] = _message(message, schemas, feed=topic.owner == "feeds")
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": f"QIO {service}" if service else "QIO event catalog",
            "version": "1.0.0",
            "description": _ABOUT,
        },
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages, "schemas": schemas},
    }


def _actions(topic: Topic, service: str | None) -> list[str]:
    """What the application does with a topic; people at the command line, gateways and partners are outside."""
    writes = service in topic.writers if service else any(map(_is_ours, topic.writers))
    reads = service in topic.readers if service else any(map(_is_ours, topic.readers))
    return ["send"] * writes + ["receive"] * reads


def channel_id(topic: Topic) -> str:
    """The name of a topic as an id of the document, which knows no braces."""
    return topic.name.replace(ANY, "partner-id")


def _is_ours(principal: str) -> bool:
    return principal not in {"cli", "feeds", "gateway"} and not principal.startswith("partner")


def _operation(action: str, topic: Topic) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{channel_id(topic)}"}, "summary": topic.summary}


def _channel(topic: Topic) -> dict[str, Any]:
    promise = f"Key: {topic.key}. Sequence gaps: {topic.gaps}. Class: {topic.confidentiality}."
    parameters = {"parameters": {"partner": {"description": "Id of the partner"}}} if ANY in topic.name else {}
    return {
        "address": topic.name,
        **parameters,
        "description": f"{topic.summary} {promise}",
        "messages": {
            message.wire_type(): {"$ref": f"#/components/messages/{message.wire_type()}"} for message in topic.messages
        },
        "bindings": {"kafka": {"topic": topic.name, "partitions": topic.partitions, "bindingVersion": "0.5.0"}},
    }


def _message(message: type[Message], schemas: dict[str, Any], *, feed: bool) -> dict[str, Any]:
    """The message; the schemas its payload refers to are added to ``schemas`` under names of their own."""
    name = message.wire_type()
    body = message.model_json_schema(mode="serialization", ref_template=f"#/components/schemas/{name}.{{model}}")
    schemas.update({f"{name}.{part}": _draft_07(found) for part, found in body.pop("$defs", {}).items()})
    return {
        "name": name,
        "title": message.__name__,
        "summary": (message.__doc__ or "").strip().splitlines()[0],
        "contentType": "application/json",
        "headers": _FEED_HEADERS if feed else _HEADERS,
        "payload": _draft_07(body),
    }


def _draft_07(node: Any) -> Any:
    """AsyncAPI's own schemas extend JSON Schema draft 07, where the items of a tuple are a list under ``items``."""
    if isinstance(node, list):
        return [_draft_07(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    return {"items" if name == "prefixItems" else name: _draft_07(entry) for name, entry in node.items()}
