"""Random records are counted as a recomputation from the definitions counts them, in any order, however often told."""

import datetime as dt
from collections import Counter
from random import Random

from hypothesis import given, settings

from services.measures.domain.panel.member import Member
from services.measures.domain.practices.count import COMPONENTS, count
from services.measures.domain.practices.kind import PATIENTS
from tests.measures.practices.independent import recompute
from tests.measures.practices.lives import LAST, a_day, life, seeds
from tests.measures.practices.records import decoded, in_force


@settings(max_examples=400, deadline=None)
@given(seeds)
def test_every_year_is_what_the_recomputation_finds(seed: int) -> None:
    records = life(seed)
    for today in (a_day(Random(seed)), LAST.isoformat()):
        assert count(in_force(records), dt.date.fromisoformat(today)).amounts == recompute(records, today)


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_it_wakes_on_the_very_day_on_which_time_alone_changes_something(seed: int) -> None:
    records, today = life(seed), dt.date.fromisoformat(a_day(Random(seed)))
    now, day = recompute(records, today.isoformat()), today
    while day <= LAST and recompute(records, day.isoformat()) == now:
        day += dt.timedelta(days=1)
    assert count(in_force(records), today).wake == (day if day <= LAST else None)


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_order_and_repetition_change_nothing(seed: int) -> None:
    rng, records = Random(seed), life(seed)
    again = [*records, *rng.choices(records, k=5)]
    rng.shuffle(again)
    today = dt.date.fromisoformat(a_day(rng))
    facts = in_force(again)
    assert count(facts, today) == count(in_force(records), today) == count(facts[::-1], today)


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_a_member_that_takes_the_facts_one_by_one_ends_at_the_same_sums(seed: int) -> None:
    """Counted after each fact and stored between, as by the engine."""
    rng, records = Random(seed), life(seed)
    told = [*records, *rng.choices(records, k=5)]
    rng.shuffle(told)
    body, sums = b"", Counter[tuple[str, str]]()
    for record in told:
        fact = decoded(record)
        member = Member(PATIENTS, body)
        member.take(PATIENTS.place(fact).fact, record["type"], fact)
        for period, amounts in member.recount(LAST).items():
            sums.update({(period, name): amount for name, amount in amounts.items()})
        body = member.body()
    wanted = {(year, name): n for year, one in recompute(records, LAST.isoformat()).items() for name, n in one.items()}
    assert {key: amount for key, amount in sums.items() if amount} == wanted


def test_the_records_reach_every_measure_from_all_sides() -> None:
    """Met, not met and left out: else equality with the recomputation says nothing about it."""
    met, of = Counter[str](), Counter[str]()
    years = woken = 0
    for seed in range(1500):
        facts = in_force(life(seed))
        woken += count(facts, dt.date.fromisoformat(a_day(Random(seed)))).wake is not None
        for amounts in count(facts, LAST).amounts.values():
            years += 1
            met.update(name for name in COMPONENTS if name in amounts)
            of.update(name for name in COMPONENTS if f"{name}_of" in amounts)
    assert woken > 100
    for name in COMPONENTS:
        assert 5 < met[name] < of[name] < years, (name, met[name], of[name])
