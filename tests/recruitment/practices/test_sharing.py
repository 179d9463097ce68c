"""A practice is told to each once, and its origin named by its recorded wish alone."""

from services.recruitment.domain.registry import KINDS
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment.participant_terms import WhyClosed
from shared.contracts.recruitment.participants import ParticipantClosed
from shared.messaging.handling import Accepted
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.practices.cast import (
    ELM,
    FAMILY,
    FIR,
    OAK,
    YEW,
    again,
    desk,
    name,
    published,
    share,
)
from tests.recruitment.practices.test_practices import drafted


def notices(at: Desk) -> list[NoticeRequested]:
    return [emit.event for emit in at.said if isinstance(emit.event, NoticeRequested)]


def test_each_is_written_to_once_and_nobody_is_named_without_its_wish() -> None:
    at = desk()
    practice = published(at)
    assert at.done(share(practice, ELM, OAK, YEW, OAK))["told"] == 2
    assert at.done(share(practice, OAK, YEW, FIR, on="2014-12-07"))["told"] == 1
    assert at.done(share(practice, OAK)) == {"practice": practice, "told": 0, "told_before": 1, "gone": 0}
    found = notices(at)
    assert [one.subject for one in found] == [OAK, YEW, FIR]
    assert len({one.notice_id for one in found}) == 3
    assert found[0].facts == {
        "qio_name": "The QIO",
        "qio_phone": "555-010-0100",
        "practice_title": "Hourly rounds",
        "practice_topic": "falls",
        "practice_words": "Look in each hour.",
        "shared_on": "2014-12-06",
    }
    assert found[0].notice_type == "PRACTICE_SHARED"
    assert not any(f"Home {ELM}" in one.model_dump_json() for one in found)
    assert again(at) == at.records


def test_the_origin_is_named_by_its_latest_wish_alone() -> None:
    at = desk()
    practice = published(at)
    assert at.refused(share(practice, OAK, name_origin=ELM)) == [("NOT_TO_BE_NAMED", "name_origin")]
    assert at.done(name(practice))["changed"] is True
    assert at.done(name(practice))["changed"] is False
    assert at.refused(share(practice, OAK, name_origin=YEW)) == [("NOT_THE_ORIGIN", "name_origin")]
    at.done(share(practice, OAK, name_origin=ELM, results="A third fewer."))
    facts = notices(at)[0].facts
    assert (facts["shared_by"], facts["setting"], facts["results"]) == (
        *(f"Home {ELM}", "nursing home"),
        "A third fewer.",
    )
    assert at.refused(name(practice, False, "2014-12-03")) == [("OUT_OF_ORDER", "said_on")]
    at.done(name(practice, False, "2014-12-10"))
    assert at.refused(share(practice, YEW, name_origin=ELM)) == [("NOT_TO_BE_NAMED", "name_origin")]
    assert at.refused(name(practice, on="2015-03-08")) == [("IN_THE_FUTURE", "said_on")]
    other, plain = drafted(origin=None)
    assert other.refused(name(plain)) == [("NO_ORIGIN", "practice")]


def test_no_history_of_ours_holds_the_name_of_a_facility() -> None:
    at = desk()
    practice = published(at)
    at.done(name(practice))
    at.done(share(practice, OAK, name_origin=ELM))
    own = [emit.event for emit in at.said if type(emit.event) in KINDS.events]
    assert own
    assert not any("Home " in one.model_dump_json() for one in own)


def test_who_is_gone_is_left_out_and_who_cannot_be_told_is_refused() -> None:
    gone = ParticipantClosed(participant=YEW, on=NOW.date(), reason=WhyClosed.BY_ITS_OWNER, actor="t")
    at = desk(gone)
    practice = published(at)
    assert at.done(share(practice, OAK, YEW, on="2015-03-06")) == {
        "practice": practice,
        "told": 1,
        "told_before": 0,
        "gone": 1,
    }
    assert at.refused(share(practice, OAK, "225099", FAMILY)) == [
        ("FACILITY_UNKNOWN", "participants[1]"),
        ("SETTING_DOES_NOT_FIT", "participants[2]"),
    ]
    assert at.refused(share(practice, OAK, on="2014-12-04")) == [("OUT_OF_ORDER", "shared_on")]
    assert at.refused(share(practice, OAK, on="2015-03-08")) == [("IN_THE_FUTURE", "shared_on")]


def test_a_command_that_comes_again_asks_for_the_same_notice() -> None:
    first, second = desk(), desk()
    practice = published(first)
    assert published(second) == practice
    for at in (first, second):
        assert isinstance(at.ask(share(practice, OAK)), Accepted)
    assert notices(first) == notices(second)
