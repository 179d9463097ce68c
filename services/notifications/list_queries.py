"""Questions about mailing lists, who is on them, and what is known of addresses; those about people are for staff."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Query

from services.notifications.contact_queries import Limit, staff
from services.notifications.domain.addresses.ids import AddressIds
from services.notifications.domain.addresses.kinds import SentTo
from services.notifications.domain.contacts.kinds import CONTACT, Contact
from services.notifications.domain.lists.kinds import LIST
from services.notifications.domain.lists.state import State
from services.notifications.repository import lists as reading
from services.notifications.repository.sent_to import sent_to
from shared.contracts.notifications.lists import Reach
from shared.records import store as records
from shared.runtime.access import Problem
from shared.runtime.service import Context

After = Annotated[str | None, Query(pattern=r"^[0-9a-z|-]{1,120}$", description="The last one of the page before")]
_SHOWN: Final = State.CONFIRMED


def routes(context: Context) -> APIRouter:
    """The routes over this process."""
    api = APIRouter(dependencies=[Depends(staff)])
    _lists(api, context)
    _addresses(api, context)
    return api


def _lists(api: APIRouter, context: Context) -> None:
    @api.get("/lists")
    async def lists(*, closed: bool = False, after: After = None, limit: Limit = 100) -> list[dict[str, Any]]:
        """Open lists by id; with ``closed`` those that were closed."""
        return await reading.lists(context.pool, after, limit, closed=closed)

    @api.get("/lists/{list_id}")
    async def one_list(list_id: str) -> dict[str, Any]:
        """One list, and how many are in which state on it now."""
        found = await records.one(context.pool, LIST.name, list_id)
        if found is None:
            raise Problem(404, "list-unknown", "There is no such list.")
        counts = await reading.counts(context.pool, list_id, context.clock())
        return {**orjson.loads(found), "members": counts}

    @api.get("/lists/{list_id}/members")
    async def members(
        list_id: str, state: State = _SHOWN, after: After = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """Who is on it, by contact; those who confirmed unless another state is asked for."""
        return await reading.members(context.pool, list_id, state, context.clock(), after, limit)

    @api.get("/contacts/{contact}/lists")
    async def of_contact(contact: UUID) -> list[dict[str, Any]]:
        """Every list a contact asked for, whatever became of it."""
        return await reading.of_contact(context.pool, contact, context.clock())


def _addresses(api: APIRouter, context: Context) -> None:
    ids = AddressIds(context.keyring.reference)
    load_sent_to = sent_to(context.keyring)

    @api.get("/contacts/{contact}/addresses")
    async def of_contact(contact: UUID) -> list[dict[str, Any]]:
        """The ids of a contact's addresses, with what is known of each."""
        found = await records.one(context.pool, CONTACT.name, str(contact))
        facts = None if found is None else Contact.model_validate_json(found).facts
        if facts is None:
            raise Problem(404, "contact-unknown", "There is no such contact.")
        return await _known(context, ids.of_contact(facts.addresses))

    @api.get("/notices/{notice}/addresses")
    async def of_notice(notice: UUID) -> list[dict[str, Any]]:
        """The ids of the addresses a notice could go to, with what is known of each."""
        async with context.pool.acquire() as conn:
            found = await load_sent_to(conn, [str(notice)])
        if not found:
            raise Problem(404, "notice-unknown", "There is no such notice.")
        sent = found[str(notice)]
        assert isinstance(sent, SentTo)
        return await _known(context, sent.addresses)


async def _known(context: Context, addresses: Mapping[Reach, UUID]) -> list[dict[str, Any]]:
    known = await reading.addresses(context.pool, list(addresses.values()))
    return [
        {"reach": reach, "address": str(address), "facts": known.get(str(address))}
        for reach, address in addresses.items()
    ]
