"""Partners who get the facts of public topics by HTTP."""

from shared.contracts.message import Command
from shared.contracts.topic import Topic

ASKED: tuple[type[Command], ...] = ()
TOPICS: tuple[Topic, ...] = ()
