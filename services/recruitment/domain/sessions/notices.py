"""The requests for notices about sessions and assignments."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from services.recruitment.domain.sessions.period_kind import ActionPeriod
from services.recruitment.domain.sessions.state import Session
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.contracts.recruitment.action_periods import When
from shared.contracts.recruitment.ids import Setting
from shared.messaging.handling import Emit
from shared.program.states import STATES

# Our own promise; no rule sets a time.
WITHIN: Final = dt.timedelta(days=3)
_ONLINE: Final = "Online"


@dataclass(frozen=True, slots=True)
class Known:
    """What a notice needs of a participant; ``gone_on``: the first day it is closed or goes on in another."""

    name: str
    state: str
    setting: Setting
    gone_on: dt.date | None = None


def invitation(session: Session, participant: str, known: Known, now: dt.datetime) -> Emit:
    """The invitation to a session as it is planned now; a later revision takes its place in calendars."""
    facts = {
        **_facts(session, session.revision),
        "agenda": "\n".join(session.agenda),
        "join_url": session.join_url or "",
    }
    return _about_session(
        "SESSION_INVITATION", session, f"invitation/{session.revision}", participant, known, facts, now
    )


def reminder(session: Session, days: int, participant: str, known: Known, now: dt.datetime) -> Emit:
    """The reminder some days before a session."""
    facts = {**_facts(session, session.revision), "join_url": session.join_url or ""}
    cause = f"reminder/{session.revision}/{days}"
    return _about_session("SESSION_REMINDER", session, cause, participant, known, facts, now)


def moved(session: Session, participant: str, known: Known, now: dt.datetime) -> Emit:
    """That a session is not when they were told; the invitation that follows brings calendars up to date."""
    assert session.invited_for is not None, "who is told that it moved was told a time"
    facts = {**_facts(session, None), "starts_at": _utc(session.invited_for), "new_starts_at": _utc(session.starts_at)}
    cause = f"moved/{session.revision}"
    return _about_session("SESSION_CANCELLED", session, cause, participant, known, _because(facts, session), now)


def cancellation(session: Session, participant: str, known: Known, now: dt.datetime) -> Emit:
    """That a session is cancelled, at the time they were told."""
    assert session.invited_for is not None, "who is told of a cancellation was told a time"
    ends_at = session.invited_for + (session.ends_at - session.starts_at)
    facts = {
        **_facts(session, session.revision),
        "starts_at": _utc(session.invited_for),
        "ends_at": _utc(ends_at),
    }
    return _about_session("SESSION_CANCELLED", session, "cancelled", participant, known, _because(facts, session), now)


def assignment(period: ActionPeriod, number: int, when: When, participant: str, known: Known, now: dt.datetime) -> Emit:
    """The reminder of an assignment that a participant has not reported."""
    task = period.assignments[number - 1]
    facts = {
        "qio_name": period.office,
        "qio_phone": period.phone,
        "period_name": period.name,
        "assignment_title": task.title,
        "to_report": task.report,
        "due_on": task.due_on.isoformat(),
    }
    cause = f"{period.id}/{number}/{task.due_on}/{when}/{participant}"
    return _request("ASSIGNMENT_DUE", uuid5(NAMESPACE_URL, cause), participant, known, facts, now + WITHIN, "UTC")


def _facts(session: Session, revision: int | None) -> dict[str, str]:
    facts = {
        "qio_name": session.office,
        "qio_phone": session.phone,
        "session_title": session.title,
        "starts_at": _utc(session.starts_at),
        "ends_at": _utc(session.ends_at),
        "place": session.place or _ONLINE,
    }
    return facts if revision is None else {**facts, "calendar": f"{session.calendar_id}:{revision}"}


def _because(facts: dict[str, str], session: Session) -> dict[str, str]:
    return {**facts, "reason": session.reason or ""}


def _about_session(
    notice_type: str,
    session: Session,
    cause: str,
    participant: str,
    known: Known,
    facts: dict[str, str],
    now: dt.datetime,
) -> Emit:
    notice_id = uuid5(session.calendar_id, f"{cause}/{participant}")
    due_at = min(now + WITHIN, max(session.starts_at, now))
    return _request(notice_type, notice_id, participant, known, facts, due_at, session.zone)


def _request(
    notice_type: str,
    notice_id: UUID,
    participant: str,
    known: Known,
    facts: dict[str, str],
    due_at: dt.datetime,
    zone: str,
) -> Emit:
    state = STATES.get(known.state)
    event = NoticeRequested(
        notice_id=notice_id,
        notice_type=notice_type,
        subject=participant,
        recipient=Recipient(
            role="family" if known.setting is Setting.BENEFICIARY_OR_FAMILY else "facility",
            name=known.name,
            time_zone=state.zone if state else zone,
        ),
        facts={name: value for name, value in facts.items() if value},
        due_at=due_at,
    )
    return Emit(REQUESTS.name, str(notice_id), event)


def _utc(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
