"""The roster is what others said, whatever the order in which their topics are read."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications.domain.registry import KINDS
from services.notifications.domain.roster.communities import COALITION, COMMUNITY
from services.notifications.domain.roster.dues import DUE
from services.notifications.domain.roster.facilities import ENGAGEMENT, FACILITY
from services.notifications.domain.roster.kinds import KEPT
from services.notifications.domain.roster.program import NETWORK, Network
from services.notifications.domain.rules.firing import Table
from services.notifications.heard.events import TOPICS, subscriptions
from shared.contracts.catalog import by_name
from shared.contracts.message import Event
from shared.contracts.recruitment.coalitions import CoalitionEnded, CoalitionLeft
from shared.contracts.recruitment.communities import CommunityDissolved
from shared.contracts.recruitment.participants import ParticipantAmended, ParticipantClosed, ParticipantReopened
from shared.contracts.recruitment.pipeline import EngagementCorrected
from shared.contracts.recruitment.program import NetworkConfigured, NetworkEnded, NetworkWithdrawn
from shared.contracts.recruitment.qio_deliverables import DeliverableMoved, DeliverableReturned, DeliverableSubmitted
from shared.contracts.topic import Confidentiality
from shared.records.kinds import Record
from shared.records.store import RecordStore
from tests.notifications.heard import said
from tests.notifications.heard.ear import Ear


def traits(*records: Record | None) -> set[tuple[str, str]]:
    """What is known of places, as audiences ask for it."""
    return {(one.place, one.trait) for record in records for one in getattr(record, "traits", ())}


def amended(**fields: object) -> ParticipantAmended:
    """Staff recorded something of a home."""
    return ParticipantAmended.model_validate({"participant": "225009", "qin_qio": "UNKNOWN", **fields})


def closed() -> ParticipantClosed:
    """It closed."""
    plain = {"participant": "225009", "on": "2015-02-01", "reason": "BY_ITS_OWNER", "actor": "t"}
    return ParticipantClosed.model_validate(plain)


def reopened() -> ParticipantReopened:
    """It did not."""
    plain = {"participant": "225009", "on": "2015-02-01", "reason": "CALLED_OFF", "actor": "t"}
    return ParticipantReopened.model_validate(plain)


def corrected(step: int) -> EngagementCorrected:
    """A step is struck."""
    plain = {"participant": "225009", "collaborative": "NNHQCC", "step": step, "since": None, "reason": "r"}
    return EngagementCorrected.model_validate({**plain, "actor": "t"})


def left() -> CoalitionLeft:
    """A member left."""
    plain = {"community": "greater-boston", "number": 1, "actor": "t", "participant": "225010", "on": "2015-03-03"}
    return CoalitionLeft.model_validate({**plain, "reason": "r"})


def ended() -> CoalitionEnded:
    """The coalition ended."""
    plain = {"community": "greater-boston", "number": 1, "actor": "t", "on": "2015-03-04", "reason": "r"}
    return CoalitionEnded.model_validate(plain)


def dissolved() -> CommunityDissolved:
    """The community is none any more."""
    plain = {"community": "greater-boston", "version": 2, "on": "2015-03-05", "reason": "r", "actor": "t"}
    return CommunityDissolved.model_validate(plain)


def configured(starts_on: str, qio: str = "Island QIO") -> NetworkConfigured:
    """Staff entered who answers for a state."""
    plain = {"state": "VI", "role": "STATE-QIO", "qio": qio, "statement": 10, "ends_on": "2014-07-31"}
    return NetworkConfigured.model_validate({**plain, "starts_on": starts_on, "source": "Made up", "actor": "t"})


_OF_DELIVERABLE = {"contract": "HHSM-500-2014-QIN1", "deliverable": "annual-report", "actor": "t"}
SUBMITTED = DeliverableSubmitted.model_validate({**_OF_DELIVERABLE, "submitted_on": "2015-03-01"})
RETURNED = DeliverableReturned.model_validate({**_OF_DELIVERABLE, "returned_on": "2015-03-02", "reasons": ["r"]})
MOVED = DeliverableMoved.model_validate(
    {
        **_OF_DELIVERABLE,
        "due_on": "2015-05-01",
        "effective_on": "2015-03-01",
        "kind": "AMENDMENT",
        "reason": "r",
        "source": "s",
    }
)
# In each topic in this order.
HISTORY: list[Event] = [
    said.listed(), said.listed("225010"), amended(state="RI"), closed(), reopened(), amended(follows_list=["state"]),
    said.moved("INVITED", wave=2), said.moved("RECRUITED"), said.moved("WITHDRAWN"), corrected(3),
    said.community(), said.community(name="Boston", areas=["zip:02139", "zip:03820"], version=2), dissolved(),
    said.convened(), said.joined(), left(), ended(), said.convened(number=2),
    said.awarded(), said.required(), MOVED, SUBMITTED, configured("2011-08-01"),
    said.pledged(), said.kept(), said.opened(), said.transferred("Area 2"), said.reached(),
    said.signalled(), said.retracted(), said.estimated("no_signal"), said.estimated(revision=2),
]  # fmt: skip


def _by_topic() -> dict[str, list[Event]]:
    topics = {message: topic.name for topic in TOPICS for message in topic.messages}
    found: dict[str, list[Event]] = defaultdict(list)
    for event in HISTORY:
        found[topics[type(event)]].append(event)
    return found


def _interleaved(order: list[str]) -> Iterator[Event]:
    queues = {topic: iter(events) for topic, events in _by_topic().items()}
    yield from (next(queues[topic]) for topic in order)


ORDER = [topic for topic, events in _by_topic().items() for _ in events]


@given(st.permutations(ORDER))
@settings(max_examples=60, deadline=None)
def test_the_order_of_topics_does_not_matter(order: list[str]) -> None:
    assert Ear().all(_interleaved(order)).records == Ear().all(HISTORY).records


def test_every_kind_of_the_roster_rests_on_one_topic_alone() -> None:
    topics = {message: topic.name for topic in TOPICS for message in topic.messages}
    assert {kind.name for kind in KEPT if len({topics[event] for event in kind.events}) > 1} == {"roster-due"}
    # Deliverables and pledges share a kind; no record of it is of both.
    assert {topics[event] for event in DUE.events} == {"qio.recruitment.program.v1", "qio.recruitment.pledges.v1"}


def test_nothing_confidential_is_heard_and_nothing_of_the_roster_is_published() -> None:
    heard = [by_name()[one.topic] for one in subscriptions(RecordStore(KINDS, {}), Table.of(()))]
    assert [topic.name for topic in heard if topic.confidentiality is Confidentiality.CONFIDENTIAL] == []
    assert [kind.name for kind in KEPT if kind.topic is not None] == []


def test_what_staff_recorded_goes_before_the_list_until_it_follows_it_again() -> None:
    ear = Ear().all([said.listed(), amended(name="Willow House"), said.listed(name="WILLOWBROOK")])
    held = ear.records[FACILITY.key("225009")]
    assert isinstance(held, FACILITY.state)
    assert (held.get("name"), held.get("state")) == ("Willow House", "MA")
    ear.all([amended(follows_list=["name"])])
    held = ear.records[FACILITY.key("225009")]
    assert isinstance(held, FACILITY.state)
    assert held.get("name") == "WILLOWBROOK"


def test_a_closed_home_is_in_no_audience() -> None:
    ear = Ear().all([said.listed()])
    known = ear.records[FACILITY.key("225009")]
    assert traits(known) == {("facility:225009", "state:MA"), ("facility:225009", "setting:NURSING_HOME")}
    assert traits(ear.all([closed()]).records[FACILITY.key("225009")]) == set()


@pytest.mark.parametrize(
    ("stages", "takes_part"),
    [
        (["INVITED"], False),
        (["INVITED", "INTERESTED", "COMMITTED"], False),
        (["RECRUITED"], True),
        (["RECRUITED", "ACTIVE"], True),
        (["RECRUITED", "ACTIVE", "GRADUATED"], True),
        (["RECRUITED", "WITHDRAWN"], False),
    ],
)
def test_who_takes_part_is_in_the_audience_of_the_collaborative_and_cohort(stages: list[str], takes_part: bool) -> None:
    ear = Ear().all([said.moved(stages[0], wave=2), *map(said.moved, stages[1:])])
    expected = {"collaborative:NNHQCC", "task:C.2", "cohort:2", "cohort:NNHQCC-2"}
    found = traits(ear.records[ENGAGEMENT.key("225009|NNHQCC")])
    assert found == ({("facility:225009", one) for one in expected} if takes_part else set())


def test_a_struck_step_counts_for_nothing() -> None:
    ear = Ear().all([said.moved("RECRUITED"), said.moved("WITHDRAWN"), corrected(2)])
    assert traits(ear.records[ENGAGEMENT.key("225009|NNHQCC")])


def test_a_community_is_in_the_states_of_its_areas() -> None:
    ear = Ear().all([said.community(areas=["zip:02139", "zip:03820"])])
    held = ear.records[COMMUNITY.key("greater-boston")]
    assert isinstance(held, COMMUNITY.state)
    assert (held.states, held.areas) == (("MA", "NH"), 2)
    assert ("coalition:greater-boston", "state:NH") in traits(held)


def test_members_of_a_coalition_are_in_its_audience_while_both_last() -> None:
    place = ("facility:225010", "coalition:greater-boston")
    key = COALITION.key("greater-boston")
    ear = Ear().all([said.convened(), said.joined()])
    assert place in traits(ear.records[key])
    assert place not in traits(ear.all([left()]).records[key])
    assert traits(ear.all([ended()]).records[key]) == set()


def test_networks_that_staff_entered_name_the_qio_where_no_source_does() -> None:
    ear = Ear().all([configured("2011-08-01")])
    on = dt.date(2012, 1, 1)
    assert ear._networks().qin_of("VI", on) == "Island QIO"
    assert ear._networks().qin_of("VI", dt.date(2010, 1, 1)) == "UNKNOWN"
    place = {"state": "VI", "role": "STATE-QIO", "starts_on": "2011-08-01", "actor": "t"}
    ear.all([NetworkEnded.model_validate({**place, "ended_on": "2011-12-31", "source": "s"})])
    assert ear._networks().qin_of("VI", on) == "UNKNOWN"
    ear.all([NetworkWithdrawn.model_validate({**place, "reason": "r"})])
    held = ear.records[NETWORK.key("STATE-QIO|VI")]
    assert isinstance(held, Network)
    assert held.entered == {}
