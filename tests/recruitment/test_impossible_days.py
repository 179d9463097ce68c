"""Days and numbers no calendar or plan can hold are refused with a reason like any other."""

from services.recruitment.domain.participants.kinds import PARTICIPANT
from shared.contracts.recruitment.people_commands import ReleaseCaseload, RetirePerson
from tests.recruitment.coalitions.cast import choose, formed, plan
from tests.recruitment.communities.test_versions import define
from tests.recruitment.desk import Desk
from tests.recruitment.participants.asking import HOME, close, own, owner, reopen
from tests.recruitment.participants.asking import desk as participants
from tests.recruitment.people.cast import HOME as SUBJECT
from tests.recruitment.people.cast import assign
from tests.recruitment.people.cast import desk as people

FIRST, LAST = "0001-01-01", "9999-12-31"


def test_nobody_leaves_on_the_last_day_of_the_calendar() -> None:
    at = people()
    leaving = RetirePerson.model_validate({"actor": "t", "person": "ann", "last_day": LAST})
    assert at.refused(leaving) == [("TOO_FAR_AHEAD", "last_day")]
    at.done(assign("ann"))
    at.done(assign("bob", part="SUPPORT", since="2015-02-01"))
    releasing = {"actor": "t", "subject": SUBJECT, "person": "ann", "last_day": LAST}
    assert at.refused(ReleaseCaseload.model_validate(releasing)) == [("IN_THE_FUTURE", "last_day")]


def test_an_owner_since_the_first_day_there_can_be_had_none_before() -> None:
    at = participants()
    at.done(owner("aa"))
    at.done(owner("bb"))
    assert at.refused(own("aa", FIRST)) == [("BEFORE_PROGRAM", "since")]
    assert at.done(own("aa", "1700-01-01"))["owner_before"] is None
    assert at.done(own("bb", "2014-06-01"))["owner_before"] == "aa"
    assert at.done(own("aa", "2014-06-01"))["owner_before"] == "aa"


def test_nothing_opens_again_or_is_defined_before_there_was_a_program() -> None:
    at = participants()
    at.done(close(on="2016-01-31"))
    assert at.refused(reopen(on=FIRST, reason="CALLED_OFF")) == [("BEFORE_PROGRAM", "on")]
    assert at.held(PARTICIPANT, HOME).closed_on is not None
    assert Desk().refused(define("aa", "zip:02139", since="1982-09-02")) == [("BEFORE_PROGRAM", "effective_from")]
    assert Desk().done(define("aa", "zip:02139", since="1982-09-03"))["version"] == 1


def test_a_target_that_would_be_seen_after_this_century_is_no_plan() -> None:
    at = formed()
    at.done(choose(target="14.9"))
    assert at.refused(plan(observed=1)) == [("NEVER_SEEN", "observed")]
    assert at.refused(plan(begins="2099Q4", observed=100_000)) == [("NEVER_SEEN", "observed")]
    assert at.done(plan(observed=100_000_000, begins="2099Q4"))["seen_in"] == "2099Q4"
