"""Spending avoided against the baseline, of one unit, with its uncertainty: the sample is the unit's areas."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Final

import asyncpg
import msgspec
from pydantic import BaseModel

from services.measures.domain import evaluation, periods
from services.measures.domain import spending as domain
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.components import named
from services.measures.domain.evaluation import PARTS
from services.measures.domain.spending import NOBODY, Avoided, Paid
from services.measures.domain.spread import Amounts
from services.measures.reads import contributions, figures
from services.measures.reads.asking import Place
from services.measures.reads.figures import Months, Scene

PAYMENTS: Final = BY_ID["payments-per-beneficiary"]
_ROWS: Final = """
    SELECT unit, month, total FROM rollup
    WHERE unit_type = 'area' AND month = ANY($1::integer[]) AND ($2::text[] IS NULL OR unit = ANY($2::text[]))
"""
_total: Final = msgspec.msgpack.Decoder(Amounts).decode


class SpendingView(BaseModel):
    """What the people of ``period`` would have cost at the baseline's payments, less what they did, in whole cents;
    below 0 it is spending in addition. No limits from fewer than two areas. Payments are as paid, prices and the mix
    of people not adjusted for. ``reason`` says why there is no such figure."""

    baseline_period: str
    period: str | None
    avoided_cents: int | None
    low_cents: int | None
    high_cents: int | None
    areas: int
    reason: str | None


async def avoided(
    conn: asyncpg.Connection, place: Place, compared: tuple[str, str | None], months: Months, scene: Scene
) -> SpendingView:
    """By area of residence; ``compared`` are the baseline and the four quarters beside it."""
    baseline, period = compared
    if period is None:
        return _none(compared, "no four quarters after the baseline are known whole")
    for one in (baseline, period):
        reason = figures.figure(PAYMENTS, one, months, scene).counted.reason
        if reason is not None:
            return _none(compared, f"{one}: {reason}")
    belongs, areas = await contributions.within(conn, place)
    before = await _paid(conn, baseline, belongs, areas)
    now = await _paid(conn, period, belongs, areas)
    found = domain.avoided(before, now)
    if found is None:
        return _none(compared, "nobody is in the denominator")
    return _view(compared, found, len(before.keys() | now.keys()))


async def _paid(
    conn: asyncpg.Connection, period: str, belongs: contributions.Within, areas: Collection[str] | None
) -> Mapping[str, Paid]:
    """Payments and person-time of a period by area; read as a stream, a nation has a million rows."""
    found: dict[str, Paid] = {}
    wanted = (list(periods.months_of(period)), list(areas) if areas is not None else None)
    async for unit, month, total in conn.cursor(_ROWS, *wanted, prefetch=1000):
        if belongs(unit, month):
            amounts = named(_total(total))
            one = evaluation.count(PAYMENTS, [(periods.quarter_of(month), amounts)], lambda _: True)
            known = found.get(unit, NOBODY)
            time = known.person_time + Fraction(one.person_time, PARTS)
            found[unit] = Paid(known.cents + one.numerator, time)
    return found


def _view(compared: tuple[str, str | None], found: Avoided, areas: int) -> SpendingView:
    low, high = (None if limit is None else round(limit) for limit in (found.interval.low, found.interval.high))
    return SpendingView(
        baseline_period=compared[0],
        period=compared[1],
        avoided_cents=round(found.cents),
        low_cents=low,
        high_cents=high,
        areas=areas,
        reason=None,
    )


def _none(compared: tuple[str, str | None], reason: str) -> SpendingView:
    return SpendingView(
        baseline_period=compared[0],
        period=compared[1],
        avoided_cents=None,
        low_cents=None,
        high_cents=None,
        areas=0,
        reason=reason,
    )
