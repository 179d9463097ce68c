"""Any walk of commands about people leaves one lead a day, a whole log, and records that events make again."""

import datetime as dt
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.recruitment.domain.people.kinds import CASELOAD, PERSON
from services.recruitment.domain.people.state import Caseload, Contact, Person
from shared.contracts.message import Command
from shared.contracts.recruitment.people_commands import (
    CompleteNextStep,
    ReleaseCaseload,
    ReleaseRole,
    WithdrawContactEntry,
)
from shared.contracts.recruitment.people_terms import Part
from shared.messaging.handling import Accepted
from tests.recruitment.desk import Desk
from tests.recruitment.people.cast import COMMUNITY, HOME, assign, contact, correct, desk, rebuilt, retire, transfer
from tests.recruitment.people.test_staffing import role

DAYS = [dt.date(2015, 1, 1) + dt.timedelta(days=number) for number in range(0, 70, 3)]
people = st.sampled_from(("ann", "bob", "cy", "zoe"))
days = st.sampled_from(DAYS)
moves = st.tuples(st.integers(0, 9), people, days, st.sampled_from((HOME, COMMUNITY)), st.booleans())


def command_of(at: Desk, move: tuple[int, str, dt.date, str, bool]) -> Command | None:
    """The command of a move; None where it is about something that is not there yet."""
    number, person, day, subject, other = move
    if number < 3:
        return about_role(at, number, person, day, other)
    if number > 6:
        return about_contact(at, move)
    return {
        3: assign(person, str(day), subject),
        4: assign(person, str(day), subject, "SUPPORT"),
        5: transfer(person, str(day), subject),
        6: ReleaseCaseload(actor="t", subject=subject, person=person, last_day=day),
    }[number]


def about_role(at: Desk, number: int, person: str, day: dt.date, other: bool) -> Command:
    held = at.records.get(PERSON.key(person))
    assert held is None or isinstance(held, Person)
    role_id = held.roles[-1].role_id if held else UUID(int=0)
    return (
        role(person, since=str(day), role="task lead" if other else "coach"),
        retire(person, str(day)),
        ReleaseRole(actor="t", person=person, role_id=role_id, last_day=day),
    )[number]


def about_contact(at: Desk, move: tuple[int, str, dt.date, str, bool]) -> Command | None:
    number, person, day, subject, other = move
    step: dict[str, Any] = {"next_step": "Call", "next_step_on": "2015-03-30"} if other else {}
    last = next((one for one in reversed(at.records.values()) if isinstance(one, Contact)), None)
    if number == 7 or last is None:
        return contact(person=person, subject=subject, on=str(day), **step)
    if number == 8:
        return correct(str(last.id), len(last.versions), person=person, subject=subject, on=str(day), **step)
    if other:
        return CompleteNextStep(actor="t", contact=last.id, done_on=day)
    return WithdrawContactEntry(actor="t", contact=last.id, why="Twice")


def one_lead_for_whoever_is_looked_after(caseload: Caseload) -> bool:
    """On every day that anybody looks after it there is exactly one lead, and nobody has two parts."""
    for day in DAYS:
        there = [one for one in caseload.charges if one.holds(day)]
        leads = [one for one in there if one.part is Part.LEAD]
        if there and (len(leads) != 1 or len({one.person for one in there}) != len(there)):
            return False
    return True


@given(st.lists(moves, min_size=10, max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_walk_keeps_one_lead_a_day_and_every_version(walk: list[tuple[int, str, dt.date, str, bool]]) -> None:
    at = desk()
    for move in walk:
        command = command_of(at, move)
        versions = {one.id: one.versions for one in at.records.values() if isinstance(one, Contact)}
        if command is None or not isinstance(at.ask(command), Accepted):
            continue
        for subject in (HOME, COMMUNITY):
            held = at.records.get(CASELOAD.key(subject))
            assert held is None or (isinstance(held, Caseload) and one_lead_for_whoever_is_looked_after(held))
        for one in at.records.values():
            if isinstance(one, Contact) and one.id in versions:
                assert one.versions[: len(versions[one.id])] == versions[one.id]
    assert rebuilt(at)
