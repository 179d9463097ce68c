"""The kinds of intervention there are, as data with their sources."""

from dataclasses import dataclass
from typing import Final

from shared.contracts.recruitment.intervention_terms import InterventionType

_SECTION: Final = "Pub. L. 111-148, §3026(c)(2)(B)"


@dataclass(frozen=True, slots=True)
class Model:
    """A published model, or a care transition service that the law names."""

    type: InterventionType
    name: str
    source: str


MODELS: Final = {
    row.type: row
    for row in (
        Model(
            InterventionType.CARE_TRANSITIONS_INTERVENTION,
            "Care Transitions Intervention: a coach for four weeks after discharge (Coleman)",
            "Coleman et al., Arch Intern Med 2006;166:1822-1828",
        ),
        Model(
            InterventionType.TRANSITIONAL_CARE_MODEL,
            "Transitional Care Model: an advanced practice nurse from hospital to home (Naylor)",
            "Naylor et al., J Am Geriatr Soc 2004;52:675-684",
        ),
        Model(
            InterventionType.RE_ENGINEERED_DISCHARGE,
            "Re-Engineered Discharge (Project RED)",
            "Jack et al., Ann Intern Med 2009;150:178-187",
        ),
        Model(
            InterventionType.BOOST,
            "Better Outcomes for Older Adults through Safe Transitions (Project BOOST)",
            "Hansen et al., J Hosp Med 2013;8:421-427",
        ),
        Model(
            InterventionType.INTERACT,
            "Interventions to Reduce Acute Care Transfers from nursing homes",
            "Ouslander et al., J Am Med Dir Assoc 2014;15:162-170",
        ),
        Model(
            InterventionType.CLINICAL_PHARMACY_SERVICES,
            "Clinical pharmacy services of pharmacists and physicians together",
            "CMS, QIO Program: Moving Forward, August 2011 to July 2014, adverse drug events",
        ),
        Model(
            InterventionType.SERVICES_BEFORE_DISCHARGE,
            "Care transition services begun no later than 24 hours before discharge",
            f"{_SECTION}(i)",
        ),
        Model(
            InterventionType.FOLLOW_UP_AFTER_DISCHARGE,
            "Timely follow-up after discharge: what to do about symptoms and a worse condition",
            f"{_SECTION}(ii)",
        ),
        Model(
            InterventionType.PROVIDER_INTERACTION_SUPPORT,
            "Help towards productive and timely dealings with post-acute and outpatient providers",
            f"{_SECTION}(iii)",
        ),
        Model(
            InterventionType.SELF_MANAGEMENT_SUPPORT,
            "Support of self-management with information about one's own condition",
            f"{_SECTION}(iv)",
        ),
        Model(
            InterventionType.MEDICATION_REVIEW,
            "Comprehensive review and management of medications",
            f"{_SECTION}(v)",
        ),
    )
}
"""Every type but OTHER, which says in words of its own what it is."""
