"""The measures made of CMS's scores of hospitals."""

from typing import Final, get_args

from services.measures.domain.definitions import Aim, Priority
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.scores.count import DOMAINS
from shared.contracts.scores import Condition, Purchased

_CONDITIONS: Final = {
    "AMI": "acute myocardial infarction",
    "CABG": "coronary artery bypass graft surgery",
    "COPD": "chronic obstructive pulmonary disease",
    "HF": "heart failure",
    "HIP-KNEE": "hip or knee replacement",
    "PN": "pneumonia",
}


def _readmissions(condition: str) -> FacilityMeasure:
    return FacilityMeasure(
        id=f"excess-readmission-{condition.lower()}",
        specification=1,
        title=f"Excess readmission ratio: {_CONDITIONS[condition]}",
        numerator={f"{condition}_predicted": 1},
        denominator={f"{condition}_expected": 1},
        form=Form.RATIO,
        better="lower",
        source="42 CFR 412.152, Hospital Readmissions Reduction Program",
        aim=Aim.BETTER_CARE,
        priority=Priority.COORDINATION,
        note="Predicted over expected rate as CMS published them, in millionths of a percent.",
    )


def _score(measure: str) -> FacilityMeasure:
    return FacilityMeasure(
        id=f"purchasing-{measure.lower()}",
        specification=1,
        title=f"Value-based purchasing, points of 10: {measure}",
        numerator={f"{measure}_points": 1},
        denominator={f"{measure}_scored": 1},
        form=Form.RATIO,
        better="higher",
        source="42 CFR 412.165, Hospital Value-Based Purchasing",
        aim=Aim.LOWER_COSTS,
        priority=Priority.AFFORDABILITY,
        note="The better of achievement and improvement, in the fiscal year of payment.",
    )


def _domain(name: str) -> FacilityMeasure:
    title = "total performance score" if name == "total" else name.replace("_", " ")
    return FacilityMeasure(
        id=f"purchasing-{name.replace('_', '-')}",
        specification=1,
        title=f"Value-based purchasing, points of 100: {title}",
        numerator={f"{name}_points": 1},
        denominator={f"{name}_scored": 1},
        form=Form.RATIO,
        better="higher",
        source="42 CFR 412.165, Hospital Value-Based Purchasing",
        aim=Aim.LOWER_COSTS,
        priority=Priority.AFFORDABILITY,
        note="Points in millionths; domains are not weighted. In the fiscal year of payment.",
    )


MEASURES: Final = (
    *map(_readmissions, get_args(Condition)),
    *map(_score, get_args(Purchased)),
    *map(_domain, DOMAINS),
    FacilityMeasure(
        id="harm-payment-reduction",
        specification=1,
        title="Payment reduced by the Hospital-Acquired Condition Reduction Program (1: yes)",
        numerator={"harm_reduced": 1},
        denominator={"harm_told": 1},
        form=Form.RATIO,
        better="lower",
        source="42 CFR 412.172, Hospital-Acquired Condition Reduction Program",
        aim=Aim.BETTER_CARE,
        priority=Priority.SAFER_CARE,
        note="In the fiscal year of payment.",
    ),
)
