"""Claims and what is drawn from them for payment review, in the database, set-wise."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg
import orjson

from services.complaints.domain.payment import sampling
from services.complaints.domain.payment.claims import Billed, ClaimFamily, ClaimKey, ClaimVersion
from services.complaints.domain.payment.sampling import Period, Review, SamplingPlan, Selected, Unweighed
from services.complaints.domain.payment.weights import DrgWeights

# A version of a higher number replaces what stands; what versions were billed with is merged, the first told holds.
_KEEP: Final = """
    INSERT INTO claim_candidate AS held
        (beneficiary, claim, version, cancelled, provider, admission, discharge, status, frequency, drg, paid, billed)
    SELECT beneficiary, claim, version, cancelled, provider, admission, discharge, status, frequency, drg, paid,
           billed::jsonb
    FROM unnest($1::bytea[], $2::bytea[], $3::bigint[], $4::boolean[], $5::text[], $6::date[], $7::date[], $8::text[],
                $9::text[], $10::text[], $11::bigint[], $12::text[])
        AS s (beneficiary, claim, version, cancelled, provider, admission, discharge, status, frequency, drg, paid,
              billed)
    ON CONFLICT (beneficiary, claim) DO UPDATE SET
        (version, cancelled, provider, admission, discharge, status, frequency, drg, paid) =
        (SELECT v.version, v.cancelled, v.provider, v.admission, v.discharge, v.status, v.frequency, v.drg, v.paid
         FROM (VALUES
            (held.version, held.cancelled, held.provider, held.admission, held.discharge, held.status, held.frequency,
             held.drg, held.paid, 0),
            (excluded.version, excluded.cancelled, excluded.provider, excluded.admission, excluded.discharge,
             excluded.status, excluded.frequency, excluded.drg, excluded.paid, 1)
         ) AS v (version, cancelled, provider, admission, discharge, status, frequency, drg, paid, told)
         ORDER BY v.version DESC, v.told LIMIT 1),
        billed = excluded.billed || held.billed
    WHERE excluded.version > held.version OR (excluded.billed || held.billed) <> held.billed
"""
_CANDIDATES: Final = """
    SELECT beneficiary, claim, version, cancelled, provider, admission, discharge, status, frequency, drg, paid,
           billed::text
    FROM claim_candidate
    WHERE NOT cancelled AND (discharge - admission < 2 OR version > 1) AND discharge BETWEEN $1 AND $2
    ORDER BY beneficiary, claim
"""
_EARLIER: Final = """
    SELECT beneficiary, claim, review, version, provider, service_ended, period_first, period_last
    FROM selection
    WHERE (period_first, period_last) = ($1, $2)
       OR (beneficiary, claim) IN (SELECT * FROM unnest($3::bytea[], $4::bytea[]))
    ORDER BY beneficiary, claim
"""
_SELECT: Final = """
    INSERT INTO selection
        (beneficiary, claim, review, version, provider, period_first, period_last, service_ended, selected_at)
    SELECT beneficiary, claim, review, version, provider, $6, $7, service_ended, $9
    FROM unnest($1::bytea[], $2::bytea[], $3::text[], $4::bigint[], $5::text[], $8::date[])
        AS s (beneficiary, claim, review, version, provider, service_ended)
    ORDER BY beneficiary, claim
    ON CONFLICT DO NOTHING
"""
_OPENED: Final = """
    UPDATE selection AS s SET case_id = o.case_id
    FROM unnest($1::bytea[], $2::bytea[], $3::uuid[]) AS o (beneficiary, claim, case_id)
    WHERE (s.beneficiary, s.claim) = (o.beneficiary, o.claim) AND s.case_id IS NULL
"""
_FORGET: Final = """
    DELETE FROM claim_candidate WHERE (beneficiary, claim) IN (
        SELECT beneficiary, claim FROM claim_candidate WHERE discharge < $1 ORDER BY discharge LIMIT $2)
"""
_EXPIRED: Final = """
    DELETE FROM selection WHERE (beneficiary, claim) IN (
        SELECT beneficiary, claim FROM selection WHERE service_ended < $1 ORDER BY service_ended LIMIT $2)
"""


class Drawn(NamedTuple):
    """A draw: what was selected, and resubmitted claims of which no weight says whether they weigh more."""

    selected: tuple[Selected, ...]
    unweighed: tuple[Unweighed, ...]


async def keep_claims(conn: asyncpg.Connection, families: Iterable[ClaimFamily]) -> None:
    """Merge these claims into what is held, in key order; repeated or older versions change nothing that stands."""
    rows = [_row(family) for family in sorted(families, key=lambda family: family.current.key)]
    if rows:
        await conn.execute(_KEEP, *map(list, zip(*rows, strict=True)))


async def draw_period(
    conn: asyncpg.Connection,
    period: Period,
    plans: Mapping[Review, SamplingPlan],
    weights: DrgWeights,
    now: dt.datetime,
) -> Drawn:
    """Draw from the claims discharged in the period and keep the selection; repeated, it adds what came since.

    One caller at a time (a leader): two at once would each fill a hospital's maximum.
    """
    families = [_family(row) for row in await conn.fetch(_CANDIDATES, *period)]
    weighed = [found for family in families if (found := sampling.higher_weighted(family, weights)) is not None]
    candidates = [found for family in families if (found := sampling.short_stay(family)) is not None]
    candidates += [found for found in weighed if not isinstance(found, Unweighed)]
    earlier = await selected(conn, period, [family.current.key for family in families])
    drawn = sampling.draw(candidates, earlier, period, plans)
    if drawn:
        rows = [(*_bytes(s.key), s.review, s.version, s.provider, s.service_ended) for s in drawn]
        beneficiaries, claims, reviews, versions, providers, ended = map(list, zip(*rows, strict=True))
        await conn.execute(_SELECT, beneficiaries, claims, reviews, versions, providers, *period, ended, now)
    return Drawn(drawn, tuple(found for found in weighed if isinstance(found, Unweighed)))


async def selected(conn: asyncpg.Connection, period: Period, keys: Sequence[ClaimKey] = ()) -> list[Selected]:
    """What was selected for a period, and of these claims for any."""
    pairs = [_bytes(key) for key in keys]
    rows = await conn.fetch(_EARLIER, *period, [pair[0] for pair in pairs], [pair[1] for pair in pairs])
    return [
        Selected(
            Review(row["review"]),
            ClaimKey(row["beneficiary"].hex(), row["claim"].hex()),
            row["version"],
            row["provider"],
            row["service_ended"],
            Period(row["period_first"], row["period_last"]),
        )
        for row in rows
    ]


async def opened(conn: asyncpg.Connection, cases: Mapping[ClaimKey, UUID]) -> None:
    """Note the cases opened for selections; a selection keeps the first case it is given."""
    pairs = [(*_bytes(key), case_id) for key, case_id in sorted(cases.items())]
    if pairs:
        await conn.execute(_OPENED, *map(list, zip(*pairs, strict=True)))


async def forget_claims(conn: asyncpg.Connection, discharged_before: dt.date, limit: int) -> int:
    """Delete the oldest claims nobody may review any more (42 CFR 476.96); the number deleted."""
    return _count(await conn.execute(_FORGET, discharged_before, limit))


async def forget_selections(conn: asyncpg.Connection, service_ended_before: dt.date, limit: int) -> int:
    """Delete the oldest selections past retention (six years, 42 CFR 476.94(e)); the number deleted."""
    return _count(await conn.execute(_EXPIRED, service_ended_before, limit))


def _row(family: ClaimFamily) -> tuple[Any, ...]:
    claim = family.current
    return (
        *_bytes(claim.key),
        claim.version,
        claim.cancelled,
        claim.provider,
        claim.admission,
        claim.discharge,
        claim.status,
        claim.frequency,
        claim.drg,
        claim.paid,
        orjson.dumps({str(version): tuple(billed) for version, billed in family.billed.items()}).decode(),
    )


def _family(row: Any) -> ClaimFamily:
    beneficiary, claim, *facts, billed = row
    current = ClaimVersion(ClaimKey(beneficiary.hex(), claim.hex()), *facts)
    return ClaimFamily(current, {int(version): Billed(*pair) for version, pair in orjson.loads(billed).items()})


def _bytes(key: ClaimKey) -> tuple[bytes, bytes]:
    return bytes.fromhex(key.beneficiary), bytes.fromhex(key.claim)


def _count(status: str) -> int:
    return int(status.rpartition(" ")[2])
