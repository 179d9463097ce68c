"""Notifications hearing others in memory: its real subscriptions over real records, without a database."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID, uuid5

from services.notifications.domain.circles import CIRCLE, Circle, Member, circle_of
from services.notifications.domain.contacts.parts import ANYWHERE
from services.notifications.domain.registry import KINDS
from services.notifications.domain.roster.program import NETWORK, NETWORKS, Network, Networks
from services.notifications.domain.rules.firing import Cause, Table, fire
from services.notifications.domain.rules.table import TABLE
from services.notifications.heard.events import subscriptions
from shared.contracts.envelope import Envelope
from shared.contracts.message import Event
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.requests import NoticeRequested
from shared.contracts.notifications.terms import Part
from shared.messaging.handling import On, Received, Work
from shared.records.deciding import Held
from shared.records.kinds import Record
from shared.records.store import RecordStore

SPACE = UUID("5b0e3f1c-0000-5000-8000-0000000000aa")
NOW = dt.datetime(2015, 3, 6, 16, 30, tzinfo=dt.UTC)


def member(name: str, *holds: tuple[Part, str], since: str = "2014-01-01", until: str | None = None) -> Member:
    """A contact who holds parts at places; the name tells contacts apart."""
    held = [{"part": part, "place": place, "since": since, "until": until} for part, place in holds]
    facts = {"name": name, "addresses": {"email": f"{name.lower()}@example.org"}, "holds": held}
    return Member(id=uuid5(SPACE, name), facts=ContactFacts.model_validate(facts))


class Ear:
    """Hears events one after another; ``now`` (UTC) may be moved between them."""

    def __init__(self, *members: Member, now: dt.datetime = NOW, table: Table = TABLE) -> None:
        self.now = now
        self.members = members
        self.records: dict[str, Record] = {}
        self.table = table
        self._on = {
            on.message: on for one in subscriptions(RecordStore(KINDS, {}), table) for on in one.handlers
        }  # fmt: skip

    def hears(
        self, event: Event, said_at: dt.datetime | None = None, event_id: UUID | None = None
    ) -> list[NoticeRequested]:
        """What is asked for when an event comes; it was said now unless told otherwise."""
        on: On[Event, Record] | None = self._on.get(type(event))
        if on is None:
            return []
        said = said_at or self.now
        known = event_id or uuid5(SPACE, event.model_dump_json())
        envelope = Envelope(known, event.wire_type(), "test", said, "k", known)
        received: Received[Event] = Received(envelope, event, "k", "t", 0, 0)
        keys = frozenset(on.keys(received))
        work: Work[Record] = Work(self.now, self.load(keys))
        work.begin(keys)
        emits = on.handle(received, work)
        work.keep()
        self.records |= work.changes()
        assert isinstance(emits, tuple)
        return [emit.event for emit in emits]

    def all(self, events: Iterable[Event]) -> "Ear":
        """Hear events of long ago, of which nothing but the roster follows."""
        for event in events:
            assert self.hears(event, said_at=self.now - dt.timedelta(days=3650)) == []
        return self

    def fires(self, fact: Record, since: dt.datetime | None = None) -> list[NoticeRequested]:
        """What is asked for when a fact comes about that no topic carries."""
        keys = frozenset(self.table.keys(fact))
        work: Work[Record] = Work(self.now, self.load(keys))
        work.begin(keys)
        return fire(self.table, fact, Cause(UUID(int=0), since or self.now), self.now, Held(work.get))

    def load(self, keys: Iterable[str]) -> dict[str, Record]:
        """What the store would load."""
        found: dict[str, Record] = {}
        for key in keys:
            kind, _, identifier = key.partition(":")
            if kind == CIRCLE.name:
                found[key] = self._circle(identifier)
            elif kind == NETWORKS.name:
                found[key] = self._networks()
            elif key in self.records:
                found[key] = self.records[key]
        return found

    def _circle(self, identifier: str) -> Circle:
        part, place = circle_of(identifier)
        return Circle(
            members=tuple(
                one
                for one in self.members
                if any(hold.part is part and place in (ANYWHERE, hold.place) for hold in one.facts.holds)
            )
        )

    def _networks(self) -> Networks:
        of = NETWORK.key("")
        held = {key.removeprefix(of): one for key, one in self.records.items() if key.startswith(of)}
        return Networks(by_place={key: one for key, one in held.items() if isinstance(one, Network)})


def names(requests: Iterable[NoticeRequested]) -> set[str]:
    """Who gets them."""
    return {one.recipient.name for one in requests}
