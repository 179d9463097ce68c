"""Medicare payments to facilities per beneficiary, and what share of them each condition takes."""

from fractions import Fraction
from typing import Final

from services.measures.domain import values
from services.measures.domain.components import NUMBER
from services.measures.domain.conditions import PAYMENT_GROUPS
from services.measures.domain.definitions import Aim, Definition, Per, Priority, Uncertainty
from services.measures.domain.person import Person
from services.measures.domain.values import CHRONIC

_SOURCE: Final = "Claim payment amounts as Medicare paid the provider, nominal dollars, not standardised"
_NEEDS: Final = frozenset(("home_health", "hospice", "inpatient", "outpatient", "payments", "snf"))
_NAMES: Final = {
    "heart_failure": "heart failure",
    "diabetes": "diabetes",
    "copd": "chronic obstructive pulmonary disease",
    "ckd": "chronic kidney disease",
    "ischemic": "ischemic heart disease",
    "stroke": "stroke",
    "dementia": "dementia",
    "cancer": "cancer",
}

DEFINITIONS: Final = (
    Definition(
        id="payments-per-beneficiary",
        specification=1,
        title="Medicare payments to facilities in dollars per beneficiary per quarter",
        numerator={"paid_total": 1},  # cents
        denominator=("days",),
        per=Per.BENEFICIARY_QUARTER,
        scale=Fraction(1, 100),
        better="lower",
        source=_SOURCE,
        aim=Aim.LOWER_COSTS,
        priority=Priority.AFFORDABILITY,
        uncertainty=Uncertainty.NONE,
        needs=_NEEDS,
        note="Inpatient, outpatient, skilled nursing, home health and hospice claims, by their last day.",
    ),
    *(
        Definition(
            id=f"payments-share-{group.replace('_', '-')}",
            specification=1,
            title=f"Share of payments with {_NAMES[group]} as principal diagnosis, percent",
            numerator={f"paid_{group}": 1},
            denominator=("paid_total",),
            per=Per.RATIO,
            scale=100,
            better="lower",
            source=_SOURCE,
            aim=Aim.LOWER_COSTS,
            priority=Priority.AFFORDABILITY,
            uncertainty=Uncertainty.NONE,
            needs=_NEEDS | {"diagnoses"},
            value_sets=frozenset((values.CHRONIC,)),
            note="Each claim counts for one condition, the first of the list that its principal diagnosis stands for.",
        )
        for group, _ in PAYMENT_GROUPS
    ),
)


_TOTAL: Final = NUMBER["paid_total"]
_GROUPS: Final = tuple((names, NUMBER[f"paid_{group}"]) for group, names in PAYMENT_GROUPS)


def count(person: Person) -> None:
    """Add what Medicare paid for each claim on its last day, and to the group its principal diagnosis stands for."""
    for claim in person.claims:
        if not claim.paid:
            continue
        person.put(claim.last, _TOTAL, claim.paid)
        meanings = person.values.of(CHRONIC, claim.diagnoses[0]) if claim.diagnoses else frozenset()
        group = next((component for names, component in _GROUPS if meanings & names), None)
        if group is not None:
            person.put(claim.last, group, claim.paid)
