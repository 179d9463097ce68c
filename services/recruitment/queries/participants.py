"""Questions about participants, their owners and chains.

Institution-level facts; of a person who takes part only that there is one in a state, but for the one route that is
for those who work with them.
"""

import datetime as dt
import re
from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.domain.participants.kinds import FAMILY_PARTNER, PARTICIPANT, PARTNER_NAME
from services.recruitment.domain.participants.state import FamilyPartner, Participant, PartnerName, Standing
from services.recruitment.queries.parameters import After, Limit, State
from services.recruitment.queries.who import Staff
from services.recruitment.repository import differences, owners, participants
from shared.contracts.recruitment.ids import OWNER_PATTERN, PARTICIPANT_PATTERN, Setting
from shared.records import store as records
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

_ID: Final = re.compile(PARTICIPANT_PATTERN)
OwnerQuery = Annotated[str | None, Query(pattern=OWNER_PATTERN, description="Id of an owner")]
On = Annotated[dt.date | None, Query(description="The day asked for; today (UTC) when left out")]
Words = Annotated[str | None, Query(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Difference = Annotated[
    str | None, Query(pattern="^(MISSING|CLOSED_BUT_LISTED|MERGED_BUT_LISTED|RECORDED_DIFFERENTLY)$")
]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()
    _lists(api, pool)
    _owners(api, pool)

    @api.get("/facilities/{identifier}")
    async def facility(identifier: str, on: On = None) -> dict[str, Any]:
        """All that is known of one participant, by its id or a further identifier."""
        found = await participants.one(pool, identifier, _day(on)) if _ID.fullmatch(identifier) else None
        if found is None:
            raise _unknown()
        return found

    @api.get("/family-partners/{identifier}")
    async def family_partner(identifier: str, access: Staff) -> dict[str, Any]:
        """The name a beneficiary or family partner chose, and the consent; no name once it was taken back.

        ``name_is`` says why there is none: WITHDRAWN with the consent, or NOT_HELD here. For staff; a reader of a
        region sees those of its own.
        """
        state = await records.one(pool, FAMILY_PARTNER.name, identifier) if _ID.fullmatch(identifier) else None
        if state is None or access.region not in (None, await _network_of(pool, identifier)):
            raise Problem(404, "partner-unknown", "No beneficiary or family partner has this id.")
        partner = FamilyPartner.model_validate_json(state)
        return partner.model_dump(mode="json") | _named(partner, await records.one(pool, PARTNER_NAME.name, identifier))

    return api


def _named(partner: FamilyPartner, state: str | None) -> dict[str, Any]:
    # The consent decides, whatever is held of the name.
    if partner.withdrawn_on is not None:
        return {"display_name": None, "name_is": "WITHDRAWN"}
    name = state and PartnerName.model_validate_json(state).display_name
    return {"display_name": name, "name_is": "GIVEN" if name else "NOT_HELD"}


def _lists(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/facilities")
    async def facilities(
        *,
        setting: Setting | None = None,
        state: State = None,
        rating: Annotated[int | None, Query(ge=1, le=5)] = None,
        special_focus: bool | None = None,
        qin: Words = None,
        name: Words = None,
        standing: Standing | None = None,
        chain: OwnerQuery = None,
        on: On = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Participants by id, a page at a time; ``qin`` and ``name`` are parts of the name, in any case."""
        wanted = participants.Wanted(
            on=_day(on),
            setting=setting,
            state=state,
            rating=rating,
            special_focus=special_focus,
            qin=qin,
            name=name,
            standing=standing,
            chain=chain,
            after=after,
            limit=limit,
        )
        return await participants.some(pool, wanted)

    @api.get("/facilities/differences")
    async def facilities_differences(
        what: Difference = None, state: State = None, after: After = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """Where lists and what staff recorded differ; a facility missing from a newer list is closed by nobody else."""
        return await differences.differences(pool, what, state, after, limit)


def _owners(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/facilities/{identifier}/owners")
    async def facility_owners(identifier: str, on: On = None) -> dict[str, Any]:
        """Who owned a participant from when on, and the chain of its owner on a day."""
        found = await owners.owned_by(pool, identifier, _day(on)) if _ID.fullmatch(identifier) else None
        if found is None:
            raise _unknown()
        return found

    @api.get("/owners")
    async def all_owners(on: On = None, after: OwnerQuery = None, limit: Limit = 100) -> list[dict[str, Any]]:
        """Owners by id, with whom they belong to on a day."""
        return await owners.owners(pool, _day(on), after, limit)

    @api.get("/chains")
    async def chains(
        on: On = None,
        least: Annotated[int, Query(ge=0, le=100_000)] = 2,
        after: OwnerQuery = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Owners that belong to nobody and have at least so many open participants on a day, the largest first."""
        return await owners.chains(pool, _day(on), least, after, limit)


async def _network_of(pool: asyncpg.Pool, identifier: str) -> str | None:
    known = await records.one(pool, PARTICIPANT.name, identifier)
    return None if known is None else Participant.model_validate_json(known).qin_qio


def _day(on: dt.date | None) -> dt.date:
    return on or utc_now().date()


def _unknown() -> Problem:
    return Problem(404, "facility-unknown", "No participant with this identifier is known.")
