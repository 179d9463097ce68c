"""Takes in provider lists set-wise: the newest edition of each facility holds, and what changed is told."""

import datetime as dt
from collections.abc import Sequence

import asyncpg

from services.recruitment.domain.kernel.records import Record
from services.recruitment.domain.participants.editions import Edition, edition, held, listed
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.state import Participant
from services.recruitment.repository.records import RecordStore
from shared.contracts.feeds import NURSING_HOMES, NursingHomeListed
from shared.contracts.recruitment.participants import FACILITIES
from shared.messaging import locks
from shared.messaging.handling import Emit, FeedItem, FeedSubscription
from shared.program.states import STATES


def subscription(store: RecordStore) -> FeedSubscription:
    """The feed of nursing homes."""
    return FeedSubscription(
        topic=NURSING_HOMES.name,
        decoders={NursingHomeListed.wire_type(): decode},
        handle=Listings(store).take_in,
    )


def decode(value: bytes) -> NursingHomeListed:
    """One listing; raises ValueError for what does not fit the contract or names a state that is none."""
    listing = NursingHomeListed.model_validate_json(value)
    if listing.state not in STATES:
        raise ValueError("state: not a state or territory")
    return listing


class Listings:
    """The feed over the records of participants."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store

    async def take_in(self, conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
        """Keep the newest editions and tell of them; a repetition has no effect."""
        newest: dict[str, tuple[NursingHomeListed, Edition]] = {}
        for item in items:
            listing: NursingHomeListed = item.record
            offered = edition(listing)
            known = newest.get(listing.ccn)
            if known is None or known[1].replaced_by(offered):
                newest[listing.ccn] = (listing, offered)
        keys = sorted(map(PARTICIPANT.key, newest))
        await locks.lock(conn, keys)
        stored = await self._store.load(conn, keys)
        changed: dict[str, Record] = {}
        emits = []
        for ccn, (listing, offered) in sorted(newest.items()):
            before = stored.get(PARTICIPANT.key(ccn))
            assert before is None or isinstance(before, Participant)
            standing = held(before)
            if standing is None or standing.replaced_by(offered):
                event = listed(listing, offered)
                changed[PARTICIPANT.key(ccn)] = PARTICIPANT.evolve(before, event, now)
                emits.append(Emit(FACILITIES.name, ccn, event))
        await self._store.save(conn, changed, now)
        await locks.raise_versions(conn, changed)
        return emits
