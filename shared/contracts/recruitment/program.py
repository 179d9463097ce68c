"""The program's structure: statements of work, contracts and their changes, deliverables."""

from shared.contracts.message import Command
from shared.contracts.topic import Topic

ASKED: tuple[type[Command], ...] = ()
TOPICS: tuple[Topic, ...] = ()
