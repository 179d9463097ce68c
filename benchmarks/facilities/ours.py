"""The project: facts through the service's handlers, figures ranked by its methods, charts read and laid out."""

import datetime as dt
from collections.abc import AsyncIterator, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Final

import asyncpg

from benchmarks.facilities.rows import NOW, QUARTER
from services.measures.charting import THREE_YEARS
from services.measures.domain.kinds import MEASURES
from services.measures.domain.methods import shrinkage, stars, tap
from services.measures.domain.methods.shrinkage import Belief, Unit
from services.measures.domain.methods.sir import Infections
from services.measures.domain.methods.stars import Ratings
from services.measures.domain.methods.tap import Location
from services.measures.domain.panel.counted import MILLION
from services.measures.handlers.panels import subscriptions
from services.measures.pictures import control
from services.measures.pictures.told import About, Better
from services.measures.repository import charts, figures
from shared.messaging import outbox
from shared.messaging.handling import FeedItem, FeedSubscription

PAGE: Final = 1000
_PRIOR: Final = 20.0  # events that the mean of all is worth, as `qio measures gaps` has it


def feed(topic: str) -> FeedSubscription:
    """The service's handler of a topic."""
    return next(one for one in subscriptions(THREE_YEARS) if one.topic == topic)


def batches(items: Iterator[FeedItem], feed: FeedSubscription) -> Iterator[Sequence[FeedItem]]:
    """As many at once as the handler takes."""
    while batch := list(islice(items, feed.max_records)):
        yield batch


async def update(conn: asyncpg.Connection, items: Sequence[FeedItem], feed: FeedSubscription) -> None:
    """Apply facts and write the events that follow, in one transaction."""
    async with conn.transaction():
        await outbox.append(conn, await feed.handle(conn, items, NOW), now=NOW)


async def by_infections(conn: asyncpg.Connection, measure: str) -> int:
    """Hospitals by what they have to prevent; how many."""
    found = [
        Location(unit, "", Infections(numerator, Fraction(denominator, MILLION)))
        async for unit, numerator, denominator in _figures(conn, measure)
    ]
    return len(tap.facilities(found, Fraction(1, 2)))


async def by_gaps(conn: asyncpg.Connection, measure: str) -> int:
    """Homes by preventable events, rates drawn towards the mean of all; how many."""
    found = [Unit(unit, numerator, float(of)) async for unit, numerator, of in _figures(conn, measure) if of]
    mean = sum(one.events for one in found) / sum(one.exposure for one in found)
    return len(shrinkage.gaps(found, Belief(mean, _PRIOR, mean / 2)))


def by_stars(units: Sequence[str]) -> int:
    """Homes by the stars of the day, made of three ratings each; how many."""
    day = dt.date(2015, 9, 1)
    rated = [
        (stars.overall(Ratings(at % 5 + 1, at // 5 % 5 + 1, at // 25 % 5 + 1), day), unit)
        for at, unit in enumerate(units)
    ]
    return len(sorted(rated))


async def laid_out(conn: asyncpg.Connection, measure: str) -> int:
    """Charts of a measure, read in portions and laid out as they are drawn; how many."""
    defined, count = MEASURES[measure], 0
    while found := await charts.of_measure(conn, measure, None, PAGE, count):
        for whose, state in found.items():
            about = About(
                subject=whose.unit,
                measure=defined.title,
                axis="percent",
                better=Better.LOWER,
                source="generated",
                as_of=NOW.date(),
                scale=Fraction(defined.scale),
            )
            control.chart(state, about)
        count += len(found)
    return count


async def _figures(conn: asyncpg.Connection, measure: str) -> AsyncIterator[tuple[str, int, int]]:
    """Unit, numerator and denominator of the figures of the quarter, page by page."""
    offset = 0
    while rows := await figures.of_measure(conn, measure, None, QUARTER, PAGE, offset):
        for row in rows:
            yield row["unit"], row["numerator"], row["denominator"]
        offset += len(rows)
