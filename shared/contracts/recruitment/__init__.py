"""What recruitment is asked and what it says: the program, its people, participants, pipelines and communities."""

from shared.contracts.commands import command_topics
from shared.contracts.recruitment import (
    alignment,
    coalitions,
    communities,
    funding,
    interest,
    interventions,
    invitations,
    mentoring,
    organising,
    participants,
    people,
    pipeline,
    pledges,
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
    pledges,
    mentoring,
    organising,
    funding,
    alignment,
)

COMMANDS, REPLIES = command_topics("recruitment", tuple(command for area in _AREAS for command in area.ASKED))
TOPICS = (COMMANDS, REPLIES, *(topic for area in _AREAS for topic in area.TOPICS))
