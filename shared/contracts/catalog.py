"""The catalog: every topic there is, from which topics, access lists, schemas and documents are made."""

from collections.abc import Iterable
from functools import cache

from shared.contracts import (
    complaints,
    counts,
    declared,
    effects,
    evidence,
    facilities,
    feeds,
    infections,
    measures,
    notifications,
    partners,
    recruitment,
    residents,
    scores,
    signals,
)
from shared.contracts.message import Message
from shared.contracts.topic import Topic

TOPICS: tuple[Topic, ...] = (
    *feeds.TOPICS,
    *infections.TOPICS,
    *scores.TOPICS,
    *counts.TOPICS,
    *residents.TOPICS,
    *evidence.TOPICS,
    *recruitment.TOPICS,
    *measures.TOPICS,
    *facilities.TOPICS,
    *signals.TOPICS,
    *effects.TOPICS,
    *declared.TOPICS,
    *complaints.TOPICS,
    *notifications.TOPICS,
)
# What there is to document: the topics of partners are made from these patterns, one pair for each that is configured.
DOCUMENTED: tuple[Topic, ...] = (*TOPICS, *partners.PATTERNS)


def topics_with(partner_ids: Iterable[str]) -> tuple[Topic, ...]:
    """The topics of an installation with these partners."""
    return (*TOPICS, *(topic for partner in partner_ids for topic in partners.topics(partner)))


def topic_named(name: str) -> Topic:
    """The topic of that name, of the catalog or of a partner; raises KeyError."""
    return partners.topic_of(name) or by_name()[name]


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
    return {message.wire_type(): message for topic in DOCUMENTED for message in topic.messages}
