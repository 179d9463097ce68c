"""In whatever order records come, and however often, the sums are those of the records that hold."""

from collections import defaultdict
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.measures.domain.counts.kind import HOSPITAL_COUNTS
from services.measures.domain.infections.kind import INFECTIONS
from services.measures.domain.scores.kind import SCORES
from tests.measures.harm.pure import Told, of, sums

_actions = st.sampled_from(("original", "adjust", "cancel"))
_versions = st.integers(1, 3)
_infection = st.builds(
    lambda location, month, version, action, observed, extra, told: of(
        "feeds.InfectionCount.v1",
        ccn="361301",
        infection="CLABSI",
        location=location,
        period=month,
        source="facility",
        baseline="2022",
        version=version,
        action=action,
        observed=observed,
        exposure=None if extra is None else observed + extra,
        predicted=told,
        unit="IN:ACUTE:WARD:M",
    ),
    st.sampled_from(("A", "B", "FACILITY")),
    st.sampled_from(("2023-01", "2023-02", "2024-02")),
    _versions,
    _actions,
    st.integers(0, 3),
    st.none() | st.integers(0, 900),
    st.sampled_from((None, "0.5", "2")),
)
_survey = st.builds(
    lambda year, version, days: of(
        "feeds.HospitalSurveyed.v1",
        ccn="361301",
        year=year,
        version=version,
        action="original",
        kind="critical_access",
        patient_days=days,
        admissions=100,
        beds=20,
        icu_beds=2,
    ),
    st.sampled_from((2023, 2024)),
    _versions,
    st.sampled_from((500, 1000)),
)
_entry = st.builds(
    lambda name, month, version, action, harmed, discharges: of(
        "feeds.HospitalCount.v1",
        ccn="360001",
        measure=name,
        month=month,
        version=version,
        action=action,
        numerator=harmed,
        denominator=discharges,
    ),
    st.sampled_from(("harm-fall", "harm-obstetric")),
    st.sampled_from(("2018-03", "2018-04")),
    _versions,
    _actions,
    st.integers(0, 5),
    st.sampled_from((None, 100, 200)),
)
_score = st.builds(
    lambda measure, version, action, points: of(
        "feeds.PurchasingScored.v1",
        ccn="360001",
        fiscal_year=2024,
        measure=measure,
        version=version,
        action=action,
        score=points,
    ),
    st.sampled_from(("HAI-1", "SSI")),
    _versions,
    _actions,
    st.integers(0, 10),
)


def _one_of_each(kind: Any, told: list[Told]) -> list[Told]:
    """A natural key and version is one record."""
    return list({(kind.place(record), record.version): (name, record) for name, record in told}.values())


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(((INFECTIONS, _infection | _survey), (HOSPITAL_COUNTS, _entry), (SCORES, _score))).flatmap(
        lambda pair: st.tuples(st.just(pair[0]), st.lists(pair[1], max_size=12))
    ),
    st.data(),
)
def test_order_and_repetition_change_nothing(made: tuple[Any, list[Told]], data: st.DataObject) -> None:
    kind, told = made[0], _one_of_each(*made)
    again = [*told, *data.draw(st.lists(st.sampled_from(told), max_size=6) if told else st.just([]))]
    shuffled = data.draw(st.permutations(again))
    held: dict[Any, Told] = {}
    for name, record in told:
        place = kind.place(record)
        if place not in held or held[place][1].version < record.version:
            held[place] = name, record
    only_held = sums(kind, [one for one in held.values() if one[1].action != "cancel"])
    assert _told(sums(kind, shuffled)) == _told(sums(kind, told)) == _told(only_held)


@settings(max_examples=100, deadline=None)
@given(st.lists(_infection, max_size=10))
def test_what_is_counted_is_what_a_plain_sum_over_the_records_says(told: list[Told]) -> None:
    """Observed of each month, quarter and year, written anew without anything of the engine."""
    records = {(one.location, one.period): one for _, one in told if one.action != "cancel"}
    told = [("feeds.InfectionCount.v1", one) for one in records.values()]
    wanted: dict[str, int] = defaultdict(int)
    for month in {one.period for one in records.values()}:
        own = [one for one in records.values() if one.period == month]
        whole = [one for one in own if one.location == "FACILITY"]
        observed = sum(one.observed for one in whole or own)
        for period in (month, f"{month[:4]}Q1", month[:4]):
            wanted[period] += observed
    found = {period: own.get("CLABSI_events", 0) for (_, period), own in sums(INFECTIONS, told).items()}
    assert {period: n for period, n in found.items() if n} == {period: n for period, n in wanted.items() if n}


def _told(found: dict[tuple[str, str], dict[str, int]]) -> dict[tuple[str, str], dict[str, int]]:
    return {where: own for where, own in found.items() if own}
