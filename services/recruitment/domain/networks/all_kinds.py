"""All kinds of record of learning networks, gathered from their parts."""

from typing import Any, Final

from services.recruitment.domain.networks import kinds
from services.recruitment.domain.networks.chronic_kind import PROGRAM
from services.recruitment.domain.networks.contributing import CONTRIBUTION
from services.recruitment.domain.networks.packages import CHANGE_PACKAGE
from services.recruitment.domain.networks.team_kind import CARE_TEAM
from shared.records.kinds import Kind

KINDS: Final[tuple[Kind[Any], ...]] = (*kinds.KINDS, CHANGE_PACKAGE, CONTRIBUTION, CARE_TEAM, PROGRAM)
