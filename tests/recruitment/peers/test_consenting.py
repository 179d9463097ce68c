"""Consent among peers is given and taken back scope by scope, and holds on days."""

import datetime as dt

import pytest

from shared.contracts.message import Command
from shared.contracts.recruitment.peer_terms import PeerScope
from tests.recruitment.networks.cast import HOME, NEW, OTHER, closed
from tests.recruitment.peers.cast import FAMILY, again, consent, desk, give, withdraw

DAY = dt.date(2015, 1, 15)
LEARN, TEACH = PeerScope.LEARN_FROM_PEERS, PeerScope.TEACH_PEERS


def test_consent_holds_from_its_day_until_the_day_it_is_withdrawn() -> None:
    at = desk()
    at.done(give(on="2014-10-02"))
    at.done(withdraw(NEW, "TEACH_PEERS"))
    held = consent(at, NEW)
    assert not held.on(TEACH, dt.date(2014, 10, 1))
    assert held.on(TEACH, dt.date(2014, 10, 2))
    assert held.on(TEACH, dt.date(2015, 1, 14))
    assert not held.on(TEACH, DAY)
    assert held.on(LEARN, DAY)
    assert held.standing() == (LEARN,)
    assert again(at) == at.records


def test_consent_withdrawn_can_be_given_anew_and_the_gap_is_known() -> None:
    at = desk()
    assert at.done(withdraw(OTHER))["left"] == []
    at.done(give(OTHER, "TEACH_PEERS", on="2015-02-01"))
    held = consent(at, OTHER)
    assert held.gap(TEACH, dt.date(2014, 12, 1)) == DAY
    assert held.gap(TEACH, DAY) == DAY
    assert held.gap(TEACH, dt.date(2015, 2, 1)) is None
    assert again(at) == at.records


def test_consent_given_anew_on_the_day_it_was_withdrawn_leaves_no_gap() -> None:
    at = desk()
    at.done(withdraw(OTHER))
    at.done(give(OTHER, "TEACH_PEERS", on="2015-01-15"))
    assert consent(at, OTHER).gap(TEACH, dt.date(2014, 12, 1)) is None


def test_the_same_consent_again_changes_nothing() -> None:
    at = desk()
    assert at.done(give())["changed"] is True
    before = dict(at.records)
    assert at.done(give())["changed"] is False
    assert at.records == before


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        (give("999999"), "FACILITY_UNKNOWN", "participant"),
        (give(FAMILY), "NOT_A_FACILITY", "participant"),
        (give(on="2015-03-09"), "IN_THE_FUTURE", "given_on"),
        (give(on="1970-01-01"), "BEFORE_PROGRAM", "given_on"),
        (give(NEW, "TEACH_PEERS", "TEACH_PEERS"), "REPEATED", "scopes[1]"),
        (give(HOME, "TEACH_PEERS"), "ALREADY_GIVEN", "scopes[0]"),
        (withdraw(NEW), "CONSENT_UNKNOWN", "participant"),
        (withdraw(on="2014-09-30"), "OUT_OF_ORDER", "withdrawn_on"),
        (withdraw(on="2015-03-09"), "IN_THE_FUTURE", "withdrawn_on"),
        (withdraw(OTHER, "TEACH_PEERS", "TEACH_PEERS"), "REPEATED", "scopes[1]"),
    ],
)
def test_what_cannot_be_is_refused(asked: Command, code: str, field: str) -> None:
    assert (code, field) in desk().refused(asked)


def test_what_is_withdrawn_cannot_be_withdrawn_again_or_given_for_days_before() -> None:
    at = desk()
    at.done(withdraw(OTHER, "TEACH_PEERS"))
    assert at.refused(withdraw(OTHER, "TEACH_PEERS", on="2015-02-01")) == [("NOT_GIVEN", "scopes[0]")]
    at.done(withdraw(OTHER))
    assert at.refused(withdraw(OTHER, on="2015-02-01")) == [("ALREADY_WITHDRAWN", "participant")]
    assert at.refused(give(OTHER, "TEACH_PEERS", on="2015-01-14")) == [("OUT_OF_ORDER", "given_on")]


def test_who_closed_gives_no_consent_and_can_still_take_it_back() -> None:
    at = desk(closed(OTHER, dt.date(2015, 1, 1)), closed(NEW, dt.date(2015, 1, 1)))
    assert at.refused(give(NEW, on="2015-01-02")) == [("FACILITY_CLOSED", "participant")]
    at.done(withdraw(OTHER))
