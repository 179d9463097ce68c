"""Notices end to end on real Kafka, PostgreSQL and SMTP: none lost, none doubled but by a death, in order of due time.

What order is promised: whoever sends takes the earliest due first of those that wait and that nobody else has taken,
and begins them in that order. So a mail overtakes at most those that are in the hands of senders at that moment, a
batch each; with several senders there is no stricter order between their batches. What a sender had in hand when it
died waits for the end of its lease and is then first again. A limit of pace makes batches smaller and changes no order.
"""

import json
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final
from uuid import UUID

import pytest

from shared.contracts.notifications import NOTICES, NoticeDelivered, NoticeQueued
from tests.support.platform import Trial, distinct, header
from tests.system.notice_load import AT_RANDOM, SENDERS, Arrival, Load, NoticeLoad, notifications_alone

SEED: Final = 20261122
FEW: Final = Load(600, batch=10, per_second=40, deaths=(AT_RANDOM, "sender-sent"), patience=120)
MANY: Final = Load(
    50_000,
    batch=100,
    per_second=200,
    deaths=(AT_RANDOM, "sender-claimed", "sender-sent", AT_RANDOM, "sender-recorded", "sender-sent", AT_RANDOM),
    patience=3_600,
)
_COUNTS: Final = "SELECT count(*) AS n, count(*) FILTER (WHERE state = 'SENT') AS sent FROM notice"


@pytest.fixture
def trial(load: Load) -> Iterator[Trial]:
    with notifications_alone(load.environment()) as running:
        yield running


@pytest.mark.parametrize(
    "load",
    [
        pytest.param(FEW, id="few", marks=pytest.mark.timeout(400)),
        pytest.param(MANY, id="fifty-thousand", marks=[pytest.mark.verify, pytest.mark.timeout(7_200)]),
    ],
)
async def test_notices_are_mailed_once_and_in_order_while_their_senders_are_killed(trial: Trial, load: Load) -> None:
    played = NoticeLoad(trial, load, SEED)
    await played.play()
    attempts = await _said(trial)
    row = (await trial.rows("notifications", _COUNTS))[0]
    arrivals = played.inbox.arrivals
    repeated = _repeated(arrivals)
    furthest = _furthest(played)
    figures = {
        "notices": load.notices,
        "mails": len(arrivals),
        "repeated": len(arrivals) - load.notices,
        "counted": sum(attempts.values()) - load.notices,
        "died_after": played.fallen,
        "furthest_overtaken": furthest,
        "seconds_of_sending": round((arrivals[-1].at - arrivals[0].at).total_seconds(), 1),
    }
    print(json.dumps(figures))
    everyone = {one.notice_id for one in played.asked}
    assert (row["n"], row["sent"]) == (load.notices, load.notices)
    assert {one.notice for one in arrivals} == everyone, "lost, or never asked for"
    assert attempts.keys() == everyone
    for notice, places in repeated.items():
        assert attempts[notice] >= len(places), "a repetition that is not counted"
        assert all(_a_death_between(played.fallen, *pair) for pair in pairwise(places)), "repeated without a death"
    # A death repeats at most what its senders had in hand.
    assert len(arrivals) - load.notices <= len(load.deaths) * len(SENDERS) * load.batch
    assert len(played.fallen) == len(load.deaths)


def _repeated(arrivals: Sequence[Arrival]) -> dict[UUID, list[int]]:
    """Where in the order of arrival each notice came that came more than once; always the same bytes."""
    places: dict[UUID, list[int]] = defaultdict(list)
    for place, one in enumerate(arrivals):
        places[one.notice].append(place)
    repeated = {notice: found for notice, found in places.items() if len(found) > 1}
    for found in repeated.values():
        assert len({arrivals[place].file.read_bytes() for place in found}) == 1, "repeated with other bytes"
    return repeated


def _a_death_between(fallen: Sequence[int], first: int, again: int) -> bool:
    return any(first < died <= again for died in fallen)


def _furthest(played: NoticeLoad) -> int:
    """The most that were overtaken by one mail; fails where that is more than was in hand, now or at a death."""
    turn = {one.notice_id: number for number, one in enumerate(played.asked)}
    in_hand = len(SENDERS) * played.load.batch
    came: list[int] = []
    furthest = 0
    for place, one in enumerate(played.inbox.arrivals):
        number = turn[one.notice]
        where = bisect_left(came, number)
        if where == len(came) or came[where] != number:
            insort(came, number)
        overtaken = number - where
        deaths = sum(died <= place for died in played.fallen)
        assert overtaken < in_hand * (1 + deaths), "a mail that was not its turn"
        furthest = max(furthest, overtaken)
    _at_its_pace(played)
    return furthest


def _at_its_pace(played: NoticeLoad) -> None:
    """From one death to the next no sender is faster than it may be, with a second's worth at its start."""
    arrivals = played.inbox.arrivals
    for start, end in pairwise([0, *played.fallen, len(arrivals)]):
        for place in range(start, end):
            seconds = (arrivals[place].at - arrivals[start].at).total_seconds()
            most = len(SENDERS) * played.load.per_second * (seconds + 2)  # the second: between a claim and its arrival
            assert place - start < most, "faster than the limit"


async def _said(trial: Trial) -> dict[UUID, int]:
    """How often each notice may have reached the server, as was said of it; each is queued and delivered once."""
    said: Counter[tuple[str, bytes]] = Counter()
    attempts: dict[UUID, int] = {}
    for record in distinct(await trial.records(NOTICES.name)).values():
        said[header(record, "ce_type"), record.key] += 1
        if header(record, "ce_type") == NoticeDelivered.wire_type():
            event = NoticeDelivered.model_validate_json(record.value)
            attempts[event.notice_id] = event.attempts
    assert {kind for kind, _ in said} == {NoticeQueued.wire_type(), NoticeDelivered.wire_type()}
    assert set(said.values()) == {1}
    return attempts
