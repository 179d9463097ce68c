"""Random lives are counted as a recomputation day by day counts them, in any order, however often they are told."""

import datetime as dt
from collections import Counter
from random import Random

from hypothesis import given, settings

from services.measures.domain.panel.member import Member
from services.measures.domain.residents.count import count
from services.measures.domain.residents.kind import RESIDENTS
from services.measures.domain.residents.outcomes import OUTCOMES
from tests.measures.residents.independent import next_change, recompute
from tests.measures.residents.lives import a_day, a_turn, life, seeds
from tests.measures.residents.records import decoded, in_force

LATE = dt.date(2020, 12, 31)


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_every_quarter_is_what_the_recomputation_finds(seed: int) -> None:
    records = life(seed)
    for today in (a_turn(Random(seed), records), LATE):
        assert count(in_force(records), today).amounts == recompute(records, today)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_it_wakes_on_the_very_day_on_which_time_alone_changes_something(seed: int) -> None:
    records = life(seed)
    today = a_turn(Random(seed), records)
    assert count(in_force(records), today).wake == next_change(records, today)


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_order_and_repetition_change_nothing(seed: int) -> None:
    rng, records = Random(seed), life(seed)
    again = [*records, *rng.choices(records, k=5)]
    rng.shuffle(again)
    today = a_day(rng)
    facts = in_force(again)
    assert count(facts, today) == count(in_force(records), today) == count(facts[::-1], today)


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_a_member_that_takes_the_records_one_by_one_ends_at_the_same_sums(seed: int) -> None:
    """Counted after each record and stored between, as by the engine."""
    rng, records = Random(seed), life(seed)
    records += rng.choices(records, k=5)
    body, sums = b"", Counter[tuple[str, str]]()
    for record in records:
        fact = decoded(record)
        member = Member(RESIDENTS, body)
        member.take(RESIDENTS.place(fact).fact, record["type"], fact)
        for period, amounts in member.recount(LATE).items():
            sums.update({(period, name): amount for name, amount in amounts.items()})
        body = member.body()
    wanted = {(period, name): n for period, one in recompute(records, LATE).items() for name, n in one.items()}
    assert {key: amount for key, amount in sums.items() if amount} == wanted


def test_the_lives_reach_every_measure_from_all_sides() -> None:
    """Met, not met and left out: else equality with the recomputation says nothing about it."""
    met: Counter[str] = Counter()
    of: Counter[str] = Counter()
    quarters = woken = 0
    for seed in range(300):
        found = count(in_force(life(seed)), LATE)
        woken += count(in_force(life(seed)), a_day(Random(seed))).wake is not None
        for amounts in found.amounts.values():
            quarters += 1
            met.update(name for name in OUTCOMES if name in amounts)
            of.update(name for name in OUTCOMES if f"{name}_of" in amounts)
    assert woken > 50
    for name in OUTCOMES:
        assert 10 < met[name] < of[name], name
        assert of[name] < quarters or name == "pneumococcal", name
