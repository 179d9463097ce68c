"""The page of all measures for people: `python -m services.measures.pages.measures > docs/measures.md`."""

import sys
from collections.abc import Iterator
from typing import Final

from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.charted import chart_of
from services.measures.domain.definitions import Definition
from services.measures.domain.goals import Form, Goal
from services.measures.domain.program_goals import seeds
from services.measures.domain.strata import NAMES
from services.measures.pages import facilities

# What the readers of each feed say that it carries, at most: a folder may lack a file. ``carries`` of the enrolment
# tells it for every person and year.
FEEDS: Final = {
    "DE-SynPUF": frozenset(("age", "inpatient", "payments")),
    "CMS RIF": frozenset(
        (
            *("age", "diagnoses", "drugs", "dual", "home_health", "hospice", "inpatient"),
            *("outpatient", "payments", "poa", "procedures", "snf", "status"),
        )
    ),
    "Synthea CSV": frozenset(("age", "drugs", "inpatient", "outpatient", "snf")),
    "own sample": frozenset(name for one in DEFINITIONS for name in one.needs) | {"age", "dual"},
}
_INTRODUCTION: Final = """\
# Measures

Made from the definitions in `services/measures/domain/` by
`python -m services.measures.pages.measures > docs/measures.md`; do not edit. `qio measures list` prints them too.

Measures of populations come first, then those of [facilities](#measures-of-facilities).

A value is a numerator over a denominator of a unit (community, hospital, state, QIN-QIO region, nation) in a period
(quarter `2018Q1`, four quarters ending with one `2018Q1R4`, month `2018-01`) and a stratum. Units add up from the areas
people live in: numerators and denominators are summed, rates never averaged. **Needs** are what the source must tell of
every person and year: where any person-time lacks one of them the value is NOT_COMPUTABLE, with the reason, and never
zero. **Value sets** are code lists loaded by `qio measures value-sets load`.

A period is PROVISIONAL until claims received reach its end and 30 days (or while a stay rests on an encounter notice),
then FOLLOWED_UP until 120 days after its end, then FINAL; what changes later is RESTATED, as a new revision.

Nothing here is adjusted for risk: national coefficients are not public. Payments are nominal.
"""
_CARRIED: Final = """
## Which feed carries which measure

Encounter notices and community services come from feeds of their own and add to any of these.

"""
_STRATA: Final = """; any of them joined by `+`, such as `chronic_2+polypharmacy`. A person belongs to a stratum month
by month. What each means stands in `services/measures/domain/strata.py` and `conditions.py`.
"""


def render() -> str:
    """The whole page."""
    feeds = list(FEEDS)
    head = "| measure | " + " | ".join(feeds) + " |\n|---|" + "---|" * len(feeds) + "\n"
    rows = "".join(
        f"| [{one.id}](#{one.id}) | "
        + " | ".join("yes" if one.needs <= FEEDS[feed] else "no" for feed in feeds)
        + " |\n"
        for one in DEFINITIONS
    )
    strata = "\n## Strata\n\n" + ", ".join(f"`{name}`" for name in NAMES) + _STRATA
    definitions = "\n## Definitions\n" + "".join(map(_section, DEFINITIONS))
    return _INTRODUCTION + _CARRIED + head + rows + strata + definitions + facilities.section()


def _section(one: Definition) -> str:
    return f"\n### {one.id}\n\n{one.title}. " + " ".join(_sentences(one)) + "\n"


def _sentences(one: Definition) -> Iterator[str]:
    yield f"Version {one.specification}; {one.better} is better."
    yield f"Aim: {one.aim.value}; priority: {one.priority.value}."
    yield f"Numerator: {_sum(one)}; denominator: {' + '.join(f'`{name}`' for name in one.denominator)}"
    yield f"({one.per.value}), times {one.scale}."
    if one.needs:
        yield f"Needs {', '.join(sorted(one.needs))}."
    if one.value_sets:
        yield f"Value sets: {', '.join(f'`{name}`' for name in sorted(one.value_sets))}."
    if one.of_hospitals:
        yield "Also published for each hospital."
    if one.complete_months:
        yield "While follow-up runs, only months whose 30 days have passed count."
    chart = chart_of(one)
    of_communities = f"Communities are followed on {facilities.CHARTS[chart]}." if chart else "Not followed on a chart."
    yield of_communities
    for goal in seeds():
        if goal.measure == one.id:
            yield f"Goal: {_goal(goal)}."
    if one.note:
        yield one.note
    yield f"Source: {one.source.rstrip('.')}."


def _goal(goal: Goal) -> str:
    what = goal.form.value if goal.form is not Form.COMPLEMENT_REDUCTION else "reduction of nights away from home"
    return f"{goal.aim} ({float(100 * goal.size):g} %, {what}, from {goal.baseline_period} to {goal.target_date})"


def _sum(one: Definition) -> str:
    terms = [f"{'-' if sign < 0 else '+'} `{name}`" for name, sign in one.numerator.items()]
    return " ".join(terms).removeprefix("+ ")


if __name__ == "__main__":
    sys.stdout.write(render())
