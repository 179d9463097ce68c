"""Practices: published with evidence and after a review by somebody else, told to each once, named by wish alone."""

import pytest

from services.recruitment.domain.practices.practice_kind import PRACTICE_MACHINE, PracticePhase, PracticeStep
from services.recruitment.domain.registry import KINDS
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment.participant_terms import WhyClosed
from shared.contracts.recruitment.participants import ParticipantClosed
from shared.messaging.handling import Accepted
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.practices.cast import (
    ELM,
    EVIDENCE,
    FAMILY,
    FIR,
    OAK,
    YEW,
    act,
    again,
    desk,
    do,
    draft,
    heard,
    name,
    plan,
    practice_held,
    publish,
    published,
    retire,
    review,
    revise,
    share,
    study,
    take_up,
    wish,
)

NOBODY = "nnhqcc.000000000000"


def drafted(**fields: object) -> tuple[Desk, str]:
    at = desk()
    return at, str(at.done(draft(**fields))["practice"])


def notices(at: Desk) -> list[NoticeRequested]:
    return [emit.event for emit in at.said if isinstance(emit.event, NoticeRequested)]


def test_a_practice_without_evidence_is_not_published_and_says_why() -> None:
    at, practice = drafted(evidence=[])
    at.done(review(practice))
    assert at.refused(publish(practice)) == [("NO_EVIDENCE", "evidence")]
    at.done(revise(practice, "2014-12-04", evidence=[EVIDENCE]))
    # What was reviewed had none.
    assert at.refused(publish(practice)) == [("NOT_REVIEWED", "practice")]
    at.done(review(practice, on="2014-12-04"))
    assert at.done(publish(practice))["version"] == 1
    assert again(at) == at.records


def test_a_review_is_by_staff_who_wrote_nothing_of_the_draft() -> None:
    at, practice = drafted()
    assert at.refused(publish(practice)) == [("NOT_REVIEWED", "practice")]
    assert at.refused(review(practice, "ida")) == [("OWN_WORK", "reviewer")]
    assert at.refused(review(practice, "eve")) == [("NOT_STAFF", "reviewer")]
    assert at.refused(review(practice, "nobody")) == [("PERSON_UNKNOWN", "reviewer")]
    assert at.refused(review(practice, on="2014-11-30")) == [("OUT_OF_ORDER", "reviewed_on")]
    assert at.refused(review(practice, on="2015-03-08")) == [("IN_THE_FUTURE", "reviewed_on")]
    at.done(revise(practice, author="ben", summary="Look in each half hour."))
    assert at.refused(review(practice, "ben")) == [("OWN_WORK", "reviewer")]


def test_a_version_is_kept_beside_the_next_and_read_until_that_is_out() -> None:
    at = desk()
    practice = published(at)
    assert at.refused(publish(practice)) == [("NO_DRAFT", "practice")]
    assert at.refused(review(practice, on="2014-12-06")) == [("NO_DRAFT", "practice")]
    assert at.done(revise(practice, "2014-12-06", title="Rounds", author="ben"))["changed"] is True
    assert at.done(revise(practice, "2014-12-06", title="Rounds", author="ben"))["changed"] is False
    assert practice_held(at, practice).content().title == "Hourly rounds"
    # Who wrote the version before may review this one.
    at.done(review(practice, "ida", "2014-12-07"))
    assert at.done(publish(practice, "2014-12-08"))["version"] == 2
    held = practice_held(at, practice)
    assert [(one.version, one.content.title, one.authors) for one in held.versions] == [
        (1, "Hourly rounds", ("ida",)),
        (2, "Rounds", ("ben",)),
    ]
    assert held.content().title == "Rounds"
    assert again(at) == at.records


def test_a_draft_that_does_not_fit_says_why() -> None:
    at = desk()
    assert at.refused(draft(network="cusp")) == [("NETWORK_UNKNOWN", "network")]
    assert at.refused(draft(author="nobody")) == [("PERSON_UNKNOWN", "author")]
    assert at.refused(draft(drafted_on="2015-03-08")) == [("IN_THE_FUTURE", "drafted_on")]
    measures = ["happiness", "nursing-home-falls", "nursing-home-falls"]
    assert at.refused(draft(measures=measures)) == [("MEASURE_UNKNOWN", "measures[0]"), ("REPEATED", "measures[2]")]
    later = {"participant": ELM, "since": "2014-12-02"}
    assert at.refused(draft(origin=later)) == [("OUT_OF_ORDER", "origin.since")]
    unknown = {"participant": "225099", "since": "2014-11-20"}
    assert at.refused(draft(origin=unknown)) == [("FACILITY_UNKNOWN", "origin.participant")]
    practice = str(at.done(draft())["practice"])
    assert at.refused(revise(practice)) == [("NOTHING_GIVEN", None)]
    assert at.refused(revise(practice, "2014-11-30", title="x")) == [("OUT_OF_ORDER", "revised_on")]
    assert at.refused(revise(practice, author="nobody", title="x")) == [("PERSON_UNKNOWN", "author")]
    assert at.refused(revise(practice, measures=["happiness"])) == [("MEASURE_UNKNOWN", "measures[0]")]


def test_a_practice_grows_out_of_a_test_that_was_adopted_and_may_be_shared() -> None:
    at = desk()
    test = str(at.done(plan())["test"])
    origin = {"participant": ELM, "since": "2014-11-20", "test": test}
    assert at.refused(draft(origin=origin)) == [("NOT_ADOPTED", "origin.test"), ("NOT_SHARED", "origin.test")]
    for asked in (do(test), study(test), act(test)):
        at.done(asked)
    assert at.refused(draft(origin=origin)) == [("NOT_SHARED", "origin.test")]
    at.done(wish(test))
    assert at.refused(draft(origin={**origin, "since": "2014-11-19"})) == [("NOT_ADOPTED", "origin.test")]
    assert at.refused(draft(origin={**origin, "participant": OAK})) == [("TEST_OF_ANOTHER", "origin.test")]
    assert at.refused(draft(origin={**origin, "test": NOBODY})) == [("TEST_UNKNOWN", "origin.test")]
    at.done(draft(origin=origin))


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


def test_an_unknown_practice_is_said_to_be_none() -> None:
    at = desk()
    for asked in (
        *(revise(NOBODY, title="x"), review(NOBODY), publish(NOBODY), share(NOBODY, OAK), name(NOBODY)),
        *(retire(NOBODY), take_up(NOBODY, OAK, heard(participant=ELM))),
    ):
        assert at.refused(asked) == [("PRACTICE_UNKNOWN", "practice")]


@pytest.mark.parametrize("phase", PracticePhase)
@pytest.mark.parametrize("step", PracticeStep)
def test_each_step_leads_where_the_table_says_or_is_refused(phase: PracticePhase, step: PracticeStep) -> None:
    at = desk()
    if phase is PracticePhase.DRAFT:
        practice = str(at.done(draft())["practice"])
    else:
        practice = published(at)
        at.done(revise(practice, "2014-12-06", title="Rounds"))
    if step is PracticeStep.PUBLISH:
        at.done(review(practice, on="2014-12-07"))
    if phase is PracticePhase.RETIRED:
        at.done(retire(practice, "2015-01-01"))
    asked = {
        PracticeStep.REVISE: revise(practice, "2015-01-02", title="Other"),
        PracticeStep.REVIEW: review(practice, on="2015-01-02"),
        PracticeStep.PUBLISH: publish(practice, "2015-01-02"),
        PracticeStep.SHARE: share(practice, OAK, on="2015-01-02"),
        PracticeStep.TRY: take_up(practice, OAK, heard(participant=ELM), "2015-01-02"),
        PracticeStep.NAME_ORIGIN: name(practice, on="2015-01-02"),
        PracticeStep.RETIRE: retire(practice, "2015-01-02"),
    }[step]
    to = PRACTICE_MACHINE.after(phase, step)
    if to is None:
        assert at.refused(asked) == [("STATE", "practice")]
    else:
        at.done(asked)
        assert practice_held(at, practice).phase is to


def test_a_practice_is_not_retired_before_it_was_last_worked_on() -> None:
    at = desk()
    practice = published(at)
    assert at.refused(retire(practice, "2014-12-04")) == [("OUT_OF_ORDER", "retired_on")]
    assert at.refused(retire(practice, "2015-03-08")) == [("IN_THE_FUTURE", "retired_on")]
