"""Messages to audiences, sent in stages."""

from shared.contracts.message import Command
from shared.contracts.topic import Topic

ASKED: tuple[type[Command], ...] = ()
TOPICS: tuple[Topic, ...] = ()
