"""Homes, hospitals, practices and pharmacies in and around two networks, and the commands about them."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.networks.kinds import COHORT, COURSES, NETWORK, SEATS, seats_id
from services.recruitment.domain.networks.state import Cohort, Courses, Network, Seats
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.care_teams import EndCareTeam, FormCareTeam, JoinCareTeam, LeaveCareTeam
from shared.contracts.recruitment.cohorts import CloseCohort, FocusCohort, JoinCohort, LeaveCohort, OpenCohort
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_networks import ChangeNetwork, EndLearningNetwork, EstablishNetwork
from shared.contracts.recruitment.participant_terms import WhyClosed, WhyMerged
from shared.contracts.recruitment.participants import ParticipantClosed, ParticipantMerged, ParticipantRegistered
from shared.contracts.recruitment.pipeline import EngagementMoved
from shared.contracts.recruitment.steps import Stage
from tests.recruitment.desk import NOW, Desk

HOME, OTHER, FAR, NEW = "225009", "225010", "105001", "225011"
HOSPITAL: Final = "220001"
PRACTICE: Final = "npi:1234567893"
PHARMACY: Final = "own:corner-pharmacy"
OFFICE: Final = "own:aging-office"
RECRUITED: Final = dt.date(2014, 9, 1)
_WHO: Final = {
    HOME: (Setting.NURSING_HOME, "MA"),
    OTHER: (Setting.NURSING_HOME, "MA"),
    FAR: (Setting.NURSING_HOME, "FL"),
    NEW: (Setting.NURSING_HOME, "MA"),
    HOSPITAL: (Setting.HOSPITAL, "MA"),
    PRACTICE: (Setting.PHYSICIAN_PRACTICE, "MA"),
    PHARMACY: (Setting.PHARMACY, "MA"),
    OFFICE: (Setting.COMMUNITY_ORGANISATION, "MA"),
}


def moved(
    participant: str, collaborative: str = "NNHQCC", stage: Stage = Stage.RECRUITED, since: dt.date = RECRUITED
) -> EngagementMoved:
    """A stage that a participant came to."""
    return EngagementMoved(participant=participant, collaborative=collaborative, stage=stage, since=since, actor="t")


def closed(participant: str, on: dt.date) -> ParticipantClosed:
    """A participant closed."""
    return ParticipantClosed(participant=participant, on=on, reason=WhyClosed.BY_ITS_OWNER, actor="t")


def merged(participant: str, into: str, on: dt.date) -> ParticipantMerged:
    """A participant goes on in another."""
    return ParticipantMerged(participant=participant, into=into, on=on, reason=WhyMerged.CONSOLIDATED, actor="t")


SETUP: Final[tuple[Event, ...]] = (
    *(
        ParticipantRegistered(participant=one, setting=setting, name=one, state=state, zip_code="02139", qin_qio="Q")
        for one, (setting, state) in _WHO.items()
    ),
    *(moved(one) for one in (HOME, OTHER, FAR)),
    *(moved(one, "PSPC") for one in (HOME, HOSPITAL, PRACTICE, PHARMACY)),
)


def desk(*more: Event) -> Desk:
    """A desk that knows them; no network yet."""
    return Desk(NOW).has(*SETUP, *more)


def learning(*more: Event) -> Desk:
    """A desk with the network nnhqcc in Massachusetts and its cohort nnhqcc.c1, open since October 2014."""
    at = desk(*more)
    at.done(establish())
    at.done(opened())
    return at


def again(at: Desk, *more: Event) -> dict[str, Any]:
    """The records made once more from what was said."""
    made = desk(*more)
    made.has(*(emit.event for emit in at.said if type(emit.event) in made.kinds.events))
    return dict(made.records)


def command(of: type[Command], /, **fields: object) -> Command:
    """A command of these fields by somebody."""
    return of.model_validate({"actor": "t", **fields})


def establish(**fields: object) -> Command:
    """A command to establish a network that would be accepted."""
    plain = {"network": "nnhqcc", "name": "Homes", "kind": "COLLABORATIVE", "collaborative": "NNHQCC", "task": "C.2"}
    rest = {"topics": ["PRESSURE_ULCERS", "FALLS"], "states": ["MA"], "started_on": "2014-10-01"}
    return command(EstablishNetwork, **{**plain, **rest, **fields})


def change(**fields: object) -> Command:
    """A command to change the network."""
    plain = {"network": "nnhqcc", "changed_on": "2014-11-01", "reason": "r"}
    return command(ChangeNetwork, **{**plain, **fields})


def end(on: str = "2015-02-01", network: str = "nnhqcc") -> Command:
    """A command to end a network."""
    return command(EndLearningNetwork, network=network, ended_on=on, reason="r")


def opened(number: int = 1, **fields: object) -> Command:
    """A command to open a cohort."""
    plain = {"network": "nnhqcc", "number": number, "name": "First", "focus": "FALLS", "opened_on": "2014-10-01"}
    return command(OpenCohort, **{**plain, **fields})


def focus(topic: str = "PRESSURE_ULCERS", since: str = "2014-12-01") -> Command:
    """A command to let the cohort work on another topic."""
    return command(FocusCohort, cohort="nnhqcc.c1", focus=topic, since=since)


def close(on: str = "2015-02-01", cohort: str = "nnhqcc.c1") -> Command:
    """A command to close a cohort."""
    return command(CloseCohort, cohort=cohort, closed_on=on, reason="r")


def join(participant: str = HOME, on: str = "2014-10-15", cohort: str = "nnhqcc.c1", role: str = "TEAM") -> Command:
    """A command to take somebody into a cohort."""
    return command(JoinCohort, cohort=cohort, participant=participant, joined_on=on, role=role)


def leave(participant: str = HOME, on: str = "2015-01-15", cohort: str = "nnhqcc.c1") -> Command:
    """A command to let somebody go."""
    return command(LeaveCohort, cohort=cohort, participant=participant, left_on=on, reason="r")


def teams(*more: Event) -> tuple[Desk, str]:
    """A desk with the network pspc of care teams, and a team in it of nobody."""
    at = desk(*more)
    topics = ["ADVERSE_DRUG_EVENTS"]
    pspc = {"network": "pspc", "collaborative": "PSPC", "task": "adverse-drug-events", "kind": "CARE_TEAMS"}
    at.done(establish(**pspc, topics=topics, started_on="2013-10-01"))
    return at, str(at.done(form())["team"])


def form(**fields: object) -> Command:
    """A command to form a care team."""
    return command(FormCareTeam, **{"network": "pspc", "name": "North", "formed_on": "2014-10-01", **fields})


def enter(team: str, participant: str, on: str = "2014-10-15") -> Command:
    """A command to take somebody into a care team."""
    return command(JoinCareTeam, team=team, participant=participant, joined_on=on)


def part(team: str, participant: str, on: str = "2014-12-01") -> Command:
    """A command to let somebody out of a care team."""
    return command(LeaveCareTeam, team=team, participant=participant, left_on=on, reason="r")


def dissolve(team: str, on: str = "2015-02-01") -> Command:
    """A command to end a care team."""
    return command(EndCareTeam, team=team, ended_on=on, reason="r")


def network(at: Desk, identifier: str = "nnhqcc") -> Network:
    """A network as it stands."""
    return at.held(NETWORK, identifier)


def cohort(at: Desk, identifier: str = "nnhqcc.c1") -> Cohort:
    """A cohort as it stands."""
    return at.held(COHORT, identifier)


def seats(at: Desk, participant: str = HOME) -> Seats:
    """A participant's seats in the network."""
    return at.held(SEATS, seats_id("nnhqcc", participant))


def courses(at: Desk) -> Courses:
    """The network's cohorts in short."""
    return at.held(COURSES, "nnhqcc")
