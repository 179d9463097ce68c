"""What is kept of sessions: materials with their origin, evaluations and what they come to."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from services.recruitment.domain.networks.standing import unknown
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import unknown as unknown_participant
from services.recruitment.domain.sessions.machine import Step
from services.recruitment.domain.sessions.planning import impossible
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.state import Evaluation
from services.recruitment.domain.sessions.taking_part import not_held
from shared.contracts.recruitment.session_commands import AddSessionMaterial, EvaluateSession
from shared.contracts.recruitment.session_terms import Question
from shared.contracts.recruitment.sessions import SessionEvaluated, SessionMaterialAdded
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

# Of fewer answers each could be known: our own bound.
FEWEST: Final = 3


def _material_keys(command: AddSessionMaterial, ids: Ids) -> Iterable[str]:
    del ids
    yield SESSION.key(command.session)
    if made_by := _participant(command.origin):
        yield PARTICIPANT.key(made_by)


def add_material(command: AddSessionMaterial, held: Held, asked: Asked) -> Decided | Against:
    """Add a material or a version of it."""
    del asked
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    reasons = [*impossible(found, Step.ADD_MATERIAL)]
    if any((one.title, one.version) == (command.title, command.version) for one in found.materials):
        text = "This version of it is recorded already."
        reasons.append(Reason(code="ALREADY_RECORDED", field="version", text=text))
    made_by = _participant(command.origin)
    if made_by is not None and held.get(PARTICIPANT, made_by) is None:
        reasons.append(unknown_participant("origin"))
    if against := refused(reasons):
        return against
    event = SessionMaterialAdded(**command.model_dump())
    return Decided({"session": found.id, "materials": len(found.materials) + 1}, (event,))


def _evaluate_keys(command: EvaluateSession, ids: Ids) -> Iterable[str]:
    del ids
    yield SESSION.key(command.session)
    if command.participant is not None:
        yield PARTICIPANT.key(command.participant)


def evaluate(command: EvaluateSession, held: Held, asked: Asked) -> Decided | Against:
    """Record an evaluation."""
    del asked
    found = held.get(SESSION, command.session)
    if found is None:
        return unknown("session")
    if reason := not_held(found):
        return Against((reason,))
    if command.participant is not None:
        if held.get(PARTICIPANT, command.participant) is None:
            return Against((unknown_participant("participant"),))
        if command.participant not in found.attendance:
            text = f"{command.participant} is not recorded as having taken part."
            return Against((Reason(code="NOT_ATTENDED", field="participant", text=text),))
    event = SessionEvaluated(**command.model_dump())
    after = SESSION.evolve(found, event, found.starts_at)
    return Decided({"session": found.id, "evaluations": len(after.evaluations)}, (event,))


def summary(evaluations: Iterable[Evaluation]) -> dict[str, Any]:
    """What evaluations come to: per question how many answered, the mean, how many gave each answer.

    Of fewer than three answers there is only their number (mean and distribution are None); comments, in the order
    of their words, are told from three evaluations on.
    """
    held = tuple(evaluations)
    questions = {}
    for question in Question:
        given = [one.answers[question] for one in held if question in one.answers]
        counted = Counter(given)
        enough = len(given) >= FEWEST
        questions[question.value] = {
            "n": len(given),
            "mean": round(sum(given) / len(given), 2) if enough else None,
            "distribution": {str(one): counted[one] for one in range(1, 6)} if enough else None,
        }
    comments = sorted(one.comment for one in held if one.comment is not None)
    return {
        "evaluations": len(held),
        "questions": questions,
        "comments": comments if len(held) >= FEWEST else None,
    }


def _participant(origin: str) -> str | None:
    kind, _, identifier = origin.partition(":")
    return identifier if kind == "participant" else None


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(AddSessionMaterial, _material_keys, add_material),
    Rule(EvaluateSession, _evaluate_keys, evaluate),
)
