"""What recruitment is asked and what it says: the program, its people, participants, pipelines and communities."""

from shared.contracts.commands import command_topics
from shared.contracts.recruitment import (
    coalitions,
    communities,
    interest,
    interventions,
    invitations,
    participants,
    people,
    pipeline,
    program,
    targeting,
)

_AREAS = (
    program,
    people,
    participants,
    pipeline,
    invitations,
    interest,
    targeting,
    communities,
    coalitions,
    interventions,
)

COMMANDS, REPLIES = command_topics("recruitment", tuple(command for area in _AREAS for command in area.ASKED))
TOPICS = (COMMANDS, REPLIES, *(topic for area in _AREAS for topic in area.TOPICS))
