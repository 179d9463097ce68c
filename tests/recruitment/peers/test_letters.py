"""Two who agreed are told of each other, as far as each consents to that on that day."""

from typing import Any

from services.notifications.domain.catalogue.learning import KINDS as NOTICES
from shared.contracts.notifications import NoticeRequested
from tests.recruitment.desk import Desk
from tests.recruitment.networks.cast import HOME, OTHER
from tests.recruitment.peers.cast import agree, desk, propose, withdraw
from tests.recruitment.peers.test_pairing import FIGURES, agreed


def letters(at: Desk) -> dict[str, dict[str, str]]:
    """The facts of the letters, by whom they are for."""
    sent = [emit.event for emit in at.said if isinstance(emit.event, NoticeRequested)]
    assert len({one.notice_id for one in sent}) == len(sent)
    return {one.subject: dict(one.facts) for one in sent if one.notice_type == "PEER_MATCH"}


def test_both_are_told_of_each_other_once_they_agreed_and_not_before() -> None:
    at = desk()
    at.done(propose(figures=FIGURES, measure="nursing-home-falls"))
    assert letters(at) == {}
    assert at.done(agree())["letters"] == 2
    sent = letters(at)
    assert sent.keys() == {HOME, OTHER}
    kind = NOTICES["PEER_MATCH"]
    for facts in sent.values():
        assert set(kind.mandatory) <= facts.keys() <= {*kind.mandatory, *kind.optional}
    assert (sent[HOME]["peer_name"], sent[OTHER]["peer_name"]) == (OTHER, HOME)
    assert sent[HOME]["topic"] == "falls"
    assert sent[HOME]["next_step"] == "We call you both."
    assert "12.5 in 2014Q2" in sent[HOME]["reason"]
    assert "21 in 2014Q2" in sent[OTHER]["reason"]


def test_address_and_figures_are_told_only_as_long_as_their_owner_shares_them() -> None:
    at = desk()
    at.done(propose(figures=FIGURES, measure="nursing-home-falls"))
    at.done(withdraw(OTHER, "SHARE_FIGURES", "SHARE_ADDRESS", on="2014-11-05"))
    at.done(agree())
    sent = letters(at)
    assert "peer_contact" not in sent[HOME]
    assert sent[OTHER]["peer_contact"] == "MA 02139"
    assert "12.5" not in str(sent)
    assert "21 in 2014Q2" in sent[HOME]["reason"]


def test_what_staff_judge_stands_in_the_letter() -> None:
    reasons: list[dict[str, Any]] = [{"why": "JUDGED", "words": "They changed their night shift."}]
    assert letters(agreed(reasons=reasons))[HOME]["reason"] == "They changed their night shift."
