"""A desk in memory: commands decided by the real rules over real records, without a database."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self, TypeVar, cast
from uuid import UUID, uuid5

from shared.contracts.envelope import Envelope
from shared.contracts.message import Command, Event
from shared.messaging.handling import Accepted, Emit, Received, Refused, Work
from shared.records.commands import carry_out, happen
from shared.records.deciding import AnyRule
from shared.records.kinds import Kind, Kinds, Record

COMMAND_ID = UUID("0195b0de-0000-7000-8000-000000000001")

S = TypeVar("S", bound=Record)


class RecordDesk:
    """Decides commands one after another; ``now`` (UTC) may be moved between them."""

    def __init__(self, kinds: Kinds, rules: Iterable[AnyRule], now: dt.datetime) -> None:
        self.kinds = kinds
        self.now = now
        self._all = tuple(rules)
        self.records: dict[str, Record] = {}
        self.said: list[Emit] = []
        self._rules = {rule.command: rule for rule in self._all}
        self._count = 0

    def ask(self, command: Command) -> Accepted | Refused:
        """Decide a command as the service would; what an accepted one changes is kept."""
        self._count += 1
        command_id = uuid5(COMMAND_ID, str(self._count))
        envelope = Envelope(command_id, command.wire_type(), "qio-cli", self.now, "k", command_id)
        received: Received[Command] = Received(envelope, command, "k", "t", 0, self._count)
        rule = self._rules[type(command)]
        work: Work[Record] = Work(self.now, self.records)
        work.begin(rule.keys(command, received.derive))
        decision = carry_out(received, work, rule=rule, kinds=self.kinds)
        if isinstance(decision, Accepted):
            work.keep()
            self.records |= work.changes()
            self.said += decision.events
        return cast("Accepted | Refused", decision)

    def done(self, command: Command) -> dict[str, Any]:
        """Ask, and insist that it is accepted; what it made."""
        answer = self.ask(command)
        assert isinstance(answer, Accepted), answer
        return dict(answer.made)

    def refused(self, command: Command) -> list[tuple[str, str | None]]:
        """Ask, and insist that it is refused and changes nothing; code and field of each reason."""
        before = dict(self.records)
        answer = self.ask(command)
        assert isinstance(answer, Refused), answer
        assert self.records == before
        return [(reason.code, reason.field) for reason in answer.reasons]

    def has(self, *events: Event) -> Self:
        """Let these have happened."""
        work: Work[Record] = Work(self.now, self.records)
        work.begin(kind.key(kind.id_of(event)) for event in events for kind in self.kinds.following(type(event)))
        happen(events, work, self.kinds)
        work.keep()
        self.records |= work.changes()
        return self

    def held(self, kind: Kind[S], identifier: str) -> S:
        """A record; KeyError where there is none."""
        found = self.records[kind.key(identifier)]
        assert isinstance(found, kind.state)
        return found

    def again(self) -> dict[str, Record]:
        """The records, made once more from nothing but what was said of our own."""
        made = RecordDesk(self.kinds, self._all, self.now)
        made.has(*(emit.event for emit in self.said if type(emit.event) in self.kinds.events))
        return made.records
