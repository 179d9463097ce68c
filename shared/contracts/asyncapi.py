"""The AsyncAPI 3.0 document and the JSON Schemas, made from the catalog."""

from typing import Any

from shared.contracts.catalog import TOPICS
from shared.contracts.message import Message
from shared.contracts.topic import Topic

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ABOUT = (
    "Events of the Quality Improvement Organization platform, delivered at least once: drop repetitions by ce_id. "
    "Redisclosure is limited by 42 CFR 480.107."
)
_HEADERS: dict[str, Any] = {
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


def schema(message: type[Message]) -> dict[str, Any]:
    """The JSON Schema of a message as it is written."""
    body = message.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"qio:schemas/{message.wire_type()}.json",
        **body,
    }


def document(service: str | None = None) -> dict[str, Any]:
    """The whole catalog, or what one service sends and receives, as AsyncAPI 3.0."""
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for topic in TOPICS:
        directions = _directions(topic, service)
        if not directions:
            continue
        channels[topic.name] = _channel(topic)
        for action in directions:
            operations[f"{action}.{topic.name}"] = {
                "action": action,
                "channel": {"$ref": f"#/channels/{topic.name}"},
                "summary": topic.summary,
            }
        for message in topic.messages:
            messages[message.wire_type()] = _message(message)
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
        "components": {"messages": messages},
    }


def _directions(topic: Topic, service: str | None) -> list[str]:
    if service is None:
        return ["send"]
    directions = []
    if service in topic.writers or (topic.owner == service and not topic.name.endswith(".commands.v1")):
        directions.append("send" if service in topic.writers else "receive")
    if service in topic.readers and "receive" not in directions:
        directions.append("receive")
    return directions


def _channel(topic: Topic) -> dict[str, Any]:
    promise = f"Key: {topic.key}. Sequence gaps: {topic.gaps}. Class: {topic.confidentiality}."
    return {
        "address": topic.name,
        "description": f"{topic.summary} {promise}",
        "messages": {
            message.__name__: {"$ref": f"#/components/messages/{message.wire_type()}"} for message in topic.messages
        },
        "bindings": {"kafka": {"topic": topic.name, "partitions": topic.partitions, "bindingVersion": "0.5.0"}},
    }


def _message(message: type[Message]) -> dict[str, Any]:
    summary = (message.__doc__ or "").strip().splitlines()[0]
    body = message.model_json_schema(
        mode="serialization", ref_template=f"#/components/messages/{message.wire_type()}/payload/$defs/{{model}}"
    )
    return {
        "name": message.wire_type(),
        "title": message.__name__,
        "summary": summary,
        "contentType": "application/json",
        "headers": _HEADERS,
        "payload": body,
    }
