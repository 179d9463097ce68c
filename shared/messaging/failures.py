"""Tells the two kinds of failure apart: what never works and what might work when tried again."""

from typing import Final

import asyncpg

from shared.messaging.breaker import Tripped
from shared.messaging.handling import Reject
from shared.messaging.inbox import Fenced

# What asyncpg says of a lost connection; the last when it was lost just as a statement was to be sent.
DATABASE: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
# The database refuses the content itself: a value out of range, a constraint, text it cannot hold.
_CONTENT: Final = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError)


def is_content(error: Exception) -> bool:
    """True where repeating the same message must fail again, so that it may be set aside.

    Everything the database or the network says besides its view of the content might pass: deadlock, lost
    connection, full disk, an unknown error. A handler's own exception is content: handlers are pure.
    """
    if isinstance(error, _CONTENT):
        return True
    passing = (*DATABASE, OSError, TimeoutError, Fenced, Tripped)
    return not isinstance(error, passing)


def reason_of(error: Exception) -> tuple[str, tuple[str, ...]]:
    """The dead letter's reason code and paths; never any text of the exception, which may hold values."""
    if isinstance(error, Reject):
        return error.code, error.paths
    if isinstance(error, asyncpg.PostgresError):
        return "database", (f"sqlstate {error.sqlstate}",)
    return "handler", (type(error).__name__,)
