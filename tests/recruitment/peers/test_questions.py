"""Questions and answers are seen once a moderator who did not write them published them."""

import datetime as dt

import pytest

from services.recruitment.domain.peers.question_kind import ANSWER_MACHINE, QUESTION_MACHINE, PostStatus, PostStep
from shared.contracts.message import Command
from tests.recruitment.networks import cast as networks
from tests.recruitment.networks.cast import FAR, HOME, HOSPITAL, NEW, OTHER, closed
from tests.recruitment.peers.cast import again, answer, ask, desk, mark, moderate, published, question

NOBODY = "nnhqcc.000000000000"


def test_a_question_is_asked_published_answered_and_its_answer_accepted() -> None:
    at = desk()
    name = published(at)
    at.done(mark(name))
    at.done(mark(name, "ACCEPTED", f"participant:{HOME}"))
    held = question(at, name)
    assert (held.status, held.accepted, held.answers[0].helpful) == (PostStatus.PUBLISHED, 1, (f"participant:{OTHER}",))
    assert again(at) == at.records


def test_the_machines_are_total() -> None:
    for machine in (QUESTION_MACHINE, ANSWER_MACHINE):
        for status in PostStatus:
            for step in PostStep:
                assert (machine.after(status, step) is None) == (machine.reason_against(status, step) is not None)


@pytest.mark.parametrize("decision", ["REJECT", "WITHDRAW"])
def test_what_is_not_to_be_seen_stays_so(decision: str) -> None:
    at = desk()
    name = str(at.done(ask())["question"])
    at.done(moderate(name, decision))
    assert at.refused(moderate(name)) == [("STATE", "question")]
    assert at.refused(answer(name)) == [("STATE", "question")]
    assert again(at) == at.records


def test_answers_are_moderated_each_by_itself() -> None:
    at = desk()
    name = published(at)
    assert at.done(answer(name, f"participant:{OTHER}"))["answer"] == 2
    assert at.refused(mark(name, answer=2, by=f"participant:{HOME}")) == [("STATE", "answer")]
    at.done(moderate(name, "REJECT", on="2014-12-06", answer=2))
    at.done(moderate(name, "WITHDRAW", on="2014-12-06", answer=1))
    held = question(at, name)
    assert [one.status for one in held.answers] == [PostStatus.WITHDRAWN, PostStatus.REJECTED]
    assert held.status is PostStatus.PUBLISHED
    assert at.refused(moderate(name, answer=3)) == [("ANSWER_UNKNOWN", "answer")]


def test_an_accepted_answer_that_is_withdrawn_is_accepted_no_more() -> None:
    at = desk()
    name = published(at)
    at.done(mark(name, "ACCEPTED", f"participant:{HOME}"))
    at.done(moderate(name, "WITHDRAW", on="2014-12-21", answer=1))
    assert question(at, name).accepted is None


def test_the_same_mark_again_changes_nothing_and_another_answer_can_be_accepted_instead() -> None:
    at = desk()
    name = published(at)
    assert at.done(mark(name))["helpful"] == 1
    assert at.done(mark(name)) == {"question": name, "answer": 1, "helpful": 1, "changed": False}
    by = f"participant:{HOME}"
    at.done(mark(name, "ACCEPTED", by))
    assert at.done(mark(name, "ACCEPTED", by))["changed"] is False
    at.done(answer(name, "person:bob-b"))
    at.done(moderate(name, on="2014-12-06", answer=2))
    at.done(mark(name, "ACCEPTED", by, answer=2))
    assert question(at, name).accepted == 2


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        (ask(network="nobodys"), "NETWORK_UNKNOWN", "network"),
        (ask(on="2014-09-30"), "BEFORE_NETWORK", "asked_on"),
        (ask(on="2015-03-09"), "IN_THE_FUTURE", "asked_on"),
        (ask("participant:999999"), "FACILITY_UNKNOWN", "asker"),
        (ask(f"participant:{NEW}"), "NOT_RECRUITED", "asker"),
        (ask(f"participant:{HOSPITAL}"), "SETTING_DOES_NOT_FIT", "asker"),
        (ask(f"participant:{FAR}"), "OUTSIDE_NETWORK", "asker"),
        (ask("person:nobody"), "PERSON_UNKNOWN", "asker"),
        (ask(text="Write to ann@example.org."), "NAMES_A_PERSON", "text"),
        (ask(text="Call (617) 555-0100 at night."), "NAMES_A_PERSON", "text"),
        (ask(text="About 900-12-3456, who fell."), "NAMES_A_PERSON", "text"),
        (answer(NOBODY), "QUESTION_UNKNOWN", "question"),
        (moderate(NOBODY), "QUESTION_UNKNOWN", "question"),
        (mark(NOBODY), "QUESTION_UNKNOWN", "question"),
    ],
)
def test_what_cannot_be_is_refused(asked: Command, code: str, field: str) -> None:
    assert (code, field) in desk().refused(asked)


@pytest.mark.parametrize("text", ["Rounds at 617, 555 and 0100?", "CCN 225009, NPI 1234567893", "From 2014-10-01 on?"])
def test_numbers_that_reach_nobody_are_let_through(text: str) -> None:
    desk().done(ask(text=text))


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"answerer": "participant:999999"}, "FACILITY_UNKNOWN", "answerer"),
        ({"answerer": "person:nobody"}, "PERSON_UNKNOWN", "answerer"),
        ({"on": "2014-11-04"}, "OUT_OF_ORDER", "answered_on"),
        ({"on": "2015-03-09"}, "IN_THE_FUTURE", "answered_on"),
        ({"text": "Ask 617-555-0100."}, "NAMES_A_PERSON", "text"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(fields: dict[str, str], code: str, field: str) -> None:
    at = desk()
    assert at.refused(answer(published(at), **fields)) == [(code, field)]


def test_who_closed_answers_no_more_and_an_ended_network_is_not_answered() -> None:
    at = desk(closed(OTHER, dt.date(2014, 11, 20)))
    name = published(at)
    assert at.refused(answer(name, f"participant:{OTHER}")) == [("FACILITY_CLOSED", "answerer")]
    at.done(networks.end(on="2015-02-01"))
    assert at.refused(answer(name, on="2015-02-02")) == [("NETWORK_ENDED", "answered_on")]


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"moderator": "nobody"}, "PERSON_UNKNOWN", "moderator"),
        ({"on": "2014-10-31"}, "OUT_OF_ORDER", "decided_on"),
        ({"on": "2015-03-09"}, "IN_THE_FUTURE", "decided_on"),
        ({"decision": "REJECT", "reason": None}, "REASON_MISSING", "reason"),
        ({"decision": "WITHDRAW", "reason": None}, "REASON_MISSING", "reason"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(fields: dict[str, str], code: str, field: str) -> None:
    at = desk()
    name = str(at.done(ask())["question"])
    assert at.refused(moderate(name, **fields)) == [(code, field)]


def test_nobody_moderates_what_they_wrote_but_may_withdraw_it() -> None:
    at = desk()
    name = str(at.done(ask("person:ida"))["question"])
    assert at.refused(moderate(name)) == [("OWN_POST", "moderator")]
    at.done(moderate(name, moderator="bob-b"))
    at.done(moderate(name, "WITHDRAW", on="2014-11-06"))


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"what": "ACCEPTED"}, "NOT_THE_ASKER", "by"),
        ({"by": f"participant:{FAR}"}, "OWN_ANSWER", "by"),
        ({"by": "participant:999999"}, "FACILITY_UNKNOWN", "by"),
        ({"answer": 2}, "ANSWER_UNKNOWN", "answer"),
        ({"marked_on": "2014-12-04"}, "OUT_OF_ORDER", "marked_on"),
        ({"marked_on": "2015-03-09"}, "IN_THE_FUTURE", "marked_on"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(asked: dict[str, object], code: str, field: str) -> None:
    at = desk()
    assert (code, field) in at.refused(mark(published(at), **asked))  # type: ignore[arg-type]


def test_answers_of_a_question_that_is_withdrawn_are_not_marked() -> None:
    at = desk()
    name = published(at)
    at.done(moderate(name, "WITHDRAW", on="2014-12-06"))
    assert at.refused(mark(name)) == [("STATE", "question")]
