"""Kafka administration that can be repeated: topics, SCRAM users and ACLs brought to what is asked for."""

import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from confluent_kafka import KafkaException
from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ConfigResource,
    NewTopic,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialUpsertion,
)

from shared.stack.errors import StackError

_REQUEST_SECONDS = 15.0
_IN_FORCE_SECONDS = 60.0
_ITERATIONS = 4096
_CLUSTER = "kafka-cluster"
_RESOURCE_TYPES = {
    "topic": ResourceType.TOPIC,
    "group": ResourceType.GROUP,
    "transactional_id": ResourceType.TRANSACTIONAL_ID,
    "cluster": ResourceType.BROKER,
}


@dataclass(frozen=True)
class TopicSpec:
    """A topic as it must be; `config` holds Kafka's own setting names, those not named stay at their defaults."""

    name: str
    partitions: int
    replication: int = 1
    config: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Acl:
    """One permission of a principal (without `User:`) from any host; operations in Kafka's words, such as `READ`."""

    principal: str
    resource_type: Literal["topic", "group", "transactional_id", "cluster"]
    name: str
    prefixed: bool
    operation: str


def connect(settings: Mapping[str, str | int | float | bool]) -> AdminClient:
    """An administration client; connection troubles show in the first request."""
    return AdminClient({**settings, "log_level": 0})


def await_broker(admin: AdminClient, seconds: float) -> None:
    """Wait until the broker accepts our credentials and answers.

    Raises:
        StackError: it did not in time.
    """
    with _plainly("The Kafka broker did not answer, or refused the administrator's password"):
        admin.list_topics(timeout=seconds)


def ensure_users(admin: AdminClient, passwords: Mapping[str, str]) -> None:
    """Give each principal its SCRAM-SHA-512 password; repeating it changes nothing for clients.

    Raises:
        StackError: the broker refused or did not answer.
    """
    info = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, _ITERATIONS)
    changes: list[UserScramCredentialAlteration] = [
        UserScramCredentialUpsertion(name, info, word.encode()) for name, word in passwords.items()
    ]
    if changes:
        with _plainly("Kafka users could not be set"):
            _await(admin.alter_user_scram_credentials(changes, request_timeout=_REQUEST_SECONDS).values())


def ensure_topics(admin: AdminClient, topics: Iterable[TopicSpec]) -> list[str]:
    """Create the topics that are missing and return their names; an existing topic is never changed.

    Raises:
        StackError: an existing topic differs (each difference is named), or the broker refused.
    """
    wanted = {topic.name: topic for topic in topics}
    with _plainly("Kafka topics could not be read"):
        existing = admin.list_topics(timeout=_REQUEST_SECONDS).topics
    differences = _shape_differences(wanted, existing) + _config_differences(
        admin, [topic for topic in wanted.values() if topic.name in existing]
    )
    if differences:
        raise StackError(
            "Existing Kafka topics differ from the catalog; they were left alone. Alter them by hand after thought "
            "(partitions decide which key goes where), or begin with an empty data folder: " + "; ".join(differences)
        )
    missing = [topic for topic in wanted.values() if topic.name not in existing]
    if missing:
        with _plainly("Kafka topics could not be created"):
            _await(admin.create_topics([_new_topic(t) for t in missing], operation_timeout=_REQUEST_SECONDS).values())
            _await_visible(admin, {topic.name for topic in missing})
    return [topic.name for topic in missing]


def ensure_acls(
    admin: AdminClient, acls: Iterable[Acl], principals: Iterable[str] = (), families: Iterable[str] = ()
) -> None:
    """Make the permissions of the named principals, and of all in `acls`, exactly `acls`; others' are left alone.

    `families` are beginnings of principals: who is named so and is not in `acls` has no permission afterwards.

    Raises:
        StackError: the broker refused or did not answer.
    """
    wanted = {_binding(acl) for acl in acls}
    managed = {binding.principal for binding in wanted} | {f"User:{name}" for name in principals}
    prefixes = tuple(f"User:{family}" for family in families)
    with _plainly("Kafka ACLs could not be set"):
        found: list[AclBinding] = admin.describe_acls(_filter(), request_timeout=_REQUEST_SECONDS).result()
        managed |= {binding.principal for binding in found if prefixes and binding.principal.startswith(prefixes)}
        held = {binding for binding in found if binding.principal in managed}
        surplus = [_exactly(binding) for binding in held - wanted]
        if wanted - held:
            _await(admin.create_acls(list(wanted - held), request_timeout=_REQUEST_SECONDS).values())
        if surplus:
            _await(admin.delete_acls(surplus, request_timeout=_REQUEST_SECONDS).values())
        _await_in_force(admin, wanted, managed)


def _await_in_force(admin: AdminClient, wanted: set[AclBinding], managed: set[str]) -> None:
    """The controller confirms a permission moments before the broker acts on it."""
    deadline = time.monotonic() + _IN_FORCE_SECONDS
    while time.monotonic() < deadline:
        found = admin.describe_acls(_filter(), request_timeout=_REQUEST_SECONDS).result()
        if {binding for binding in found if binding.principal in managed} == wanted:
            return
        time.sleep(0.02)
    raise StackError("Kafka ACLs were set but did not come into force. Look at the broker's log.")


def _await_visible(admin: AdminClient, names: set[str]) -> None:
    """The controller confirms a topic moments before the broker tells clients of it."""
    deadline = time.monotonic() + _REQUEST_SECONDS
    while not names <= admin.list_topics(timeout=_REQUEST_SECONDS).topics.keys():
        if time.monotonic() > deadline:
            raise StackError("Kafka topics were created but did not appear. Look at the broker's log.")
        time.sleep(0.02)


def _shape_differences(wanted: Mapping[str, TopicSpec], existing: Mapping[str, object]) -> list[str]:
    differences = []
    for name, topic in wanted.items():
        if name not in existing:
            continue
        partitions = getattr(existing[name], "partitions", {})
        if len(partitions) != topic.partitions:
            differences.append(f"{name} has {len(partitions)} partitions, not {topic.partitions}")
        replicas = {len(partition.replicas) for partition in partitions.values()}
        if replicas != {topic.replication}:
            differences.append(f"{name} has {sorted(replicas)} replicas, not {topic.replication}")
    return differences


def _config_differences(admin: AdminClient, topics: list[TopicSpec]) -> list[str]:
    asked = {ConfigResource(ResourceType.TOPIC, t.name): t for t in topics if t.config}
    if not asked:
        return []
    differences = []
    with _plainly("Kafka topic settings could not be read"):
        answers = admin.describe_configs(list(asked), request_timeout=_REQUEST_SECONDS)
        for resource, answer in answers.items():
            held = answer.result()
            topic = asked[resource]
            for setting, value in topic.config.items():
                found = held[setting].value if setting in held else None
                if found != value:
                    differences.append(f"{topic.name} has {setting}={found}, not {value}")
    return differences


def _new_topic(topic: TopicSpec) -> NewTopic:
    return NewTopic(topic.name, topic.partitions, topic.replication, config=dict(topic.config))


def _binding(acl: Acl) -> AclBinding:
    return AclBinding(
        _RESOURCE_TYPES[acl.resource_type],
        _CLUSTER if acl.resource_type == "cluster" else acl.name,
        ResourcePatternType.PREFIXED if acl.prefixed else ResourcePatternType.LITERAL,
        f"User:{acl.principal}",
        "*",
        AclOperation[acl.operation.upper()],
        AclPermissionType.ALLOW,
    )


def _filter() -> AclBindingFilter:
    anything: Any = None  # the library's annotations forget that None matches all
    return AclBindingFilter(
        ResourceType.ANY,
        anything,
        ResourcePatternType.ANY,
        anything,
        anything,
        AclOperation.ANY,
        AclPermissionType.ANY,
    )


def _exactly(binding: AclBinding) -> AclBindingFilter:
    return AclBindingFilter(
        binding.restype,
        binding.name,
        binding.resource_pattern_type,
        binding.principal,
        binding.host,
        binding.operation,
        binding.permission_type,
    )


def _await(futures: Iterable["Future[Any]"]) -> None:
    for future in futures:
        future.result()


@contextmanager
def _plainly(what: str) -> Iterator[None]:
    try:
        yield
    except KafkaException as error:
        reason = error.args[0]
        raise StackError(f"{what}: {reason.name()} {reason.str()}".rstrip()) from error
