"""The rules of staff and experts: who is taken up, in which role, serving which states, until when."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from services.recruitment.domain.people.days import reason_against_arranged
from services.recruitment.domain.people.kinds import PERSON
from services.recruitment.domain.people.state import Role
from services.recruitment.domain.program.answering import Answer, answer, roles_on
from services.recruitment.domain.program.kinds import NETWORKS
from services.recruitment.domain.program.state import Networks, place_id
from shared.contracts.recruitment.people import (
    PersonAmended,
    PersonRegistered,
    PersonRetired,
    RoleAssigned,
    RoleReleased,
)
from shared.contracts.recruitment.people_commands import (
    AmendPerson,
    AssignRole,
    RegisterPerson,
    ReleaseRole,
    RetirePerson,
)
from shared.contracts.replies import Reason
from shared.program.jurisdictions import UNKNOWN
from shared.program.states import STATES, Qin
from shared.records.deciding import (
    Against,
    AnyRule,
    Asked,
    Decided,
    Held,
    Ids,
    Rule,
    against,
    refused,
)

_DAY: Final = dt.timedelta(days=1)


def register(command: RegisterPerson, held: Held, asked: Asked) -> Decided | Against:
    """Take somebody up in a first role."""
    networks = _networks(command, held)
    reasons = list(_role_reasons(command, networks, asked.now))
    if held.get(PERSON, command.person) is not None:
        reasons.insert(0, Reason(code="PERSON_EXISTS", field="person", text="This id is taken; give another."))
    if reasons:
        return Against(tuple(reasons))
    registered = PersonRegistered(person=command.person, kind=command.kind, profile=command.profile)
    assigned = _assigned(command, networks, asked)
    return Decided(_made(assigned), (registered, assigned))


def amend(command: AmendPerson, held: Held, asked: Asked) -> Decided | Against:
    """Change what is known of somebody; the same again changes nothing."""
    del asked
    person = held.get(PERSON, command.person)
    if person is None:
        return _unknown()
    changed = person.profile != command.profile
    event = PersonAmended(person=command.person, profile=command.profile)
    return Decided({"person": command.person, "changed": changed}, (event,) if changed else ())


def assign_role(command: AssignRole, held: Held, asked: Asked) -> Decided | Against:
    """Give a further role; the same role at the same QIO only where it is not held then."""
    person = held.get(PERSON, command.person)
    if person is None:
        return _unknown()
    networks = _networks(command, held)
    reasons = list(_role_reasons(command, networks, asked.now))
    if reasons:
        return Against(tuple(reasons))
    assigned = _assigned(command, networks, asked)
    if any(_same(role, assigned) and role.reaches(assigned.since) for role in person.roles):
        text = f"This role is held at this QIO on {assigned.since} or later already. End it first."
        return against("ROLE_HELD", "role", text)
    return Decided(_made(assigned), (assigned,))


def release_role(command: ReleaseRole, held: Held, asked: Asked) -> Decided | Against:
    """End one role."""
    person = held.get(PERSON, command.person)
    if person is None:
        return _unknown()
    role = next((one for one in person.roles if one.role_id == command.role_id), None)
    if role is None:
        return against("ROLE_UNKNOWN", "role_id", "This person has no such role.")
    if role.until is not None:
        return against("ROLE_ENDED", "role_id", f"This role ended on {role.until - _DAY} already.")
    reasons = refused(_end_reasons(command.last_day, role.since, asked.now))
    if reasons:
        return reasons
    event = RoleReleased(person=command.person, role_id=command.role_id, until=command.last_day + _DAY)
    return Decided({"person": command.person, "last_day": command.last_day.isoformat()}, (event,))


def retire(command: RetirePerson, held: Held, asked: Asked) -> Decided | Against:
    """End every role that goes on; one that would begin later never holds."""
    person = held.get(PERSON, command.person)
    if person is None:
        return _unknown()
    first = min(role.since for role in person.roles)
    reasons = refused(_end_reasons(command.last_day, first, asked.now))
    if reasons:
        return reasons
    until = command.last_day + _DAY
    going_on = [role for role in person.roles if role.reaches(until)]
    if not going_on:
        return against("PERSON_LEFT", "person", "This person has left already.")
    made = {"person": command.person, "last_day": command.last_day.isoformat(), "roles_ended": len(going_on)}
    return Decided(made, (PersonRetired(person=command.person, until=until),))


def _networks(command: RegisterPerson | AssignRole, held: Held) -> dict[str, Answer]:
    """Who improves care in each state that is served on the first day: by our sources, else as staff entered it."""
    role = roles_on(command.since)[0]
    entered = held.get(NETWORKS, command.person) or Networks(by_place={})
    return {
        state: answer(state, role, command.since, entered.by_place.get(place_id(role, state)))
        for state in command.states
        if state in STATES
    }


def _role_reasons(
    command: RegisterPerson | AssignRole, networks: Mapping[str, Answer], now: dt.datetime
) -> Iterator[Reason]:
    day = reason_against_arranged(command.since, now, "since")
    if day is not None:
        yield day
    unknown = [state for state in command.states if state not in STATES]
    for state in unknown:
        yield Reason(code="STATE_UNKNOWN", field="states", text=f"{state} is no state or territory of the program.")
    if not unknown and day is None:
        yield from _qio_reasons(command, networks)


def _qio_reasons(command: RegisterPerson | AssignRole, networks: Mapping[str, Answer]) -> Iterator[Reason]:
    if command.qio is None:
        if len({one.qio for one in networks.values()}) > 1:
            yield Reason(code="QIO_AMBIGUOUS", field="qio", text="These states are of several networks; say which QIO.")
        elif any(one.qio == UNKNOWN for one in networks.values()):
            source = next(one.source for one in networks.values())
            text = f"Neither a source nor staff names the network that answered on {command.since}; say which QIO."
            yield Reason(code="QIO_UNKNOWN", field="qio", text=text, citation=source)
    elif command.qio in set(Qin):
        # Only the networks' own names can be checked; other firms and agencies lend staff as well.
        for state, one in networks.items():
            if one.qio not in (UNKNOWN, command.qio):
                text = f"{state} is of {one.qio} on {command.since} ({one.standing})."
                yield Reason(code="STATE_ELSEWHERE", field="states", text=text, citation=one.source)


def _assigned(command: RegisterPerson | AssignRole, networks: Mapping[str, Answer], asked: Asked) -> RoleAssigned:
    return RoleAssigned(
        person=command.person,
        role_id=asked.new_id("role"),
        role=command.role,
        qio=command.qio or networks[command.states[0]].qio,
        states=tuple(sorted(set(command.states))),
        since=command.since,
    )


def _end_reasons(last_day: dt.date, since: dt.date, now: dt.datetime) -> Iterator[Reason]:
    found = reason_against_arranged(last_day, now, "last_day")
    if found is not None:
        yield found
    if last_day < since:
        yield Reason(code="END_BEFORE_START", field="last_day", text=f"{last_day} is before it began, on {since}.")


def _same(role: Role, other: RoleAssigned) -> bool:
    return (role.role, role.qio) == (other.role, other.qio)


def _made(assigned: RoleAssigned) -> dict[str, object]:
    return {
        "person": assigned.person,
        "role_id": str(assigned.role_id),
        "role": assigned.role,
        "qio": assigned.qio,
        "states": list(assigned.states),
        "since": assigned.since.isoformat(),
    }


def _keys(command: RegisterPerson | AssignRole, ids: Ids) -> Iterable[str]:
    """The person, and the networks that staff entered."""
    del ids
    return PERSON.key(command.person), NETWORKS.key(command.person)


def _unknown() -> Against:
    return against("PERSON_UNKNOWN", "person", "Nobody of the staff or experts has this id.")


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RegisterPerson, _keys, register),
    Rule(AmendPerson, lambda command, _: (PERSON.key(command.person),), amend),
    Rule(AssignRole, _keys, assign_role),
    Rule(ReleaseRole, lambda command, _: (PERSON.key(command.person),), release_role),
    Rule(RetirePerson, lambda command, _: (PERSON.key(command.person),), retire),
)
