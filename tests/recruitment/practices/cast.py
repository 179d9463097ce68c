"""Homes in a cohort, two of the staff and an expert, and the commands about tests of change and practices."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.practices.practice_kind import PRACTICE, Practice
from services.recruitment.domain.practices.spread_kind import ADOPTION, Adoption
from services.recruitment.domain.practices.testing_kind import CHANGE_TEST
from services.recruitment.domain.practices.testing_state import ChangeTest
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.adoptions import AbandonPractice, AdoptPractice, CorrectAdoption, TryPractice
from shared.contracts.recruitment.change_packages import PublishChangePackage
from shared.contracts.recruitment.change_test_commands import (
    ActOnChangeTest,
    CarryOutChangeTest,
    CorrectChangeTest,
    PlanChangeTest,
    RecordSharingWish,
    StudyChangeTest,
)
from shared.contracts.recruitment.cohorts import CohortJoined, CohortOpened, CohortRole
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_networks import NetworkEstablished, NetworkKind
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.participants import ParticipantRegistered
from shared.contracts.recruitment.people import PersonRegistered, RoleAssigned
from shared.contracts.recruitment.people_terms import PersonKind, Profile
from shared.contracts.recruitment.practice_commands import (
    DraftPractice,
    PublishPractice,
    RecordNamingWish,
    RetirePractice,
    ReviewPractice,
    RevisePractice,
    SharePractice,
)
from tests.recruitment.desk import COMMAND_ID, NOW, Desk, own

ELM, OAK, YEW, FIR, ASH = "225001", "225002", "335003", "335004", "105005"
FAMILY: Final = "own:family-partner"
HOMES: Final = {ELM: "MA", OAK: "MA", YEW: "NY", FIR: "NY", ASH: "FL"}
EVIDENCE: Final = {"kind": "OWN_FIGURES", "kept_at": "archive/falls/chart", "strength": "Fewer falls in twelve weeks."}
SINCE: Final = dt.date(2014, 10, 1)


def _person(name: str, kind: PersonKind = PersonKind.STAFF) -> list[Event]:
    roles: dict[str, Any] = {"role": "advisor", "qio": "Q", "states": ("MA",), "since": dt.date(2014, 8, 1)}
    profile = Profile(name=name, profession="nurse")
    begun = PersonRegistered(person=name, kind=kind, profile=profile, actor="t")
    return [begun, RoleAssigned(person=name, role_id=COMMAND_ID, **roles, actor="t")]


def _home(one: str, state: str, setting: Setting = Setting.NURSING_HOME) -> ParticipantRegistered:
    return ParticipantRegistered(
        participant=one, setting=setting, name=f"Home {one}", state=state, zip_code="02139", qin_qio=f"Q {state}"
    )


SETUP: Final[tuple[Event, ...]] = (
    *(_home(one, state) for one, state in HOMES.items()),
    _home(FAMILY, "MA", Setting.BENEFICIARY_OR_FAMILY),
    *(event for name in ("ida", "ben") for event in _person(name)),
    *_person("eve", PersonKind.EXPERT),
    NetworkEstablished(
        network="nnhqcc",
        name="Homes",
        kind=NetworkKind.COLLABORATIVE,
        collaborative=None,
        task="C.2",
        topics=(Topic.FALLS,),
        states=(),
        settings=(),
        started_on=SINCE,
        actor="t",
    ),
    CohortOpened(
        cohort="nnhqcc.c1",
        network="nnhqcc",
        number=1,
        name="First",
        focus=Topic.FALLS,
        exclusive=True,
        opened_on=SINCE,
        actor="t",
    ),
    *(
        CohortJoined(
            cohort="nnhqcc.c1", participant=one, role=CohortRole.TEAM, joined_on=SINCE, exclusive=True, actor="t"
        )
        for one in (ELM, OAK, YEW, FIR)
    ),
)


def desk(*more: Event) -> Desk:
    """A desk that knows them; Ash is in no cohort."""
    return Desk(NOW).has(*SETUP, *more)


def again(at: Desk, *more: Event) -> dict[str, Any]:
    """The records made once more from what was said."""
    return dict(desk(*more).has(*own(at.said)).records)


def command(of: type[Command], /, **fields: object) -> Command:
    """A command of these fields by somebody."""
    return of.model_validate({"actor": "t", **fields})


def package() -> Command:
    """A command to publish a change package with one change."""
    driver = {"name": "Staff", "source": "guide", "changes": [{"text": "Huddle", "source": "talk"}]}
    return command(PublishChangePackage, network="nnhqcc", title="P", drivers=[driver], published_on="2014-10-02")


def plan(participant: str = ELM, on: str = "2014-11-03", **fields: object) -> Command:
    """A command to plan a test."""
    plain = {"cohort": "nnhqcc.c1", "topic": "FALLS", "aim": "Fewer falls at night.", "prediction": "Half as many."}
    return command(PlanChangeTest, **{**plain, "participant": participant, "planned_on": on, **fields})


def do(test: str, on: str = "2014-11-10") -> Command:
    """A command to record that it was done."""
    return command(CarryOutChangeTest, test=test, done_on=on, done="Rounds each hour.")


def study(test: str, on: str = "2014-11-17", values: object = ()) -> Command:
    """A command to record what was learned."""
    return command(StudyChangeTest, test=test, studied_on=on, learned="It takes two.", values=values)


def act(test: str, decision: str = "ADOPT", on: str = "2014-11-20", **fields: object) -> Command:
    """A command to decide what follows; with a prediction where there is a next cycle."""
    following = {"prediction": "A third."} if decision == "ADAPT" else {}
    plain = {"test": test, "decision": decision, "acted_on": on, "reason": "It held."}
    return command(ActOnChangeTest, **{**plain, **following, **fields})


def wish(test: str, shared: bool = True, on: str = "2014-11-21") -> Command:
    """A command to record the wish to share."""
    return command(RecordSharingWish, test=test, shared=shared, said_by="DIRECTOR_OF_NURSING", said_on=on)


def correct(test: str, cycle: int = 1, **fields: object) -> Command:
    """A command to correct a test."""
    return command(CorrectChangeTest, test=test, cycle=cycle, because="A slip.", **fields)


def tried_out(at: Desk) -> str:
    """A test of Elm's, adopted and shared."""
    test = str(at.done(plan())["test"])
    for one in (do(test), study(test), act(test), wish(test)):
        at.done(one)
    return test


def draft(**fields: object) -> Command:
    """A command to draft a practice of Elm's."""
    plain = {"network": "nnhqcc", "title": "Hourly rounds", "topic": "FALLS", "measures": ["nursing-home-falls"]}
    rest = {"summary": "Look in each hour.", "evidence": [EVIDENCE], "author": "ida", "drafted_on": "2014-12-01"}
    return command(DraftPractice, **{**plain, **rest, "origin": {"participant": ELM, "since": "2014-11-20"}, **fields})


def revise(practice: str, on: str = "2014-12-02", **fields: object) -> Command:
    """A command to revise a practice."""
    return command(RevisePractice, practice=practice, revised_on=on, **{"author": "ida", **fields})


def review(practice: str, reviewer: str = "ben", on: str = "2014-12-03") -> Command:
    """A command to record a review."""
    return command(ReviewPractice, practice=practice, reviewed_by=reviewer, reviewed_on=on, judgement="Sound.")


def publish(practice: str, on: str = "2014-12-05") -> Command:
    """A command to publish a practice."""
    return command(PublishPractice, practice=practice, published_on=on)


def share(practice: str, *who: str, on: str = "2014-12-06", **fields: object) -> Command:
    """A command to write to participants."""
    plain = {"practice": practice, "participants": who, "shared_on": on, "office": "The QIO", "phone": "555-010-0100"}
    return command(SharePractice, **{**plain, **fields})


def name(practice: str, named: bool = True, on: str = "2014-12-04") -> Command:
    """A command to record whether the origin is to be named."""
    return command(RecordNamingWish, practice=practice, named=named, said_by="ADMINISTRATOR", said_on=on)


def retire(practice: str, on: str = "2015-02-01") -> Command:
    """A command to retire a practice."""
    return command(RetirePractice, practice=practice, retired_on=on, reason="Another is better.")


def published(at: Desk, **fields: object) -> str:
    """A practice that is published."""
    practice = str(at.done(draft(**fields))["practice"])
    at.done(review(practice))
    at.done(publish(practice))
    return practice


def heard(way: str = "PEER", **of: str) -> dict[str, str]:
    """How one heard of a practice."""
    return {"way": way, **of}


def take_up(practice: str, participant: str, source: dict[str, str], since: str = "2014-12-10") -> Command:
    """A command to record that a participant tries a practice."""
    return command(TryPractice, practice=practice, participant=participant, heard=source, since=since)


def adopt(practice: str, participant: str, on: str = "2015-01-10") -> Command:
    """A command to record an adoption."""
    fields = {"adopted_on": on, "evidence": EVIDENCE, "reason": "It held."}
    return command(AdoptPractice, practice=practice, participant=participant, **fields)


def abandon(practice: str, participant: str, on: str = "2015-01-20") -> Command:
    """A command to record that a practice is given up."""
    return command(AbandonPractice, practice=practice, participant=participant, abandoned_on=on, reason="Too dear.")


def amend(practice: str, participant: str, **fields: object) -> Command:
    """A command to correct an adoption."""
    return command(CorrectAdoption, practice=practice, participant=participant, because="A slip.", **fields)


def trial(at: Desk, identifier: str) -> ChangeTest:
    """A test as it stands."""
    return at.held(CHANGE_TEST, identifier)


def practice_held(at: Desk, identifier: str) -> Practice:
    """A practice as it stands."""
    return at.held(PRACTICE, identifier)


def adoption(at: Desk, practice: str, participant: str) -> Adoption:
    """An adoption as it stands."""
    return at.held(ADOPTION, practice).by[participant]
