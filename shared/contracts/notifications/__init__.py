"""What notifications is asked and what it says: requests for notices, contacts, lists, campaigns, partners, voices."""

from shared.contracts.commands import command_topics
from shared.contracts.notifications import campaigns, contacts, engagement, gateways, lists, notices, requests, webhooks
from shared.contracts.notifications.notices import NOTICES, NoticeDelivered, NoticeFailed, NoticeQueued
from shared.contracts.notifications.requests import REQUESTS, NoticeRequested, Recipient, Role

__all__ = [
    "COMMANDS",
    "NOTICES",
    "REPLIES",
    "REQUESTS",
    "TOPICS",
    "NoticeDelivered",
    "NoticeFailed",
    "NoticeQueued",
    "NoticeRequested",
    "Recipient",
    "Role",
]

_AREAS = (notices, contacts, lists, campaigns, webhooks, engagement)

COMMANDS, REPLIES = command_topics("notifications", tuple(command for area in _AREAS for command in area.ASKED))
TOPICS = (COMMANDS, REPLIES, *requests.TOPICS, *gateways.TOPICS, *(topic for area in _AREAS for topic in area.TOPICS))
