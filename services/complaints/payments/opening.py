"""Opens a case for every claim that was drawn, as a filed request would."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.complaints.announcements import Announcer
from services.complaints.domain import filing
from services.complaints.domain.case import Case, Entry, Taken
from services.complaints.domain.payment.bookkeeping import booked
from services.complaints.domain.payment.claims import ClaimKey
from services.complaints.domain.payment.sampling import Review
from services.complaints.domain.refusal import Refusal
from services.complaints.payments import store as payment_store
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import PREFIX, CaseStore
from shared.contracts.complaints import CaseContact, CaseParty, CaseType, Channel, FileCase, ProviderType, Role
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit
from shared.program.ccn import state_of

BATCH: Final = 200
ACTOR: Final = "payment draw"
_TYPES: Final = {Review.SHORT_STAY: CaseType.SHORT_STAY, Review.HIGHER_WEIGHTED_DRG: CaseType.HWDRG}
# What was paid is that of the version drawn; a claim cancelled since needs no review.
_TO_OPEN: Final = """
    SELECT s.beneficiary, s.claim, s.review, s.provider, s.service_ended, s.selected_at,
           coalesce((c.billed -> s.version::text ->> 1)::bigint, c.paid) AS paid
    FROM selection AS s LEFT JOIN claim_candidate AS c USING (beneficiary, claim)
    WHERE s.case_id IS NULL AND c.cancelled IS NOT TRUE
      AND (s.selected_at, s.beneficiary, s.claim) > ($1, $2, $3)
    ORDER BY s.selected_at, s.beneficiary, s.claim LIMIT $4
"""
_START: Final = (dt.datetime(1, 1, 1, tzinfo=dt.UTC), b"", b"")

Others = Callable[[str, str], tuple[CaseParty, ...]]
"""Further parties of a review, by the CCN of the provider and its state: those who are known to answer for it."""


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens cases through the domain of filing; ``others`` names parties besides the provider."""

    store: CaseStore
    announcer: Announcer
    pseudonyms: Pseudonyms
    others: Others = lambda _ccn, _state: ()

    async def open_all(self, conn: asyncpg.Connection, clock: Callable[[], dt.datetime]) -> Counter[str]:
        """A case for every selection without one, some hundreds in a transaction; how many, by what became of them.

        A selection that is refused stays without a case and holds up no other: it is tried again with the next call.
        Repeated, it opens nothing twice, because a case is known by its claim.
        """
        found: Counter[str] = Counter()
        after: tuple[dt.datetime, bytes, bytes] = _START
        while True:
            async with conn.transaction():
                rows = await conn.fetch(_TO_OPEN, *after, BATCH)
                found += await self._open(conn, rows, clock())
            if len(rows) < BATCH:
                return found
            after = (rows[-1]["selected_at"], rows[-1]["beneficiary"], rows[-1]["claim"])

    async def _open(self, conn: asyncpg.Connection, rows: Sequence[Any], now: dt.datetime) -> Counter[str]:
        requests, found = _requests(rows, self.others, now)
        cases = {key: self.pseudonyms.case(filing.identity(request)) for key, request in requests.items()}
        keys = sorted({_key(case_id) for case_id in cases.values()})
        await locks.lock(conn, keys)
        known = await self.store.load(conn, keys)
        opened: dict[str, Case] = {}
        emits: list[Emit] = []
        linked: dict[ClaimKey, UUID] = {}
        for claim, request in requests.items():
            key = _key(cases[claim])
            if key not in known:
                try:
                    taken = self._opened(cases[claim], request, now)
                except Refusal as refusal:
                    found[f"refused: {refusal.reasons[0].code}"] += 1
                    continue
                opened[key] = booked(None, taken).noted(Entry(now, ACTOR, request.wire_type()))
                emits += self.announcer.changes(None, taken, self.store.desk, now)
            linked[claim] = cases[claim]
            found["known" if key in known else "opened"] += 1
        if opened:
            await self.store.save(conn, opened, now)
            await locks.raise_versions(conn, opened)
            await outbox.append(conn, emits, now=now)
        await payment_store.opened(conn, linked)
        return found

    def _opened(self, case_id: UUID, request: FileCase, now: dt.datetime) -> Taken:
        desk = self.store.desk
        return filing.open_case(case_id, filing.read(request, desk, now), desk, now)


def _key(case_id: UUID) -> str:
    return f"{PREFIX}{case_id}"


def _requests(rows: Iterable[Any], others: Others, now: dt.datetime) -> tuple[dict[ClaimKey, FileCase], Counter[str]]:
    """What is asked for each selection; a provider whose number belongs to no state has no QIO."""
    requests, refused = {}, Counter[str]()
    for row in rows:
        state = state_of(row["provider"])
        if state is None:
            refused["refused: UNKNOWN_FACILITY"] += 1
            continue
        claim = ClaimKey(row["beneficiary"].hex(), row["claim"].hex())
        requests[claim] = _request(row, claim, state, others(row["provider"], state), now)
    return requests, refused


def _request(row: Any, claim: ClaimKey, state: str, others: tuple[CaseParty, ...], now: dt.datetime) -> FileCase:
    provider = CaseParty(
        role=Role.PROVIDER, contact=CaseContact(name=f"Provider {row['provider']}"), id=row["provider"]
    )
    named = {party.role for party in others}
    return FileCase(
        actor=ACTOR,
        case_type=_TYPES[Review(row["review"])],
        beneficiary=claim.beneficiary,
        claim=claim.claim,
        parties=(*((provider,) if Role.PROVIDER not in named else ()), *others),
        facility_ccn=row["provider"],
        provider_type=ProviderType.HOSPITAL,
        state=state,
        received_at=now,
        channel=Channel.DRAW,
        facts={"service_date": row["service_ended"].isoformat()},
        amount_cents=max(row["paid"], 0) if row["paid"] is not None else None,
    )
