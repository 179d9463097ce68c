"""What a head keeps of years and records is little, never too narrow, and readable in the form of before."""

import datetime as dt
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.measures.domain.days import new_year, year_of
from services.measures.domain.head import Head
from services.measures.domain.influence import FOLLOW_UP_DAYS
from services.measures.domain.scope import Links
from services.measures.domain.stored_heads import decode_head
from services.measures.domain.summary import Summary, summarize
from services.measures.domain.timeline import CareService, Claim, Fill, decode_chunk, encode
from services.measures.domain.values import NO_VALUE_SETS
from tests.measures import independent
from tests.measures.histories import histories
from tests.measures.memory import MemoryEngine
from tests.measures.records import enrolment, inpatient, ref
from tests.measures.value_sets import VALUES

TODAY = dt.date(2019, 6, 1)
ANY_SIZE = [HealthCheck.too_slow, HealthCheck.data_too_large]
Days = dict[int, Summary]


def test_thirty_years_of_two_stays_are_less_than_four_hundred_bytes() -> None:
    engine = MemoryEngine(VALUES, TODAY)
    for year in range(1990, 2020):
        stays = [
            inpatient("A", f"{year} {month}", f"{year}-{month}-27", f"{year}-{month}-28") for month in ("05", "12")
        ]
        engine.feed([enrolment("A", year), *stays])
    assert len(engine.heads[ref("A")]) < 400


def a_year(rng: Random, year: int) -> Summary:
    """Days of claims near the borders that matter, and of records that reach further than they."""
    begin = new_year(year)
    if rng.random() < 0.2:
        return Summary()
    lead = begin + rng.choice((0, 1, 59, 60, 61, 200, -400))
    first = begin + rng.choice((0, 1, 30, 31, 222, 253, 254, 255, 300, 364))
    reach = first + rng.choice((0, 1, 30, 300, 333, 334, 335, 366, 587, 588, 900, 1200))
    reach = rng.choice((reach, new_year(year + 1) - rng.choice((30, 31, 32, 33))))
    if reach < first or rng.random() < 0.3:
        return Summary(lead=lead, tail=max(lead, begin) + rng.choice((0, 1, 400, 900)))
    lead, tail = min(lead, first - 60), max(reach + FOLLOW_UP_DAYS + 1, begin + rng.choice((0, 500)))
    return Summary(first, reach, lead, tail)


def chained_by_days(years: Days, before: Days) -> list[set[int]]:
    """Groups of years such that follow-up of all until one ends before the first stay of the next begins."""
    groups: list[set[int]] = []
    end = 0
    for year in sorted(years):
        both = [known for known in (years[year], before.get(year)) if known is not None and known.first]
        if both:
            if not groups or end < min(known.first for known in both):
                groups.append(set())
            groups[-1].add(year)
            end = max([end, *(known.reach + FOLLOW_UP_DAYS + 1 for known in both)])
    return groups


def is_loose(known: Summary, year: int) -> bool:
    """Whether a byte cannot tell how far the stays reach, so that a chain may be seen where none is."""
    return known.reach + FOLLOW_UP_DAYS + 2 - new_year(year + 1) >= 255


@settings(max_examples=600, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_years_are_linked_where_their_days_are(seed: int) -> None:
    """Never too narrow; and exactly, unless a stay lasts most of the next year."""
    rng = Random(seed)
    years = {year: a_year(rng, year) for year in rng.sample(range(2000, 2012), rng.randint(1, 10))}
    changed = rng.sample(sorted(years), rng.randint(1, min(2, len(years))))
    before = {year: a_year(rng, year) for year in changed if rng.random() < 0.7}
    head = Head()
    for year, known in (years | before).items():
        if year in before or year not in changed:
            head.learn(year, known)
    links = Links(head, changed)
    for year in changed:
        head.learn(year, years[year])
    groups = chained_by_days(years, before)
    affected = set(rng.sample(sorted(years), 1))
    chained = affected.union(*(group for group in groups if group & affected))
    reaching = {
        year
        for year, known in years.items()
        if known.tail and any(year_of(known.lead) <= each <= year_of(known.tail) for each in affected)
    } | affected
    needed = reaching.union(*(group for group in groups if group & reaching))
    if any(is_loose(known, year) for days in (years, before) for year, known in days.items()):
        assert links.chained(affected) >= chained
        assert links.needed(affected) >= needed
    else:
        assert (links.chained(affected), links.needed(affected)) == (chained, needed)


def test_a_record_is_found_in_its_year_wherever_it_went() -> None:
    rng = Random(5)
    head, where = Head(), {}
    for number in range(300):
        where[rng.randbytes(16)] = 1990 + number % 40
    for name, year in where.items():
        head.learn(year, Summary())
        head.meet(name, year)
    for name, year in list(where.items())[::3]:
        where[name] = rng.choice(head.years)
        head.move(name, year, where[name])
    assert all(year in head.may_hold(name) for name, year in where.items())
    assert all(head.may_know(name) for name in where)
    assert sum(len(head.may_hold(name)) for name in where) == len(where)
    assert not any(head.may_hold(rng.randbytes(16)) for _ in range(300))
    assert sum(head.counts()) == len(where)


def test_bytes_across_two_records_are_no_record() -> None:
    """The lowest byte of 1990 is C6."""
    one, other, across = (bytes.fromhex(text).ljust(16, b"\0") for text in ("010203", "c60000", "0203c6"))
    head = Head()
    for year in (1990, 1991):
        head.learn(year, Summary())
    head.meet(one, 1990)
    assert head.may_hold(across) == set()
    head.meet(other, 1990)
    assert head.may_hold(across) == set()
    head.meet(across, 1990)
    head.move(across, 1990, 1991)
    assert [head.may_hold(name) for name in (one, other, across)] == [{1990}, {1990}, {1991}]


@given(st.lists(st.tuples(st.integers(2000, 2006), st.sampled_from((0, 700_000, 700_001))), min_size=1))
def test_the_day_of_birth_is_that_of_the_latest_year_that_tells_one(told: list[tuple[int, int]]) -> None:
    head, births = Head(), {}
    for year, birth in told:
        head.learn(year, Summary(birth=birth))
        births[year] = birth
    telling = [year for year, birth in births.items() if birth]
    assert head.born == (births[max(telling)] if telling else 0)


@pytest.mark.parametrize("order", [(1998, 2005, 2001), (2005, 1998, 2001), (2001, 2005, 1998)])
def test_years_between_those_known_are_none(order: tuple[int, ...]) -> None:
    head = Head()
    for year in order:
        head.learn(year, Summary(coverage=((new_year(year), new_year(year + 1) - 1),)))
    assert head.years == [1998, 2001, 2005]
    assert [year for year in range(1990, 2010) if year in head] == head.years
    assert [year for year in range(1990, 2010) if head.coverage(year)] == head.years


def in_the_first_form(engine: MemoryEngine, person: str) -> bytes:
    """The person's head as it was stored before it kept three bytes a year."""
    head = decode_head(engine.heads[person])
    years: dict[int, Any] = {}
    for year in head.years:
        chunk = decode_chunk(engine.chunks[person, year])
        known = summarize(chunk, head.death, engine.values, engine.today)
        records: list[Claim | Fill | CareService] = [*chunk.claims, *chunk.fills, *chunk.services]
        inpatients = sum(claim.setting == 0 for claim in chunk.claims)
        counts = (inpatients, len(records) - inpatients, int(chunk.enrolment is not None))
        days = (known.first, known.reach, known.lead, known.tail, known.death, known.birth)
        prints = b"".join(record.ref[:4] for record in records)
        years[year] = (prints, *days, known.coverage, known.evidence, counts, known.wake)
    return msgspec.msgpack.encode((years, head.release))


@settings(max_examples=100, deadline=None, suppress_health_check=ANY_SIZE)
@given(histories())
def test_a_head_of_the_first_form_goes_on_as_one_of_today(history: list[list[dict[str, Any]]]) -> None:
    engine = MemoryEngine(VALUES, TODAY)
    for batch in history[: len(history) // 2]:
        engine.feed(batch)
    for person, body in engine.heads.items():
        old = in_the_first_form(engine, person)
        assert decode_head(old).counts() == decode_head(body).counts()
        engine.heads[person] = old
    for batch in history[len(history) // 2 :]:
        engine.feed(batch)
    engine.pass_time(TODAY)
    records = [record for batch in history for record in batch]
    assert engine.cells() == independent.recompute(records, VALUES, TODAY)


def test_the_counts_of_a_head_are_those_of_its_chunks() -> None:
    told = [
        enrolment("A", 2018),
        inpatient("A", "c", "2018-03-01", "2018-03-04"),
        inpatient("A", "c", "2017-03-01", "2017-03-04", version=2, action="adjust"),
        inpatient("A", "c", "2017-03-01", "2017-03-04", version=3, action="cancel"),
        inpatient("A", "d", "2018-05-01", "2018-05-02"),
        enrolment("A", 2018, version=2),
    ]
    engine = MemoryEngine(VALUES, TODAY)
    for record in told:
        engine.feed([record])
    assert decode_head(engine.heads[ref("A")]).counts() == (2, 0, 1)


def test_a_beneficiary_just_met_has_an_empty_head() -> None:
    head = decode_head(b"")
    assert (head.years, head.death, head.born, head.wake, head.counts()) == ([], 0, 0, 0, (0, 0, 0))
    assert decode_head(encode(head)) == head
    assert summarize(decode_chunk(encode(())), 0, NO_VALUE_SETS, 0) == Summary()
