"""Configured networks and contacts: entered with a source, never over what our own sources name."""

import datetime as dt

import pytest

from services.recruitment.domain.program.answering import answer, contact_on
from services.recruitment.domain.program.kinds import CONTACT, NETWORK
from services.recruitment.domain.program.state import QioNetwork, place_id
from shared.contracts.recruitment.program import EndNetwork, NetworkConfigured, WithdrawContact, WithdrawNetwork
from shared.contracts.recruitment.qio_contracts import Role
from shared.program.jurisdictions import UNKNOWN, Standing
from tests.recruitment.desk import Desk
from tests.recruitment.program.asking import NOW, contact, network


def held(at: Desk, state: str, role: Role = Role.QIN_QIO) -> QioNetwork:
    return at.held(NETWORK, place_id(role, state))


def who(at: Desk, state: str, day: str) -> tuple[str, Standing]:
    found = answer(state, Role.QIN_QIO, dt.date.fromisoformat(day), held(at, state))
    return found.qio, found.standing


def end(ended_on: str = "2021-06-30", **fields: object) -> EndNetwork:
    plain = {"actor": "t", "qio": "A Network", "role": "QIN-QIO", "states": ["OH"], "source": "notice of June 2021"}
    return EndNetwork.model_validate({**plain, "ended_on": ended_on, **fields})


def take_back(starts_on: str = "2019-12-01", *states: str) -> WithdrawNetwork:
    return WithdrawNetwork(
        actor="t",
        role=Role.QIN_QIO,
        states=states or ("OH",),
        starts_on=dt.date.fromisoformat(starts_on),
        reason="wrong state",
    )


def test_a_configured_network_answers_from_its_first_day_to_the_end_of_the_statement() -> None:
    at = Desk(NOW)
    assert at.done(network())["ends_on"] == "2024-11-30"
    assert who(at, "OH", "2019-11-30") == (UNKNOWN, Standing.UNKNOWN)
    assert who(at, "OH", "2019-12-01") == ("A Network", Standing.CONFIGURED)
    assert who(at, "MI", "2024-11-30") == ("A Network", Standing.CONFIGURED)
    assert who(at, "OH", "2024-12-01") == (UNKNOWN, Standing.UNKNOWN)
    found = answer("OH", Role.QIN_QIO, dt.date(2020, 1, 1), held(at, "OH"))
    assert found.source == "entered by staff: award notice of 8 November 2019"
    assert at.again() == at.records


def test_what_a_source_names_goes_before_what_is_configured() -> None:
    entered = NetworkConfigured(
        state="OH",
        role=Role.QIN_QIO,
        qio="A Network",
        statement=11,
        starts_on=dt.date(2015, 1, 1),
        ends_on=dt.date(2019, 9, 30),
        source="of a time when nobody else was named",
        actor="t",
    )
    at = Desk(NOW).has(entered)
    assert who(at, "OH", "2015-01-01")[0] == "Health Services Advisory Group"
    assert who(at, "OH", "2019-09-01")[0] == "A Network"


def test_asking_for_the_same_again_changes_nothing() -> None:
    at = Desk(NOW)
    assert at.done(network())["changed"] == 2
    assert at.done(network())["changed"] == 0
    assert at.done(network(states=["OH", "WI"]))["changed"] == 1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"source": "unknown"}, [("SOURCE_MISSING", "source")]),
        ({"statement": 14}, [("STATEMENT_UNKNOWN", "statement")]),
        ({"role": "STATE-QIO"}, [("ROLE_NOT_IN_STATEMENT", "role")]),
        ({"states": ["OH", "ZZ"]}, [("STATE_UNKNOWN", "states[1]")]),
        ({"starts_on": "2019-09-01"}, [("BEFORE_STATEMENT", "starts_on")]),
        ({"ends_on": "2025-01-01"}, [("STATEMENT_ENDED", "ends_on")]),
        ({"ends_on": "2019-11-30"}, [("END_BEFORE_START", "ends_on")]),
        (
            {"statement": 11, "starts_on": "2016-01-01", "ends_on": "2016-12-31"},
            [("NAMED_BY_SOURCE", "starts_on")],
        ),
        (
            {"role": "BFCC-QIO", "statement": 13, "starts_on": "2024-05-01", "ends_on": "2025-12-31"},
            [("NAMED_BY_SOURCE", "starts_on")],
        ),
        (
            {"source": "UNKNOWN", "states": ["ZZ"], "starts_on": "2019-08-15"},
            [("SOURCE_MISSING", "source"), ("STATE_UNKNOWN", "states[0]"), ("BEFORE_STATEMENT", "starts_on")],
        ),
    ],
)
def test_every_reason_against_a_network_is_named(
    fields: dict[str, object], expected: list[tuple[str, str | None]]
) -> None:
    assert Desk(NOW).refused(network(**fields)) == expected


def test_one_state_has_one_network_at_a_time() -> None:
    at = Desk(NOW)
    at.done(network())
    other = network(qio="Another", states=["WI", "OH"], starts_on="2021-01-01")
    assert at.refused(other) == [("NETWORK_TAKEN", "states[1]")]
    at.done(end("2020-12-31"))
    at.done(other)
    assert [who(at, "OH", day)[0] for day in ("2020-12-31", "2021-01-01")] == ["A Network", "Another"]
    assert who(at, "MI", "2021-01-01")[0] == "A Network"
    assert at.again() == at.records


def test_what_was_entered_by_mistake_counts_as_never_entered_and_stays_in_the_history() -> None:
    at = Desk(NOW)
    at.done(network())
    at.done(take_back())
    assert who(at, "OH", "2020-01-01") == (UNKNOWN, Standing.UNKNOWN)
    assert [one.withdrawn for one in held(at, "OH").spells] == ["wrong state"]
    at.done(network(qio="Another", states=["OH"]))
    assert who(at, "OH", "2020-01-01")[0] == "Another"
    assert [one.withdrawn for one in held(at, "OH").spells] == ["wrong state", None]
    assert at.again() == at.records


def test_a_second_mistake_leaves_the_reason_of_the_first() -> None:
    at = Desk(NOW)
    for reason in ("wrong state", "wrong again"):
        at.done(network())
        at.done(take_back().model_copy(update={"reason": reason}))
    assert [one.withdrawn for one in held(at, "OH").spells] == ["wrong state", "wrong again"]


def test_the_last_day_of_one_network_is_not_the_first_of_another() -> None:
    at = Desk(NOW)
    at.done(network(ends_on="2020-12-31"))
    assert at.refused(network(qio="Another", states=["OH"], starts_on="2020-12-31")) == [("NETWORK_TAKEN", "states[0]")]
    at.done(network(qio="Another", states=["OH"], starts_on="2021-01-01"))


def test_what_is_not_entered_can_neither_be_ended_nor_taken_back() -> None:
    at = Desk(NOW)
    at.done(network())
    assert at.refused(end(states=["WI", "OH"])) == [("NETWORK_UNKNOWN", "states[0]")]
    assert at.refused(end(qio="Another")) == [("NETWORK_UNKNOWN", "states[0]")]
    assert at.refused(end("2019-11-30")) == [("NETWORK_UNKNOWN", "states[0]")]
    assert at.refused(take_back("2020-01-01")) == [("NETWORK_UNKNOWN", "states[0]")]


def test_a_states_own_contractor_before_august_2014_can_be_entered_with_a_source() -> None:
    at = Desk(NOW)
    fields = {"role": "STATE-QIO", "statement": 10, "states": ["OH"], "starts_on": "2011-08-01"}
    assert at.done(network(**fields))["ends_on"] == "2014-07-31"
    found = answer("OH", Role.STATE_QIO, dt.date(2012, 1, 1), held(at, "OH", Role.STATE_QIO))
    assert (found.qio, found.standing) == ("A Network", Standing.CONFIGURED)


def reached(at: Desk, day: str) -> str | None:
    on = dt.date.fromisoformat(day)
    record = at.held(CONTACT, place_id(Role.QIN_QIO, "IL"))
    found = contact_on(record, on, answer("IL", Role.QIN_QIO, on, None).qio)
    return found.phone if found else None


def test_a_contact_is_that_of_whoever_answers_and_goes_with_them() -> None:
    at = Desk(NOW)
    assert at.done(contact())["qio"] == "Telligen"
    at.done(contact(since="2016-01-01", phone="800-555-0199"))
    days = ("2014-12-31", "2015-01-01", "2016-01-01", "2019-07-31", "2019-08-01")
    assert [reached(at, day) for day in days] == [None, "800-555-0100", "800-555-0199", "800-555-0199", None]
    assert at.again() == at.records


def test_a_contact_that_no_longer_holds_is_withdrawn_from_a_day() -> None:
    at = Desk(NOW)
    at.done(contact())
    gone = WithdrawContact(actor="t", state="IL", role=Role.QIN_QIO, since=dt.date(2017, 1, 1), reason="moved")
    at.done(gone)
    assert [reached(at, day) for day in ("2016-12-31", "2017-01-01")] == ["800-555-0100", None]
    assert at.refused(gone) == [("CONTACT_UNKNOWN", "since")]
    assert at.again() == at.records


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"state": "ZZ"}, [("STATE_UNKNOWN", "state")]),
        ({"phone": None}, [("CONTACT_EMPTY", None)]),
        ({"source": "Unknown"}, [("SOURCE_MISSING", "source")]),
        ({"since": "2020-04-01"}, [("IN_THE_FUTURE", "since"), ("QIO_UNKNOWN", "state")]),
        ({"since": "2019-09-01"}, [("QIO_UNKNOWN", "state")]),
        ({"since": "2012-01-01"}, [("ROLE_NOT_THEN", "role")]),
        ({"since": "2012-01-01", "role": "STATE-QIO"}, [("QIO_UNKNOWN", "state")]),
        ({"role": "STATE-QIO"}, [("ROLE_NOT_THEN", "role")]),
    ],
)
def test_every_reason_against_a_contact_is_named(
    fields: dict[str, object], expected: list[tuple[str, str | None]]
) -> None:
    assert Desk(NOW).refused(contact(**fields)) == expected
