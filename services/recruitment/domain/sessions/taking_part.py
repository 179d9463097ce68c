"""Who registers for sessions, and who took part."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.seating import seat_keys, seated
from services.recruitment.domain.networks.standing import unknown
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.sessions.machine import Phase, Step
from services.recruitment.domain.sessions.planning import impossible
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.state import Attendance, Session
from shared.contracts.recruitment.session_commands import (
    RecordAttendance,
    RegisterForSession,
    WithdrawFromSession,
)
from shared.contracts.recruitment.session_terms import AttendanceSource, PresenceMode, SessionMode
from shared.contracts.recruitment.sessions import (
    SessionAttended,
    SessionRegistered,
    SessionRegistrationWithdrawn,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _register_keys(command: RegisterForSession | WithdrawFromSession, ids: Ids) -> Iterable[str]:
    del ids
    yield SESSION.key(command.session)
    yield PARTICIPANT.key(command.participant)


def register(command: RegisterForSession, held: Held, asked: Asked) -> Decided | Against:
    """Register a participant or change its registration."""
    del asked
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    reasons = [*impossible(found, Step.REGISTER), *_in_mode(found, command.mode)]
    if gone := reason_against(held.get(PARTICIPANT, command.participant), found.day, "participant"):
        reasons.append(gone)
    if found.capacity is not None and command.people > found.capacity:
        text = f"There are places for {found.capacity} people in all."
        reasons.append(Reason(code="TOO_MANY", field="people", text=text))
    if against := refused(reasons):
        return against
    before = found.registrations.get(command.participant)
    same = before is not None and (before.people, before.mode) == (command.people, command.mode)
    kept = before is not None and before.mode is command.mode and command.people <= before.people
    event = SessionRegistered(**command.model_dump(), requeued=before is not None and not kept)
    events = () if same else (event,)
    after = found if same else SESSION.evolve(found, event, found.starts_at)
    made = {"session": found.id, "waiting": command.participant not in after.seated(), "changed": not same}
    return Decided({**made, "people": after.people_seated()}, events)


def withdraw(command: WithdrawFromSession, held: Held, asked: Asked) -> Decided | Against:
    """Take a registration back."""
    del asked
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    reasons = [*impossible(found, Step.WITHDRAW)]
    if not reasons and command.participant not in found.registrations:
        text = f"{command.participant} is not registered."
        reasons.append(Reason(code="NOT_REGISTERED", field="participant", text=text))
    if against := refused(reasons):
        return against
    event = SessionRegistrationWithdrawn(**command.model_dump())
    after = SESSION.evolve(found, event, found.starts_at)
    came_in = sorted(after.seated() - found.seated())
    return Decided({"session": found.id, "came_in": came_in}, (event,))


def _attend_keys(command: RecordAttendance, ids: Ids) -> Iterable[str]:
    del ids
    yield SESSION.key(command.session)
    yield PARTICIPANT.key(command.participant)
    yield from seat_keys(command.session, command.participant)


def attend(command: RecordAttendance, held: Held, asked: Asked) -> Decided | Against:
    """Record attendance or correct it."""
    del asked
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    if reason := not_held(found):
        return Against((reason,))
    before = found.attended(command.participant, command.mode)
    same = before is not None and (before.people, before.minutes) == (command.people, command.minutes)
    if against := refused(() if same else _attendable(command, found, before, held)):
        return against
    guest = not seated(found.id, command.participant, found.cohorts, found.day, held)
    because = command.because if before is not None else None
    event = SessionAttended(**{**command.model_dump(), "because": because}, guest=guest)
    made = {"session": found.id, "participant": command.participant, "guest": guest}
    how = {"changed": not same, "corrected": before is not None and not same}
    return Decided({**made, **how}, () if same else (event,))


def not_held(session: Session) -> Reason | None:
    """Why nobody can have taken part in a session; None where it was held."""
    if session.phase is Phase.HELD:
        return None
    if session.phase is Phase.CANCELLED:
        text = "The session was cancelled, so nobody took part in it."
    else:
        text = "The session is not recorded as held. Record that first: qio network session held."
    return Reason(code="NOT_HELD", field="session", text=text)


def _attendable(command: RecordAttendance, session: Session, before: Attendance | None, held: Held) -> Iterator[Reason]:
    yield from _in_mode(session, command.mode)
    if before is None:
        if command.people == 0:
            text = "No attendance is recorded that this would correct."
            yield Reason(code="NOBODY", field="people", text=text)
        if gone := reason_against(held.get(PARTICIPANT, command.participant), session.day, "participant"):
            yield gone
    elif command.source is AttendanceSource.EXPORT and before.source is AttendanceSource.STAFF:
        text = "Staff recorded it by hand; an export does not change that."
        yield Reason(code="RECORDED_BY_STAFF", field="source", text=text)
    elif command.because is None:
        text = f"{before.people} people and {before.minutes} minutes are recorded. Say why that is corrected."
        yield Reason(code="ALREADY_RECORDED", field="because", text=text)
    if command.people == 0 and command.minutes:
        yield Reason(code="NOBODY", field="minutes", text="Without people there are no minutes.")
    most = command.people * int((session.ends_at - session.starts_at).total_seconds() // 60 + OVERTIME)
    if command.minutes > most > 0:
        text = f"So many people had {most} minutes at most, {OVERTIME} minutes around the session counted in."
        yield Reason(code="TOO_LONG", field="minutes", text=text)


# Who comes early and stays on, minutes: our own bound against slips.
OVERTIME: Final = 240


def _in_mode(session: Session, mode: PresenceMode) -> Iterator[Reason]:
    if session.mode not in (SessionMode.BOTH, mode.value):
        text = f"The session is {session.mode.replace('_', ' ').lower()} only."
        yield Reason(code="OTHER_MODE", field="mode", text=text)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RegisterForSession, _register_keys, register),
    Rule(WithdrawFromSession, _register_keys, withdraw),
    Rule(RecordAttendance, _attend_keys, attend),
)
