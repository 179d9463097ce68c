"""What the catalog asks of a broker: topics and access lists; and the secrets a stack needs besides passwords."""

import os
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Final

from shared.contracts.catalog import topics_with
from shared.contracts.topic import Topic
from shared.runtime.tokens import LocalIssuer
from shared.stack.admin import Acl, TopicSpec

SERVICES: Final = ("recruitment", "measures", "complaints", "notifications")
# Who besides has a user of its own at every site: feeds, operators, and what carries texts, calls and portal messages.
OUTSIDE: Final = ("feeds", "cli", "gateway")
PARTNER_PRINCIPALS: Final = "qio-partner-"
_DAY_MS: Final = 86_400_000
# So that what was overwritten is gone after OVERWRITTEN_DAYS (topic.py). The broker cleans by what stands outside the
# segment that is written to, and begins a new one only when a record comes. So each begins one, and who overwrites
# says something more on a later day. One day is for that, one for the broker, the rest for what stands still.
_CLEANED: Final = {
    "segment.ms": "1",
    "max.compaction.lag.ms": str(_DAY_MS),
    "min.cleanable.dirty.ratio": "0.01",
}


def topics(replication: int = 1, partners: Collection[str] = ()) -> list[TopicSpec]:
    """Every topic of the catalog, and those of these partners (ids), as the broker must hold it."""
    return [_topic(topic, replication) for topic in topics_with(partners)]


def _topic(topic: Topic, replication: int) -> TopicSpec:
    config = {
        "cleanup.policy": "compact" if topic.compacted else "delete",
        "retention.ms": "-1" if topic.history else str(topic.retention_days * _DAY_MS),
        "min.insync.replicas": "2" if replication > 2 else "1",
        **(_CLEANED if topic.compacted else {}),
        **topic.config,
    }
    if not set(topic.writers) <= set(SERVICES):
        # The broker's size limit is on compressed bytes; who is not a service may not send a bomb.
        config["compression.type"] = "uncompressed"
    return TopicSpec(topic.name, topic.partitions, replication, config)


def acls(partners: Collection[str] = ()) -> list[Acl]:
    """Who may write and read each topic, and the groups under each reader's own name.

    Of partners these (ids) have their own two topics and the public ones; nobody but complaints has those of a partner.
    Whose history is kept reads all it has said itself, to be rebuilt from that.
    """
    rules = []
    found = topics_with(partners)
    rebuilt = {topic.owner for topic in found if topic.history}
    for topic in found:
        for writer in topic.writers:
            rules += _allow(writer, topic.name, "WRITE", "DESCRIBE")
            if writer == topic.owner and writer in rebuilt and writer not in topic.readers:
                rules += _allow(writer, topic.name, "READ")
        for reader in topic.readers:
            for name in (f"partner-{partner}" for partner in partners) if reader == "partner" else (reader,):
                rules += _allow(name, topic.name, "READ", "DESCRIBE")
    for name in (*SERVICES, *OUTSIDE, *(f"partner-{partner}" for partner in partners)):
        rules.append(Acl(f"qio-{name}", "group", f"qio-{name}.", True, "READ"))
        rules.append(Acl(f"qio-{name}", "group", f"qio-{name}.", True, "DESCRIBE"))
        rules.append(Acl(f"qio-{name}", "cluster", "kafka-cluster", False, "IDEMPOTENT_WRITE"))
    return rules


def _allow(principal: str, topic: str, *operations: str) -> list[Acl]:
    return [Acl(f"qio-{principal}", "topic", topic, False, operation) for operation in operations]


def ensure_keys(folder: Path) -> None:
    """Make the keys that are no passwords: one keyring per service, the token issuer's, the reference key of feeds."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for service in SERVICES:
        _write_once(folder / f"keyring-{service}", f"1:{secrets.token_hex(32)}\n")
    _write_once(folder / "feed-reference", f"{secrets.token_hex(32)}\n")
    LocalIssuer.from_file(folder / "token-key")


def _write_once(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
