"""Carries out or refuses what a service is asked, by the rules of its parts."""

from collections.abc import Iterable
from functools import partial

from shared.contracts.message import Command, Event
from shared.messaging.handling import Accepted, Decision, Emit, On, Received, Refused, Subscription, Work
from shared.records.deciding import Against, AnyRule, Asked, Held
from shared.records.kinds import Kinds, Record
from shared.records.store import RecordStore


def subscription(topic: str, kinds: Kinds, rules: Iterable[AnyRule], store: RecordStore) -> Subscription:
    """A commands topic, each command decided by its rule."""
    return Subscription(topic, tuple(_on(rule, kinds) for rule in rules), store, park=False)


def _on(rule: AnyRule, kinds: Kinds) -> On[Command, Record]:
    def keys(received: Received[Command]) -> Iterable[str]:
        return rule.keys(received.message, received.derive)

    return On(rule.command, keys, partial(carry_out, rule=rule, kinds=kinds))


def carry_out(received: Received[Command], work: Work[Record], *, rule: AnyRule, kinds: Kinds) -> Decision:
    """Decide, change the records by what happened, and say it."""
    command = received.message
    decision = rule.decide(command, Held(work.get), Asked(command.actor, work.now, received.derive))
    if isinstance(decision, Against):
        return Refused(decision.reasons)
    return Accepted(decision.made, (*happen(decision.events, work, kinds), *decision.also))


def happen(events: Iterable[Event], work: Work[Record], kinds: Kinds) -> list[Emit]:
    """Change the records (and views over them) that events are about; what is to be published follows."""
    emits = []
    for event in events:
        for kind in kinds.following(type(event)):
            key = kind.key(kind.id_of(event))
            work.put(key, kind.after(work.get(key), event, work.now))
        owner = kinds.events[type(event)]
        assert owner.topic is not None
        emits.append(Emit(owner.topic, owner.id_of(event), event))
    return emits
