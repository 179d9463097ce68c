"""The voice of patients and families: stories, surveys, decision aids, feedback."""

from shared.contracts.message import Command
from shared.contracts.topic import Topic

ASKED: tuple[type[Command], ...] = ()
TOPICS: tuple[Topic, ...] = ()
