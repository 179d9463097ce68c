"""The catalog: every topic there is, from which topics, access lists, schemas and documents are made."""

from functools import cache

from shared.contracts import complaints, feeds, measures, notifications, recruitment
from shared.contracts.message import Message
from shared.contracts.topic import Topic

TOPICS: tuple[Topic, ...] = (
    *feeds.TOPICS,
    *recruitment.TOPICS,
    *measures.TOPICS,
    *complaints.TOPICS,
    *notifications.TOPICS,
)


@cache
def by_name() -> dict[str, Topic]:
    """Topics by name; raises ValueError when two rows claim one name."""
    found: dict[str, Topic] = {}
    for topic in TOPICS:
        if topic.name in found:
            raise ValueError(f"topic {topic.name} is in the catalog twice")
        found[topic.name] = topic
    return found


@cache
def message_types() -> dict[str, type[Message]]:
    """Every message by its wire type."""
    return {message.wire_type(): message for topic in TOPICS for message in topic.messages}
