"""What the facts of one member add to the periods of their unit."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

Amounts = Mapping[str, int]
"""Component to whole amount: events, days, residents; predicted infections in millionths."""

MILLION = 1_000_000
"""Parts of one predicted infection."""


@dataclass(frozen=True, slots=True)
class Counted:
    """``amounts`` by period, a period as in ``periods``; ``wake`` is the first later day on which time alone changes
    them, None if none does."""

    amounts: Mapping[str, Amounts] = field(default_factory=dict)
    wake: dt.date | None = None
