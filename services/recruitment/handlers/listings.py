"""Takes in provider lists set-wise: the newest edition of each facility holds, and what changed is told.

A list changes what it says and staff did not record. It closes nothing (a facility it leaves out is reported by
questions instead), opens nothing again and takes no merger back.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import asyncpg

from services.recruitment.domain.participants.editions import Listing, told
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.state import Participant
from services.recruitment.repository.participants import holders
from services.recruitment.repository.views import networks
from shared.contracts.feeds import HOSPITALS, NURSING_HOMES, HospitalListed, NursingHomeListed
from shared.contracts.recruitment.participants import FACILITIES
from shared.messaging import locks
from shared.messaging.handling import Emit, FeedItem, FeedSubscription
from shared.program.states import STATES
from shared.records.kinds import Record
from shared.records.store import RecordStore

L = TypeVar("L", NursingHomeListed, HospitalListed)


def subscription(store: RecordStore) -> FeedSubscription:
    """The feed of nursing homes."""
    return FeedSubscription(
        topic=NURSING_HOMES.name,
        decoders={NursingHomeListed.wire_type(): decode},
        handle=Listings(store).take_in,
    )


def hospitals(store: RecordStore) -> FeedSubscription:
    """The feed of hospitals."""
    return FeedSubscription(
        topic=HOSPITALS.name,
        decoders={HospitalListed.wire_type(): decoder(HospitalListed)},
        handle=Listings(store).take_in,
    )


def decoder(kind: type[L]) -> Callable[[bytes], L]:
    """Decodes one listing; raises ValueError for what does not fit the contract or names a state that is none."""

    def decoded(value: bytes) -> L:
        listing = kind.model_validate_json(value)
        if listing.state not in STATES:
            raise ValueError("state: not a state or territory")
        return listing

    return decoded


decode = decoder(NursingHomeListed)


class Listings:
    """A feed of listings over the records of participants."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store

    async def take_in(self, conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
        """Keep the newest editions and the history of ratings, and tell of them; a repetition has no effect."""
        offered: list[Listing] = [item.record for item in items]
        whose, stored = await self._participants(conn, sorted({one.ccn for one in offered}))
        entered = await networks(conn)
        changed: dict[str, Record] = {}
        emits = []
        for listing in sorted(offered, key=lambda one: (one.ccn, one.as_of)):
            identifier = whose.get(listing.ccn, listing.ccn)
            key = PARTICIPANT.key(identifier)
            before = changed.get(key, stored.get(key))
            assert before is None or isinstance(before, Participant)
            event = told(listing, identifier, before, entered)
            if event is not None:
                changed[key] = PARTICIPANT.after(before, event, now)
                emits.append(Emit(FACILITIES.name, identifier, event))
        await self._store.save(conn, changed, now)
        await locks.raise_versions(conn, changed)
        return emits

    async def _participants(
        self, conn: asyncpg.Connection, ccns: Sequence[str]
    ) -> tuple[Mapping[str, str], Mapping[str, Record]]:
        """Whose further identifiers the numbers are, and the participants there are, all of them locked.

        Who gives or takes an identifier locks the participant it could be the id of, so that after the first lock
        nobody else can; holders have ids of ours or NPIs, which are locked after certification numbers.
        """
        keys = list(map(PARTICIPANT.key, ccns))
        await locks.lock(conn, keys)
        whose = await holders(conn, ccns)
        further = sorted(map(PARTICIPANT.key, set(whose.values())))
        await locks.lock(conn, further)
        return whose, await self._store.load(conn, [*keys, *further])
