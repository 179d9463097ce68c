"""Takes in provider lists set-wise: the newest edition of each facility holds, and what changed is told."""

import datetime as dt
from collections.abc import Sequence

import asyncpg

from services.recruitment.domain.facility import Edition, edition
from services.recruitment.repository import listings
from services.recruitment.repository.store import facility_key
from shared.contracts.feeds import NURSING_HOMES, NursingHomeListed
from shared.contracts.recruitment import FACILITIES, FacilityListed
from shared.messaging import locks
from shared.messaging.handling import Emit, FeedItem, FeedSubscription
from shared.program.states import STATES


def subscription() -> FeedSubscription:
    """The feed of nursing homes."""
    return FeedSubscription(topic=NURSING_HOMES.name, decoders={NursingHomeListed.wire_type(): decode}, handle=take_in)


def decode(value: bytes) -> NursingHomeListed:
    """One listing; raises ValueError for what does not fit the contract or names a state that is none."""
    listing = NursingHomeListed.model_validate_json(value)
    if listing.state not in STATES:
        raise ValueError("state: not a state or territory")
    return listing


async def take_in(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
    """Keep the newest editions and say what changed besides the date; a repetition has no effect."""
    newest: dict[str, tuple[NursingHomeListed, Edition]] = {}
    for item in items:
        listing: NursingHomeListed = item.record
        offered = edition(listing)
        held = newest.get(listing.ccn)
        if held is None or held[1].replaced_by(offered):
            newest[listing.ccn] = (listing, offered)
    ccns = sorted(newest)
    keys = [facility_key(ccn) for ccn in ccns]
    await locks.lock(conn, keys)
    stored = await listings.editions(conn, ccns)
    winners = [newest[ccn] for ccn in ccns if ccn not in stored or stored[ccn].replaced_by(newest[ccn][1])]
    await listings.replace(conn, winners, now)
    await locks.raise_versions(conn, [facility_key(listing.ccn) for listing, _ in winners])
    return [
        _listed(listing, offered)
        for listing, offered in winners
        if listing.ccn not in stored or stored[listing.ccn].says_more(offered)
    ]


def _listed(listing: NursingHomeListed, offered: Edition) -> Emit:
    event = FacilityListed(
        ccn=listing.ccn,
        as_of=listing.as_of,
        name=listing.name,
        state=listing.state,
        zip_code=listing.zip_code,
        qin_qio=offered.qin_qio,
        overall_rating=listing.overall_rating,
        special_focus=listing.special_focus,
    )
    return Emit(FACILITIES.name, listing.ccn, event)
