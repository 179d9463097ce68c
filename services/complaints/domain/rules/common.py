"""Words and dates the rules of several areas share."""

import datetime as dt

from services.complaints.domain.rule import Ask, When

# Parts 405, 422, 476, 478, 480, 489 and 1004 hold longer than the cases here: nothing is asserted for days before.
SINCE = dt.date(2009, 1, 1)


def given(fact: str) -> When:
    """The fact is known."""
    return When(Ask.GIVEN, fact)


def not_given(fact: str) -> When:
    """The fact is not known (yet)."""
    return When(Ask.NOT_GIVEN, fact)


def is_so(circumstance: str) -> When:
    """The circumstance holds."""
    return When(Ask.IS, circumstance)


def is_not(circumstance: str) -> When:
    """The circumstance does not hold."""
    return When(Ask.IS_NOT, circumstance)


def in_time(rule: str) -> When:
    """What the rule asks for was done in time."""
    return When(Ask.IN_TIME, rule)


def late(rule: str) -> When:
    """What the rule asks for was done too late."""
    return When(Ask.LATE, rule)


def not_late(rule: str) -> When:
    """What the rule asks for was not done too late."""
    return When(Ask.NOT_LATE, rule)


def unmet(rule: str) -> When:
    """What the rule asks for was not done in time, or not yet."""
    return When(Ask.UNMET, rule)
