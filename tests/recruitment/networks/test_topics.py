"""Every topic is shown by measures that there are, or says why by none."""

from services.measures.domain.kinds import MEASURES as FACILITY
from services.recruitment.domain.coalitions.catalogue import MEASURES as COMMUNITY
from services.recruitment.domain.networks.known import KNOWN
from services.recruitment.domain.networks.topics import TOPICS, measures_of
from shared.contracts.recruitment.learning_terms import Topic


def test_every_topic_is_there_with_its_source_and_measures_or_a_reason() -> None:
    assert TOPICS.keys() == set(Topic)
    for one in TOPICS.values():
        assert one.words
        assert one.source
        assert bool(one.missing) is not bool(one.facility or one.community), one.topic


def test_every_measure_named_is_one_that_is_published() -> None:
    assert {name for one in TOPICS.values() for name in one.facility} <= FACILITY.keys()
    assert {name for one in TOPICS.values() for name in one.community} <= COMMUNITY.keys()


def test_measures_of_topics_are_named_once_each_in_their_order() -> None:
    found = measures_of(Topic.RESTRAINTS, Topic.READMISSIONS, Topic.CARE_TRANSITIONS)
    assert found[0] == "nursing-home-restraints"
    assert len(found) == len(set(found))
    assert "community-tenure" in found


def test_the_hospitals_take_infections_up_in_the_order_of_the_program() -> None:
    assert KNOWN["cusp"].topics == (Topic.CLABSI, Topic.CAUTI, Topic.CDI, Topic.SSI)
    assert all(one.source for one in KNOWN.values())
