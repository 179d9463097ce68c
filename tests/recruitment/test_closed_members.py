"""A member that closed or goes on in another begins nothing new in its coalition; it may give its seat up and leave."""

import datetime as dt

import pytest

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.participant_terms import WhyClosed, WhyMerged
from shared.contracts.recruitment.participants import ParticipantClosed, ParticipantMerged
from shared.contracts.recruitment.people import PersonRetired
from tests.recruitment.coalitions import cast as coalitions
from tests.recruitment.interventions import cast as work
from tests.recruitment.interventions.test_alignment import align
from tests.recruitment.interventions.test_mentoring import start as mentor
from tests.recruitment.interventions.test_organising import asset, meet
from tests.recruitment.interventions.test_pledges import pledge

ON = dt.date(2014, 10, 1)


def closed(participant: str, on: dt.date = ON) -> Event:
    return ParticipantClosed(participant=participant, on=on, reason=WhyClosed.BY_ITS_OWNER, actor="t")


def merged(participant: str, into: str) -> Event:
    return ParticipantMerged(participant=participant, into=into, on=ON, reason=WhyMerged.CONSOLIDATED, actor="t")


@pytest.mark.parametrize(
    ("what", "code"),
    [(closed(work.HOME), "FACILITY_CLOSED"), (merged(work.HOME, work.HOSPITAL), "FACILITY_MERGED")],
)
def test_who_is_gone_pledges_nothing(what: Event, code: str) -> None:
    assert work.desk(what).refused(pledge(participant=work.HOME)) == [(code, "participant")]


def test_who_closes_later_than_it_pledges_has_pledged() -> None:
    work.desk(closed(work.HOME, dt.date(2015, 12, 31))).done(pledge(participant=work.HOME))


def test_a_program_of_an_organisation_that_is_gone_is_not_aligned() -> None:
    assert work.desk(closed(work.AGING)).refused(align()) == [("FACILITY_CLOSED", "organisation")]


def test_who_is_gone_takes_no_seat_but_gives_its_own_up_and_leaves() -> None:
    at = coalitions.formed()
    at.has(closed(coalitions.HOME, dt.date(2015, 1, 20)))
    assert at.refused(coalitions.seat(coalitions.HOME, "CONVENER")) == [("FACILITY_CLOSED", "participant")]
    held = coalitions.formed()
    held.has(closed(coalitions.HOME, dt.date(2015, 1, 20)))
    held.done(coalitions.seat(coalitions.HOME, "MEMBER"))
    held.done(coalitions.leave(coalitions.HOME))


HELPING = [
    (mentor(mentor=f"participant:{work.HOME}"), "mentor"),
    (mentor(leader=f"participant:{work.HOME}"), "leader"),
    (meet(organiser=f"participant:{work.HOME}"), "organiser"),
    (asset(opened_by_member=work.HOME), "opened_by_member"),
]


@pytest.mark.parametrize(("asked", "field"), HELPING, ids=[field for _, field in HELPING])
def test_who_is_gone_mentors_leads_and_organises_nothing(asked: Command, field: str) -> None:
    assert work.desk(closed(work.HOME)).refused(asked) == [("FACILITY_CLOSED", field)]
    assert work.desk(merged(work.HOME, work.HOSPITAL)).refused(asked) == [("FACILITY_MERGED", field)]
    work.desk(closed(work.HOME, ON + dt.timedelta(days=1))).done(asked)


@pytest.mark.parametrize(("asked", "field"), [(mentor(), "mentor"), (meet(), "organiser")])
def test_a_person_who_left_mentors_and_organises_nothing(asked: Command, field: str) -> None:
    left = PersonRetired(person="ida", until=ON, actor="t")
    assert work.desk(left).refused(asked) == [("NOT_SERVING", field)]
