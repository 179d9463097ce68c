"""The kinds of record of sessions and action periods."""

from typing import Any, Final

from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.records.kinds import Kind

KINDS: Final[tuple[Kind[Any], ...]] = (SESSION, ACTION_PERIOD)
