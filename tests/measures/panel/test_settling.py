"""When figures of each kind of data become final: not before those who tell them must have told."""

import datetime as dt

import pytest

from services.measures.domain.counts.kind import HOME_COUNTS, HOSPITAL_COUNTS
from services.measures.domain.infections.kind import INFECTIONS
from services.measures.domain.kinds import KINDS
from services.measures.domain.panel import spans
from services.measures.domain.panel.kind import Kind
from services.measures.domain.practices.kind import PATIENTS
from services.measures.domain.residents.kind import RESIDENTS
from services.measures.domain.scores.count import fiscal_year
from services.measures.domain.scores.kind import SCORES

# CMS takes infections of a quarter until four and a half months after it (Hospital Inpatient Quality Reporting), and
# eCQM of a year until 31 March (Quality Payment Program). An assessment is due after 14 days (42 CFR 483.20).
DEADLINES = [
    (INFECTIONS, "2018Q1", "2018-08-15"),
    (INFECTIONS, "2018Q2", "2018-11-15"),
    (INFECTIONS, "2018Q3", "2019-02-15"),
    (INFECTIONS, "2018Q4", "2019-05-15"),
    (PATIENTS, "2022", "2023-03-31"),
    (PATIENTS, "2023", "2024-03-31"),
    (RESIDENTS, "2018Q1", "2018-04-14"),
    (HOSPITAL_COUNTS, "2018-02", "2018-03-31"),
    (HOME_COUNTS, "2018-02", "2018-03-31"),
    (SCORES, fiscal_year(2024), "2024-09-30"),
]


@pytest.mark.parametrize(("kind", "period", "deadline"), DEADLINES, ids=lambda one: getattr(one, "name", str(one)))
def test_a_figure_is_provisional_until_the_deadline_and_final_within_a_month_of_it(
    kind: Kind, period: str, deadline: str
) -> None:
    last = spans.days(period)[1] + kind.settles
    assert dt.timedelta(0) <= last - dt.date.fromisoformat(deadline) <= dt.timedelta(days=31)


def test_every_kind_of_data_has_its_deadline_here() -> None:
    assert {kind.name for kind, _, _ in DEADLINES} == {kind.name for kind in KINDS}
