"""Homes that consent to learn and teach, two people of the QIO, and the commands about them."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from services.recruitment.domain.peers.consent_kind import PEER_CONSENT, PeerConsent
from services.recruitment.domain.peers.lapsing import lapsed
from services.recruitment.domain.peers.pairing_kind import PAIRING, Pairing
from services.recruitment.domain.peers.question_kind import QUESTION, Question
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.pairings import (
    AcceptPairing,
    DeclinePairing,
    EndPairing,
    ProposePairing,
    RecordPeerMeeting,
)
from shared.contracts.recruitment.participants import ParticipantRegistered
from shared.contracts.recruitment.peer_consents import PeerConsentRecorded, RecordPeerConsent, WithdrawPeerConsent
from shared.contracts.recruitment.peer_terms import PeerScope
from shared.contracts.recruitment.people import PersonRegistered, RoleAssigned
from shared.contracts.recruitment.people_terms import PersonKind, Profile
from shared.contracts.recruitment.questions import AnswerQuestion, AskQuestion, MarkAnswer, ModeratePost
from shared.contracts.recruitment.steps import Signatory
from shared.records.deciding import Held
from tests.recruitment.desk import Desk, own
from tests.recruitment.networks import cast
from tests.recruitment.networks.cast import FAR, HOME, NEW, OTHER, command

FAMILY: Final = "own:a-daughter"
PAIR: Final = f"{HOME}.{OTHER}.FALLS"
CONSENTED: Final = dt.date(2014, 10, 1)
ALL: Final = tuple(PeerScope)


def person(name: str) -> tuple[Event, ...]:
    """One of the QIO's people in Massachusetts since August 2014."""
    profile = Profile(name="A Name", profession="registered nurse", expertise=())
    role = {"role_id": UUID(int=len(name)), "role": "adviser", "qio": "Q", "states": ("MA",)}
    return (
        PersonRegistered(person=name, kind=PersonKind.STAFF, profile=profile, actor="t"),
        RoleAssigned(person=name, since=dt.date(2014, 8, 1), actor="t", **role),
    )


def consented(participant: str, *scopes: PeerScope, on: dt.date = CONSENTED) -> Event:
    """That a facility consents, to everything where nothing is said."""
    told = {"participant": participant, "evidence": "binder 7", "signed_as": Signatory.ADMINISTRATOR, "actor": "t"}
    return PeerConsentRecorded(scopes=scopes or ALL, given_on=on, **told)


SETUP: Final[tuple[Event, ...]] = (
    *person("ida"),
    *person("bob-b"),
    ParticipantRegistered(
        participant=FAMILY,
        setting=Setting.BENEFICIARY_OR_FAMILY,
        name="A partner",
        state="MA",
        zip_code="",
        qin_qio="Q",
    ),
    consented(HOME),
    consented(OTHER),
    consented(FAR, PeerScope.LEARN_FROM_PEERS, PeerScope.TEACH_PEERS),
)


def desk(*more: Event) -> Desk:
    """A desk with the network nnhqcc, in which three homes consent: one of another state to no more than it must."""
    at = cast.desk(*SETUP, *more)
    at.done(cast.establish())
    return at


def again(at: Desk, *more: Event) -> dict[str, Any]:
    """The records made once more from what was said."""
    return dict(cast.desk(*SETUP, *more).has(*own(at.said)).records)


def lapse(at: Desk, pairing: str = PAIR, today: dt.date = dt.date(2015, 3, 6)) -> list[Event]:
    """Let the worker look at a pairing."""
    events = list(lapsed(pairing, today, Held(at.records.get), "clock"))
    at.has(*events)
    return events


def give(participant: str = NEW, *scopes: str, on: str = "2014-10-01", **fields: object) -> Command:
    plain = {"participant": participant, "scopes": scopes or ("LEARN_FROM_PEERS", "TEACH_PEERS"), "given_on": on}
    return command(RecordPeerConsent, **{**plain, "evidence": "binder 9", "signed_as": "ADMINISTRATOR", **fields})


def withdraw(participant: str = OTHER, *scopes: str, on: str = "2015-01-15") -> Command:
    return command(WithdrawPeerConsent, participant=participant, scopes=scopes, withdrawn_on=on, reason="r")


def propose(learner: str = HOME, teacher: str = OTHER, on: str = "2014-11-01", **fields: object) -> Command:
    plain = {"learner": learner, "teacher": teacher, "topic": "FALLS", "network": "nnhqcc", "proposed_on": on}
    office = {"office": "New England QIN", "phone": "1-617-555-0100", "reasons": [{"why": "IMPROVED"}]}
    return command(ProposePairing, **{**plain, **office, **fields})


def agree(pairing: str = PAIR, on: str = "2014-11-10") -> Command:
    return command(AcceptPairing, pairing=pairing, agreed_on=on, next_step="We call you both.")


def decline(pairing: str = PAIR, on: str = "2014-11-10") -> Command:
    return command(DeclinePairing, pairing=pairing, declined_by="TEACHER", declined_on=on, reason="r")


def meet(pairing: str = PAIR, on: str = "2014-12-01") -> Command:
    return command(RecordPeerMeeting, pairing=pairing, held_on=on, minutes=45, about="Huddles after falls")


def end(pairing: str = PAIR, on: str = "2015-02-01", **fields: object) -> Command:
    plain = {"pairing": pairing, "ended_on": on, "helped": "HELPFUL", "taken_over": "Huddles", "reason": "done"}
    return command(EndPairing, **{**plain, **fields})


def ask(asker: str = f"participant:{HOME}", on: str = "2014-11-01", **fields: object) -> Command:
    plain = {"network": "nnhqcc", "asker": asker, "topic": "FALLS", "asked_on": on}
    return command(AskQuestion, **{**plain, "text": "Who huddles after falls at night?", **fields})


def answer(
    question: str, answerer: str = f"participant:{FAR}", on: str = "2014-12-01", text: str = "We do, briefly."
) -> Command:
    return command(AnswerQuestion, question=question, answerer=answerer, text=text, answered_on=on)


def moderate(question: str, decision: str = "PUBLISH", on: str = "2014-11-05", **fields: object) -> Command:
    plain = {"question": question, "decision": decision, "moderator": "ida", "decided_on": on}
    because = {} if decision == "PUBLISH" else {"reason": "r"}
    return command(ModeratePost, **{**plain, **because, **fields})


def mark(question: str, what: str = "HELPFUL", by: str = f"participant:{OTHER}", **fields: object) -> Command:
    plain = {"question": question, "answer": 1, "mark": what, "by": by, "marked_on": "2014-12-20"}
    return command(MarkAnswer, **{**plain, **fields})


def published(at: Desk, **fields: Any) -> str:
    """A question that others see, with one published answer."""
    name = str(at.done(ask(**fields))["question"])
    at.done(moderate(name))
    at.done(answer(name))
    at.done(moderate(name, on="2014-12-05", answer=1))
    return name


def consent(at: Desk, participant: str = HOME) -> PeerConsent:
    return at.held(PEER_CONSENT, participant)


def pairing(at: Desk, identifier: str = PAIR) -> Pairing:
    return at.held(PAIRING, identifier)


def question(at: Desk, identifier: str) -> Question:
    return at.held(QUESTION, identifier)
