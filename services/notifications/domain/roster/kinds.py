"""All kinds of record of the roster. They follow events of others and are never published."""

from typing import Any, Final

from services.notifications.domain.circles import CIRCLE
from services.notifications.domain.roster.cases import CASE
from services.notifications.domain.roster.charts import CHART
from services.notifications.domain.roster.communities import COALITION, COMMUNITY
from services.notifications.domain.roster.dues import DUE
from services.notifications.domain.roster.effects import EFFECT
from services.notifications.domain.roster.facilities import ENGAGEMENT, FACILITY
from services.notifications.domain.roster.program import CONTRACT, NETWORK, NETWORKS
from services.notifications.domain.roster.results import RESULT
from shared.records.kinds import Kind

# Kept, each from the events of one topic alone: so it does not matter in which order topics are read.
KEPT: Final[tuple[Kind[Any], ...]] = (
    FACILITY, ENGAGEMENT, COMMUNITY, COALITION, CONTRACT, NETWORK, CASE, DUE, RESULT, CHART, EFFECT,
)  # fmt: skip
# Loaded from records.
VIEWED: Final[tuple[Kind[Any], ...]] = (CIRCLE, NETWORKS)

KINDS: Final = (*KEPT, *VIEWED)
