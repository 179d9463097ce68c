"""Staff and experts: who served where on a day."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.recruitment.domain.people.kinds import PERSON
from services.recruitment.domain.program.kinds import NETWORKS
from services.recruitment.domain.program.state import Networks, QioNetwork
from shared.contracts.recruitment.people_commands import AmendPerson, AssignRole, ReleaseRole
from shared.contracts.recruitment.people_terms import Profile
from tests.recruitment.desk import Desk
from tests.recruitment.people.cast import NETWORK, desk, rebuilt, register, retire
from tests.recruitment.program.asking import network

AFTER = dt.datetime(2020, 3, 6, 16, 30, tzinfo=dt.UTC)


def role(person: str = "ann", **fields: object) -> AssignRole:
    plain = {"actor": "t", "person": person, "role": "task lead", "states": ("MA",), "since": "2015-03-01"}
    return AssignRole.model_validate({**plain, **fields})


def serving(at: Desk, person: str, day: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.role, one.states) for one in at.held(PERSON, person).serving(dt.date.fromisoformat(day))]


def test_whoever_is_taken_up_serves_from_the_first_day_for_the_network_of_the_states() -> None:
    at = Desk()
    made = at.done(register(states=("VT", "MA", "MA")))
    assert (made["qio"], made["states"]) == (NETWORK, ["MA", "VT"])
    assert serving(at, "ann", "2014-07-31") == []
    assert serving(at, "ann", "2014-08-01") == [("quality improvement adviser", ("MA", "VT"))]
    assert at.again() == at.records


def test_an_expert_of_another_firm_is_taken_up_under_its_name() -> None:
    assert Desk().done(register(kind="EXPERT", qio="A School of Pharmacy", states=("MA", "FL")))["qio"] == (
        "A School of Pharmacy"
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"states": ("MA", "ZZ")}, [("STATE_UNKNOWN", "states")]),
        ({"since": "2016-03-08"}, [("TOO_FAR_AHEAD", "since")]),
        ({"since": "1982-09-02", "qio": "Q"}, [("BEFORE_PROGRAM", "since")]),
        ({"since": "2012-01-01"}, [("QIO_UNKNOWN", "qio")]),
        ({"states": ("MA", "FL")}, [("QIO_AMBIGUOUS", "qio")]),
        ({"qio": "Telligen", "states": ("CO", "MA", "FL")}, [("STATE_ELSEWHERE", "states")] * 2),
        ({"since": "2017-01-01", "states": ("ZZ",)}, [("TOO_FAR_AHEAD", "since"), ("STATE_UNKNOWN", "states")]),
    ],
)
def test_every_reason_against_a_role_is_named(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert Desk().refused(register(**fields)) == expected


def test_a_role_before_august_2014_needs_its_qio_said_and_no_network_is_invented() -> None:
    at = Desk()
    assert at.done(register(since="2012-01-01", qio="The contractor"))["qio"] == "The contractor"
    assert at.refused(register(since="2012-01-01")) == [("QIO_UNKNOWN", "qio"), ("PERSON_EXISTS", "person")][::-1]


def entered(*whose: str) -> Desk:
    """A desk in March 2020; staff entered the network of Massachusetts from December 2019 on."""
    at = Desk(AFTER)
    at.done(network(states=["MA"], qio="The Entered Network"))
    found = [one for one in at.records.values() if isinstance(one, QioNetwork)]
    at.records |= {NETWORKS.key(one): Networks(by_place={one.id: one for one in found}) for one in whose}
    return at


def test_where_sources_name_no_network_people_serve_the_one_that_staff_entered() -> None:
    at = entered("ann", "bob")
    assert at.done(register(since="2020-01-01"))["qio"] == "The Entered Network"
    assert at.done(role(since="2020-01-15"))["qio"] == "The Entered Network"
    assert at.done(register("bob", since="2020-01-01", qio="The Entered Network"))["qio"] == "The Entered Network"
    assert at.refused(role(since="2020-01-01", qio="Telligen")) == [("STATE_ELSEWHERE", "states")]
    assert at.refused(role(since="2020-01-01", states=("MA", "VT"))) == [("QIO_AMBIGUOUS", "qio")]
    assert at.refused(role(since="2019-11-30")) == [("QIO_UNKNOWN", "qio")]
    assert at.done(role(since="2018-01-01"))["qio"] == NETWORK


def test_a_profile_is_said_anew_and_the_same_again_changes_nothing() -> None:
    at = desk()
    profile = Profile(name="Another Name", profession="pharmacist")
    assert at.done(AmendPerson(actor="t", person="ann", profile=profile))["changed"] is True
    assert at.done(AmendPerson(actor="t", person="ann", profile=profile))["changed"] is False
    assert at.held(PERSON, "ann").profile == profile
    assert rebuilt(at)


def test_a_role_ends_after_its_last_day_and_others_go_on() -> None:
    at = desk()
    made = at.done(role())
    end = ReleaseRole(actor="t", person="ann", role_id=UUID(made["role_id"]), last_day=dt.date(2015, 3, 31))
    at.done(end)
    assert [name for name, _ in serving(at, "ann", "2015-03-31")] == ["quality improvement adviser", "task lead"]
    assert [name for name, _ in serving(at, "ann", "2015-04-01")] == ["quality improvement adviser"]
    assert at.refused(end) == [("ROLE_ENDED", "role_id")]
    assert at.refused(end.model_copy(update={"role_id": uuid4()})) == [("ROLE_UNKNOWN", "role_id")]
    assert rebuilt(at)


def test_a_role_cannot_end_before_it_began() -> None:
    at = desk()
    made = at.done(role())
    end = ReleaseRole(actor="t", person="ann", role_id=UUID(made["role_id"]), last_day=dt.date(2015, 2, 28))
    assert at.refused(end) == [("END_BEFORE_START", "last_day")]


def test_the_same_role_is_not_held_twice_but_may_be_taken_again_later() -> None:
    at = desk()
    first = at.done(role())
    assert at.refused(role(since="2015-03-05")) == [("ROLE_HELD", "role")]
    at.done(ReleaseRole(actor="t", person="ann", role_id=UUID(first["role_id"]), last_day=dt.date(2015, 3, 4)))
    at.done(role(since="2015-03-05", states=("NH",)))
    assert ("task lead", ("NH",)) in serving(at, "ann", "2015-03-05")


def test_whoever_leaves_serves_no_longer_and_may_come_back() -> None:
    at = desk()
    at.done(role(since="2015-06-01"))
    assert at.done(retire("ann", "2015-03-31"))["roles_ended"] == 2
    assert serving(at, "ann", "2015-03-31")
    assert not serving(at, "ann", "2015-04-01")
    assert not serving(at, "ann", "2015-06-01")
    assert [str(one.until) for one in at.held(PERSON, "ann").roles] == ["2015-04-01", "2015-06-01"]
    assert at.refused(retire("ann", "2015-03-31")) == [("PERSON_LEFT", "person")]
    at.done(role(since="2015-05-01"))
    assert serving(at, "ann", "2015-05-01") == [("task lead", ("MA",))]
    assert rebuilt(at)


def test_nobody_leaves_before_they_came_and_who_is_not_there_cannot_change() -> None:
    at = desk()
    assert at.refused(retire("bob", "2014-12-31")) == [("END_BEFORE_START", "last_day")]
    unknown = [("PERSON_UNKNOWN", "person")]
    assert at.refused(retire("zoe", "2015-01-01")) == unknown
    assert at.refused(role("zoe")) == unknown
    profile = Profile(name="N", profession="p")
    assert at.refused(AmendPerson(actor="t", person="zoe", profile=profile)) == unknown
    end = ReleaseRole(actor="t", person="zoe", role_id=uuid4(), last_day=dt.date(2015, 1, 1))
    assert at.refused(end) == unknown
