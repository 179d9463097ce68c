"""The record of an address: whatever its last event says. And where a notice went, as a view."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from shared.contracts.notifications.lists import ADDRESSES, AddressFacts, AddressMarked, Reach
from shared.records.kinds import Kind, Record


class Address(Record):
    """What is known of an address; the address itself is not."""

    id: UUID
    facts: AddressFacts


class SentTo(Record):
    """The ids of the addresses that a notice could go to."""

    notice: UUID
    addresses: dict[Reach, UUID]


def _evolve(before: Address | None, event: AddressMarked, at: dt.datetime) -> Address:
    del before, at  # each event is all there is to know
    return Address(id=event.address, facts=event.facts)


def _never(before: SentTo | None, event: Any, at: dt.datetime) -> SentTo:
    del before, event, at
    raise AssertionError("no event changes where a notice went")


ADDRESS: Final = Kind(
    name="address",
    state=Address,
    events=(AddressMarked,),
    begins=(AddressMarked,),
    id_of=lambda event: str(event.address),
    evolve=_evolve,
    topic=ADDRESSES.name,
)
SENT_TO: Final = Kind(name="sent-to", state=SentTo, events=(), id_of=str, evolve=_never, topic=None)
KINDS: Final[tuple[Kind[Any], ...]] = (ADDRESS, SENT_TO)
