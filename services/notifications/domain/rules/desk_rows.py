"""Rows of the QIO's own desk: deadlines of cases, and notices of ours that left late, or by no way at all.

What is said of a case is its opaque id, the clock and its time: nothing of who or what it is about (42 CFR 480.101).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.rules import recipients
from services.notifications.domain.rules.row import DAY, HOUR, Condition, NoticeRule
from shared.contracts.complaints import DeadlineApproaching, DeadlineMissed, Obligor
from shared.contracts.notifications.notices import NoticeFailed, NoticeOverdue
from shared.records.deciding import Held

_DAY: Final = dt.timedelta(days=1)
_WEEK: Final = dt.timedelta(days=7)
# At half of the time nobody need do anything yet.
_LATE: Final = 75
# What tells of a notice in trouble. When it is in trouble itself nothing more is told: that would never end.
ALARMS: Final = frozenset({"NOTICE_OVERDUE", "NOTICE_FAILED"})


def _deadline(event: DeadlineApproaching | DeadlineMissed, held: Held) -> dict[str, str]:
    del held
    facts = {
        "case_id": str(event.case_id),
        "rule_id": event.rule_id,
        "citation": event.citation,
        "owed_by": event.obligor,
        "due_at": event.due_at.isoformat(),
    }
    return facts | ({"percent": str(event.percent)} if isinstance(event, DeadlineApproaching) else {})


def _overdue(event: NoticeOverdue, held: Held) -> dict[str, str]:
    del held
    return {
        "notice_id": str(event.notice_id),
        "notice_type": event.notice_type,
        "recipient_role": event.recipient_role,
        "due_at": event.due_at.isoformat(),
        "about": event.subject,
        "channel": event.channel,
    }


def _failed(event: NoticeFailed, held: Held) -> dict[str, str]:
    del held
    return {
        "notice_id": str(event.notice_id),
        "notice_type": event.notice_type,
        "recipient_role": event.recipient_role,
        "channel": event.channel,
        "reason": event.reason,
        "about": event.subject,
    }


def _failed_legal(event: NoticeFailed) -> bool:
    return event.notice_type not in ALARMS and _is_legal(event)


def _failed_other(event: NoticeFailed) -> bool:
    return event.notice_type not in ALARMS and not _is_legal(event)


def _each_failure(event: NoticeFailed) -> str:
    """What staff tried again and failed again is told again."""
    return f"failed|{event.notice_id}|{event.failed_at and event.failed_at.isoformat()}"


def _failures_of_a_day(event: NoticeFailed) -> str:
    """When the addresses of a campaign fail, staff need not hear of each."""
    return f"failed|{event.subject}|{event.notice_type}|{event.failed_at and event.failed_at.date()}"


def _is_legal(event: NoticeOverdue | NoticeFailed) -> bool:
    """Of what no rule wants and is late nobody is alarmed, so an alarm that is late itself makes no other."""
    kind = CATALOGUE.get(event.notice_type)
    return kind is None or kind.category is Category.LEGAL


_FAILED: Final[Mapping[str, Any]] = {
    "notice": "NOTICE_FAILED",
    "to": (recipients.STAFF_OF_NOTICE,),
    "facts": _failed,
    "subject": lambda event: event.subject,
    "stale_after": _WEEK,
}

ROWS: Final = (
    NoticeRule(
        event=DeadlineApproaching,
        when=Condition(
            "the QIO owes it, and 75 or 90 % of the time is used up",
            lambda event: event.obligor is Obligor.QIO and event.percent >= _LATE,
        ),
        notice="DEADLINE_APPROACHING",
        to=(recipients.SUPERVISORS_OF_CASE,),
        facts=_deadline,
        subject=lambda event: str(event.case_id),
        once_per=lambda event: f"approaching|{event.deadline_id}|{event.due_at.isoformat()}|{event.percent}",
        term=HOUR,
        stale_after=_DAY,
    ),
    NoticeRule(
        event=DeadlineMissed,
        when=Condition("the QIO owed it", lambda event: event.obligor is Obligor.QIO),
        notice="DEADLINE_MISSED",
        to=(recipients.SUPERVISORS_OF_CASE,),
        facts=_deadline,
        subject=lambda event: str(event.case_id),
        once_per=lambda event: f"missed|{event.deadline_id}|{event.due_at.isoformat()}",
        term=HOUR,
        stale_after=_WEEK,
    ),
    NoticeRule(
        event=NoticeOverdue,
        when=Condition("a rule wants the notice", _is_legal),
        notice="NOTICE_OVERDUE",
        to=(recipients.SUPERVISORS_OF_NOTICE,),
        facts=_overdue,
        subject=lambda event: event.subject,
        once_per=lambda event: f"overdue|{event.notice_id}",
        term=HOUR,
        stale_after=_WEEK,
    ),
    NoticeRule(
        event=NoticeFailed,
        when=Condition("a rule wants the notice", _failed_legal),
        once_per=_each_failure,
        term=HOUR,
        **_FAILED,
    ),
    NoticeRule(
        event=NoticeFailed,
        when=Condition("no rule wants it; once a day of each type and subject", _failed_other),
        once_per=_failures_of_a_day,
        term=DAY,
        **_FAILED,
    ),
)
