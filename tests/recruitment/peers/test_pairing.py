"""Two facilities are paired with the consent of both alone, each step in its order, and told of each other."""

import datetime as dt
from typing import Any

import pytest

from services.recruitment.domain.peers.pairing_kind import PAIRING_MACHINE, PairingStatus, PairingStep
from shared.contracts.message import Command
from shared.contracts.recruitment.peer_terms import Helped
from shared.messaging.handling import Refused
from tests.recruitment.desk import Desk
from tests.recruitment.networks import cast as networks
from tests.recruitment.networks.cast import FAR, HOME, NEW, OTHER, closed, merged
from tests.recruitment.peers.cast import (
    PAIR,
    again,
    agree,
    decline,
    desk,
    end,
    meet,
    pairing,
    propose,
    withdraw,
)

FIGURES = ({"of": "TEACHER", "period": "2014Q2", "value": "12.5"}, {"of": "LEARNER", "period": "2014Q2", "value": "21"})


def agreed(**fields: Any) -> Desk:
    """A desk with a pairing that both agreed to."""
    at = desk()
    at.done(propose(**fields))
    at.done(agree())
    return at


def test_a_pairing_goes_from_proposal_to_what_came_of_it() -> None:
    at = agreed()
    assert at.done(meet())["meetings"] == 1
    at.done(meet(on="2014-11-20"))
    assert at.done(end())["helped"] == "HELPFUL"
    held = pairing(at)
    assert [str(one.held_on) for one in held.meetings] == ["2014-11-20", "2014-12-01"]
    assert (held.status, held.helped, held.taken_over) == (PairingStatus.ENDED, Helped.HELPFUL, "Huddles")
    assert (held.learner, held.teacher, held.network) == (HOME, OTHER, "nnhqcc")
    assert again(at) == at.records


def test_the_machine_is_total() -> None:
    for status in PairingStatus:
        for step in PairingStep:
            assert (PAIRING_MACHINE.after(status, step) is None) == (
                PAIRING_MACHINE.reason_against(status, step) is not None
            )
    at = desk()
    at.done(propose())
    assert at.refused(meet()) == [("STATE", "pairing")]
    assert at.refused(end()) == [("STATE", "pairing")]
    at.done(decline())
    for asked in (agree(), decline(), meet(), end()):
        assert at.refused(asked) == [("STATE", "pairing")]


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        (propose(HOME, HOME), "SAME_FACILITY", "teacher"),
        (propose(HOME, NEW), "CONSENT_MISSING", "teacher"),
        (propose(NEW, HOME), "CONSENT_MISSING", "learner"),
        (propose(on="2014-09-30", network=None), "CONSENT_MISSING", "teacher"),
        (propose(HOME, "999999"), "FACILITY_UNKNOWN", "teacher"),
        (propose(network="nobodys"), "NETWORK_UNKNOWN", "network"),
        (propose(on="2014-09-30"), "BEFORE_NETWORK", "proposed_on"),
        (propose(on="2015-03-09"), "IN_THE_FUTURE", "proposed_on"),
        (propose(figures=FIGURES), "NO_MEASURE", "measure"),
        (propose(HOME, FAR, figures=FIGURES, measure="m"), "FIGURES_NOT_SHARED", "figures[0]"),
        (propose(figures=(FIGURES[0], FIGURES[0]), measure="m"), "REPEATED", "figures[1]"),
        (propose(reasons=[{"why": "JUDGED"}]), "WORDS_DO_NOT_FIT", "reasons[0].words"),
        (propose(reasons=[{"why": "IMPROVED", "words": "w"}]), "WORDS_DO_NOT_FIT", "reasons[0].words"),
        (propose(reasons=[{"why": "IMPROVED"}] * 2), "REPEATED", "reasons[1].why"),
        (agree(), "PAIRING_UNKNOWN", "pairing"),
        (decline(), "PAIRING_UNKNOWN", "pairing"),
        (meet(), "PAIRING_UNKNOWN", "pairing"),
        (end(), "PAIRING_UNKNOWN", "pairing"),
    ],
)
def test_what_cannot_be_is_refused(asked: Command, code: str, field: str) -> None:
    assert (code, field) in desk().refused(asked)


def test_whoever_has_not_consented_is_named_in_the_reason() -> None:
    answer = desk().ask(propose(HOME, NEW))
    assert isinstance(answer, Refused)
    (reason,) = answer.reasons
    assert reason.text.startswith(f"No consent of {NEW} to teach peers is recorded for 2014-11-01.")


@pytest.mark.parametrize("scope", ["TEACH_PEERS", "LEARN_FROM_PEERS"])
def test_no_step_goes_on_without_the_consent_that_its_side_needs(scope: str) -> None:
    teaches = scope == "TEACH_PEERS"
    at = desk()
    at.done(propose())
    at.done(withdraw(OTHER if teaches else HOME, scope, on="2014-11-10"))
    field = "teacher" if teaches else "learner"
    assert at.refused(agree()) == [("CONSENT_MISSING", field)]
    at.done(agree(on="2014-11-09"))
    assert at.refused(meet()) == [("CONSENT_MISSING", field)]
    assert at.refused(end(helped="NOT_KNOWN", taken_over=None)) == [("CONSENT_MISSING", field)]
    other_side = "LEARN_FROM_PEERS" if teaches else "TEACH_PEERS"
    plain = agreed()
    plain.done(withdraw(OTHER if teaches else HOME, other_side, on="2014-11-20"))
    plain.done(meet())


def test_the_same_two_have_one_pairing_on_a_topic_whoever_teaches() -> None:
    at = agreed()
    assert at.refused(propose(on="2014-12-01")) == [("ALREADY_PAIRED", "teacher")]
    assert at.refused(propose(OTHER, HOME, on="2014-12-01", network=None)) == [("ALREADY_PAIRED", "teacher")]
    at.done(propose(topic="PRESSURE_ULCERS", on="2014-12-01"))
    at.done(propose(HOME, FAR, on="2014-12-01", network=None))


def test_once_it_is_over_the_two_can_begin_anew_and_the_time_before_is_kept() -> None:
    at = agreed()
    at.done(meet())
    at.done(end())
    assert at.refused(propose(OTHER, HOME, on="2015-01-31")) == [("OUT_OF_ORDER", "proposed_on")]
    at.done(propose(OTHER, HOME, on="2015-02-01"))
    held = pairing(at)
    assert (held.status, held.learner, held.meetings, held.helped) == (PairingStatus.PROPOSED, OTHER, (), None)
    (before,) = held.earlier
    assert (before.learner, before.taken_over, len(before.meetings)) == (HOME, "Huddles", 1)
    at.done(decline(on="2015-02-02"))
    at.done(propose(on="2015-02-03"))
    assert [one.status for one in pairing(at).earlier] == [PairingStatus.ENDED, PairingStatus.DECLINED]
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        (meet(on="2014-11-09"), ("OUT_OF_ORDER", "held_on")),
        (meet(on="2015-03-09"), ("IN_THE_FUTURE", "held_on")),
        (meet(), ("ALREADY_RECORDED", "held_on")),
        (end(on="2014-11-30"), ("OUT_OF_ORDER", "ended_on")),
        (end(on="2015-03-09"), ("IN_THE_FUTURE", "ended_on")),
    ],
)
def test_days_out_of_order_and_the_same_meeting_twice_are_refused(asked: Command, refused: tuple[str, str]) -> None:
    at = agreed()
    at.done(meet())
    assert at.refused(asked) == [refused]


def test_agreement_and_refusal_come_after_the_proposal() -> None:
    at = desk()
    at.done(propose())
    for asked, field in ((agree, "agreed_on"), (decline, "declined_on")):
        assert at.refused(asked(on="2014-10-31")) == [("OUT_OF_ORDER", field)]
        assert at.refused(asked(on="2015-03-09")) == [("IN_THE_FUTURE", field)]


def test_nothing_comes_of_a_pairing_in_which_they_never_met() -> None:
    at = agreed()
    assert at.refused(end()) == [("NEVER_MET", "taken_over"), ("NEVER_MET", "helped")]
    at.done(end(helped="NOT_KNOWN", taken_over=None))


def test_whoever_is_gone_is_in_no_pairing() -> None:
    gone = dt.date(2014, 11, 5)
    at = desk(closed(OTHER, gone))
    assert at.refused(propose(on="2014-11-05")) == [("FACILITY_CLOSED", "teacher")]
    at.done(propose())
    assert at.refused(agree()) == [("FACILITY_CLOSED", "teacher")]
    assert desk(merged(OTHER, NEW, gone)).refused(propose()) == [("FACILITY_MERGED", "teacher")]


def test_nothing_is_proposed_in_a_network_that_ended() -> None:
    at = desk()
    at.done(networks.end(on="2014-10-31"))
    assert at.refused(propose()) == [("NETWORK_ENDED", "proposed_on")]


def test_the_id_names_both_in_one_order() -> None:
    at = desk()
    at.done(propose(OTHER, HOME))
    assert pairing(at).id == PAIR
