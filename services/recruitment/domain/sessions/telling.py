"""What the clock has told of sessions and assignments: invitations, moves, cancellations, reminders, each once."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.recruitment.domain.communities.days import today_anywhere, today_everywhere
from services.recruitment.domain.networks.state import Cohort
from services.recruitment.domain.sessions import notices
from services.recruitment.domain.sessions.machine import Phase
from services.recruitment.domain.sessions.notices import Known
from services.recruitment.domain.sessions.period_kind import LATE, ActionPeriod
from services.recruitment.domain.sessions.reporting import owing
from services.recruitment.domain.sessions.state import REMIND_DAYS, Session
from shared.contracts.message import Event
from shared.contracts.recruitment.action_periods import AssignmentReminded, When
from shared.contracts.recruitment.session_terms import Told
from shared.contracts.recruitment.sessions import SessionTold
from shared.messaging.handling import Emit

ACTOR: Final = "clock"
Directory = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Telling:
    """What is settled with it, and the notices that are requested."""

    events: tuple[Event, ...] = ()
    notices: tuple[Emit, ...] = ()


def tell(session: Session, cohorts: Sequence[Cohort], directory: Directory, now: dt.datetime) -> Telling:
    """The next that is to be told of a session at ``now`` (UTC); nothing where nothing is due and nobody came later.

    ``cohorts`` are those it invites. Whoever is not in the ``directory`` cannot be written to. What comes too late is
    settled without a notice.
    """
    if session.tell_next is None or session.tell_next > now:
        return _came_later(session, cohorts, directory, now)
    if session.phase is Phase.CANCELLED:
        return _cancelled(session, cohorts, directory, now)
    if session.invited != session.revision and (session.phase is Phase.OPEN or session.invited is not None):
        return _invited(session, cohorts, directory, now)
    return _reminded(session, cohorts, directory, now)


def _cancelled(session: Session, cohorts: Sequence[Cohort], directory: Directory, now: dt.datetime) -> Telling:
    late = session.invited_for is None or session.invited_for <= now
    whom = () if late else _audience(session, cohorts, directory)
    found = tuple(notices.cancellation(session, one, directory[one], now) for one in whom)
    return _settled(session, Told.CANCELLATION, found, len(found))


def _came_later(session: Session, cohorts: Sequence[Cohort], directory: Directory, now: dt.datetime) -> Telling:
    """The invitation of those who came into a cohort after the others were invited."""
    if session.phase is not Phase.OPEN or session.invited != session.revision or session.starts_at <= now:
        return Telling()
    found = set(_reachable(_present(session, cohorts), session.day, directory))
    whom = sorted(found.difference(session.invited_whom))
    sent = [notices.invitation(session, one, directory[one], now) for one in whom]
    return _settled(session, Told.INVITATION, sent, len(whom), invited=whom) if whom else Telling()


def _invited(session: Session, cohorts: Sequence[Cohort], directory: Directory, now: dt.datetime) -> Telling:
    whom = _audience(session, cohorts, directory) if session.starts_at > now else []
    found = [notices.invitation(session, one, directory[one], now) for one in whom]
    if session.invited_for not in (None, session.starts_at):
        found = [*(notices.moved(session, one, directory[one], now) for one in whom), *found]
    # An invitation so near to the session that a reminder would be due is that reminder.
    return _settled(session, Told.INVITATION, found, len(whom), _due(session, now), whom)


def _reminded(session: Session, cohorts: Sequence[Cohort], directory: Directory, now: dt.datetime) -> Telling:
    days = _due(session, now)
    late = session.starts_at <= now
    left = {one for one in session.registrations if _has_left(one, session, cohorts)}
    whom = () if late else sorted(_reachable(session.seated() - left, session.day, directory))
    found = tuple(notices.reminder(session, min(days), one, directory[one], now) for one in whom)
    return _settled(session, Told.REMINDER, found, len(found), days)


def _settled(
    session: Session,
    what: Told,
    found: Sequence[Emit],
    recipients: int,
    days: tuple[int, ...] = (),
    invited: Sequence[str] = (),
) -> Telling:
    event = SessionTold(
        session=session.id,
        actor=ACTOR,
        what=what,
        revision=session.revision,
        days=days,
        invited=tuple(invited),
        recipients=recipients,
    )
    return Telling((event,), tuple(found))


def _due(session: Session, now: dt.datetime) -> tuple[int, ...]:
    return tuple(
        one for one in REMIND_DAYS if one not in session.reminded and session.starts_at - dt.timedelta(days=one) <= now
    )


def _audience(session: Session, cohorts: Sequence[Cohort], directory: Directory) -> list[str]:
    """Everybody in an invited cohort on the session's day, and guests who registered."""
    guests = {one for one in session.registrations if not _has_left(one, session, cohorts)}
    return sorted(_reachable(_present(session, cohorts) | guests, session.day, directory))


def _present(session: Session, cohorts: Sequence[Cohort]) -> set[str]:
    return {one for cohort in cohorts for one in cohort.present(session.day)}


def _has_left(participant: str, session: Session, cohorts: Iterable[Cohort]) -> bool:
    held = [one for one in cohorts if participant in one.members]
    return bool(held) and all(one.role_of(participant, session.day) is None for one in held)


def _reachable(participants: Iterable[str], day: dt.date, directory: Directory) -> Iterator[str]:
    for one in participants:
        known = directory.get(one)
        if known is not None and (known.gone_on is None or known.gone_on > day):
            yield one


def remind(period: ActionPeriod, cohort: Cohort, directory: Directory, now: dt.datetime) -> Telling:
    """The reminders of assignments that are due at ``now`` (UTC), to those in the cohort who have not reported.

    A reminder before the due day is left out once that day is over, one after it when it is long past.
    """
    if period.remind_next is None:
        return Telling()
    today = today_anywhere(now)
    events: list[Event] = []
    found: list[Emit] = []
    for number, task in enumerate(period.assignments, start=1):
        for when, day in task.reminders():
            if day > today:
                continue
            last = task.due_on if when is When.BEFORE else task.due_on + LATE
            owed = owing(task, cohort.present(today)) if today_everywhere(now) <= last else ()
            whom = list(_reachable(owed, today, directory))
            found += (notices.assignment(period, number, when, one, directory[one], now) for one in whom)
            event = AssignmentReminded(
                period=period.id,
                actor=ACTOR,
                assignment=number,
                due_on=task.due_on,
                when=when,
                recipients=len(whom),
            )
            events.append(event)
    return Telling(tuple(events), tuple(found))
