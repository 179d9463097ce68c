"""The part of the page of measures that tells of facilities, made from the definitions of their kinds of data."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from services.measures.domain.activity.definitions import FAMILIES
from services.measures.domain.counts.definitions import TRACKED_HARMS
from services.measures.domain.kinds import KINDS
from services.measures.domain.methods.charts import points
from services.measures.domain.methods.harm import REDUCTION
from services.measures.domain.panel.charted import chart_of
from services.measures.domain.panel.kind import Family
from services.measures.domain.panel.measure import FacilityMeasure, Form

TELLS: Final[Mapping[str, str]] = {
    "infections": "`qio feed infections`",
    "hospital_counts": "`qio feed counts`",
    "scores": "`qio feed scores`",
    "residents": "`qio feed residents`",
    "home_counts": "`qio feed counts`",
    "patients": "`qio feed evidence`",
    **{one.name: "case milestones of complaints; discharges from claims" for one in FAMILIES.values()},
}
"""Who tells what a family is counted from."""
CHARTS: Final = {
    points.Kind.P: "a p chart",
    points.Kind.U: "a u chart",
    points.Kind.U_PRIME: "a u′ chart",
    points.Kind.RUN: "a run chart",
}
_OF_YEARS: Final = frozenset(("patients", "scores"))
_FORMS: Final = {
    Form.SHARE: "share, 95 % interval of Wilson",
    Form.RATE: "rate, mid-P Poisson interval",
    Form.RATIO: "quotient without interval",
    Form.STANDARDIZED: "events over those predicted, mid-P interval, not computed below 1 predicted",
}
_NAMES: Final = {
    "hospital": "hospitals",
    "nursing_home": "nursing homes",
    "provider": "other providers",
    "practice": "practices",
    "community": "communities",
}
_INTRODUCTION: Final = """
## Measures of facilities

Figures of one facility (hospital, nursing home, practice) or, of appeals and concerns, of a community: numerator and
denominator, interval, status and revision, read at `/facilities/figures` and drawn by `qio measures chart`. A period is
PROVISIONAL until as many days after its end as stand with its kind, then FINAL; what changes later is RESTATED. Months
or quarters, as the baseline of the service is (`QIO_MEASURES_CHART_FIRST` and `_LAST`), are followed on the chart that
stands with the measure; years are not. Where something is uncertain the definition says so.
"""
_DECLARED: Final = """
## Measures that communities declare

A coalition declares measures of its community with `qio measures declare`, revises and retires them; `qio measures
declared --parts` lists the components they are made of, `qio measures declared` those there are. Their ids begin with
`local-`. They are published and followed on charts like the measures of populations, with the service's baseline, and
interventions of the community can be aimed at them.
"""


def section() -> str:
    """Everything about facilities, then about what communities declare."""
    families = (*KINDS, *FAMILIES.values())
    return _INTRODUCTION + "".join(map(_family, families)) + _DECLARED


def _family(family: Family) -> str:
    head = f"\n### {family.name.replace('_', ' ').replace('-', ' of ', 1).capitalize()}\n"
    told = f"\nOf {_NAMES[family.unit_type]}; told by {TELLS[family.name]}; "
    final = f"final {family.settles.days} days after a period.\n"
    return head + told + final + "".join(_measure(family, one) for one in family.measures)


def _measure(family: Family, one: FacilityMeasure) -> str:
    of = f" ({_NAMES[family.unit_type]})" if family in FAMILIES.values() else ""
    return f"\n#### {one.id}{of}\n\n{one.title}. " + " ".join(_sentences(family, one)) + "\n"


def _sentences(family: Family, one: FacilityMeasure) -> Iterator[str]:
    yield f"Version {one.specification}; {one.better} is better."
    yield f"Aim: {one.aim.value}; priority: {one.priority.value}."
    yield f"Numerator: {_sum(one.numerator)}; denominator: {_sum(one.denominator)}; times {one.scale}"
    yield f"({_FORMS[one.form]})."
    if one.spans > 1:
        yield f"Covers {one.spans} periods, the last included."
    if one.baseline is not None:
        yield f"Predicted by the baseline {one.baseline}, and compared within it alone."
    chart = None if family.name in _OF_YEARS else chart_of(one)
    yield f"Followed on {CHARTS[chart]}." if chart is not None else "Not followed on a chart."
    yield _goal(one)
    if one.unless:
        yield f"Not computed where {'; '.join(one.unless.values())}."
    if one.note:
        yield one.note.strip()
    yield f"Source: {one.source.rstrip('.')}."


def _goal(one: FacilityMeasure) -> str:
    if one.goal is not None:
        return f"Goal: {'at most' if one.better == 'lower' else 'at least'} {_number(one.goal)}."
    if one is TRACKED_HARMS:
        return (
            f"Goal: {_number(100 * REDUCTION)} % less than in the hospital's own baseline (`qio measures calc harm`)."
        )
    return "No goal of the program."


def _number(value: Fraction) -> str:
    return f"{float(value):g}"


def _sum(parts: Mapping[str, int]) -> str:
    terms = [f"{'-' if sign < 0 else '+'} `{name}`" for name, sign in parts.items()]
    return " ".join(terms).removeprefix("+ ")
