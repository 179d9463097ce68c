"""The only place that reads the wall clock."""

import datetime as dt


def utc_now() -> dt.datetime:
    """Now, with its zone."""
    return dt.datetime.now(dt.UTC)
