"""The clock at a desk: what the worker of reminders tells, without its database."""

import datetime as dt
from collections.abc import Mapping

from services.recruitment.domain.networks.kinds import COHORT
from services.recruitment.domain.sessions.notices import Known
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.telling import Telling, remind, tell
from shared.contracts.notifications import NoticeRequested
from shared.messaging.handling import Emit
from tests.recruitment.desk import Desk
from tests.recruitment.sessions.cast import KNOWN


def at_hour(desk: Desk, name: str, now: dt.datetime, known: Mapping[str, Known] = KNOWN) -> list[NoticeRequested]:
    """Let the clock look at a session or action period once; what it has sent."""
    if SESSION.key(name) in desk.records:
        session = desk.held(SESSION, name)
        told = tell(session, [desk.held(COHORT, one) for one in session.cohorts], known, now)
    else:
        period = desk.held(ACTION_PERIOD, name)
        told = remind(period, desk.held(COHORT, period.cohort), known, now)
    return _happened(desk, told)


def _happened(desk: Desk, told: Telling) -> list[NoticeRequested]:
    desk.has(*told.events)
    for event in told.events:
        kind = desk.kinds.events[type(event)]
        assert kind.topic is not None
        desk.said.append(Emit(kind.topic, kind.id_of(event), event))
    desk.said += told.notices
    sent = [emit.event for emit in told.notices]
    assert all(isinstance(one, NoticeRequested) for one in sent)
    return [one for one in sent if isinstance(one, NoticeRequested)]


def brief(sent: list[NoticeRequested]) -> list[tuple[str, str]]:
    """Type and subject of notices, in their order."""
    return [(one.notice_type, one.subject) for one in sent]
