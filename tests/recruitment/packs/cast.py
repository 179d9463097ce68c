"""A session on falls that homes registered for, all that a pack tells of them, and figures as measures gives them."""

import datetime as dt
from typing import Any, Final, TypeVar

from services.recruitment.domain.networks.kinds import COHORT
from services.recruitment.domain.packs.gathered import Gathered, Place
from services.recruitment.domain.packs.gathering import gathered
from services.recruitment.domain.packs.recorded import Records
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.peers.consent_kind import PEER_CONSENT
from services.recruitment.domain.peers.pairing_kind import PAIRING
from services.recruitment.domain.practices.practice_kind import PRACTICE
from services.recruitment.domain.practices.spread_kind import ADOPTION
from services.recruitment.domain.practices.testing_kind import CHANGE_TEST
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.contracts.message import Command
from shared.contracts.recruitment.adoptions import AbandonPractice, AdoptPractice, TryPractice
from shared.contracts.recruitment.pairings import AcceptPairing, ProposePairing
from shared.contracts.recruitment.peer_consents import RecordPeerConsent, WithdrawPeerConsent
from shared.contracts.recruitment.session_commands import OpenRegistration
from shared.records.kinds import Kind, Record
from tests.recruitment.desk import Desk
from tests.recruitment.practices import cast as practices
from tests.recruitment.practices.cast import ASH, ELM, EVIDENCE, FIR, OAK, YEW, command
from tests.recruitment.sessions import cast as sessions

DAY: Final = dt.date(2015, 3, 6)
_AHEAD: Final = {"cohorts": ["nnhqcc.c1"], "title": "Falls & nights"}
_ALL: Final = ["LEARN_FROM_PEERS", "TEACH_PEERS", "SHARE_FIGURES"]

S = TypeVar("S", bound=Record)


def consent(participant: str, *scopes: str) -> Command:
    return command(
        RecordPeerConsent,
        participant=participant,
        scopes=scopes or _ALL,
        given_on="2015-01-05",
        evidence="folder 7",
        signed_as="ADMINISTRATOR",
    )


def withdraw(participant: str, *scopes: str) -> Command:
    return command(
        WithdrawPeerConsent, participant=participant, scopes=scopes, withdrawn_on="2015-03-05", reason="New owner."
    )


def pair(learner: str = ELM, teacher: str = OAK, **fields: object) -> Command:
    """Two are proposed to each other, with the teacher's figure."""
    figures = [{"of": "TEACHER", "period": "2014Q4", "value": "1.9"}]
    plain = {"learner": learner, "teacher": teacher, "topic": "FALLS", "measure": "nursing-home-falls"}
    rest = {"network": "nnhqcc", "reasons": [{"why": "BETTER_NOW"}], "figures": figures}
    office = {"office": "New England QIN", "phone": "1-617-555-0100", "proposed_on": "2015-02-01"}
    return command(ProposePairing, **{**plain, **rest, **office, **fields})


def registered() -> tuple[Desk, str]:
    """Elm, Oak and Yew registered, of a capacity that leaves Yew waiting; Fir is in the cohort and did not."""
    at = practices.desk()
    name = str(at.done(sessions.plan(**_AHEAD, capacity=4))["session"])
    at.done(command(OpenRegistration, session=name))
    for participant in (ELM, OAK, YEW):
        at.done(sessions.register(name, participant))
    return at, name


def busy() -> tuple[Desk, str]:
    """The same, with assignments, tests, a pairing and practices taken up."""
    at, name = registered()
    period = str(at.done(sessions.start(cohort="nnhqcc.c1"))["period"])
    at.done(sessions.report(period, ELM, summary="Seven huddles were held.", value=7))
    at.done(sessions.excuse(period, OAK))
    practices.tried_out(at)
    for participant in (ELM, OAK):
        at.done(consent(participant))
    pairing = at.done(pair())["pairing"]
    at.done(command(AcceptPairing, pairing=pairing, agreed_on="2015-02-09", next_step="A call in March"))
    take_up(at)
    return at, name


def take_up(at: Desk) -> None:
    """Oak adopts hourly rounds; Yew adopted them and gave them up."""
    practice = practices.published(at)
    for participant in (OAK, YEW):
        at.done(
            command(
                TryPractice,
                practice=practice,
                participant=participant,
                heard={"way": "PEER", "participant": ELM},
                since="2015-01-05",
            )
        )
        at.done(
            command(
                AdoptPractice,
                practice=practice,
                participant=participant,
                adopted_on="2015-02-01",
                evidence=EVIDENCE,
                reason="It helps.",
            )
        )
    given_up = {"practice": practice, "participant": YEW, "abandoned_on": "2015-02-20", "reason": "Too few hands."}
    at.done(command(AbandonPractice, **given_up))


def records(at: Desk, session: str) -> Records:
    """What the database would give of the session."""
    places = {
        one.id: Place(participant=one.id, name=one.name, city="Cambridge", state=one.state, setting=one.setting)
        for one in every(at, PARTICIPANT)
    }
    return Records(
        session=at.held(SESSION, session),
        cohorts=every(at, COHORT),
        periods=every(at, ACTION_PERIOD),
        places=places,
        tests=every(at, CHANGE_TEST),
        pairings=every(at, PAIRING),
        consents={one.id: one for one in every(at, PEER_CONSENT)},
        practices={one.id: one for one in every(at, PRACTICE)},
        adoptions=every(at, ADOPTION),
    )


def every(at: Desk, kind: Kind[S]) -> list[S]:
    """The records of a kind."""
    return [one for one in at.records.values() if isinstance(one, kind.state)]


def known(at: Desk, session: str) -> Gathered:
    """What is gathered on 6 March 2015."""
    return gathered(records(at, session), DAY)


# As measures answers: a share of 100, of three quarters, the last provisional.
MEASURES: Final[list[dict[str, Any]]] = [
    {"id": "nursing-home-falls", "title": "Residents who fell", "better": "lower", "scale": "100"},
    {"id": "entered-harm-fall", "title": "Falls with harm", "better": "lower", "scale": "1000"},
]


def chart(unit: str, **fields: Any) -> dict[str, Any]:
    """A row of ``/charts``."""
    points = [
        {"period": "2014Q4", "events": 9, "exposure": "100", "revision": 1, "provisional": True},
        {"period": "2014Q2", "events": 4, "exposure": "100", "revision": 1, "provisional": False},
        {"period": "2014Q3", "events": 1, "exposure": "0", "revision": 1, "provisional": False},
    ]
    base = {"chart": "p", "centre": "1/25", "spread": "1"}
    plain = {"unit": unit, "chart": "p", "points": points, "baseline": base, "signals": [{"period": "2014Q4"}]}
    return {**plain, **fields}


def figure(unit: str, period: str, value: str | None, **fields: Any) -> dict[str, Any]:
    """A row of ``/facilities/figures``."""
    return {"unit": unit, "period": period, "value": value, "status": "FINAL", "reason": None, **fields}


__all__ = ["ASH", "DAY", "ELM", "FIR", "OAK", "YEW"]
