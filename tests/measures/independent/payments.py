"""Section 9: what Medicare paid for claims, in cents, and for which condition."""

from tests.measures.independent.person import Person, Tally

GROUPS = (
    ("heart_failure", {"heart_failure_and_non_ischemic_heart_disease"}),
    ("diabetes", {"diabetes"}),
    ("copd", {"chronic_obstructive_pulmonary_disease"}),
    ("ckd", {"chronic_kidney_disease"}),
    ("ischemic", {"ischemic_heart_disease"}),
    ("stroke", {"stroke_transient_ischemic_attack"}),
    ("dementia", {"alzheimers_disease", "non_alzheimers_dementia"}),
    (
        "cancer",
        {"cancer", "cancer_breast", "cancer_colorectal", "cancer_endometrial", "cancer_lung", "cancer_prostate"},
    ),
)


def count_payments(person: Person, tally: Tally) -> None:
    for claim in person.claims:
        if claim.paid is None:
            continue
        tally.at(person, claim.last, "paid_total", claim.paid)
        conditions = person.meanings("chronic-conditions", claim.principal)
        group = next((name for name, of_group in GROUPS if conditions & of_group), None)
        if group is not None:
            tally.at(person, claim.last, f"paid_{group}", claim.paid)
