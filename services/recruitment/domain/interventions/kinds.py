"""The kinds of record of what coalitions do."""

from typing import Any, Final

from services.recruitment.domain.interventions import alignment_kinds, organising_kinds
from services.recruitment.domain.interventions.funding_kind import FUNDING
from services.recruitment.domain.interventions.intervention_kind import INTERVENTION
from services.recruitment.domain.interventions.mentoring_kind import MENTORING
from services.recruitment.domain.interventions.pledges import PLEDGE
from shared.records.kinds import Kind

KINDS: Final[tuple[Kind[Any], ...]] = (
    INTERVENTION,
    PLEDGE,
    MENTORING,
    *organising_kinds.KINDS,
    FUNDING,
    *alignment_kinds.KINDS,
)
