"""The desk of notifications in memory: its real rules over real records, without a database."""

import datetime as dt

from services.notifications.domain.registry import KINDS, rules
from tests.records.desk import RecordDesk

NOW = dt.datetime(2015, 3, 6, 16, 30, tzinfo=dt.UTC)
ZIPS = {"02139": "MA", "02140": "MA", "10001": "NY"}


class Desk(RecordDesk):
    """Decides commands of notifications one after another; ``now`` (UTC) may be moved between them."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        super().__init__(KINDS, rules(ZIPS), now)
