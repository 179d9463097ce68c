"""Poison of every kind: neighbours go on, each bad record is set aside once with its reason, operators decide."""

import asyncio
import datetime as dt
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError

from shared.contracts import complaints, feeds, notifications
from shared.contracts.envelope import Envelope
from shared.contracts.notifications import NoticeRequested, Recipient
from shared.messaging.batch import consumer_name
from shared.stack.endpoints import KAFKA_ADMIN
from tests.faults import evidence
from tests.faults.conftest import Report
from tests.faults.workload import wire
from tests.measures.records import inpatient, ref
from tests.support.platform import Trial, until_async

NAMESPACE: Final = UUID("7d0f5f3e-6f0a-5a55-9d8e-2f1f8d1b6c44")
NOW: Final = dt.datetime.now(dt.UTC)
REQUESTS: Final = notifications.REQUESTS.name
NOTICES: Final = consumer_name("notifications", REQUESTS)
CLAIMS: Final = consumer_name("measures", feeds.CLAIMS.name)
DRAWS: Final = consumer_name("complaints", feeds.CLAIMS.name)
READERS: Final = (CLAIMS, DRAWS)
COMMANDS: Final = consumer_name("complaints", complaints.COMMANDS.name)
MEBIBYTE: Final = 1024 * 1024
_LETTERS: Final = "SELECT consumer, reason, count(*) AS n FROM dead_letter WHERE discarded_at IS NULL GROUP BY 1, 2"
_NOTICE: Final = "SELECT EXISTS (SELECT FROM notice WHERE id = $1)"
_CLAIMED: Final = "SELECT EXISTS (SELECT FROM beneficiary WHERE ref = $1)"
_STOPPED: Final = "SELECT stopped FROM consumer_state WHERE consumer = $1"

Headers = list[tuple[str, bytes | None]]


@dataclass(frozen=True)
class Poison:
    """A record and the reason with which it must be set aside; None where it must not be."""

    name: str
    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    reason: str | None


def request(name: str) -> NoticeRequested:
    """A notice that can be asked for; without an address it becomes a task for staff."""
    return NoticeRequested(
        notice_id=uuid5(NAMESPACE, name),
        notice_type="WELCOME",
        subject="395000",
        recipient=Recipient(role="facility", name="A Home", time_zone="America/New_York"),
        facts={
            "facility_name": "A Home",
            "collaborative_name": "A Collaborative",
            "qin_qio": "A Network",
            "recruited_on": "2014-09-01",
        },
        due_at=NOW + dt.timedelta(days=3),
    )


def headers(name: str, key: str, **changes: bytes | None) -> Headers:
    """The headers of a good request; a change of None is a header without value, of b"" one that is missing."""
    event = uuid5(NAMESPACE, f"event {name}")
    good = Envelope(event, NoticeRequested.wire_type(), "qio/tests", NOW, key, event).headers()
    changed = {key.replace("_", "-") if key == "content_type" else key: value for key, value in changes.items()}
    kept: Headers = [(key, value) for key, value in good if key not in changed]
    return kept + [(key, value) for key, value in changed.items() if value != b""]


def notice(name: str, reason: str | None, **parts: Any) -> Poison:
    """A request that differs from a good one in the parts given."""
    good = request(name)
    key = str(good.notice_id)
    value = parts.get("value", good.model_dump_json().encode())
    changes = {part: parts[part] for part in parts if part.startswith("ce_")}
    return Poison(name, REQUESTS, parts.get("key", key.encode()), value, headers(name, key, **changes), reason)


def fed(name: str, reason: str | None, **parts: Any) -> Poison:
    """A claim that differs from a good one in the parts given."""
    good = inpatient(name, name, "2009-01-10", "2009-01-14")
    kind = parts.get("ce_type", feeds.InpatientClaim.wire_type().encode())
    value = parts.get("value", wire(good)[3])
    found: Headers = [("ce_type", kind)] if kind != b"" else []
    return Poison(name, feeds.CLAIMS.name, parts.get("key", ref(name).encode()), value, found, reason)


def swapped(name: str, old: bytes, new: bytes) -> bytes:
    """A good request's value with one part exchanged."""
    value = request(name).model_dump_json().encode()
    assert old in value
    return value.replace(old, new, 1)


MESSAGES: Final = [
    notice("a header of no interest that is not UTF-8", None, ce_traceparent=b"\xff\xfe"),
    notice("a header of no interest without value", None, ce_causationid=None),
    notice("an unknown type", None, ce_type=b"notifications.NoticeWished.v7"),
    notice("an id that is not UTF-8", "header", ce_id=b"\xff\xfe"),
    notice("an id without value", "header", ce_id=None),
    notice("no type", "header", ce_type=b""),
    notice("no time zone", "header", ce_time=b"2026-01-15T12:00:00"),
    notice("broken JSON", "schema", value=b'{"notice_id": '),
    notice("another schema", "schema", value=b'{"facility": "395000"}'),
    notice("not an object", "schema", value=b"[1, 2, 3]"),
    notice("deep JSON", "schema", value=b"[" * 100_000),
    notice("not a number", "schema", value=swapped("not a number", b'"WELCOME"', b"NaN")),
    notice("a byte that is no UTF-8", "schema", value=swapped("a byte that is no UTF-8", b"A Home", b"A \xff")),
    notice("a lone surrogate", "schema", value=swapped("a lone surrogate", b"A Home", b"A \\ud800")),
    notice("a NUL", "nul", value=swapped("a NUL", b"A Home", b"A\\u0000Home")),
    notice("an empty value", "empty", value=b""),
    notice("a tombstone", "empty", value=None),
    notice("oversize", "oversize", value=b'"' + b"x" * 700_000 + b'"'),
    notice("a key that is not the subject", "key-differs-from-subject", key=b"another"),
    notice("no key", "key", key=None),
    notice("a key that is not UTF-8", "key", key=b"\xff"),
    notice("a key with NUL", "key", key=b"a\x00b"),
]
FEED: Final = [
    fed("broken JSON", "schema", value=b'{"beneficiary": '),
    fed(
        "discharged before admitted",
        "schema",
        value=wire(inpatient("x", "x", "2009-01-14", "2009-01-10"))[3],
    ),
    fed("deep JSON", "schema", value=b"[" * 100_000),
    fed("no type", "type", ce_type=b""),
    fed("type without value", "type", ce_type=None),
    fed("type that is not UTF-8", "type", ce_type=b"\xff\xfe"),
    fed("tombstone", "empty", value=None),
    fed("oversize", "oversize", value=b'"' + b"x" * 700_000 + b'"'),
    fed("no key", "key", key=None),
]


async def send(trial: Trial, poison: Sequence[Poison], **options: Any) -> None:
    """Put records into their topics as someone who may write anything."""
    async with AIOKafkaProducer(
        **trial.settings.kafka(KAFKA_ADMIN), max_request_size=64 * MEBIBYTE, **options
    ) as producer:
        for one in poison:
            await producer.send_and_wait(one.topic, key=one.key, value=one.value, headers=one.headers)


async def letters(trial: Trial) -> Counter[tuple[str, str]]:
    """Dead letters by consumer and reason."""
    found: Counter[tuple[str, str]] = Counter()
    for service in ("recruitment", "measures", "complaints", "notifications"):
        for row in await trial.rows(service, _LETTERS):
            found[row["consumer"], row["reason"]] = row["n"]
    return found


async def qio(trial: Trial, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command line of an operator, as a process."""
    command = [sys.executable, "-c", "from shared.cli.main import main; main()", *arguments]
    environment = {**trial.process("measures").spec.env}
    return await asyncio.to_thread(
        subprocess.run, command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


async def told(trial: Trial, *arguments: str) -> str:
    """What a command says when it succeeds."""
    done = await qio(trial, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def test_every_kind_of_poison_is_set_aside_with_its_reason_and_its_neighbours_go_on(
    own_trial: Trial, report: Report
) -> None:
    started = time.monotonic()
    mixed: list[Poison] = []
    for number, one in enumerate([*MESSAGES, *FEED]):
        good = notice(f"good {number}", None) if one.topic == REQUESTS else fed(f"good {number}", None)
        mixed += [one, good]
    await send(own_trial, mixed)
    await own_trial.quiet()

    expected = Counter((NOTICES, one.reason) for one in MESSAGES if one.reason)
    expected.update((consumer, one.reason) for consumer in READERS for one in FEED if one.reason)
    assert await letters(own_trial) == expected
    handled = {row["id"] for row in await own_trial.rows("notifications", "SELECT id FROM notice")}
    wanted = {one.name for one in mixed if one.topic == REQUESTS and one.reason is None and "unknown" not in one.name}
    assert handled == {uuid5(NAMESPACE, name) for name in wanted}
    counted = await own_trial.value("measures", "SELECT count(*) FROM beneficiary")
    assert counted == len(FEED)
    ignored = "SELECT count(*) FROM inbox WHERE outcome = 'ignored'"
    assert await own_trial.value("notifications", ignored) == 1
    audited = await own_trial.audit()
    assert (audited.lost, audited.waiting, audited.dead_letters) == (0, 0, expected.total())
    report(
        "poison:all-kinds",
        f"{expected.total()} of {len(MESSAGES) + len(FEED)} odd records between good ones",
        evidence.Findings(lost=audited.lost),
        time.monotonic() - started,
        dead_letters=audited.dead_letters,
    )


async def test_a_compression_bomb_is_refused_by_the_broker_or_set_aside_by_the_gate(own_trial: Trial) -> None:
    bomb = b'"' + b"x" * (40 * MEBIBYTE) + b'"'
    # Whoever is not a service may write here, so the broker stores what it says and sees how large it is.
    with pytest.raises(MessageSizeTooLargeError):
        await send(own_trial, [fed("bomb", None, value=bomb)], compression_type="gzip")
    before = await letters(own_trial)
    await send(
        own_trial, [notice("bomb", "oversize", value=bomb), notice("after the bomb", None)], compression_type="gzip"
    )
    await until_async(
        lambda: own_trial.holds("notifications", _NOTICE, uuid5(NAMESPACE, "after the bomb")), "the next record"
    )
    assert await letters(own_trial) - before == Counter({(NOTICES, "oversize"): 1})


async def test_a_command_that_does_not_fit_its_schema_is_answered_and_not_set_aside(own_trial: Trial) -> None:
    before = await letters(own_trial)
    kind = complaints.FileCase.wire_type()
    command = uuid5(NAMESPACE, "command")
    envelope = Envelope(command, kind, "qio-cli", NOW, "someone", command).headers()
    await send(own_trial, [Poison("command", complaints.COMMANDS.name, b"someone", b"{}", list(envelope), None)])
    answer = "SELECT EXISTS (SELECT FROM command_reply WHERE command_id = $1 AND type LIKE '%Rejected%')"
    await until_async(lambda: own_trial.holds("complaints", answer, command), "the refusal")
    assert await letters(own_trial) == before


async def test_operators_see_discard_and_replay_dead_letters(own_trial: Trial) -> None:
    name = "replayed"
    key = str(request(name).notice_id)
    bad = notice(name, "schema", value=b"{}", ce_id=str(uuid5(NAMESPACE, "bad")).encode())
    await send(own_trial, [bad, notice(name, None)])
    waits = "SELECT count(*) = 2 FROM dead_letter WHERE key = $1"
    await until_async(lambda: own_trial.holds("notifications", waits, key), "the letter and what waits behind it")

    listed = json.loads(await told(own_trial, "dead-letters", "list", "--each", "--json"))
    mine = [(letter["reason"], letter["consumer"], letter["id"]) for letter in listed if letter["key"] == key]
    assert [(reason, consumer) for reason, consumer, _ in mine] == [("schema", NOTICES), ("parked", NOTICES)]
    assert len(listed) == (await letters(own_trial)).total()
    stuck = await qio(own_trial, "dead-letters", "replay", NOTICES, "--key", key)
    assert (stuck.returncode, "schema" in stuck.stdout) == (1, True)
    assert not await own_trial.value("notifications", _NOTICE, UUID(key))
    await told(own_trial, "dead-letters", "discard", NOTICES, mine[0][2])
    assert "1 handled" in await told(own_trial, "dead-letters", "replay", NOTICES, "--key", key)
    assert await own_trial.value("notifications", _NOTICE, UUID(key))
    assert not await own_trial.value("notifications", "SELECT EXISTS (SELECT FROM parked_key WHERE key = $1)", key)


async def test_what_operators_discarded_is_not_taken_for_lost(own_trial: Trial) -> None:
    await own_trial.quiet()
    before = await own_trial.audit()
    listed = json.loads(await told(own_trial, "dead-letters", "list", "--each", "--json"))
    # Neither has an id that the inbox could hold: only the mark tells that the record was not passed over.
    for consumer, reason in ((NOTICES, "header"), (NOTICES, "key"), (CLAIMS, "schema")):
        letter = next(one for one in listed if (one["consumer"], one["reason"]) == (consumer, reason))
        await told(own_trial, "dead-letters", "discard", consumer, letter["id"])
    audited = await own_trial.audit()
    assert (audited.lost, audited.waiting, audited.dead_letters) == (0, 0, before.dead_letters - 3)


async def test_a_consumer_stopped_by_an_operator_stays_stopped_until_it_is_resumed(own_trial: Trial) -> None:
    await told(own_trial, "consumer", "stop", NOTICES)
    await until_async(lambda: _stopped_metric(own_trial, "notifications", NOTICES), "the service to notice")
    await send(own_trial, [notice("while stopped", None)])
    await own_trial.kill("notifications")
    await own_trial.start("notifications")
    await until_async(lambda: _stopped_metric(own_trial, "notifications", NOTICES), "the stop after a restart")
    state = {row["consumer"]: row for row in json.loads(await told(own_trial, "consumer", "list", "--json"))}
    assert (state[NOTICES]["stopped"], state[NOTICES]["reason"]) == (True, "operator")
    assert not await own_trial.value("notifications", _NOTICE, uuid5(NAMESPACE, "while stopped"))
    await told(own_trial, "consumer", "resume", NOTICES)
    await until_async(
        lambda: own_trial.holds("notifications", _NOTICE, uuid5(NAMESPACE, "while stopped")), "the consumer to go on"
    )


async def test_a_flood_of_poison_trips_the_breaker_which_holds_over_a_restart_until_it_is_allowed(
    own_trial: Trial, report: Report
) -> None:
    before = (await letters(own_trial))[CLAIMS, "schema"]
    flood = [fed(f"flood {number}", "schema", value=b"{}") for number in range(120)]
    started = time.monotonic()
    await send(own_trial, [*flood, fed("after the flood", None)])
    await until_async(lambda: own_trial.holds("measures", _STOPPED, CLAIMS), "the breaker")
    tripped = time.monotonic()
    assert (await letters(own_trial))[CLAIMS, "schema"] - before < len(flood)
    await own_trial.kill("measures")
    await own_trial.start("measures")
    await until_async(lambda: _stopped_metric(own_trial, "measures", CLAIMS), "the stop after a restart")
    held = (await letters(own_trial))[CLAIMS, "schema"]
    assert held - before < len(flood)
    beneficiary = bytes.fromhex(ref("after the flood"))
    # Whoever else reads the claims has stopped over the same flood.
    await until_async(lambda: own_trial.holds("complaints", _STOPPED, DRAWS), "the breaker of the other reader")
    for consumer in READERS:
        await told(own_trial, "consumer", "resume", consumer, "--allow", str(len(flood)))
    await own_trial.quiet()
    assert (await letters(own_trial))[CLAIMS, "schema"] - before == len(flood)
    assert await own_trial.value("measures", _CLAIMED, beneficiary)
    audited = await own_trial.audit()
    report(
        "poison:breaker",
        f"{len(flood)} poison records in a row; stopped after {tripped - started:.2f} s, restarted, resumed",
        evidence.Findings(lost=audited.lost),
        time.monotonic() - tripped,
    )
    assert audited.lost == 0


async def _stopped_metric(trial: Trial, service: str, consumer: str) -> bool:
    if not await trial.answers(service):
        return False
    return await trial.metric("qio_consumer_stopped", service, {"consumer": consumer}) == 1
