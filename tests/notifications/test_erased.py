"""Every compacted topic that names people: each event tells all, and the broker is told to clean in the time said."""

import datetime as dt
from typing import Any

import pytest

from services.notifications.domain.registry import KINDS
from services.notifications.erasable import ERASABLE
from shared.contracts.catalog import TOPICS, topic_named
from shared.contracts.files import EXAMPLES
from shared.contracts.notifications.lists import ADDRESSES
from shared.contracts.topic import OVERWRITTEN_DAYS
from shared.records.kinds import Kind
from shared.stack.plan import acls, topics
from tests.notifications.desk import NOW

COMPACTED = {topic.name for topic in TOPICS if topic.compacted and topic.owner == "notifications"}
# Addresses are known by a keyed digest, are overwritten and never erased.
ERASED = sorted(COMPACTED - {ADDRESSES.name})
OF_COMPACTED = [kind for kind in KINDS.by_name.values() if kind.topic in COMPACTED]


@pytest.mark.parametrize("kind", OF_COMPACTED, ids=lambda kind: kind.name)
def test_each_event_of_a_compacted_topic_alone_tells_the_whole_state(kind: Kind[Any]) -> None:
    events = [
        model.model_validate_json(path.read_bytes())
        for model in kind.events
        for path in sorted((EXAMPLES / model.wire_type()).iterdir())
    ]
    for event in events:
        alone = kind.after(None, event, NOW)
        later = NOW + dt.timedelta(hours=1)
        assert all(kind.after(kind.after(None, one, NOW), event, later) == alone for one in events)


@pytest.mark.parametrize("topic", ERASED)
def test_the_broker_is_told_to_clean_within_the_time_that_is_said(topic: str) -> None:
    (spec,) = [spec for spec in topics() if spec.name == topic]
    assert spec.partitions == 1, "a day's record is behind all of it"
    assert (spec.config["cleanup.policy"], spec.config["retention.ms"]) == ("compact", "-1")
    lag = dt.timedelta(milliseconds=int(spec.config["max.compaction.lag.ms"]))
    assert dt.timedelta(days=1) + lag < dt.timedelta(days=OVERWRITTEN_DAYS)
    assert f"within {OVERWRITTEN_DAYS} days" in " ".join(topic_named(topic).summary.split())
    assert topic in {one.tidied.topic for one in ERASABLE}


@pytest.mark.parametrize("topic", sorted(COMPACTED))
def test_nobody_but_the_service_itself_reads_it(topic: str) -> None:
    readers = {acl.principal for acl in acls(("p1",)) if (acl.name, acl.operation) == (topic, "READ")}
    assert readers == {"qio-notifications"}
