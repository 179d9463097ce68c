"""Mailing lists that people join twice (they ask, then confirm) and leave with one click."""

from shared.contracts.message import Command
from shared.contracts.topic import Topic

ASKED: tuple[type[Command], ...] = ()
TOPICS: tuple[Topic, ...] = ()
