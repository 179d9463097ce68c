"""The table of notice rules: all rows, gathered from the parts they belong to."""

from typing import Final

from services.notifications.domain.engagement import rows as engagement_rows
from services.notifications.domain.rules import chart_rows, desk_rows, network_rows
from services.notifications.domain.rules.firing import Table
from services.notifications.domain.rules.row import NoticeRule

# Not here: what recruitment and complaints request themselves (welcome, invitations, letters of cases), and
# CoalitionGoalReached, which says once more what GoalReached says.
ROWS: Final[tuple[NoticeRule, ...]] = (*network_rows.ROWS, *chart_rows.ROWS, *desk_rows.ROWS, *engagement_rows.ROWS)
TABLE: Final = Table.of(ROWS)
