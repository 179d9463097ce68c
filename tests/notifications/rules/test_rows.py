"""Each row fires for its event, for those it names, and for nothing else."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
from pydantic import BaseModel

from services.notifications.domain.campaigns.kinds import CAMPAIGN
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.circles import Member
from services.notifications.domain.roster.dues import DUE, FallsDue, arrived
from services.notifications.domain.roster.results import GapSeen, result
from services.notifications.domain.rules.table import ROWS, TABLE
from shared.contracts.catalog import TOPICS
from shared.contracts.message import Event
from shared.contracts.notifications.campaigns import CampaignPrepared
from shared.contracts.notifications.notices import NoticeFailed, NoticeOverdue
from shared.contracts.notifications.requests import NoticeRequested
from shared.contracts.notifications.terms import Part
from shared.contracts.topic import Confidentiality
from tests.notifications.campaigns.asking import prepare
from tests.notifications.heard import said
from tests.notifications.heard.ear import NOW, Ear, member, names

LEAD = member("Lead", (Part.COALITION_LEAD, "coalition:greater-boston"))
MEMBER = member("Member", (Part.COALITION_MEMBER, "coalition:greater-boston"))
LEADER = member("Leader", (Part.COMMUNITY_LEADER, "community:greater-boston"))
STAFF = member("Staff", (Part.QIO_STAFF, "state:MA"))
QIN = member("Qin", (Part.QIO_STAFF, "qio:new-england-qin-healthcentric-advisors"))
EVERYWHERE = member("Everywhere", (Part.QIO_STAFF, "any:any"))
MAINE = member("Maine", (Part.QIO_STAFF, "state:ME"))
TEXAS = member("Texas", (Part.QIO_STAFF, "state:TX"), (Part.COALITION_LEAD, "coalition:houston"))
QUALITY = member("Quality", (Part.QUALITY_LEAD, "facility:225009"))
COACH = member("Coach", (Part.PEER_COACH, "community:greater-boston"))
DESK = member("Desk", (Part.QIO_STAFF, "qio:area-1"))
SUPERVISOR = member("Supervisor", (Part.SUPERVISOR, "qio:area-1"))
OTHER_AREA = member("Other", (Part.SUPERVISOR, "qio:area-2"))
PEOPLE = (LEAD, MEMBER, LEADER, STAFF, QIN, EVERYWHERE, MAINE, TEXAS, QUALITY, COACH, DESK, SUPERVISOR, OTHER_AREA)


def ear(*members: Member, now: dt.datetime = NOW) -> Ear:
    """Who knows the community, its coalition, a home, a case and a contract."""
    known = (said.listed(), said.community(), said.convened(), said.opened(), said.awarded())
    flagged = (said.signalled(period="2014Q2"), said.estimated("no_signal", measure="hospitalizations"))
    return Ear(*(members or PEOPLE), now=now).all((*known, *flagged))


def falls_due(event: Event, today: str) -> FallsDue:
    """What a deliverable or pledge leads to on a day."""
    _, told = arrived(DUE.after(None, event, NOW), dt.date.fromisoformat(today))
    assert told is not None
    return told


GAP = GapSeen(own=result(said.updated()), state=result(said.of_state()))

BOSTON_SIGNALS = said.signalled(unit_type="community", unit="greater-boston", measure="rehospitalizations-30d")
STILL_HOPED_FOR = said.estimated(measure="hospitalizations", revision=2)

# An event, the notice it makes, and who of PEOPLE gets it.
CASES: list[tuple[BaseModel, str, set[str]]] = [
    (said.reached(), "GOAL_REACHED", {"Lead", "Member", "Leader", "Staff", "Qin", "Everywhere"}),
    (said.withdrawn(), "GOAL_WITHDRAWN", {"Lead", "Member", "Leader", "Staff", "Qin", "Everywhere"}),
    (GAP, "GAP_ALERT", {"Lead", "Staff", "Qin", "Everywhere"}),
    (said.signalled(), "SIGNAL_ALERT", {"Quality", "Staff", "Qin", "Everywhere"}),
    (BOSTON_SIGNALS, "SIGNAL_ALERT", {"Lead", "Staff", "Qin", "Everywhere"}),
    (said.retracted(period="2014Q2"), "SIGNAL_RETRACTED", {"Quality", "Staff", "Qin", "Everywhere"}),
    (said.estimated("no_signal"), "EFFECT_ALERT", {"Lead", "Staff", "Qin", "Everywhere"}),
    (STILL_HOPED_FOR, "EFFECT_CLEARED", {"Lead", "Staff", "Qin", "Everywhere"}),
    (said.convened(), "COALITION_INVITED", {"Leader"}),
    (said.joined(), "COALITION_MEMBER_JOINED", {"Lead", "Coach"}),
    (said.lapsed(), "INFRASTRUCTURE_LAPSED", {"Lead"}),
    (falls_due(said.pledged(), "2015-03-06"), "PLEDGE_OVERDUE", {"Lead", "Quality"}),
    (falls_due(said.required(), "2015-03-06"), "DELIVERABLE_DUE", {"Staff", "Qin", "Everywhere", "Maine"}),
    (said.approaching(75), "DEADLINE_APPROACHING", {"Supervisor"}),
    (said.approaching(90), "DEADLINE_APPROACHING", {"Supervisor"}),
    (said.missed(), "DEADLINE_MISSED", {"Supervisor"}),
    (said.overdue(), "NOTICE_OVERDUE", {"Supervisor"}),
    (said.failed(), "NOTICE_FAILED", {"Desk", "Everywhere"}),
    (said.failed("WELCOME", "225009"), "NOTICE_FAILED", {"Staff", "Qin", "Everywhere"}),
]
cases = pytest.mark.parametrize(("event", "notice", "who"), CASES, ids=[f"{one[1]}-{n}" for n, one in enumerate(CASES)])


def _comes(hearer: Ear, event: BaseModel, said_at: dt.datetime | None = None) -> list[NoticeRequested]:
    if isinstance(event, Event) and not isinstance(event, NoticeOverdue | NoticeFailed):
        return hearer.hears(event, said_at=said_at)
    return hearer.fires(event, since=said_at)  # type: ignore[arg-type]


@cases
def test_a_row_makes_its_notice_for_those_it_names(event: BaseModel, notice: str, who: set[str]) -> None:
    made = _comes(ear(), event)
    assert {one.notice_type for one in made} == {notice}
    assert names(made) == who
    assert len(made) == len(who)


@cases
def test_what_is_made_can_be_sent(event: BaseModel, notice: str, who: set[str]) -> None:
    kind = CATALOGUE[notice]
    for one in _comes(ear(), event):
        assert kind.missing(one.facts) is None
        assert kind.letter(one.recipient.role) is not None, one.recipient.role
        assert set(one.facts) <= {*kind.mandatory, *kind.optional}, "the letter says nothing of these"
        assert one.due_at >= NOW
        assert one.recipient.contact is not None


@cases
def test_a_stale_event_makes_nothing(event: BaseModel, notice: str, who: set[str]) -> None:
    (stale_after,) = {one.stale_after for one in ROWS if one.notice == notice}
    just, over = NOW - stale_after, NOW - stale_after - dt.timedelta(seconds=1)
    assert names(_comes(ear(), event, said_at=just)) == who
    assert _comes(ear(), event, said_at=over) == []


@cases
def test_a_repeated_event_makes_the_same_notices(event: BaseModel, notice: str, who: set[str]) -> None:
    hearer = ear()
    first = _comes(hearer, event)
    assert _comes(hearer, event) == first
    again = {one.notice_id for one in _comes(ear(now=NOW + dt.timedelta(hours=1)), event, said_at=NOW)}
    assert again == {one.notice_id for one in first}


@cases
def test_nothing_is_said_of_cases_but_an_opaque_id_and_the_clock(event: BaseModel, notice: str, who: set[str]) -> None:
    for one in _comes(ear(), event):
        if one.recipient.role in {"supervisor", "qio_staff"}:
            continue
        assert "case_id" not in one.facts
        assert str(said.CASE) not in one.model_dump_json()
    if notice.startswith("DEADLINE"):
        allowed = {"case_id", "rule_id", "citation", "owed_by", "due_at", "percent"}
        assert all(set(one.facts) <= allowed for one in _comes(ear(), event))


def test_every_row_is_tried_here_and_has_a_notice_type() -> None:
    assert {row.notice for row in ROWS} - CATALOGUE.keys() == set(), "types the catalogue lacks"
    assert {row.notice for row in ROWS} <= {notice for _, notice, _ in CASES}


def test_rows_rest_on_topics_that_are_not_confidential() -> None:
    by_type = {message: topic for topic in TOPICS for message in topic.messages}
    for row in ROWS:
        topic = by_type[row.source.message if row.source else row.event]  # type: ignore[index]
        assert topic.confidentiality is not Confidentiality.CONFIDENTIAL, row.notice
        assert "notifications" in topic.readers, topic.name


def test_who_holds_two_parts_gets_one_notice_for_one_cause() -> None:
    both = member(
        "Both",
        (Part.COALITION_LEAD, "coalition:greater-boston"),
        (Part.COALITION_MEMBER, "coalition:greater-boston"),
        (Part.QIO_STAFF, "state:MA"),
        (Part.QIO_STAFF, "any:any"),
    )
    (one,) = ear(both).hears(said.reached())
    assert one.recipient.role == "coalition"


def test_two_events_are_two_notices_for_the_same_person() -> None:
    hearer = ear(LEAD)
    (goal,), (lapse,) = hearer.hears(said.reached()), hearer.hears(said.lapsed())
    assert goal.notice_id != lapse.notice_id


@pytest.mark.parametrize(
    ("since", "until", "gets"),
    [("2015-03-06", None, True), ("2015-03-07", None, False), ("2014-01-01", "2015-03-06", False)],
)
def test_a_part_counts_from_its_first_day_up_to_its_last(since: str, until: str | None, gets: bool) -> None:
    someone = member("Someone", (Part.COALITION_LEAD, "coalition:greater-boston"), since=since, until=until)
    assert bool(ear(someone).hears(said.reached())) is gets


def test_a_goal_withdrawn_and_reached_again_is_told_three_times() -> None:
    hearer = ear(LEAD)
    told = [hearer.hears(said.reached()), hearer.hears(said.withdrawn())]
    told.append(hearer.hears(said.reached(as_of="2015-03-06T14:00:00Z")))
    assert len({one.notice_id for made in told for one in made}) == 3


def test_one_goal_said_twice_is_told_once() -> None:
    hearer = ear(LEAD)
    first = hearer.hears(said.reached(), event_id=said.CASE)
    second = hearer.hears(said.reached(), event_id=said.DEADLINE)
    assert [one.notice_id for one in first] == [one.notice_id for one in second]


NOTHING: list[tuple[str, Callable[[], Event]]] = [
    ("half of the time", lambda: said.approaching(50)),
    ("what a provider owes", lambda: said.approaching(90, obligor="PROVIDER")),
    ("what a provider missed", lambda: said.missed(obligor="PROVIDER")),
    ("a home recruited: recruitment asks for the welcome itself", said.moved),
    ("a home invited: recruitment asks for the invitation itself", lambda: said.moved("INVITED")),
    ("a case opened", said.opened),
]


@pytest.mark.parametrize("event", [one for _, one in NOTHING], ids=[name for name, _ in NOTHING])
def test_nothing_follows_from(event: Callable[[], Event]) -> None:
    assert ear().hears(event()) == []


def test_a_deadline_is_told_once_for_each_share_of_its_time_and_anew_when_it_is_set_anew() -> None:
    hearer = ear(SUPERVISOR)
    made = [hearer.hears(event) for event in (said.approaching(75), said.approaching(90), said.approaching(75))]
    later = hearer.hears(said.approaching(75, due_at="2015-03-09T18:00:00Z"))
    assert made[0] == made[2]
    assert len({one.notice_id for told in (*made, later) for one in told}) == 3


def test_supervisors_of_the_qio_that_a_case_went_to_hear_of_it() -> None:
    hearer = ear()
    hearer.hears(said.transferred("Area 2"))
    assert names(hearer.hears(said.missed())) == {"Other"}


def test_of_a_case_nobody_told_of_only_who_is_for_everything_hears() -> None:
    everything = member("All", (Part.SUPERVISOR, "any:any"))
    assert names(Ear(everything, SUPERVISOR).hears(said.missed())) == {"All"}


def test_an_overdue_notice_that_no_rule_wants_alarms_nobody() -> None:
    assert ear().fires(said.overdue("WELCOME")) == []  # type: ignore[arg-type]
    assert ear().fires(said.overdue("NOTICE_OVERDUE")) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("alarm", ["NOTICE_OVERDUE", "NOTICE_FAILED"])
def test_an_alarm_that_is_late_or_fails_itself_causes_no_other(alarm: str) -> None:
    assert ear().fires(said.overdue(alarm)) == []  # type: ignore[arg-type]
    assert ear().fires(said.failed(alarm)) == []  # type: ignore[arg-type]


def test_no_chain_of_alarms_goes_on_whatever_becomes_of_each_of_them() -> None:
    hearer, waiting, steps = ear(), ["DECISION_LETTER", "WELCOME", "A_TYPE_THAT_THERE_IS_NOT"], 0
    while waiting:
        kind, steps = waiting.pop(), steps + 1
        assert steps < 20
        for event in (said.overdue(kind), said.failed(kind)):
            waiting += sorted({one.notice_type for one in hearer.fires(event)})  # type: ignore[arg-type]


def test_each_failure_of_a_legal_notice_is_told_at_once() -> None:
    first, again = (ear(DESK).fires(said.failed(at=at)) for at in ("2015-03-06T16:00:00Z", "2015-03-06T16:10:00Z"))  # type: ignore[arg-type]
    assert first[0].notice_id != again[0].notice_id
    assert first[0].due_at == NOW + dt.timedelta(hours=1)


def test_failures_of_one_campaign_are_told_once_a_day_to_staff_of_the_qio_that_writes_it() -> None:
    hearer = ear()
    writer = "New England QIN (Healthcentric Advisors)"
    campaign = CampaignPrepared(**prepare(writer=writer).model_dump(), campaign=UUID(int=5), prepared_at=NOW)
    hearer.records[CAMPAIGN.key(str(campaign.campaign))] = CAMPAIGN.after(None, campaign, NOW)
    about = f"campaign:{campaign.campaign}"
    times = ("2015-03-06T10:00:00Z", "2015-03-06T16:00:00Z", "2015-03-07T10:00:00Z")
    failures = [said.failed("CAMPAIGN_MESSAGE", about, at, UUID(int=n)) for n, at in enumerate(times)]
    made = [hearer.fires(one) for one in failures]  # type: ignore[arg-type]
    assert [names(one) for one in made] == [{"Qin", "Everywhere"}] * 3
    ids = [{one.notice_id for one in each} for each in made]
    assert ids[0] == ids[1] != ids[2]
    assert made[0][0].due_at == NOW + dt.timedelta(days=1)


def test_an_overdue_notice_to_a_home_is_told_to_supervisors_of_its_state() -> None:
    state = member("State", (Part.SUPERVISOR, "state:MA"))
    assert names(ear(state, SUPERVISOR).fires(said.overdue(subject="225009"))) == {"State"}  # type: ignore[arg-type]


def test_a_gap_of_a_hospital_goes_to_its_quality_lead() -> None:
    own = result(said.updated(unit_type="hospital", unit="225009"))
    made = ear().fires(GapSeen(own=own, state=GAP.state))
    assert names(made) == {"Quality", "Staff", "Qin", "Everywhere"}
    assert {one.facts["place_name"] for one in made} == {"Willowbrook Manor"}


def test_letters_name_places_measures_and_goals_in_words() -> None:
    (one,) = ear(LEAD).hears(said.reached())
    assert one.facts["place_name"] == "Greater Boston"
    assert one.facts["goal_name"] == "20 % fewer rehospitalizations"
    assert one.facts["measure_name"] == "30-day rehospitalizations"
    assert one.facts["period"] == "the four quarters to quarter 4 of 2014"
    assert one.facts["qio_name"] == "New England QIN (Healthcentric Advisors)"


def test_what_the_roster_does_not_know_keeps_its_id_and_the_letter_is_whole() -> None:
    (one,) = Ear(LEAD).hears(said.reached())
    assert one.facts["place_name"] == "greater-boston"
    assert CATALOGUE["GOAL_REACHED"].missing(one.facts) is None


def test_due_times_count_from_when_the_event_was_said() -> None:
    said_at = NOW - dt.timedelta(hours=5)
    (one,) = ear(LEAD).hears(said.reached(), said_at=said_at)
    assert one.due_at == said_at + dt.timedelta(days=7)


def test_rows_of_facts_name_their_causes() -> None:
    assert [row.notice for row in ROWS if row.source and row.once_per is None] == []
    assert set(TABLE.rows) == {row.event for row in ROWS}
