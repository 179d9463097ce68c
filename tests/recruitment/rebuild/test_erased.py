"""What is erased: on no kept topic once it is, not missed by a rebuild, gone from the broker within the time said."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from aiokafka import ConsumerRecord

from services.recruitment.domain.participants.kinds import PARTNER_NAME
from services.recruitment.domain.participants.state import PartnerName
from services.recruitment.domain.registry import KINDS
from services.recruitment.erasable import ERASABLE
from shared.contracts.catalog import TOPICS, topic_named
from shared.contracts.files import EXAMPLES
from shared.contracts.recruitment.family_partners import PARTNER_NAMES, RegisterPartner, WithdrawConsent
from shared.contracts.topic import OVERWRITTEN_DAYS
from shared.records.book import Records
from shared.records.kinds import Kind
from shared.stack.plan import acls, topics
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.rebuild.memory import HOUR, MemoryLog
from tests.recruitment.rebuild.test_reading import kept, made_from, reading

ERASED, STAYS = "Oakhanger", "Willoughby"
COMPACTED = {topic.name for topic in TOPICS if topic.compacted and topic.owner == "recruitment"}


def compact(log: MemoryLog, topics: Iterable[str]) -> None:
    """Leave the last record of each key, where it stands."""
    for topic in topics:
        for records in log.topics[topic].values():
            last = {record.key: record for record in records}
            records[:] = [record for record in records if record is last[record.key]]


@pytest.fixture
def scenario() -> tuple[Desk, MemoryLog, list[str]]:
    """Two partners, of whom the first took the consent back."""
    desk, log, ids = Desk(), MemoryLog(), []
    for name in (ERASED, STAYS):
        plain = {"actor": "t", "state": "MA", "consented_on": "2015-03-01", "consent": "WRITTEN"}
        ids.append(desk.done(RegisterPartner.model_validate({**plain, "display_name": name}))["participant"])
    desk.done(WithdrawConsent(actor="t", participant=ids[0], on=dt.date(2015, 3, 6)))
    log.says(desk.said, desk.now)
    return desk, log, ids


def test_after_consent_is_withdrawn_no_kept_topic_holds_the_name(
    scenario: tuple[Desk, MemoryLog, list[str]],
) -> None:
    desk, log, ids = scenario
    for emit in desk.said:
        if emit.topic not in COMPACTED:
            assert ERASED not in emit.key + emit.event.model_dump_json(), emit.topic
    compact(log, COMPACTED)
    held = [record for parts in log.topics.values() for records in parts.values() for record in records]
    assert [record for record in held if ERASED.encode() in record.value] == []
    assert [record.topic for record in held if STAYS.encode() in record.value] == [PARTNER_NAMES.name]
    assert ERASED not in str(desk.records)
    assert desk.held(PARTNER_NAME, ids[0]).display_name is None
    assert desk.again() == desk.records


async def test_a_rebuild_gives_the_same_whether_the_broker_has_cleaned_or_not(
    scenario: tuple[Desk, MemoryLog, list[str]],
) -> None:
    desk, log, _ = scenario
    assert (await made_from(log)).made == kept(desk)
    count = len(log.topics[PARTNER_NAMES.name][0])
    compact(log, COMPACTED)
    assert len(log.topics[PARTNER_NAMES.name][0]) == count - 1
    assert (await made_from(log)).made == kept(desk)


async def test_a_sender_that_repeats_brings_no_name_back(scenario: tuple[Desk, MemoryLog, list[str]]) -> None:
    desk, log, _ = scenario
    records = log.topics[PARTNER_NAMES.name][0]
    records[:] = [*records, *reversed(records)]
    assert (await made_from(log)).made == kept(desk)


async def test_a_record_that_is_gone_altogether_is_not_missed_and_makes_no_other_different(
    scenario: tuple[Desk, MemoryLog, list[str]],
) -> None:
    desk, log, ids = scenario
    records = log.topics[PARTNER_NAMES.name][0]
    records[:] = [record for record in records if record.key != ids[1].encode()]
    gone = PARTNER_NAME.key(ids[1])
    assert (await made_from(log)).made == {key: state for key, state in kept(desk).items() if key != gone}


async def test_the_numbers_of_a_cleaned_key_go_on_where_they_were(
    scenario: tuple[Desk, MemoryLog, list[str]],
) -> None:
    _, log, ids = scenario
    compact(log, COMPACTED)
    found = reading(Records(KINDS))
    await found.run(log)
    assert found.path({}, dt.date(2000, 1, 1)).sequences[PARTNER_NAMES.name, ids[0]] == 2


async def test_after_a_restore_from_an_older_backup_the_new_past_stands(
    scenario: tuple[Desk, MemoryLog, list[str]],
) -> None:
    _, log, ids = scenario
    records = log.topics[PARTNER_NAMES.name][0]
    named, erased = (next(one for one in records if one.key == ids[0].encode() and has(one, n)) for n in (1, 2))
    late = replace(named, headers=tuple((n, b"1:3" if n == "ce_sequence" else v) for n, v in named.headers))
    again = replace(erased, headers=tuple((n, b"2:2" if n == "ce_sequence" else v) for n, v in erased.headers))
    records[:] = [named, late, again]
    assert (await made_from(log)).made[PARTNER_NAME.key(ids[0])] == PartnerName(id=ids[0], display_name=None)


def has(record: ConsumerRecord, number: int) -> bool:
    return ("ce_sequence", f"1:{number}".encode()) in record.headers


OF_COMPACTED = [kind for kind in KINDS.by_name.values() if kind.topic in COMPACTED]


@pytest.mark.parametrize("kind", OF_COMPACTED, ids=lambda kind: kind.name)
def test_each_event_of_a_compacted_topic_alone_tells_the_whole_state(kind: Kind[Any]) -> None:
    events = [
        model.model_validate_json(path.read_bytes())
        for model in kind.events
        for path in sorted((EXAMPLES / model.wire_type()).iterdir())
    ]
    assert {type(event) for event in events} == set(kind.events)
    for event in events:
        alone = kind.after(None, event, NOW)
        assert {kind.after(kind.after(None, one, NOW), event, NOW + HOUR) for one in events} == {alone}


@pytest.mark.parametrize("topic", sorted(COMPACTED))
def test_the_broker_is_told_to_clean_within_the_time_that_is_said(topic: str) -> None:
    (spec,) = [spec for spec in topics() if spec.name == topic]
    assert spec.partitions == 1, "a day's record is behind all of it"
    assert (spec.config["cleanup.policy"], spec.config["retention.ms"]) == ("compact", "-1")
    lag = dt.timedelta(milliseconds=int(spec.config["max.compaction.lag.ms"]))
    until_another_record = dt.timedelta(days=1)
    assert until_another_record + lag < dt.timedelta(days=OVERWRITTEN_DAYS)
    assert int(spec.config["segment.ms"]) <= 1
    assert f"within {OVERWRITTEN_DAYS} days" in topic_named(topic).summary
    assert topic in {one.tidied.topic for one in ERASABLE}


@pytest.mark.parametrize("topic", sorted(COMPACTED))
def test_nobody_but_the_service_itself_reads_names(topic: str) -> None:
    readers = {acl.principal for acl in acls(("p1",)) if (acl.name, acl.operation) == (topic, "READ")}
    assert readers == {"qio-recruitment"}
