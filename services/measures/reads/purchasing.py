"""Answers /facilities/purchasing: a hospital in Medicare's payment programs in a fiscal year."""

import datetime as dt
from fractions import Fraction
from typing import Annotated, Final

import asyncpg
import msgspec
from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.measures.domain import purchasing
from services.measures.domain.methods.standards import Standard
from services.measures.domain.panel.member import Member
from services.measures.domain.purchasing import Purchasing, Readmitted, Scored
from services.measures.domain.rates import decimal
from services.measures.domain.scores.kind import SCORES
from services.measures.reads import loading
from services.measures.reads.who import Inside
from services.measures.repository import panels
from shared.runtime.access import Problem
from shared.runtime.service import Context

_YEARS: Final = "SELECT member FROM panel_member WHERE kind = $1 AND unit = $2 ORDER BY member"
_NOT_SCORES: Final = ("ccn", "fiscal_year", "version", "action")


class ScoredView(BaseModel):
    """A measure of value-based purchasing. ``achievement``, ``improvement`` and ``score`` are as CMS published them;
    ``computed_`` by 42 CFR 412.165 from threshold, benchmark, baseline and performance; ``agrees``: the scores do."""

    measure: str
    threshold: str | None
    benchmark: str | None
    baseline: str | None
    performance: str | None
    achievement: int | None
    improvement: int | None
    score: int | None
    computed_achievement: int | None
    computed_improvement: int | None
    computed_score: int | None
    agrees: bool | None
    missing: str | None


class ReadmittedView(BaseModel):
    """A condition of the readmissions program: rates in percent, the ratio as published and of the rates; above 1
    there are more readmissions than expected. ``first`` and ``last`` bound the discharges it is made of."""

    condition: str
    first: dt.date | None
    last: dt.date | None
    discharges: int | None
    readmissions: int | None
    predicted: str | None
    expected: str | None
    ratio: str | None
    computed_ratio: str | None
    excess: bool | None
    missing: str | None


class PurchasingView(BaseModel):
    """``pays_from`` and ``pays_to`` bound the discharges whose payment the scores change. ``harm`` are the scores of
    hospital-acquired conditions, ``total`` the performance scores of domains, not weighted, and of all; None where
    nothing was told. ``missing`` names what was not told and why; nothing that is missing counts as 0."""

    ccn: str
    fiscal_year: int
    known_years: list[int]
    pays_from: dt.date
    pays_to: dt.date
    measures: list[ScoredView]
    readmissions: list[ReadmittedView]
    harm: dict[str, str | bool | None] | None
    total: dict[str, str | None] | None
    missing: list[str]


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/facilities/purchasing")
    async def show(
        _: Inside,
        ccn: Annotated[str, Query(pattern=r"^[0-9A-Z]{6}$", description="CMS Certification Number")],
        fiscal_year: Annotated[int, Query(ge=2011, le=2100, description="federal fiscal year of payment")],
    ) -> PurchasingView:
        """Points, ratios and scores of the fiscal year, of those versions that hold."""
        async with loading.snapshot(context.pool) as conn:
            return await found(conn, ccn, fiscal_year)

    return routes


async def found(conn: asyncpg.Connection, ccn: str, fiscal_year: int) -> PurchasingView:
    """The view; Problem for a hospital of which no program ever told anything."""
    years = [int(row["member"]) for row in await conn.fetch(_YEARS, SCORES.name, ccn)]
    if not years:
        rule = "ccn: no payment program told anything of such a hospital; load their files with `qio feed`."
        raise Problem(404, "unknown-ccn", rule, paths=("query.ccn",))
    bodies = await panels.members(conn, SCORES.name, [(ccn, str(fiscal_year))])
    facts = [fact for body in bodies.values() for fact in Member(SCORES, body).facts()]
    return _view(ccn, years, purchasing.view(facts, fiscal_year))


def _view(ccn: str, years: list[int], of: Purchasing) -> PurchasingView:
    return PurchasingView(
        ccn=ccn,
        fiscal_year=of.fiscal_year,
        known_years=years,
        pays_from=of.pays_from,
        pays_to=of.pays_to,
        measures=[_scored(one) for one in of.measures],
        readmissions=[_readmitted(one) for one in of.readmissions],
        harm=_scores(of.harm),
        total=_scores(of.total),
        missing=list(of.missing),
    )


def _scored(one: Scored) -> ScoredView:
    told, computed = one.told, one.computed
    return ScoredView(
        measure=one.measure,
        **_levels(one.standard),
        baseline=told.baseline if told else None,
        performance=told.performance if told else None,
        achievement=told.achievement if told else None,
        improvement=told.improvement if told else None,
        score=told.score if told else None,
        computed_achievement=computed.achievement if computed else None,
        computed_improvement=computed.improvement if computed else None,
        computed_score=computed.score if computed else None,
        agrees=one.agrees,
        missing=one.missing,
    )


def _levels(by: Standard | None) -> dict[str, str | None]:
    """Threshold and benchmark, exact: published levels have up to six places."""
    return {
        "threshold": None if by is None else _exact(by.threshold),
        "benchmark": None if by is None else _exact(by.benchmark),
    }


def _exact(level: Fraction) -> str:
    return f"{float(level):.12f}".rstrip("0").rstrip(".")


def _readmitted(one: Readmitted) -> ReadmittedView:
    told, computed = one.told, one.computed
    return ReadmittedView(
        condition=one.condition,
        first=told.first if told else None,
        last=told.last if told else None,
        discharges=told.discharges if told else None,
        readmissions=told.readmissions if told else None,
        predicted=told.predicted if told else None,
        expected=told.expected if told else None,
        ratio=told.ratio if told else None,
        computed_ratio=decimal(computed.excess_ratio) if computed else None,
        excess=computed.is_excess if computed else None,
        missing=one.missing,
    )


def _scores(fact: msgspec.Struct | None) -> dict[str, str | bool | None] | None:
    """The scores of a fact by name."""
    if fact is None:
        return None
    return {name: value for name, value in msgspec.structs.asdict(fact).items() if name not in _NOT_SCORES}
