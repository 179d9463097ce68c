"""Contacts, places and lists in the tables of a test, as their parts of the service keep them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from services.notifications.domain.contacts.kinds import Contact
from services.notifications.domain.lists.state import State, Subscription, subscription_id
from services.notifications.domain.roster.traits import traits
from shared.contracts.notifications.contacts import ContactFacts
from tests.notifications.campaigns.asking import contact_id, facts

TODAY = dt.date(2015, 3, 6)
_LONG_AGO = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)
_KEEP = "INSERT INTO record (kind, id, state) SELECT $1, * FROM unnest($2::text[], $3::jsonb[])"


@dataclass
class World:
    """What is known: contacts by number, traits by place, the lists that contacts are on."""

    contacts: dict[int, ContactFacts | None] = field(default_factory=dict)
    roster: dict[str, frozenset[str]] = field(default_factory=dict)
    lists: dict[int, frozenset[str]] = field(default_factory=dict)

    async def keep(self, pool: asyncpg.Pool) -> None:
        """Put all of it into empty tables."""
        await pool.execute("DELETE FROM record")
        made = {contact_id(number): one for number, one in self.contacts.items()}
        await _keep(pool, "contact", {str(one): Contact(id=one, facts=held) for one, held in made.items()})
        places = {
            place: {"traits": [one.model_dump() for one in traits(place, *named)]}
            for place, named in self.roster.items()
        }
        await _keep(pool, "roster-facility", places)
        await _keep(pool, "subscription", dict(self._subscriptions()))

    def _subscriptions(self) -> Iterable[tuple[str, Subscription]]:
        for number, lists in self.lists.items():
            for one in lists:
                contact = contact_id(number)
                state = State.LEFT if one.endswith("-left") else State.CONFIRMED
                name = one.removesuffix("-left")
                key = subscription_id(name, contact)
                yield (
                    key,
                    Subscription(
                        id=key, list_id=name, contact=contact, state=state, asked_at=_LONG_AGO, expires_at=_LONG_AGO
                    ),
                )


def number_of(world: World) -> Mapping[UUID, int]:
    """Which number a contact has."""
    return {contact_id(number): number for number in world.contacts}


def holding(*held: tuple[str, str], **changed: Any) -> ContactFacts:
    """A contact who holds these parts at these places since long."""
    holds = [{"part": part, "place": place, "since": "2014-01-01"} for part, place in held]
    return facts(holds=holds, **changed)


async def _keep(pool: asyncpg.Pool, kind: str, states: Mapping[str, Any]) -> None:
    values = [one if isinstance(one, dict) else one.model_dump(mode="json") for one in states.values()]
    await pool.execute(_KEEP, kind, list(states), [orjson.dumps(one).decode() for one in values])
