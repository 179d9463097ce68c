"""What is asked for: measure, unit, period and stratum, each checked with one reason that names it and its rule."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Final

import asyncpg
from fastapi import Query

from services.measures.domain import periods, spread, strata
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.definitions import Definition
from services.measures.domain.goals import Goal
from services.measures.domain.periods import Kind
from services.measures.repository import declared
from shared.contracts.declared import LOCAL
from shared.runtime.access import Problem

UNIT_RULES: Final = {
    spread.AREA: "an area is a ZIP code zip:44130 or a county ssa:36170",
    spread.COMMUNITY: "a community is its id in `qio community list`",
    spread.STATE: "a state is its postal code",
    spread.REGION: "a region is the name of its QIN-QIO",
    spread.NATION: "the nation is US",
    spread.HOSPITAL: "a hospital is its CCN",
}
FLAGS: Final = tuple(flag.name.lower() for flag in strata.Flag if flag.name)
PRINTABLE: Final = r"^[^\x00-\x1f]*$"
_KNOWN: Final = "SELECT EXISTS (SELECT FROM rollup WHERE unit_type = $1 AND unit = $2)"
_COMMUNITY: Final = "SELECT version, published FROM community WHERE id = $1"

Measure = Annotated[str, Query(max_length=100, description="id of a measure")]
UnitType = Annotated[str, Query(max_length=20, description=f"one of {', '.join(UNIT_RULES)}")]
Unit = Annotated[str, Query(max_length=200, pattern=PRINTABLE, description="id of a unit of this type")]
Period = Annotated[str, Query(max_length=10, description="2018-03, 2018Q1 or 2018Q1R4")]
Stratum = Annotated[str, Query(max_length=200, description="all, or flags such as chronic_2+polypharmacy")]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit there is; ``version`` is the definition of a community its numbers rest on, 1 for others."""

    unit_type: str
    unit: str
    version: int


def measure_named(measure: str, unit_type: str | None = None) -> Definition:
    """The definition of a measure; Problem where there is none, or none for units of this type."""
    found = BY_ID.get(measure)
    if found is None:
        raise _refused(404, "measure", "there is no such measure; `qio measures list` names them")
    if unit_type == spread.HOSPITAL and not found.of_hospitals:
        raise _refused(422, "measure", "this measure is of the people of an area, not of a hospital")
    return found


async def measure_of(conn: asyncpg.Connection, measure: str, unit_type: str, unit: str) -> Definition:
    """The same, where measures that a community declared are found as well, for that community alone."""
    own = await declared.one(conn, measure) if measure.startswith(LOCAL) else None
    if own is None:
        return measure_named(measure, unit_type)
    if (unit_type, unit) != (spread.COMMUNITY, own.community):
        raise _refused(422, "measure", f"this measure is declared for the community {own.community} alone")
    return own.definition


def period_written(period: str, *, rolling_only: bool = False) -> str:
    """The period; Problem for text that is none, and where only four quarters will do for any other."""
    try:
        kind = periods.kind_of(period)
        periods.begin(period)
        periods.end(period)
    except ValueError:
        rule = "a month is written 2018-03, a quarter 2018Q1, the four quarters that end with it 2018Q1R4"
        raise _refused(422, "period", rule) from None
    if not rolling_only or kind is Kind.ROLLING:
        return period
    raise _refused(422, "period", "goals are about four quarters, written by their last one, 2018Q1R4")


def stratum_named(stratum: str) -> str:
    """The stratum; Problem for a name that is none."""
    try:
        strata.contains(stratum, 0)
    except ValueError:
        rule = f"a stratum is all, or joins {', '.join(FLAGS)} with +, not- before one that must not hold"
        raise _refused(422, "stratum", rule) from None
    return stratum


def unit_type_named(unit_type: str) -> str:
    """The type of unit; Problem for a name that is none."""
    if unit_type not in UNIT_RULES:
        raise _refused(422, "unit_type", f"a unit is one of {', '.join(UNIT_RULES)}")
    return unit_type


def goal_found(wanted: Collection[Goal], goals: Collection[Goal]) -> None:
    """Problem where none of the goals is meant."""
    if not wanted:
        raise _refused(404, "goal", f"there is no such goal; there are {', '.join(goal.id for goal in goals)}")


async def place(conn: asyncpg.Connection, unit_type: str, unit: str) -> Place:
    """The unit; Problem where nothing is known of it, or a community's numbers are still to be made."""
    if unit_type != spread.COMMUNITY:
        if not await conn.fetchval(_KNOWN, unit_type, unit):
            raise _refused(404, "unit", f"there are no numbers of such a unit; {UNIT_RULES[unit_type]}")
        return Place(unit_type, unit, 1)
    row = await conn.fetchrow(_COMMUNITY, unit)
    if row is None:
        raise _refused(404, "unit", f"there is no such unit; {UNIT_RULES[unit_type]}")
    if not row["published"]:
        raise _refused(409, "unit", "the numbers of this community are being made; ask again in a moment")
    return Place(unit_type, unit, row["published"])


def _refused(status: int, field: str, rule: str) -> Problem:
    code = {404: "unknown", 409: "not-ready", 422: "invalid"}[status]
    title = f"{field}: {rule}."
    return Problem(status, f"{code}-{field.replace('_', '-')}", title, paths=(f"query.{field}",))
