"""Materials have an origin and versions; evaluations are summed up and few answers are told of nobody."""

import pytest
from pydantic import ValidationError

from services.recruitment.domain.sessions.materials import summary
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.contracts.message import Command
from shared.contracts.recruitment.session_commands import AddSessionMaterial, EvaluateSession
from tests.recruitment.sessions.cast import ELM, OAK, YEW, again, attend, command, held, planned


def material(at: str, **fields: object) -> Command:
    plain = {"title": "Slides", "version": "2", "origin": f"participant:{ELM}", "kept_at": "archive/falls/2"}
    return command(AddSessionMaterial, session=at, **{**plain, **fields})


def evaluate(at: str, useful: int, participant: str | None = None, **fields: object) -> Command:
    given = {"session": at, "participant": participant, "answers": {"WAS_USEFUL": useful}}
    return command(EvaluateSession, **{**given, **fields})


def test_every_version_of_a_material_is_kept_once_with_its_origin() -> None:
    at, name = planned()
    at.done(material(name))
    assert at.refused(material(name)) == [("ALREADY_RECORDED", "version")]
    assert at.done(material(name, version="3", origin="partner:cdc"))["materials"] == 2
    assert [one.origin for one in at.held(SESSION, name).materials] == [f"participant:{ELM}", "partner:cdc"]
    assert at.refused(material(name, version="4", origin="participant:225999")) == [("FACILITY_UNKNOWN", "origin")]
    assert again(at) == at.records
    with pytest.raises(ValidationError):
        material(name, origin="Ida")


def test_evaluations_are_summed_up_from_three_answers_on() -> None:
    at, name = held()
    at.done(evaluate(name, 5, comment="More of this."))
    at.done(evaluate(name, 4, comment="A break, please."))
    two = summary(at.held(SESSION, name).evaluations)
    assert two["questions"]["WAS_USEFUL"] == {"n": 2, "mean": None, "distribution": None}
    assert two["comments"] is None
    at.done(evaluate(name, 4))
    three = summary(at.held(SESSION, name).evaluations)
    expected = {"n": 3, "mean": 4.33, "distribution": {"1": 0, "2": 0, "3": 0, "4": 2, "5": 1}}
    assert three["questions"]["WAS_USEFUL"] == expected
    assert three["questions"]["WAS_CLEAR"] == {"n": 0, "mean": None, "distribution": None}
    assert three["comments"] == ["A break, please.", "More of this."]


def test_a_participant_evaluates_once_and_its_last_word_counts() -> None:
    at, name = held()
    at.done(attend(name))
    at.done(attend(name, OAK))
    at.done(evaluate(name, 1, ELM))
    at.done(evaluate(name, 2, OAK))
    at.done(evaluate(name, 5, ELM))
    found = at.held(SESSION, name).evaluations
    assert sorted((one.participant, *one.answers.values()) for one in found) == [(ELM, 5), (OAK, 2)]
    assert at.refused(evaluate(name, 5, YEW)) == [("NOT_ATTENDED", "participant")]
    assert at.refused(evaluate(name, 5, "225999")) == [("FACILITY_UNKNOWN", "participant")]
    assert again(at) == at.records


@pytest.mark.parametrize("answers", [{}, {"WAS_USEFUL": 0}, {"WAS_USEFUL": 6}, {"WAS_FUN": 3}])
def test_an_evaluation_answers_the_fixed_questions_from_one_to_five(answers: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        evaluate("nnhqcc.000000000000", 3, answers=answers)
