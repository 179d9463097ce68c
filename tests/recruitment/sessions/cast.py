"""A network with two cohorts in two states since January 2015, and the commands about its sessions."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.sessions.notices import Known
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.action_period_commands import (
    ExcuseFromAssignment,
    ReportAssignment,
    StartActionPeriod,
)
from shared.contracts.recruitment.cohorts import CohortJoined, CohortLeft, CohortOpened, CohortRole
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_networks import NetworkEstablished, NetworkKind
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.participants import ParticipantRegistered
from shared.contracts.recruitment.session_commands import (
    CancelSession,
    HoldSession,
    OpenRegistration,
    PlanSession,
    RecordAttendance,
    RegisterForSession,
    RescheduleSession,
)
from tests.recruitment.desk import NOW, Desk, own

BOSTON: Final = "nnhqcc.c1"
YORK: Final = "nnhqcc.c2"
OTHER: Final = "cusp.c1"
ELM: Final = "225001"
OAK: Final = "225002"
YEW: Final = "335003"
GUEST: Final = "own:guest-house"
_HOMES: Final = {ELM: "MA", OAK: "MA", YEW: "NY", GUEST: "MA"}
KNOWN: Final = {
    one: Known(name=f"Home {one}", state=state, setting=Setting.NURSING_HOME) for one, state in _HOMES.items()
}
OPENED: Final = dt.date(2015, 1, 5)
# Ten days after NOW, and two days before it.
AHEAD: Final = ("2015-03-16T18:00:00Z", "2015-03-16T20:00:00Z")
PAST: Final = ("2015-03-04T18:00:00Z", "2015-03-04T20:00:00Z")


def joined(cohort: str, participant: str, on: dt.date = OPENED) -> CohortJoined:
    """A participant is in a cohort."""
    return CohortJoined(
        cohort=cohort, participant=participant, role=CohortRole.TEAM, joined_on=on, exclusive=True, actor="t"
    )


def left(cohort: str, participant: str, on: dt.date) -> CohortLeft:
    """A participant is in a cohort no more."""
    return CohortLeft(cohort=cohort, participant=participant, left_on=on, reason="r", actor="t")


def _network(name: str) -> NetworkEstablished:
    return NetworkEstablished(
        network=name,
        name=name,
        kind=NetworkKind.COLLABORATIVE,
        collaborative=None,
        task="C.2",
        topics=(Topic.FALLS,),
        states=(),
        settings=(),
        started_on=OPENED,
        actor="t",
    )


def _cohort(cohort: str) -> CohortOpened:
    network, _, number = cohort.partition(".c")
    return CohortOpened(
        cohort=cohort,
        network=network,
        number=int(number),
        name=cohort,
        focus=Topic.FALLS,
        exclusive=True,
        opened_on=OPENED,
        actor="t",
    )


SETUP: Final[tuple[Event, ...]] = (
    *(
        ParticipantRegistered(
            participant=one, setting=Setting.NURSING_HOME, name=one, state=state, zip_code="02139", qin_qio="Q"
        )
        for one, state in _HOMES.items()
    ),
    _network("nnhqcc"),
    _network("cusp"),
    *(_cohort(one) for one in (BOSTON, YORK, OTHER)),
    joined(BOSTON, ELM),
    joined(BOSTON, OAK),
    joined(YORK, YEW),
)


def desk(*more: Event, now: dt.datetime = NOW) -> Desk:
    """A desk that knows the network; ``more`` happened to it."""
    return Desk(now).has(*SETUP, *more)


def again(at: Desk, *more: Event) -> dict[str, Any]:
    """The records made once more from what was said."""
    return dict(desk(*more).has(*own(at.said)).records)


def command(of: type[Command], /, **fields: object) -> Command:
    """A command of these fields by somebody."""
    return of.model_validate({"actor": "t", **fields})


def plan(**fields: object) -> Command:
    """A session of both cohorts that would be accepted."""
    plain = {"network": "nnhqcc", "cohorts": [BOSTON, YORK], "kind": "LEARNING_SESSION", "title": "Falls"}
    when = {"starts_at": AHEAD[0], "ends_at": AHEAD[1], "zone": "America/New_York", "mode": "BOTH"}
    where = {"place": "Town library", "join_url": "https://network.example/s/1"}
    office = {"office": "New England QIN", "phone": "1-617-555-0100", "agenda": ["Welcome", "Ten minutes"]}
    return command(PlanSession, **{**plain, **when, **where, **office, **fields})


def planned(**fields: object) -> tuple[Desk, str]:
    """A desk and the id of a session planned at it."""
    at = desk()
    return at, str(at.done(plan(**fields))["session"])


def opened(**fields: object) -> tuple[Desk, str]:
    """A session with registration open."""
    at, name = planned(**fields)
    at.done(command(OpenRegistration, session=name))
    return at, name


def held(**fields: object) -> tuple[Desk, str]:
    """A session that was held two days ago."""
    at, name = planned(**{"starts_at": PAST[0], "ends_at": PAST[1], **fields})
    at.done(command(HoldSession, session=name))
    return at, name


def register(at: str, participant: str = ELM, people: int = 2, mode: str = "ONLINE") -> Command:
    return command(RegisterForSession, session=at, participant=participant, people=people, mode=mode)


def attend(at: str, participant: str = ELM, people: int = 2, minutes: int = 200, **fields: object) -> Command:
    given = {"session": at, "participant": participant, "people": people, "minutes": minutes, "mode": "ONLINE"}
    return command(RecordAttendance, **{**given, **fields})


def move(at: str, starts_at: str, ends_at: str, **fields: object) -> Command:
    given = {"session": at, "starts_at": starts_at, "ends_at": ends_at, "reason": "The hall is flooded."}
    return command(RescheduleSession, **{**given, **fields})


def cancel(at: str) -> Command:
    return command(CancelSession, session=at, reason="The speaker is ill.")


TASKS: Final = (
    {"title": "Huddles", "report": "How many huddles after falls", "unit": "huddles", "due_on": "2015-03-20"},
    {"title": "Aim", "report": "Your aim in a sentence", "due_on": "2015-03-31"},
)


def start(**fields: object) -> Command:
    """An action period of the first cohort that would be accepted."""
    plain = {"cohort": BOSTON, "name": "First", "starts_on": "2015-03-02", "ends_on": "2015-04-30"}
    rest = {"assignments": TASKS, "office": "New England QIN", "phone": "1-617-555-0100"}
    return command(StartActionPeriod, **{**plain, **rest, **fields})


def report(at: str, participant: str = ELM, number: int = 1, **fields: object) -> Command:
    given = {"period": at, "assignment": number, "participant": participant, "on": "2015-03-05", "summary": "Done"}
    return command(ReportAssignment, **{**given, **fields})


def excuse(at: str, participant: str = ELM, number: int = 1) -> Command:
    return command(ExcuseFromAssignment, period=at, assignment=number, participant=participant, reason="A fire")


def started(**fields: object) -> tuple[Desk, str]:
    """A desk and the id of an action period started at it."""
    at = desk()
    return at, str(at.done(start(**fields))["period"])
