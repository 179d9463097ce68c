"""Seats in cohorts and care teams of who closed, goes on in another or withdrew: given up, or passed on.

A decision about a participant cannot name the cohorts that it is in, so this follows it, by a worker.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from services.recruitment.domain.networks import belonging, joining, teams
from services.recruitment.domain.networks.kinds import COHORT, NETWORK, network_of
from services.recruitment.domain.networks.state import Phase, Spell
from services.recruitment.domain.networks.team_kind import CARE_TEAM, TeamPhase, TeamSpell
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import gone
from services.recruitment.domain.pipeline.kinds import ENGAGEMENT
from services.recruitment.domain.pipeline.stages import MEMBER
from services.recruitment.domain.pipeline.state import engagement_id
from shared.contracts.message import Event
from shared.contracts.recruitment.care_teams import CareTeamLeft, JoinCareTeam
from shared.contracts.recruitment.cohorts import CohortLeft, CohortRole, JoinCohort
from shared.contracts.recruitment.steps import Stage
from shared.records.deciding import Against, Asked, Decided, Held

# Who has a place in these gives it up when it is gone.
PLACES: Final = (COHORT.name, CARE_TEAM.name)


def keys(place: str, participant: str, into: str | None) -> Iterable[str]:
    """What is read and changed; ``place`` is the key of a cohort or care team, ``into`` who goes on instead."""
    kind, _, identifier = place.partition(":")
    for one in filter(None, (participant, into)):
        yield from belonging.keys(one)
        if kind == COHORT.name:
            yield from joining.place_keys(identifier, one)
        else:
            yield from teams.place_keys(identifier)


def given_up(
    place: str, participant: str, into: str | None, today: dt.date, held: Held, asked: Asked
) -> Sequence[Event]:
    """What follows for one place; nothing where the participant has it by right. ``today`` is over nowhere yet.

    The successor of a merger takes the place over where it could have joined by itself. A closing, merger or
    withdrawal counts from its day; who turned out never to have been recruited leaves on the day it joined.
    """
    spell = _spell(place, participant, held)
    if spell is None:
        return ()
    found = _gone(place, participant, spell.since, today, held)
    if found is None:
        return ()
    on, reason = max(found[0], spell.since), found[1]
    known = held.get(PARTICIPANT, participant)
    events = [_left(place, participant, on, reason, asked.actor)]
    if into is not None and known is not None and known.merged_into == into:
        events += _taken_over(place, into, on, spell, held, asked)
    return events


def _spell(place: str, participant: str, held: Held) -> Spell | TeamSpell | None:
    kind, _, identifier = place.partition(":")
    spells: Sequence[Spell | TeamSpell] = ()
    if kind == COHORT.name:
        cohort = held.get(COHORT, identifier)
        if cohort is not None and cohort.phase is Phase.RUNNING:
            spells = cohort.members.get(participant, ())
    else:
        team = held.get(CARE_TEAM, identifier)
        if team is not None and team.phase is not TeamPhase.ENDED:
            spells = team.members.get(participant, ())
    return spells[-1] if spells and spells[-1].until is None else None


def _gone(place: str, participant: str, since: dt.date, today: dt.date, held: Held) -> tuple[dt.date, str] | None:
    if ended := gone(held.get(PARTICIPANT, participant), today):
        return ended
    network = held.get(NETWORK, network_of(place.partition(":")[2]))
    if network is None or network.collaborative is None:
        return None
    engagement = held.get(ENGAGEMENT, engagement_id(participant, network.collaborative))
    if engagement is not None and engagement.stage in MEMBER:
        return None
    last = engagement.last() if engagement else None
    if last is not None and last.stage is Stage.WITHDRAWN:
        return last.since, f"It withdrew from {network.collaborative}."
    return since, f"It was not recruited into {network.collaborative}, as a correction showed."


def _left(place: str, participant: str, on: dt.date, reason: str, actor: str) -> Event:
    kind, _, identifier = place.partition(":")
    if kind == COHORT.name:
        return CohortLeft(cohort=identifier, participant=participant, left_on=on, reason=reason, actor=actor)
    network = network_of(identifier)
    return CareTeamLeft(
        team=identifier, network=network, participant=participant, left_on=on, reason=reason, actor=actor
    )


def _taken_over(
    place: str, into: str, on: dt.date, spell: Spell | TeamSpell, held: Held, asked: Asked
) -> Sequence[Event]:
    kind, _, identifier = place.partition(":")
    told = {"actor": asked.actor, "participant": into, "joined_on": on}
    decision: Decided | Against
    if kind == COHORT.name:
        role = spell.role if isinstance(spell, Spell) else CohortRole.TEAM
        decision = joining.join(JoinCohort(cohort=identifier, role=role, **told), held, asked)
    else:
        decision = teams.join(JoinCareTeam(team=identifier, **told), held, asked)
    return decision.events if isinstance(decision, Decided) else ()
