"""Loads and saves interviews; what callers said is sealed before it reaches the database."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from services.complaints.auditing import chain as audit
from services.complaints.domain.intake.draft import Contact, Draft, State
from services.complaints.domain.intake.place import responsible
from services.complaints.intake.settings import IntakeSettings
from shared.contracts.envelope import format_instant
from shared.contracts.intake import ContactKind, WhyAbandoned
from shared.messaging.keyring import Keyring

PREFIX = "intake:"
_LOAD = "SELECT * FROM intake WHERE intake_id = ANY($1::uuid[])"
_SAVE = """
    INSERT INTO intake AS i (intake_id, state, received_at, region, callback, case_id, why, changed_at, expires_at,
                             sealed, version)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::bytea[], $6::uuid[], $7::text[],
                         $8::timestamptz[], $9::timestamptz[], $10::bytea[], $11::bigint[])
    ON CONFLICT (intake_id) DO UPDATE
    SET state = excluded.state, received_at = excluded.received_at, region = excluded.region,
        callback = excluded.callback, case_id = excluded.case_id, why = excluded.why, changed_at = excluded.changed_at,
        expires_at = excluded.expires_at, sealed = excluded.sealed, version = excluded.version
    WHERE i.version = excluded.version - 1
"""


class StaleIntake(RuntimeError):  # noqa: N818 - the fact is the name
    """Another transaction changed an interview although its head was locked; nothing may be saved."""


def intake_key(intake_id: UUID) -> str:
    """The aggregate key of an interview."""
    return f"{PREFIX}{intake_id}"


def callback_digest(keyring: Keyring, number: str) -> bytes:
    """A keyed digest of a telephone number, however it is written; a leading 1 of the country is left out."""
    digits = re.sub(r"[^0-9]", "", number.split("x", maxsplit=1)[0])
    return keyring.reference("intake-callback", digits[1:] if len(digits) == 11 and digits[0] == "1" else digits)


class IntakeStore:
    """The pipeline's store of interviews, by ``intake:<id>``; heads are locked by the caller."""

    def __init__(self, keyring: Keyring, settings: IntakeSettings) -> None:
        self._keyring = keyring
        self._keep = settings.keep

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Draft]:
        """Those that exist; an erased one has no answers. Raises SealBroken for an altered or moved row."""
        ids = [UUID(key.removeprefix(PREFIX)) for key in keys]
        rows = await conn.fetch(_LOAD, ids) if ids else ()
        return {intake_key(row["intake_id"]): self._draft(row) for row in rows}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Draft], now: dt.datetime) -> None:
        """Write them with their audit lines; every change moves the expiry. Raises StaleIntake."""
        drafts = [changed[key] for key in sorted(changed)]
        rows = [self._row(draft, now) for draft in drafts]
        done = await conn.execute(_SAVE, *map(list, zip(*rows, strict=True)))
        if int(done.rsplit(" ", 1)[1]) != len(rows):
            raise StaleIntake("an interview was changed by someone else")
        await audit.append(conn, [audit.Line(draft.id, *entry) for draft in drafts for entry in draft.unsaved])

    def _row(self, draft: Draft, now: dt.datetime) -> tuple[Any, ...]:
        callback, qio = draft.answer("callback"), responsible(draft)
        return (
            draft.id,
            draft.state.value,
            draft.first_contact().at,
            qio.area if qio is not None else None,
            callback_digest(self._keyring, callback) if callback is not None else None,
            draft.case_id,
            draft.why.value if draft.why is not None else None,
            now,
            now + self._keep,
            self._keyring.encrypt(_sealed(draft), _place(draft.id)),
            draft.version + 1,
        )

    def _draft(self, row: Any) -> Draft:
        plain = orjson.loads(self._keyring.decrypt(row["sealed"], _place(row["intake_id"]))) if row["sealed"] else None
        contacts = plain["contacts"] if plain is not None else [[format_instant(row["received_at"]), "CALL_ANSWERED"]]
        return Draft(
            id=row["intake_id"],
            language=plain["language"] if plain is not None else "en",
            contacts=tuple(Contact(dt.datetime.fromisoformat(at), ContactKind(kind)) for at, kind in contacts),
            answers=plain["answers"] if plain is not None else {},
            state=State(row["state"]),
            case_id=row["case_id"],
            why=WhyAbandoned(row["why"]) if row["why"] is not None else None,
            expires_at=row["expires_at"],
            version=row["version"],
        )


def _sealed(draft: Draft) -> bytes:
    contacts = [[contact.at.isoformat(), contact.kind.value] for contact in draft.contacts]
    return orjson.dumps({"language": draft.language, "contacts": contacts, "answers": dict(draft.answers)})


def _place(intake_id: UUID) -> str:
    return f"intake:{intake_id}"
