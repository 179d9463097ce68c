"""A pairing ends by itself as of the day on which it could not be any more."""

import datetime as dt

import pytest

from services.recruitment.domain.peers.pairing_kind import PairingStatus
from shared.contracts.recruitment.pairings import PairingLapsed
from shared.contracts.recruitment.peer_terms import Side, WhyLapsed
from tests.recruitment.desk import Desk
from tests.recruitment.networks.cast import HOME, NEW, OTHER, closed, merged
from tests.recruitment.peers.cast import agree, desk, give, lapse, meet, pairing, propose, withdraw

DAY = dt.date(2015, 1, 15)


def begun(steps: int) -> Desk:
    """A pairing that was proposed, agreed to, or met in."""
    at = desk()
    for asked in (propose(), agree(), meet())[:steps]:
        at.done(asked)
    return at


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_consent_withdrawn_ends_it_from_that_day_however_far_it_came(steps: int) -> None:
    at = begun(steps)
    assert lapse(at) == []
    at.done(withdraw(OTHER))
    (event,) = lapse(at)
    assert isinstance(event, PairingLapsed)
    assert (event.lapsed_on, event.why, event.side) == (DAY, WhyLapsed.CONSENT_WITHDRAWN, Side.TEACHER)
    held = pairing(at)
    assert held.status is PairingStatus.ENDED
    assert len(held.meetings) == (steps == 3)
    assert lapse(at) == []
    assert at.refused(meet(on="2015-01-01")) == [("STATE", "pairing")]


def test_consent_given_anew_does_not_bring_it_back() -> None:
    at = begun(2)
    at.done(withdraw(OTHER))
    at.done(give(OTHER, "TEACH_PEERS", on="2015-02-01"))
    (event,) = lapse(at)
    assert isinstance(event, PairingLapsed)
    assert event.lapsed_on == DAY


def test_a_scope_that_its_side_does_not_need_ends_nothing() -> None:
    at = begun(3)
    at.done(withdraw(OTHER, "LEARN_FROM_PEERS", "SHARE_FIGURES", "SHARE_ADDRESS"))
    at.done(withdraw(HOME, "TEACH_PEERS"))
    assert lapse(at) == []


def test_consent_withdrawn_for_days_before_the_proposal_ends_it_on_its_first_day() -> None:
    at = begun(2)
    at.done(withdraw(HOME, on="2014-10-15"))
    (event,) = lapse(at)
    assert isinstance(event, PairingLapsed)
    assert (event.lapsed_on, event.side) == (dt.date(2014, 11, 1), Side.LEARNER)


def test_it_ends_with_whoever_closes_once_the_day_has_come_or_goes_on_in_another() -> None:
    at = begun(2)
    at.has(closed(OTHER, dt.date(2015, 3, 7)))
    assert lapse(at) == []
    (event,) = lapse(at, today=dt.date(2015, 3, 7))
    assert isinstance(event, PairingLapsed)
    assert event.why is WhyLapsed.CLOSED
    at = begun(2)
    at.has(merged(HOME, NEW, DAY))
    (event,) = lapse(at)
    assert isinstance(event, PairingLapsed)
    assert (event.why, event.side) == (WhyLapsed.MERGED, Side.LEARNER)


def test_a_closing_recorded_late_ends_it_on_its_first_day_and_not_before() -> None:
    at = begun(2)
    at.has(closed(OTHER, dt.date(2014, 10, 15)))
    (event,) = lapse(at)
    assert isinstance(event, PairingLapsed)
    assert (event.lapsed_on, event.why) == (dt.date(2014, 11, 1), WhyLapsed.CLOSED)


def test_the_first_of_several_causes_counts() -> None:
    at = begun(2)
    at.has(closed(HOME, dt.date(2015, 2, 1)))
    at.done(withdraw(OTHER))
    (event,) = lapse(at)
    assert isinstance(event, PairingLapsed)
    assert (event.lapsed_on, event.why) == (DAY, WhyLapsed.CONSENT_WITHDRAWN)


def test_after_it_lapsed_the_two_can_begin_anew_from_that_day_on() -> None:
    at = begun(3)
    at.done(withdraw(OTHER))
    lapse(at)
    at.done(give(OTHER, "TEACH_PEERS", on="2015-01-15"))
    assert at.refused(propose(on="2015-01-14"))
    at.done(propose(on="2015-01-15"))
    assert pairing(at).earlier[0].lapse is not None
