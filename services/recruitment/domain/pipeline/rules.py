"""The rules of the pipeline: each step a participant can take with a collaborative, and who hears of it."""

from collections.abc import Callable, Iterable
from typing import Final

from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.pipeline import campaigns, corrections, eligibility, telling
from services.recruitment.domain.pipeline.eligibility import Wish
from services.recruitment.domain.pipeline.moving import engagement_keys, move
from services.recruitment.domain.pipeline.stages import Action
from services.recruitment.domain.program import answering
from services.recruitment.domain.program.kinds import NETWORKS
from shared.contracts.recruitment.pipeline_commands import (
    ActivateParticipant,
    CommitParticipant,
    DeclineParticipation,
    EnrollFacility,
    GraduateParticipant,
    IdentifyParticipant,
    ReconsiderParticipation,
    RecordInterest,
    RecruitParticipant,
    WithdrawParticipant,
)
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule

OfStep = (
    IdentifyParticipant
    | RecordInterest
    | ActivateParticipant
    | GraduateParticipant
    | WithdrawParticipant
    | DeclineParticipation
    | ReconsiderParticipation
)


def _step_keys(command: OfStep | CommitParticipant | RecruitParticipant, ids: Ids) -> Iterable[str]:
    del ids
    return engagement_keys(command.participant, command.collaborative)


def _recruit_keys(command: RecruitParticipant, ids: Ids) -> Iterable[str]:
    return (*_step_keys(command, ids), NETWORKS.key(command.participant))


def _enroll_keys(command: EnrollFacility, ids: Ids) -> Iterable[str]:
    del ids
    return (*engagement_keys(command.ccn, command.collaborative), NETWORKS.key(command.ccn))


def _step(action: Action) -> Callable[[OfStep, Held, Asked], Decided | Against]:
    def decide(command: OfStep, held: Held, asked: Asked) -> Decided | Against:
        wish = Wish(action, command.participant, command.collaborative, command.on)
        return move(wish, held, asked, reason=command.reason)

    return decide


def commit(command: CommitParticipant, held: Held, asked: Asked) -> Decided | Against:
    """Record the signed agreement."""
    wish = Wish(
        Action.COMMIT,
        command.participant,
        command.collaborative,
        command.agreement.signed_on,
        command.task,
        day="agreement.signed_on",
    )
    return move(wish, held, asked, agreement=command.agreement)


def recruit(command: RecruitParticipant, held: Held, asked: Asked) -> Decided | Against:
    """Make a participant of any setting a member."""
    wish = Wish(Action.ENROLL, command.participant, command.collaborative, command.on, command.task)
    return _enroll(wish, held, asked, name=command.contact_name, email=command.contact_email)


def enroll(command: EnrollFacility, held: Held, asked: Asked) -> Decided | Against:
    """Make the facility a member, tell everyone who may know, and have it welcomed."""
    wish = Wish(
        Action.ENROLL,
        command.ccn,
        command.collaborative,
        command.recruited_on,
        command.task,
        who="ccn",
        day="recruited_on",
    )
    decided = _enroll(wish, held, asked, name=command.contact_name, email=command.contact_email)
    if isinstance(decided, Against):
        return decided
    answered = ("membership_id", "participant", "name", "collaborative", "since", "qin_qio")
    names = {"participant": "ccn", "since": "recruited_on"}
    made = {names.get(name, name): decided.made[name] for name in answered}
    return Decided(made, decided.events, decided.also)


def _enroll(wish: Wish, held: Held, asked: Asked, *, name: str | None, email: str | None) -> Decided | Against:
    participant = held.get(PARTICIPANT, wish.participant)
    entered = held.get(NETWORKS, wish.participant)
    qin_qio = answering.improving(participant.state, wish.on, entered) if participant else None
    decided = move(wish, held, asked, membership_id=asked.new_id("membership"), qin_qio=qin_qio)
    wrong = eligibility.about_address(email, "contact_email")
    if isinstance(decided, Against) or wrong:
        before = decided.reasons if isinstance(decided, Against) else ()
        return Against((*before, *wrong))
    assert participant is not None
    facts = {**telling.in_words(wish.collaborative, qin_qio), "recruited_on": wish.on.isoformat()}
    welcome = telling.letter("WELCOME", asked.new_id("welcome"), participant, facts, asked.now, name=name, email=email)
    made = {**decided.made, "membership_id": str(asked.new_id("membership")), "qin_qio": qin_qio}
    return Decided(made, decided.events, (*decided.also, welcome))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(IdentifyParticipant, _step_keys, _step(Action.IDENTIFY)),
    Rule(RecordInterest, _step_keys, _step(Action.TAKE_INTEREST)),
    Rule(CommitParticipant, _step_keys, commit),
    Rule(RecruitParticipant, _recruit_keys, recruit),
    Rule(EnrollFacility, _enroll_keys, enroll),
    Rule(ActivateParticipant, _step_keys, _step(Action.ACTIVATE)),
    Rule(GraduateParticipant, _step_keys, _step(Action.GRADUATE)),
    Rule(WithdrawParticipant, _step_keys, _step(Action.WITHDRAW)),
    Rule(DeclineParticipation, _step_keys, _step(Action.DECLINE)),
    Rule(ReconsiderParticipation, _step_keys, _step(Action.RECONSIDER)),
    *campaigns.RULES,
    *corrections.RULES,
)
