"""What recruitment is asked and what it says: the program, its people, participants, pipelines and communities."""

from shared.contracts.commands import command_topics
from shared.contracts.recruitment import (
    action_periods,
    alignment,
    care_teams,
    change_packages,
    chronic_care,
    coalitions,
    cohorts,
    communities,
    contributions,
    funding,
    interest,
    interventions,
    invitations,
    learning_networks,
    mentoring,
    organising,
    participants,
    people,
    pipeline,
    pledges,
    program,
    sessions,
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
    learning_networks,
    cohorts,
    change_packages,
    contributions,
    care_teams,
    chronic_care,
    sessions,
    action_periods,
)

COMMANDS, REPLIES = command_topics("recruitment", tuple(command for area in _AREAS for command in area.ASKED))
TOPICS = (COMMANDS, REPLIES, *(topic for area in _AREAS for topic in area.TOPICS))
