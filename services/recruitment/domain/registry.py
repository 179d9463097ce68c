"""All kinds of record and all rules of recruitment, gathered from its parts."""

from collections.abc import Mapping
from typing import Final

import services.recruitment.domain.assistance.all_kinds as assistance_kinds
import services.recruitment.domain.assistance.rules as assistance_rules
import services.recruitment.domain.campaign.all_kinds as campaign_kinds
import services.recruitment.domain.campaign.rules as campaign_rules
import services.recruitment.domain.coalitions.kinds as coalition_kinds
import services.recruitment.domain.coalitions.rules as coalition_rules
import services.recruitment.domain.communities.kinds as community_kinds
import services.recruitment.domain.communities.rules as community_rules
import services.recruitment.domain.interest.kinds as interest_kinds
import services.recruitment.domain.interest.rules as interest_rules
import services.recruitment.domain.interventions.kinds as intervention_kinds
import services.recruitment.domain.interventions.rules as intervention_rules
import services.recruitment.domain.networks.all_kinds as network_kinds
import services.recruitment.domain.networks.rules as network_rules
import services.recruitment.domain.participants.kinds as participant_kinds
import services.recruitment.domain.participants.rules as participant_rules
import services.recruitment.domain.peers.kinds as peer_kinds
import services.recruitment.domain.peers.rules as peer_rules
import services.recruitment.domain.people.kinds as people_kinds
import services.recruitment.domain.people.rules as people_rules
import services.recruitment.domain.pipeline.kinds as pipeline_kinds
import services.recruitment.domain.pipeline.rules as pipeline_rules
import services.recruitment.domain.practices.kinds as practice_kinds
import services.recruitment.domain.practices.rules as practice_rules
import services.recruitment.domain.program.kinds as program_kinds
import services.recruitment.domain.program.rules as program_rules
import services.recruitment.domain.sessions.kinds as session_kinds
import services.recruitment.domain.sessions.rules as session_rules
import services.recruitment.domain.targets.kinds as target_kinds
import services.recruitment.domain.targets.rules as target_rules
from services.recruitment.domain.coalitions.declared import DECLARED_MEASURE
from services.recruitment.domain.earliest import bounded
from shared.records.deciding import AnyRule
from shared.records.kinds import Kinds

KINDS: Final = Kinds(
    (
        *program_kinds.KINDS,
        *people_kinds.KINDS,
        *participant_kinds.KINDS,
        *pipeline_kinds.KINDS,
        *interest_kinds.KINDS,
        *target_kinds.KINDS,
        *community_kinds.KINDS,
        *coalition_kinds.KINDS,
        DECLARED_MEASURE,
        *intervention_kinds.KINDS,
        *network_kinds.KINDS,
        *session_kinds.KINDS,
        *campaign_kinds.KINDS,
        *assistance_kinds.KINDS,
        *peer_kinds.KINDS,
        *practice_kinds.KINDS,
    )
)


def rules(zips: Mapping[str, str]) -> tuple[AnyRule, ...]:
    """Every rule; ``zips`` are the ZIP codes there are, each with the postal code of its state."""
    return tuple(
        bounded(rule)
        for rule in (
            *program_rules.RULES,
            *people_rules.RULES,
            *participant_rules.rules(zips),
            *pipeline_rules.RULES,
            *interest_rules.rules(zips),
            *target_rules.RULES,
            *community_rules.rules(zips.keys()),
            *coalition_rules.rules(zips),
            *intervention_rules.RULES,
            *network_rules.RULES,
            *session_rules.RULES,
            *campaign_rules.RULES,
            *assistance_rules.RULES,
            *peer_rules.RULES,
            *practice_rules.RULES,
        )
    )
