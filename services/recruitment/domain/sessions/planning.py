"""Planning sessions, amending and moving them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from services.recruitment.domain.networks.kinds import COHORT, NETWORK, network_of
from services.recruitment.domain.networks.standing import at_work, is_open, learning_id, unknown
from services.recruitment.domain.sessions.machine import SESSION_MACHINE, Phase, Step
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.state import Session
from shared.contracts.recruitment.session_commands import AmendSession, PlanSession, RescheduleSession
from shared.contracts.recruitment.session_terms import SessionMode
from shared.contracts.recruitment.sessions import SessionAmended, SessionPlanned, SessionRescheduled
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

LONGEST: Final = dt.timedelta(days=7)
_ZONES: Final = frozenset(available_timezones())
_TIME_AND_PLACE: Final = ("starts_at", "ends_at", "zone", "mode", "place", "join_url")


def _plan_keys(command: PlanSession, ids: Ids) -> Iterable[str]:
    yield NETWORK.key(command.network)
    yield from (COHORT.key(one) for one in dict.fromkeys(command.cohorts))
    yield SESSION.key(learning_id(command.network, ids("session")))


def plan(command: PlanSession, held: Held, asked: Asked) -> Decided | Against:
    """Plan a session."""
    reasons = [*_timed(command.starts_at, command.ends_at, command.zone)]
    if not reasons:
        day = command.starts_at.astimezone(ZoneInfo(command.zone)).date()
        reasons += at_work(held.get(NETWORK, command.network), day, "starts_at")
        reasons += _invited(command, held, day)
    if against := refused(reasons):
        return against
    calendar_id = asked.new_id("session")
    told = command.model_dump() | _instants(command.starts_at, command.ends_at)
    session = learning_id(command.network, calendar_id)
    event = SessionPlanned(session=session, calendar_id=calendar_id, **told)
    return Decided({"session": session, "cohorts": len(event.cohorts)}, (event,))


def _keys(command: AmendSession | RescheduleSession, ids: Ids) -> Iterable[str]:
    del ids
    yield SESSION.key(command.session)
    yield NETWORK.key(network_of(command.session))


def amend(command: AmendSession, held: Held, asked: Asked) -> Decided | Against:
    """Change title, agenda or capacity."""
    del asked
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    given = command.model_dump(include={"title", "agenda", "capacity"}, exclude_none=True)
    reasons = [*impossible(found, Step.AMEND)]
    if not given:
        reasons.append(Reason(code="NOTHING_GIVEN", field=None, text="Nothing is given that would change."))
    seated = found.people_seated()
    if command.capacity is not None and command.capacity < seated:
        text = f"{seated} people have a place already."
        reasons.append(Reason(code="TOO_SMALL", field="capacity", text=text))
    if against := refused(reasons):
        return against
    after = found.model_copy(update=given)
    made = {"session": found.id, "changed": after != found}
    fields = {name: getattr(after, name) for name in ("title", "agenda", "capacity")}
    event = SessionAmended(session=found.id, actor=command.actor, **fields)
    return Decided(made, (event,) if after != found else ())


def reschedule(command: RescheduleSession, held: Held, asked: Asked) -> Decided | Against:
    """Move a session in time or place."""
    del asked
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    if reasons := tuple(impossible(found, Step.RESCHEDULE)):
        return Against(reasons)
    given = command.model_dump(include=set(_TIME_AND_PLACE), exclude_none=True)
    after = found.model_copy(update=given)
    if against := refused(_movable(found, after, held)):
        return against
    fields = {name: getattr(after, name) for name in _TIME_AND_PLACE} | _instants(after.starts_at, after.ends_at)
    event = SessionRescheduled(
        session=found.id, actor=command.actor, reason=command.reason, revision=found.revision + 1, **fields
    )
    changed = after != found
    made = {"session": found.id, "revision": found.revision + changed, "changed": changed}
    return Decided(made, (event,) if changed else ())


def _movable(before: Session, after: Session, held: Held) -> Iterator[Reason]:
    timed = tuple(_timed(after.starts_at, after.ends_at, after.zone))
    yield from timed
    if not timed:
        yield from at_work(held.get(NETWORK, before.network), after.day, "starts_at")
    if before.phase is not Phase.PLANNED:
        yield from whereabouts(after)


def impossible(session: Session, step: Step) -> Iterator[Reason]:
    """Why a step is not possible with a session as it stands."""
    if reason := SESSION_MACHINE.reason_against(session.phase, step, "session"):
        yield reason


def whereabouts(session: Session) -> Iterator[Reason]:
    """Why nobody can be told yet where a session is."""
    if session.mode is not SessionMode.ONLINE and session.place is None:
        yield Reason(code="PLACE_MISSING", field="place", text="Say where it takes place.")
    if session.mode is not SessionMode.IN_PERSON and session.join_url is None:
        yield Reason(code="LINK_MISSING", field="join_url", text="Give the link by which it is joined online.")


def _instants(starts_at: dt.datetime, ends_at: dt.datetime) -> dict[str, Any]:
    return {"starts_at": starts_at.astimezone(dt.UTC), "ends_at": ends_at.astimezone(dt.UTC)}


def _timed(starts_at: dt.datetime, ends_at: dt.datetime, zone: str) -> Iterator[Reason]:
    if zone not in _ZONES:
        yield Reason(code="ZONE_UNKNOWN", field="zone", text="There is no such time zone. One is America/Chicago.")
    if ends_at <= starts_at:
        yield Reason(code="OUT_OF_ORDER", field="ends_at", text="It ends after it begins.")
    elif ends_at - starts_at > LONGEST:
        text = f"It lasts longer than {LONGEST.days} days. Plan a session for each part."
        yield Reason(code="TOO_LONG", field="ends_at", text=text)


def _invited(command: PlanSession, held: Held, day: dt.date) -> Iterator[Reason]:
    for position, cohort in enumerate(command.cohorts):
        field = f"cohorts[{position}]"
        if cohort in command.cohorts[:position]:
            yield Reason(code="REPEATED", field=field, text=f"{cohort} is given twice.")
        elif network_of(cohort) != command.network:
            text = f"{cohort} is of another network than {command.network}."
            yield Reason(code="OTHER_NETWORK", field=field, text=text)
        else:
            reasons = is_open(held.get(COHORT, cohort), day, "starts_at")
            yield from (one.model_copy(update={"field": field}) for one in reasons)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(PlanSession, _plan_keys, plan),
    Rule(AmendSession, _keys, amend),
    Rule(RescheduleSession, _keys, reschedule),
)
