"""Interest: taken in from anyone, routed by ZIP, acknowledged, answered, closed with what came of it."""

import datetime as dt
from itertools import product
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.recruitment.domain.interest.enquirers import WHO_ASKS
from services.recruitment.domain.interest.kinds import OF_INTEREST
from services.recruitment.domain.interest.machine import MACHINE, Action
from services.recruitment.domain.interest.rules import rules
from services.recruitment.domain.interest.state import Interest
from shared.contracts.message import Command
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment.enquirers import ENQUIRERS, EnquirerErased, EnquirerNamed
from shared.contracts.recruitment.interest import (
    AnswerInterest,
    CloseInterest,
    Enquirer,
    InterestState,
    RegisterInterest,
    RouteInterest,
)
from shared.contracts.recruitment.program import NetworkConfigured
from shared.contracts.recruitment.qio_contracts import Role
from shared.contracts.topic import Confidentiality
from shared.messaging.handling import Accepted, Refused
from shared.records.deciding import Asked, Decided, Held
from tests.notifications.support import LETTERS
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.pipeline.cast import HOME, listed
from tests.recruitment.support import enroll

LATER = dt.datetime(2026, 3, 6, 16, 30, tzinfo=dt.UTC)
SPACE = UUID("00000000-0000-4000-8000-000000000009")
NOBODY = "00000000-0000-4000-8000-000000000000"


def register(**fields: Any) -> RegisterInterest:
    plain = {
        "actor": "t",
        "direction": "ASK",
        "enquirer": "PERSON",
        "subject": "May our family council come to the sessions?",
        "zip_code": "02139",
        "received_on": "2015-03-02",
        "name": "Ida Oakhanger",
        "email": "ida@home.example",
    }
    return RegisterInterest.model_validate({**plain, **fields})


def then(action: Action, interest: str, on: str = "2015-03-06", **fields: Any) -> Command:
    match action:
        case Action.ROUTE:
            given = {"qin_qio": "TMF QIN", "routed_on": on, "reason": "They work there."}
            return RouteInterest.model_validate({"actor": "t", "interest": interest, **given, **fields})
        case Action.ANSWER:
            given = {"answer": "Yes. The next session is in April.", "answered_on": on}
            return AnswerInterest.model_validate({"actor": "t", "interest": interest, **given, **fields})
        case Action.CLOSE:
            given = {"closed_on": on, "reason": "They came."}
            return CloseInterest.model_validate({"actor": "t", "interest": interest, **given, **fields})


def held(at: Desk, interest: str) -> Interest:
    return at.held(OF_INTEREST, interest)


def letters(at: Desk) -> list[NoticeRequested]:
    return [emit.event for emit in at.said if isinstance(emit.event, NoticeRequested)]


def read(asked: NoticeRequested) -> str:
    return " ".join(LETTERS.write(asked.notice_type, asked.recipient, asked.facts).text.split())


def test_an_interest_goes_to_the_network_of_its_zip_code_and_an_answer_is_promised() -> None:
    at = Desk()
    made = at.done(register())
    assert (made["state"], made["qin_qio"], made["why_with_staff"]) == (
        "ROUTED",
        "New England QIN (Healthcentric Advisors)",
        None,
    )
    assert made["answer_due_on"] == "2015-03-09"
    kept = held(at, made["interest"])
    assert (kept.interest_state, kept.state) == (InterestState.ROUTED, "MA")
    assert "qioprogram.org" in kept.routings[0].reason
    assert at.again() == at.records


@pytest.mark.parametrize(
    ("now", "received_on", "why"),
    [
        (dt.datetime(2014, 7, 31, 20, tzinfo=dt.UTC), "2014-07-30", "one contractor per state"),
        (dt.datetime(2019, 9, 2, 20, tzinfo=dt.UTC), "2019-09-02", "between the contracts"),
        (LATER, "2026-03-06", "after November 2019"),
    ],
)
def test_where_no_source_names_the_network_it_stays_with_staff_and_says_so(
    now: dt.datetime, received_on: str, why: str
) -> None:
    at = Desk(now)
    made = at.done(register(received_on=received_on))
    assert (made["state"], made["qin_qio"]) == ("RECEIVED", "UNKNOWN")
    assert why in str(made["why_with_staff"])
    text = read(letters(at)[0])
    assert "our staff, because we do not know your local network yet" in text
    assert "UNKNOWN" not in text
    at.done(then(Action.ROUTE, made["interest"], received_on))
    assert held(at, made["interest"]).qin_qio == "TMF QIN"
    assert at.again() == at.records


def test_a_network_that_staff_entered_answers_where_no_source_names_one() -> None:
    entered = NetworkConfigured(
        role=Role.QIN_QIO,
        state="MA",
        statement=13,
        qio="Example Network",
        starts_on=dt.date(2025, 6, 1),
        ends_on=dt.date(2030, 4, 30),
        source="the award notice",
        actor="t",
    )
    made = Desk(LATER).has(entered).done(register(received_on="2026-03-06"))
    assert (made["state"], made["qin_qio"]) == ("ROUTED", "Example Network")


def test_a_zip_code_outside_the_states_of_the_program_stays_with_staff() -> None:
    rule = next(one for one in rules({"09009": "AE"}) if one.command is RegisterInterest)
    answer = rule.decide(
        register(zip_code="09009"), Held(lambda _: None), Asked("t", NOW, lambda name: uuid5(SPACE, name))
    )
    assert isinstance(answer, Decided)
    assert (answer.made["state"], answer.made["qin_qio"]) == ("RECEIVED", "UNKNOWN")
    assert "outside the states and territories" in str(answer.made["why_with_staff"])


@pytest.mark.parametrize("enquirer", Enquirer)
@pytest.mark.parametrize("direction", ["ASK", "OFFER"])
def test_anyone_is_acknowledged_and_answered_in_letters_that_can_be_written(enquirer: Enquirer, direction: str) -> None:
    at = Desk()
    made = at.done(register(enquirer=enquirer, direction=direction))
    at.done(then(Action.ANSWER, made["interest"]))
    acknowledged, answered = letters(at)
    assert (acknowledged.notice_type, answered.notice_type) == ("INTEREST_RECEIVED", "INTEREST_ANSWERED")
    assert acknowledged.notice_id != answered.notice_id
    assert "New England QIN" in read(acknowledged)
    assert "March 9, 2015" in read(acknowledged)
    assert ("Offer" in read(acknowledged)) == (direction == "OFFER")
    assert "The next session is in April." in read(answered)
    assert made["interest"] in read(answered)


def test_a_family_that_writes_in_spanish_is_answered_in_spanish() -> None:
    at = Desk()
    made = at.done(register(enquirer="BENEFICIARY_OR_FAMILY", language="es", direction="OFFER"))
    at.done(then(Action.ANSWER, made["interest"], answer="Sí, con gusto."))
    assert "Recibimos su mensaje" in read(letters(at)[0])
    assert "Ofrecimiento" in read(letters(at)[0])
    assert "Esta es nuestra respuesta" in read(letters(at)[1])


def test_without_an_address_the_letter_is_still_asked_for_with_the_telephone_number() -> None:
    at = Desk()
    at.done(register(email=None, phone="1-617-555-0100"))
    assert (letters(at)[0].recipient.email, letters(at)[0].recipient.phone) == (None, "1-617-555-0100")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"zip_code": "99999"}, [("ZIP_UNKNOWN", "zip_code")]),
        ({"received_on": "2015-03-07"}, [("IN_THE_FUTURE", "received_on")]),
        ({"received_on": "2005-03-02"}, [("LONG_AGO", "received_on")]),
        ({"email": "ida at home"}, [("EMAIL_INVALID", "email")]),
        ({"participant": "999999"}, [("FACILITY_UNKNOWN", "participant")]),
        (
            {"zip_code": "99999", "email": "@", "participant": "999999", "received_on": "2015-04-01"},
            [
                ("ZIP_UNKNOWN", "zip_code"),
                ("IN_THE_FUTURE", "received_on"),
                ("EMAIL_INVALID", "email"),
                ("FACILITY_UNKNOWN", "participant"),
            ],
        ),
    ],
)
def test_every_reason_to_refuse_is_named_with_its_field(
    fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert Desk().refused(register(**fields)) == expected


@pytest.mark.parametrize("action", Action)
def test_what_is_not_there_to_come_or_before_what_happened_is_refused(action: Action) -> None:
    at = Desk()
    interest = at.done(register())["interest"]
    field = {Action.ROUTE: "routed_on", Action.ANSWER: "answered_on", Action.CLOSE: "closed_on"}[action]
    assert at.refused(then(action, NOBODY)) == [("INTEREST_UNKNOWN", "interest")]
    assert at.refused(then(action, interest, "2015-03-07")) == [("IN_THE_FUTURE", field)]
    assert at.refused(then(action, interest, "2015-03-01")) == [("OUT_OF_ORDER", field)]


PATHS = {
    InterestState.RECEIVED: (),
    InterestState.ROUTED: (Action.ROUTE,),
    InterestState.ANSWERED: (Action.ANSWER,),
    InterestState.CLOSED: (Action.CLOSE,),
}


@pytest.mark.parametrize(("state", "action"), list(product(InterestState, Action)))
def test_every_action_in_every_state_leads_on_or_is_refused_for_the_state(state: InterestState, action: Action) -> None:
    at = Desk(LATER)
    interest = at.done(register(received_on="2026-03-06"))["interest"]
    for one in PATHS[state]:
        at.done(then(one, interest, "2026-03-06"))
    assert held(at, interest).interest_state is state
    answer = at.ask(then(action, interest, "2026-03-06"))
    to = MACHINE.after(state, action)
    if to is not None:
        assert isinstance(answer, Accepted)
        assert held(at, interest).interest_state is to
    else:
        assert isinstance(answer, Refused)
        assert [one.code for one in answer.reasons] == ["STATE"]
    assert at.again() == at.records


def test_what_it_led_to_is_kept() -> None:
    at = Desk().has(listed())
    interest = at.done(register(enquirer="NURSING_HOME"))["interest"]
    at.done(then(Action.ANSWER, interest, participant=HOME))
    at.done(enroll())
    made = at.done(then(Action.CLOSE, interest, participant=HOME, collaborative="NNHQCC"))
    assert (made["participant"], made["collaborative"], made["state"]) == (HOME, "NNHQCC", "CLOSED")
    kept = held(at, interest)
    assert (kept.participant, kept.collaborative, kept.outcome) == (HOME, "NNHQCC", "They came.")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"participant": "999999"}, [("FACILITY_UNKNOWN", "participant")]),
        ({"collaborative": "NNHQCC"}, [("PARTICIPANT_MISSING", "participant")]),
        ({"participant": HOME, "collaborative": "NNHQCC"}, [("ENGAGEMENT_UNKNOWN", "collaborative")]),
    ],
)
@pytest.mark.parametrize("action", [Action.ANSWER, Action.CLOSE])
def test_it_cannot_have_led_to_what_is_not_there(
    action: Action, fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    at = Desk().has(listed())
    interest = at.done(register())["interest"]
    assert at.refused(then(action, interest, **fields)) == expected


def test_who_asks_is_on_no_kept_topic_but_its_own_and_forgotten_when_it_is_closed() -> None:
    at = Desk()
    made = at.done(register())
    at.done(then(Action.CLOSE, made["interest"]))
    assert (ENQUIRERS.confidentiality, ENQUIRERS.readers) == (Confidentiality.CONFIDENTIAL, ("recruitment",))
    assert "Ida" not in str(made)
    for emit in at.said:
        assert "Ida" not in emit.key
        assert "Ida" not in emit.event.model_dump_json() or isinstance(emit.event, EnquirerNamed | NoticeRequested)
    assert [emit.event for emit in at.said if emit.topic == ENQUIRERS.name][-1] == EnquirerErased(
        interest=made["interest"]
    )
    assert "ida" not in str(at.records).lower()
    assert at.again() == at.records


def test_who_is_not_held_cannot_be_answered_and_the_interest_is_closed() -> None:
    at = Desk()
    interest = at.done(register())["interest"]
    del at.records[WHO_ASKS.key(interest)]
    assert at.refused(then(Action.ANSWER, interest)) == [("ENQUIRER_UNKNOWN", "interest")]
    at.done(then(Action.CLOSE, interest))


def test_the_same_command_makes_the_same_interest_and_letter() -> None:
    assert Desk().ask(register()) == Desk().ask(register())


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([NOW, LATER]),
    st.lists(st.tuples(st.sampled_from(list(Action)), st.integers(0, 4)), max_size=12),
)
def test_any_walk_can_be_made_again_from_its_events(now: dt.datetime, walk: list[tuple[Action, int]]) -> None:
    at = Desk(now)
    first = now.date() - dt.timedelta(days=4)
    interest = at.done(register(received_on=first.isoformat()))["interest"]
    for action, days in walk:
        at.ask(then(action, interest, (first + dt.timedelta(days=days)).isoformat()))
        kept = held(at, interest)
        assert (kept.closed_on is not None) == (kept.interest_state is InterestState.CLOSED)
        assert bool(kept.answers) or kept.interest_state is not InterestState.ANSWERED
        days_held = [kept.received_on, *(one.answered_on for one in kept.answers)]
        assert days_held == sorted(days_held)
    assert at.again() == at.records
