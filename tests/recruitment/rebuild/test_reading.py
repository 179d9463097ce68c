"""Reading a history: records as they were, refusals that name the place and never the content."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.recruitment.domain.participants.editions import edition
from services.recruitment.domain.participants.editions import listed as listed_event
from services.recruitment.domain.registry import KINDS, rules
from shared.contracts.recruitment import COMMANDS, REPLIES
from shared.contracts.recruitment.communities import COMMUNITIES
from shared.contracts.recruitment.participants import FACILITIES
from shared.contracts.replies import CommandAccepted
from shared.messaging.handling import Emit
from shared.messaging.rebuild.path import Handled, Place
from shared.messaging.rebuild.reading import Reading, Unfit
from shared.records import commands
from shared.records.book import Records
from shared.records.store import RecordStore
from tests.recruitment.desk import NOW, ZIPS, Desk
from tests.recruitment.rebuild.memory import HOUR, MemoryLog
from tests.recruitment.support import define, enroll, listed

CONSUMER = "qio-recruitment.recruitment.commands.v1"
LONG_AGO = dt.date(2000, 1, 1)


def reading(book: Records) -> Reading:
    subscription = commands.subscription(COMMANDS.name, KINDS, rules(ZIPS), RecordStore(KINDS, {}))
    return Reading("recruitment", [subscription], book, lambda _: None)


async def made_from(log: MemoryLog) -> Records:
    book = Records(KINDS)
    await reading(book).run(log)
    return book


@pytest.fixture
def scenario() -> tuple[Desk, MemoryLog]:
    """Three homes, one listed anew, two enrolled, a community defined twice."""
    desk, log = Desk(), MemoryLog()
    for ccn, as_of in (
        ("225009", "2014-08-01"),
        ("225010", "2014-08-01"),
        ("105001", "2014-08-01"),
        ("225009", "2015-01-01"),
    ):
        listing = listed(ccn, as_of)
        event = listed_event(listing, edition(listing))
        desk.has(event)
        log.says([Emit(FACILITIES.name, ccn, event)], desk.now)
    for command in (
        enroll(),
        enroll(ccn="225010"),
        define("aa", "zip:02139", "zip:02140"),
        define("aa", "zip:02139"),
        define("bb", "zip:02140"),
    ):
        desk.now += HOUR
        before = len(desk.said)
        desk.done(command)
        log.says(desk.said[before:], desk.now)
    return desk, log


def kept(desk: Desk) -> dict[str, Any]:
    return {key: state for key, state in desk.records.items() if KINDS.by_name[key.partition(":")[0]].topic}


async def test_the_records_are_made_again_as_they_were(scenario: tuple[Desk, MemoryLog]) -> None:
    desk, log = scenario
    assert (await made_from(log)).made == kept(desk)


async def test_events_sent_twice_or_out_of_turn_by_a_failing_sender_change_nothing(
    scenario: tuple[Desk, MemoryLog],
) -> None:
    desk, log = scenario
    for partitions in log.topics.values():
        for records in partitions.values():
            records[:] = [*reversed(records), *records]
    assert (await made_from(log)).made == kept(desk)


async def test_a_missing_event_is_refused_before_anything_is_taken_in(scenario: tuple[Desk, MemoryLog]) -> None:
    _, log = scenario
    for records in log.topics[COMMUNITIES.name].values():
        records[:] = [
            record for record in records if (record.key, b"1:1") != (record.key, dict(record.headers)["ce_sequence"])
        ]
    book = Records(KINDS)
    with pytest.raises(
        Unfit, match=rf"^the history is not whole; missing is {COMMUNITIES.name}: number 1 of key \w+"
    ) as told:
        await reading(book).run(log)
    assert "key aa" not in str(told.value)
    assert book.made == {}


Damage = Callable[[Any], Any]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda record: replace(record, value=b'{"community": "secret"}'), "does not fit its contract"),
        (lambda record: replace(record, value=None), "does not fit its contract"),
        (lambda record: replace(record, headers=()), "is no event of ours"),
        (lambda record: replace(record, key=None), "is no event of ours"),
        (
            lambda record: replace(
                record,
                headers=tuple(
                    (name, b"recruitment.Later.v9" if name == "ce_type" else v) for name, v in record.headers
                ),
            ),
            "is of a type that this version does not know",
        ),
    ],
)
async def test_what_cannot_be_read_is_named_by_its_place(
    scenario: tuple[Desk, MemoryLog], damage: Damage, told: str
) -> None:
    _, log = scenario
    number, records = next((number, found) for number, found in log.topics[COMMUNITIES.name].items() if found)
    records[0] = damage(records[0])
    with pytest.raises(Unfit) as refused:
        await made_from(log)
    assert str(refused.value) == f"{COMMUNITIES.name}, partition {number}, offset 0 {told}"


async def test_commands_up_to_the_last_that_was_answered_count_as_handled_and_later_ones_do_not() -> None:
    log = MemoryLog()
    ids = [UUID(f"0195b0de-0000-7000-8000-00000000000{number}") for number in range(5)]
    for command_id in ids:
        log.hears(COMMANDS.name, command_id, "225009", enroll(), NOW)
    answer = CommandAccepted(command_id=ids[2], command_type="recruitment.EnrollFacility.v1", made={})
    log.says([Emit(REPLIES.name, str(ids[2]), answer)] * 2, NOW, cause=ids[2])
    found = reading(Records(KINDS))
    await found.run(log)
    path = found.path({}, LONG_AGO)
    partition = next(iter(log.topics[COMMANDS.name]))
    day = dt.date(2025, 3, 20)  # of the ids, which have their time in them
    assert path.places == (Place(CONSUMER, COMMANDS.name, partition, 3),)
    assert path.handled == {Handled(CONSUMER, command_id, day) for command_id in ids[:3]}
    assert (set(path.answers), path.answers[ids[2]].payload) == ({ids[2]}, answer.model_dump_json().encode())
    assert path.sequences[REPLIES.name, str(ids[2])] == 2


async def test_a_command_that_its_topic_has_forgotten_is_remembered_by_what_it_caused() -> None:
    log, desk = MemoryLog(), Desk()
    command_id = UUID("0195b0de-0000-7000-8000-000000000009")
    desk.done(define("aa", "zip:02139"))
    log.says(desk.said, NOW, cause=command_id)
    found = reading(Records(KINDS))
    await found.run(log)
    assert found.path({}, LONG_AGO).handled == {Handled(CONSUMER, command_id, dt.date(2025, 3, 20))}
    assert found.path({}, dt.date(2025, 3, 21)).handled == frozenset()


async def test_the_epoch_is_one_that_was_never_used() -> None:
    log, desk = MemoryLog(), Desk()
    desk.done(define("aa", "zip:02139"))
    log.says(desk.said, NOW, epoch=4)
    found = reading(Records(KINDS))
    await found.run(log)
    assert found.path({}, LONG_AGO).epoch == 5


async def test_nothing_said_yet_is_a_history_too() -> None:
    found = reading(Records(KINDS))
    await found.run(MemoryLog())
    path = found.path({}, LONG_AGO)
    assert (path.epoch, path.sequences, path.handled) == (1, {}, frozenset())
