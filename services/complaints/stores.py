"""The pipeline's one store of complaints: each kind of aggregate by the prefix of its key."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from services.complaints.consistency.store import PREFIX as SECOND_REVIEW
from services.complaints.consistency.store import SecondReviewStore
from services.complaints.disclosures.store import PREFIX as DISCLOSURE
from services.complaints.disclosures.store import DisclosureStore
from services.complaints.intake.outages import PREFIX as OUTAGE
from services.complaints.intake.outages import OutageStore
from services.complaints.intake.settings import IntakeSettings
from services.complaints.intake.store import PREFIX as INTAKE
from services.complaints.intake.store import IntakeStore
from services.complaints.partners.store import PREFIX as DOCUMENT
from services.complaints.partners.store import DocumentStore
from services.complaints.repository import PREFIX as CASE
from services.complaints.repository import CaseStore
from services.complaints.reviewers.store import PREFIX as REVIEWER
from services.complaints.reviewers.store import ReviewerStore
from services.complaints.work.store import PREFIX as WORK
from services.complaints.work.store import WorkStore
from shared.messaging.handling import Store
from shared.messaging.keyring import Keyring


class Stores:
    """Cases and whatever refers to them: the first are saved first."""

    def __init__(self, cases: CaseStore, keyring: Keyring) -> None:
        self._stores: Mapping[str, Store[Any]] = {
            CASE: cases,
            REVIEWER: ReviewerStore(keyring),
            DISCLOSURE: DisclosureStore(),
            WORK: WorkStore(),
            SECOND_REVIEW: SecondReviewStore(),
            DOCUMENT: DocumentStore(),
            INTAKE: IntakeStore(keyring, IntakeSettings()),
            OUTAGE: OutageStore(),
        }

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Any]:
        """Those that exist, of every kind; raises ValueError for a key of no kind."""
        unknown = [key for key in keys if not key.startswith(tuple(self._stores))]
        if unknown:
            raise ValueError("an aggregate of no kind there is")
        found: dict[str, Any] = {}
        for prefix, store in self._stores.items():
            found |= await store.load(conn, [key for key in keys if key.startswith(prefix)])
        return found

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Any], now: dt.datetime) -> None:
        """Each kind by its store."""
        for prefix, store in self._stores.items():
            own = {key: value for key, value in changed.items() if key.startswith(prefix)}
            if own:
                await store.save(conn, own, now)
