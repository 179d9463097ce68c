"""A cohort of homes before a session: each with assignments, a test of change, a practice, every other with a peer."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from services.recruitment.domain.networks.state import Cohort, Focus, Spell
from services.recruitment.domain.packs.gathered import Place
from services.recruitment.domain.packs.recorded import Records
from services.recruitment.domain.peers.consent_kind import Consented, PeerConsent
from services.recruitment.domain.peers.pairing_kind import Pairing, PairingStatus
from services.recruitment.domain.practices.practice_kind import Content, Practice, Version
from services.recruitment.domain.practices.spread_kind import Adoption, Adoptions, AdoptionStatus
from services.recruitment.domain.practices.testing_state import ChangeTest, Cycle
from services.recruitment.domain.sessions.machine import Phase
from services.recruitment.domain.sessions.period_kind import ActionPeriod, Report, Task
from services.recruitment.domain.sessions.state import Registration, Session
from shared.contracts.recruitment.adoptions import Heard, Way
from shared.contracts.recruitment.cohorts import CohortRole
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.peer_terms import MatchReason, PeerScope, WhyMatched
from shared.contracts.recruitment.session_terms import PresenceMode, SessionKind, SessionMode
from shared.contracts.recruitment.steps import Signatory

HOMES: Final = 300
TODAY: Final = dt.date(2015, 3, 6)
MEASURE: Final = "nursing-home-falls"
_OPENED: Final = dt.date(2014, 9, 1)
_COHORT: Final = "nnhqcc.c1"
_OFFICE: Final = {"office": "New England QIN", "phone": "1-617-555-0100"}
_QUARTERS: Final = tuple(f"{year}Q{quarter}" for year in (2012, 2013, 2014) for quarter in (1, 2, 3, 4))


def records(homes: int = HOMES) -> Records:
    """What the database would give of the session."""
    ids = [f"{225001 + number:06d}" for number in range(homes)]
    return Records(
        session=_session(ids),
        cohorts=[_cohort(ids)],
        periods=[_period(ids)],
        places={one: _place(one) for one in ids},
        tests=[_test(number, one) for number, one in enumerate(ids)],
        pairings=[_pairing(number, *ids[number : number + 2]) for number in range(0, homes - 1, 2)],
        consents={one: _consent(one) for one in ids},
        practices={"nnhqcc.0000000000a1": _practice()},
        adoptions=[_adoptions(ids)],
    )


def answer(path: str, **given: Any) -> list[dict[str, Any]]:
    """What measures would answer: a chart of twelve quarters for each home."""
    if path == "/facilities/measures":
        return [{"id": MEASURE, "title": "Residents who fell", "better": "lower", "scale": "100"}]
    return [_chart(unit) for unit in given["unit"]]


def _chart(unit: str) -> dict[str, Any]:
    number = int(unit)
    points = [
        {"period": one, "events": 1 + number * place % 11, "exposure": "110", "revision": 1, "provisional": False}
        for place, one in enumerate(_QUARTERS, 1)
    ]
    base = {"chart": "p", "centre": "6/110", "spread": "1"}
    return {"unit": unit, "chart": "p", "points": points, "baseline": base, "signals": [{"period": "2014Q3"}]}


def _session(ids: list[str]) -> Session:
    starts = dt.datetime(2015, 3, 16, 18, tzinfo=dt.UTC)
    return Session(
        id="nnhqcc.0123456789ab", calendar_id=UUID(int=1), network="nnhqcc", cohorts=(_COHORT,),
        kind=SessionKind.LEARNING_SESSION, title="Learning session 2", agenda=("Welcome", "A home tells"),
        mode=SessionMode.BOTH, starts_at=starts, ends_at=starts + dt.timedelta(hours=2), zone="America/New_York",
        place="Town hall", join_url=None, capacity=None, phase=Phase.OPEN, places=len(ids), **_OFFICE,
        registrations={
            one: Registration(people=2, mode=PresenceMode.IN_PERSON, place=place) for place, one in enumerate(ids, 1)
        },
    )  # fmt: skip


def _cohort(ids: list[str]) -> Cohort:
    spell = Spell(role=CohortRole.TEAM, since=_OPENED)
    focus = (Focus(topic=Topic.FALLS, since=_OPENED),)
    return Cohort(
        id=_COHORT, network="nnhqcc", number=1, name="First", exclusive=True, opened_on=_OPENED, focus=focus,
        members=dict.fromkeys(ids, (spell,)),
    )  # fmt: skip


def _period(ids: list[str]) -> ActionPeriod:
    report = Report(on=TODAY, summary="We held a huddle after each fall; nights are still hard.", value=7)
    plain = {"report": "How many", "measure": None, "unit": "huddles", "due_on": dt.date(2015, 3, 20)}
    tasks = (Task(title="Huddles", reports=dict.fromkeys(ids[::2], report), **plain), Task(title="Aim", **plain))
    return ActionPeriod(
        id="nnhqcc.0000000000b1", cohort=_COHORT, name="First action period", after_session=None, before_session=None,
        starts_on=dt.date(2015, 1, 5), ends_on=dt.date(2015, 4, 30), assignments=tasks, **_OFFICE,
    )  # fmt: skip


def _place(participant: str) -> Place:
    name = f"Sample Manor Rehabilitation and Care Center {participant}"
    return Place(participant=participant, name=name, city="Sampleton", state="MA", setting=Setting.NURSING_HOME)


def _test(number: int, participant: str) -> ChangeTest:
    cycle = Cycle(
        prediction="Half as many falls at night", planned_on=_OPENED, done="Rounds at two and at four",
        done_on=_OPENED, learned="It takes two.", studied_on=_OPENED,
    )  # fmt: skip
    return ChangeTest(
        id=f"nnhqcc.{number:012x}", network="nnhqcc", cohort=_COHORT, participant=participant, topic=Topic.FALLS,
        version=None, change=None, aim="Fewer falls at night", cycles=(cycle,),
    )  # fmt: skip


def _pairing(number: int, learner: str, teacher: str) -> Pairing:
    return Pairing(
        id=f"nnhqcc.{number:012x}", learner=learner, teacher=teacher, topic=Topic.FALLS, measure=MEASURE,
        network="nnhqcc", reasons=(MatchReason(why=WhyMatched.BETTER_NOW),), figures=(), proposed_on=_OPENED,
        status=PairingStatus.AGREED, agreed_on=_OPENED, next_step="A call in March", **_OFFICE,
    )  # fmt: skip


def _consent(participant: str) -> PeerConsent:
    given = (Consented(given_on=_OPENED, evidence="folder 7", signed_as=Signatory.ADMINISTRATOR),)
    return PeerConsent(id=participant, scopes=dict.fromkeys(PeerScope, given))


def _practice() -> Practice:
    content = Content(title="Huddle after each fall", topic=Topic.FALLS, measures=(), summary="Talk.", evidence=())
    version = Version(version=1, content=content, authors=("ida",), review=None, published_on=_OPENED)
    return Practice(
        id="nnhqcc.0000000000a1", network="nnhqcc", origin=None, drafted_on=_OPENED, draft=None, versions=(version,)
    )


def _adoptions(ids: list[str]) -> Adoptions:
    heard = Heard(way=Way.NOTICE)
    adopted = Adoption(heard=heard, since=_OPENED, status=AdoptionStatus.ADOPTED, adopted_on=_OPENED)
    return Adoptions(id="nnhqcc.0000000000a1", network="nnhqcc", by=dict.fromkeys(ids, adopted))
