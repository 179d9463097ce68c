"""All kinds of record of the campaign, gathered from its parts."""

from typing import Any, Final

from services.recruitment.domain.campaign.account_kind import ACCOUNT_REQUEST
from services.recruitment.domain.campaign.lane_kind import LANE
from services.recruitment.domain.campaign.material_kind import ACTIVITY, MATERIAL
from services.recruitment.domain.campaign.registration_kind import REGISTRATION
from shared.records.kinds import Kind

KINDS: Final[tuple[Kind[Any], ...]] = (REGISTRATION, LANE, MATERIAL, ACTIVITY, ACCOUNT_REQUEST)
