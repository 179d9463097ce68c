"""Rows of the QIO's own desk: deadlines of cases, and notices of ours that did not leave in time.

What is said of a case is its opaque id, the clock and its time: nothing of who or what it is about (42 CFR 480.101).
"""

import datetime as dt
from typing import Final

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.rules import recipients
from services.notifications.domain.rules.row import HOUR, Condition, NoticeRule
from shared.contracts.complaints import DeadlineApproaching, DeadlineMissed, Obligor
from shared.contracts.notifications.notices import NoticeOverdue
from shared.records.deciding import Held

_DAY: Final = dt.timedelta(days=1)
_WEEK: Final = dt.timedelta(days=7)
# At half of the time nobody need do anything yet.
_LATE: Final = 75


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


def _is_legal(event: NoticeOverdue) -> bool:
    """Of what no rule wants nobody is alarmed, so an alarm that is late itself makes no other."""
    kind = CATALOGUE.get(event.notice_type)
    return kind is None or kind.category is Category.LEGAL


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
)
