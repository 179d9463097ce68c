"""Practices: published with evidence and after a review by somebody else, told to each once, named by wish alone."""

import pytest

from services.recruitment.domain.practices.practice_kind import PRACTICE_MACHINE, PracticePhase, PracticeStep
from tests.recruitment.desk import Desk
from tests.recruitment.practices.cast import (
    ELM,
    EVIDENCE,
    OAK,
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
    assert at.refused(review(practice, "ida")) == [("OWN_WORK", "reviewed_by")]
    assert at.refused(review(practice, "eve")) == [("NOT_STAFF", "reviewed_by")]
    assert at.refused(review(practice, "nobody")) == [("PERSON_UNKNOWN", "reviewed_by")]
    assert at.refused(review(practice, on="2014-11-30")) == [("OUT_OF_ORDER", "reviewed_on")]
    assert at.refused(review(practice, on="2015-03-08")) == [("IN_THE_FUTURE", "reviewed_on")]
    at.done(revise(practice, author="ben", summary="Look in each half hour."))
    for author in ("ida", "ben"):
        assert at.refused(review(practice, author)) == [("OWN_WORK", "reviewed_by")]


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
