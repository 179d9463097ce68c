"""Keeps a link from being clicked without end; says nothing about whether it is a link of ours."""

import datetime as dt
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

_CLICKS: Final = 10
_WINDOW: Final = dt.timedelta(minutes=1)
_REMEMBERED: Final = 10_000


class Throttle:
    """At most ten clicks of a token in a minute, in this process; the oldest of 10,000 tokens is forgotten first.

    By token and not by where it comes from: a mail provider clicks for all its users from a few addresses.
    """

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self._clock = clock
        self._seen: OrderedDict[bytes, tuple[dt.datetime, int]] = OrderedDict()

    def admits(self, token: str) -> bool:
        """Count a click of this token, and say whether it may be carried out."""
        now, digest = self._clock(), hashlib.sha256(token.encode("utf-8", "replace")).digest()
        since, clicks = self._seen.pop(digest, (now, 0))
        if now - since >= _WINDOW:
            since, clicks = now, 0
        self._seen[digest] = (since, clicks + 1)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return clicks < _CLICKS
