"""What coalitions do: interventions, pledges, mentoring, organising, funding, alignment."""

from shared.contracts.message import Command
from shared.contracts.topic import Topic

ASKED: tuple[type[Command], ...] = ()
TOPICS: tuple[Topic, ...] = ()
