"""The catalog is whole and true: owners, principals, types, and what services really hear and say."""

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest

from services.measures.domain.declared import kinds as measures
from services.notifications.domain import registry as notifications
from services.recruitment.domain import registry as recruitment
from shared.cli.services import load
from shared.contracts.catalog import DOCUMENTED, TOPICS, by_name, message_types
from shared.contracts.message import Command, Event, FeedRecord, Message, PublicEvent
from shared.contracts.topic import Confidentiality, Gaps, Topic
from shared.messaging.keyring import Keyring
from shared.runtime.service import Context
from shared.stack.plan import OUTSIDE, SERVICES

PRINCIPALS = {*SERVICES, *OUTSIDE, "partner"}
ROOT = Path(__file__).parents[2]
topics = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)


def _models(kind: type[Message]) -> Iterator[type[Message]]:
    for child in kind.__subclasses__():
        yield child
        yield from _models(child)


@topics
def test_a_topic_is_named_after_what_it_carries(topic: Topic) -> None:
    assert re.fullmatch(
        r"qio\.(feeds|public|recruitment|measures|complaints|notifications)\.[a-z-]+\.v[0-9]+", topic.name
    )
    space = topic.name.split(".")[1]
    assert space == "public" if topic.confidentiality is Confidentiality.PUBLIC else space == topic.owner


@topics
def test_writers_and_readers_are_known_principals(topic: Topic) -> None:
    assert topic.writers
    assert topic.readers
    assert set(topic.writers) | set(topic.readers) <= PRINCIPALS
    assert topic.owner in {*SERVICES, "feeds"}


@topics
def test_partners_read_public_topics_and_nothing_else_and_write_nothing(topic: Topic) -> None:
    assert ("partner" in topic.readers) == (topic.confidentiality is Confidentiality.PUBLIC)
    assert "partner" not in topic.writers


@topics
def test_only_its_owner_writes_a_topic_of_facts(topic: Topic) -> None:
    asked = all(issubclass(message, Command | FeedRecord) for message in topic.messages)
    answered = topic.writers == ("gateway",)
    if not asked and not answered and not topic.name.endswith(".requests.v1"):
        assert topic.writers == (topic.owner,)


@topics
def test_confidential_records_are_kept_for_days_and_all_for_less_than_for_ever(topic: Topic) -> None:
    assert topic.partitions >= 1
    assert topic.retention_days >= 1
    if topic.confidentiality is Confidentiality.CONFIDENTIAL:
        assert topic.retention_days <= 30


@topics
def test_feeds_have_no_sequence_and_commands_one_owner_to_answer(topic: Topic) -> None:
    if all(issubclass(message, FeedRecord) for message in topic.messages):
        assert topic.gaps is Gaps.NONE
    if any(issubclass(message, Command) for message in topic.messages):
        assert topic.readers == (topic.owner,)
        assert by_name()[f"qio.{topic.owner}.replies.v1"].partitions == 1


def test_every_wire_type_belongs_to_one_model_and_one_topic() -> None:
    counted = Counter(message.wire_type() for topic in TOPICS for message in set(topic.messages))
    shared_by_all = {"replies.CommandAccepted.v1", "replies.CommandRejected.v1"}
    assert {name for name, count in counted.items() if count > 1} <= shared_by_all
    models = {message for topic in DOCUMENTED for message in topic.messages}
    assert len(models) == len(message_types())


def test_every_message_there_is_has_a_topic() -> None:
    defined = {
        model
        for model in _models(Message)
        if "TYPE" in vars(model) and model.__module__.startswith("shared.contracts.")
    }
    assert {model.__qualname__ for model in defined - set(message_types().values())} == set()


@pytest.mark.parametrize("name", sorted(message_types()))
def test_a_wire_type_is_owner_name_and_version(name: str) -> None:
    assert re.fullmatch(r"[a-z]+\.[A-Z][A-Za-z]+\.v[1-9][0-9]*", name)


# The verbs in use; a new one is added here with its command.
IMPERATIVE = (
    *("Abandon", "Accept", "Act", "Activate", "Add", "Adopt", "Align", "Amend", "Answer", "Approve", "Ask", "Assess"),
    *("Assign", "Award", "Cancel", "Carry", "Change", "Choose", "Claim", "Clear", "Close", "Commit", "Complete"),
    *("Configure", "Confirm", "Correct", "Decide", "Declare", "Decline", "Define", "Dissolve", "Draft", "Drop"),
    *(
        "End",
        "Enroll",
        "Enter",
        "Establish",
        "File",
        "Focus",
        "Forget",
        "Form",
        "Give",
        "Graduate",
        "Identify",
        "Invite",
    ),
    *("Issue", "Join", "Leave", "Mark", "Merge", "Moderate", "Name", "Open", "Order", "Pause", "Plan", "Prepare"),
    *("Propose", "Publish", "Put", "Reassign", "Reconsider", "Record", "Recruit", "Register", "Release", "Remove"),
    *(
        "Reopen",
        "Replay",
        "Report",
        "Request",
        "Require",
        "Reschedule",
        "Resume",
        "Retire",
        "Retry",
        "Return",
        "Review",
        "Revise",
    ),
    *("Revoke", "Rotate", "Route", "Seat", "Set", "Share", "Start", "Stop", "Study", "Submit", "Take", "Target"),
    *("Evaluate", "Excuse", "Extend", "Hold", "Thank", "Transfer", "Try", "Waive", "Withdraw"),
)


def test_events_are_past_and_commands_imperative() -> None:
    past = re.compile(
        r"(ed|Met|Set|Held|Told|Frozen|Kept|Forgotten|Withdrawn|Withdrew|Left|Taken|Chosen|Sent|Overdue|Approaching|Milestone|Activity)$"
    )
    imperative = re.compile(rf"^({'|'.join(IMPERATIVE)})[A-Z]")
    for name, model in message_types().items():
        word = name.split(".")[1]
        if issubclass(model, Event):
            assert past.search(word), name
        if issubclass(model, Command):
            assert imperative.search(word), name


def test_public_messages_are_on_public_topics_only() -> None:
    for topic in TOPICS:
        for message in topic.messages:
            public = topic.confidentiality is Confidentiality.PUBLIC
            assert issubclass(message, PublicEvent) == public, message.wire_type()


class _Without:
    """Stands for what a service needs at work and not for saying what it subscribes to."""

    keyring = Keyring({1: bytes(range(32))})

    def __getattr__(self, name: str) -> Any:
        return None


def _reads_itself_only_anew(topic: Topic) -> bool:
    """What nobody but its owner reads, when its empty schema is filled again."""
    return topic.history and topic.readers == (topic.owner,)


@topics
def test_of_a_compacted_topic_no_number_is_missed(topic: Topic) -> None:
    if topic.compacted:
        assert topic.gaps is Gaps.LATEST_WINS


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_keeps_its_history_exactly_where_it_can_be_rebuilt_from_it(service: str) -> None:
    kept = [topic.name for topic in TOPICS if topic.owner == service and topic.history]
    assert bool(kept) == (load(service).book is not None)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_a_reader_of_exactly_the_topics_it_subscribes_to(service: str) -> None:
    subscribed = {s.topic for s in load(service).subscriptions(cast("Context", _Without()))}
    allowed = {topic.name for topic in TOPICS if service in topic.readers and not _reads_itself_only_anew(topic)}
    assert subscribed <= allowed
    assert allowed - subscribed == NOT_YET_HEARD.get(service, set()), "what is heard by now leaves NOT_YET_HEARD"


# Granted by the design and without a handler so far.
NOT_YET_HEARD: dict[str, set[str]] = {}
# Owned and without an ``Emit`` so far.
NOT_YET_SAID: dict[str, set[str]] = {}


# What records are made from is published where the kind of record says: an Emit for each kind's topic.
RECORDS = {"measures": measures.KINDS, "notifications": notifications.KINDS, "recruitment": recruitment.KINDS}


def _emitted(service: str) -> Iterator[tuple[str, Topic]]:
    """The topic of every ``Emit(TOPIC.name, ...)`` in a service's source, and those that kinds of record name."""
    for kind in RECORDS[service].events.values() if service in RECORDS else ():
        yield f"kind {kind.name}", by_name()[kind.topic or ""]
    for path in sorted((ROOT / "services" / service).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Emit":
                module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                where = f"{path.name}:{node.lineno}"
                yield where, _topic(node.args[0], module)


def _topic(node: ast.expr, module: ModuleType) -> Topic:
    assert isinstance(node, ast.Attribute), "an Emit names its topic by a constant of the contracts"
    assert node.attr == "name"
    found = eval(compile(ast.Expression(node.value), "emit", "eval"), vars(module))
    assert isinstance(found, Topic)
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_a_writer_of_every_topic_it_emits_to(service: str) -> None:
    emitted = list(_emitted(service))
    assert emitted
    assert [where for where, topic in emitted if service not in topic.writers] == []


def test_a_kind_of_record_is_made_from_messages_of_the_topic_it_names() -> None:
    for event, kind in (pair for kinds in RECORDS.values() for pair in kinds.events.items()):
        assert event in by_name()[kind.topic or ""].messages, kind.name


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_may_write_nothing_it_never_says(service: str) -> None:
    said = {topic.name for _, topic in _emitted(service)} | {f"qio.{service}.replies.v1"}
    silent = {topic.name for topic in TOPICS if service in topic.writers} - said
    assert silent == NOT_YET_SAID.get(service, set()), "what is said by now leaves NOT_YET_SAID"


def test_every_event_of_the_catalog_is_an_event() -> None:
    for topic in TOPICS:
        kinds = {Command, FeedRecord, Event}
        assert sum(all(issubclass(message, kind) for message in topic.messages) for kind in kinds) == 1, topic.name
