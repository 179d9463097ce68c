"""What control charts showed before: versions of baselines that were replaced, and signals that were taken back."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import asyncpg
import msgspec

from services.measures.domain.methods.charts.state import (
    Baseline,
    BaselineFrozen,
    BaselineWithdrawn,
    Event,
    SignalRetracted,
)
from services.measures.repository.charts import Whose

MOST: Final = 100  # of a chart, the latest
Row = tuple[str, str, str, str, dt.datetime, bytes]
_SAVE: Final = """
    INSERT INTO chart_past (measure, unit_type, unit, what, ended_at, body)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::bytea[])
"""
_LOAD: Final = """
    SELECT p.* FROM unnest($1::text[], $2::text[], $3::text[]) AS w (measure, unit_type, unit)
    CROSS JOIN LATERAL (
        SELECT p.measure, p.unit_type, p.unit, p.what, p.body, p.id FROM chart_past p
        WHERE p.measure = w.measure AND p.unit_type = w.unit_type AND p.unit = w.unit ORDER BY p.id DESC LIMIT $4
    ) AS p ORDER BY p.id
"""
_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder().decode


def ended(whose: Whose, before: Baseline | None, events: Iterable[Event]) -> list[Row]:
    """What these events end of a chart whose baseline was ``before``."""
    found: list[Row] = []
    for event in events:
        match event:
            case BaselineFrozen(baseline=new) if before is not None:
                found.append((*whose, "baseline", new.frozen_at, _encode(_baseline(before, new.frozen_at))))
            case BaselineWithdrawn(at=at) if before is not None:
                found.append((*whose, "baseline", at, _encode(_baseline(before, at))))
            case SignalRetracted(at=at):
                found.append((*whose, "signal", at, _encode(_signal(event))))
            case _:
                pass
    return found


async def save(conn: asyncpg.Connection, rows: Sequence[Row]) -> None:
    """Keep what ended, in order."""
    if rows:
        await conn.execute(_SAVE, *map(list, zip(*rows, strict=True)))


async def load(conn: asyncpg.Connection, wanted: Collection[Whose]) -> dict[Whose, dict[str, list[dict[str, Any]]]]:
    """By chart, the earlier baselines and the signals taken back, the latest at the end."""
    found: dict[Whose, dict[str, list[dict[str, Any]]]] = {}
    for row in await conn.fetch(_LOAD, *map(list, zip(*wanted, strict=True)), MOST) if wanted else ():
        whose = Whose(row["measure"], row["unit_type"], row["unit"])
        found.setdefault(whose, {"baseline": [], "signal": []})[row["what"]].append(_decode(row["body"]))
    return found


def _baseline(one: Baseline, until: dt.datetime) -> dict[str, Any]:
    return {
        "version": one.version,
        "first": one.first,
        "last": one.last,
        "chart": one.centre.kind.value,
        "centre": str(one.centre.value),
        "spread": str(one.centre.spread),
        "frozen_at": one.frozen_at,
        "until": until,
    }


def _signal(event: SignalRetracted) -> dict[str, Any]:
    signal = event.signal
    return {
        "period": signal.period,
        "rule": signal.rule.value,
        "side": signal.side.value,
        "revision": signal.revision,
        "version": signal.version,
        "raised_at": signal.raised_at,
        "retracted_at": event.at,
        "because": event.because.value,
    }
