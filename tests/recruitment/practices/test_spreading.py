"""How a practice spreads: a tree from the first to every adopter, in which nobody hears from somebody later."""

import datetime as dt

import pytest

from services.recruitment.domain.practices.practice_kind import PRACTICE
from services.recruitment.domain.practices.spread_kind import (
    ADOPTION,
    ADOPTION_MACHINE,
    AdoptionStatus,
    AdoptionStep,
)
from services.recruitment.domain.practices.spreading import Lesson, Place, Spread, lessons, spread
from shared.contracts.message import Event
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.pairings import PairingAgreed, PairingProposed
from shared.contracts.recruitment.peer_terms import MatchReason, WhyMatched
from tests.recruitment.desk import Desk
from tests.recruitment.practices.cast import (
    ASH,
    ELM,
    FIR,
    HOMES,
    OAK,
    YEW,
    abandon,
    adopt,
    adoption,
    again,
    amend,
    desk,
    heard,
    published,
    share,
    take_up,
)

PLACES = {one: Place(state, f"Q {state}") for one, state in HOMES.items()}
SESSION = "nnhqcc.0123456789ab"
PAIRING = f"{OAK}.{FIR}.FALLS"


def paired(agreed_on: dt.date | None = dt.date(2014, 12, 15)) -> list[Event]:
    """Oak and Fir learn from each other."""
    both = {"pairing": PAIRING, "learner": FIR, "teacher": OAK, "topic": Topic.FALLS, "actor": "t"}
    rest = {"measure": None, "network": "nnhqcc", "figures": (), "office": "The QIO", "phone": "555-010-0100"}
    reasons = (MatchReason(why=WhyMatched.JUDGED, words="Both asked."),)
    proposed = PairingProposed(**both, **rest, reasons=reasons, proposed_on=dt.date(2014, 12, 1))
    agreed = [PairingAgreed(**both, agreed_on=agreed_on, next_step="A call.")] if agreed_on else []
    return [proposed, *agreed]


def out(**fields: object) -> tuple[Desk, str]:
    at = desk()
    return at, published(at, **fields)


def seen(at: Desk, practice: str) -> Spread:
    return spread(at.held(PRACTICE, practice), at.held(ADOPTION, practice), PLACES)


def chain() -> tuple[Desk, str]:
    """Elm's practice goes to Oak and by a notice to Yew; from Oak to Fir; from Fir to Ash, who gives it up."""
    at = desk(*paired())
    practice = published(at)
    at.done(share(practice, YEW))
    for who, source, since in (
        (OAK, heard(participant=ELM), "2014-12-10"),
        (YEW, heard("NOTICE"), "2014-12-11"),
        (FIR, heard("PAIRING", participant=OAK, pairing=PAIRING), "2014-12-20"),
        (ASH, heard(participant=FIR), "2015-01-05"),
    ):
        assert at.done(take_up(practice, who, source, since))["changed"] is True
    for asked in (adopt(practice, OAK, "2015-01-09"), adopt(practice, FIR, "2015-01-19"), abandon(practice, ASH)):
        at.done(asked)
    return at, practice


def test_a_chain_leads_from_the_origin_to_everybody() -> None:
    at, practice = chain()
    found = seen(at, practice)
    assert found.generations() == ((ELM,), (OAK, YEW), (FIR,), (ASH,))
    assert {one.participant: one.teacher for one in found.links} == {
        ELM: None,
        OAK: ELM,
        YEW: ELM,
        FIR: OAK,
        ASH: FIR,
    }
    assert [who for _, who in found.adopters()] == [ELM, OAK, FIR]
    assert [found.days_to(many) for many in (0, 1, 2, 3, 4)] == [None, 0, 50, 60, None]
    assert (found.states, found.regions) == ({"MA": 2, "NY": 1}, {"Q MA": 2, "Q NY": 1})
    assert found.now() == {AdoptionStatus.TRYING: 1, AdoptionStatus.ADOPTED: 3, AdoptionStatus.ABANDONED: 1}
    assert again(at, *paired()) == at.records


def test_a_practice_without_an_origin_comes_from_the_network_itself() -> None:
    at, practice = out(origin=None)
    at.done(share(practice, OAK))
    at.done(take_up(practice, OAK, heard("NOTICE")))
    at.done(take_up(practice, YEW, heard(participant=OAK)))
    found = seen(at, practice)
    assert found.generations() == ((), (OAK,), (YEW,))
    assert found.links[0].teacher is None
    assert found.adopters() == ()
    assert spread(at.held(PRACTICE, practice), None, PLACES).links == ()


def test_who_learned_from_whom_is_told_over_all_practices() -> None:
    at, first = chain()
    second = published(at, title="Alarms")
    at.done(take_up(second, OAK, heard(participant=ELM), "2014-12-08"))
    found = lessons(seen(at, one) for one in (first, second))
    assert found == (
        Lesson(ELM, OAK, tuple(sorted((first, second))), dt.date(2014, 12, 8)),
        Lesson(ELM, YEW, (first,), dt.date(2014, 12, 11)),
        Lesson(OAK, FIR, (first,), dt.date(2014, 12, 20)),
        Lesson(FIR, ASH, (first,), dt.date(2015, 1, 5)),
    )


def test_nobody_hears_from_somebody_who_began_later_or_not_at_all() -> None:
    at, practice = out()
    assert at.refused(take_up(practice, YEW, heard(participant=OAK))) == [
        ("SOURCE_WITHOUT_PRACTICE", "heard.participant")
    ]
    at.done(take_up(practice, OAK, heard(participant=ELM)))
    assert at.refused(take_up(practice, YEW, heard(participant=OAK), "2014-12-09")) == [
        ("SOURCE_LATER", "heard.participant")
    ]
    at.done(take_up(practice, YEW, heard(participant=OAK), "2014-12-10"))


def test_nobody_hears_from_itself_in_the_end() -> None:
    at, practice = chain()
    circle = ("CIRCLE", "heard.participant")
    assert at.refused(take_up(practice, ELM, heard(participant=OAK), "2015-01-02")) == [
        ("THE_ORIGIN", "participant"),
        circle,
    ]
    assert circle in at.refused(amend(practice, OAK, heard=heard(participant=FIR)))
    assert circle in at.refused(amend(practice, OAK, heard=heard(participant=OAK)))
    at.done(amend(practice, FIR, heard=heard(participant=YEW)))
    assert adoption(at, practice, FIR).heard.participant == YEW
    assert seen(at, practice).generations() == ((ELM,), (OAK, YEW), (FIR,), (ASH,))
    assert again(at, *paired()) == at.records


def test_a_day_is_corrected_within_what_came_of_it() -> None:
    at, practice = chain()
    assert at.refused(amend(practice, FIR, since="2015-01-06")) == [("HEARD_BEFORE", "since")]
    assert at.refused(amend(practice, FIR, since="2014-12-09")) == [("SOURCE_LATER", "heard.participant")]
    assert at.refused(amend(practice, YEW, since="2014-11-19")) == [("BEFORE_ORIGIN", "since")]
    assert at.refused(amend(practice, YEW, since="2015-03-08")) == [("IN_THE_FUTURE", "since")]
    assert at.refused(amend(practice, ASH, since="2015-01-21")) == [("OUT_OF_ORDER", "since")]
    assert at.refused(amend(practice, YEW)) == [("NOTHING_GIVEN", None)]
    assert at.done(amend(practice, FIR, since="2014-12-21"))["changed"] is True
    assert at.done(amend(practice, FIR, since="2014-12-21"))["changed"] is False
    assert adoption(at, practice, FIR).corrections == ("A slip.",)


def test_the_same_again_is_no_change_and_anything_else_is_a_correction() -> None:
    at, practice = out()
    asked = take_up(practice, OAK, heard(participant=ELM))
    assert [at.done(asked)["changed"], at.done(asked)["changed"]] == [True, False]
    assert at.refused(take_up(practice, OAK, heard(participant=ELM), "2014-12-11")) == [
        ("ALREADY_TAKEN_UP", "participant")
    ]
    assert at.refused(take_up(practice, "225099", heard(participant=ELM))) == [("FACILITY_UNKNOWN", "participant")]
    assert at.refused(take_up(practice, YEW, heard(participant=ELM), "2015-03-08")) == [("IN_THE_FUTURE", "since")]
    for other in (adopt(practice, YEW), abandon(practice, YEW), amend(practice, YEW, since="2014-12-11")):
        assert at.refused(other) == [("NOT_TAKEN_UP", "participant")]
    assert at.refused(adopt(practice, OAK, "2014-12-09")) == [("OUT_OF_ORDER", "adopted_on")]
    assert at.refused(adopt(practice, OAK, "2015-03-08")) == [("IN_THE_FUTURE", "adopted_on")]
    at.done(adopt(practice, OAK))
    assert at.refused(abandon(practice, OAK, "2015-01-09")) == [("OUT_OF_ORDER", "abandoned_on")]
    assert at.refused(abandon(practice, OAK, "2015-03-08")) == [("IN_THE_FUTURE", "abandoned_on")]


@pytest.mark.parametrize("status", AdoptionStatus)
@pytest.mark.parametrize("step", AdoptionStep)
def test_each_step_leads_where_the_table_says_or_is_refused(status: AdoptionStatus, step: AdoptionStep) -> None:
    at, practice = out()
    at.done(take_up(practice, OAK, heard(participant=ELM)))
    if status is AdoptionStatus.ADOPTED:
        at.done(adopt(practice, OAK))
    if status is AdoptionStatus.ABANDONED:
        at.done(abandon(practice, OAK))
    asked = {
        AdoptionStep.ADOPT: adopt(practice, OAK, "2015-02-01"),
        AdoptionStep.ABANDON: abandon(practice, OAK, "2015-02-01"),
        AdoptionStep.CORRECT: amend(practice, OAK, since="2014-12-09"),
    }[step]
    to = ADOPTION_MACHINE.after(status, step)
    if to is None:
        assert at.refused(asked) == [("STATE", "participant")]
    else:
        at.done(asked)
        assert adoption(at, practice, OAK).status is to
