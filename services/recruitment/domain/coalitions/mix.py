"""The mix of settings in a coalition: care is coordinated across all of them, so what is missing is shown."""

from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Final

from shared.contracts.recruitment.ids import Setting
from shared.contracts.replies import Reason


class Sector(StrEnum):
    """What Task C.3 recruits and engages across, each sector on its own.

    Source: QIO Program, tip sheet for community-based organisations, 2014 to 2019 statement of work.
    """

    ACUTE = "ACUTE"
    POST_ACUTE = "POST_ACUTE"
    DIALYSIS = "DIALYSIS"
    LTSS = "LTSS"
    PRACTICES = "PRACTICES"
    PHARMACIES = "PHARMACIES"
    COMMUNITY_ORGANISATIONS = "COMMUNITY_ORGANISATIONS"
    PATIENTS = "PATIENTS"


PATIENTS: Final = frozenset({Setting.BENEFICIARY_OR_FAMILY, Setting.PATIENT_ADVOCACY})
# Regional extension centers help practices with records; they give no care and are no sector.
_SETTINGS: Final = {
    Sector.ACUTE: frozenset({Setting.HOSPITAL}),
    Sector.POST_ACUTE: frozenset({Setting.NURSING_HOME, Setting.HOME_HEALTH, Setting.HOSPICE}),
    Sector.DIALYSIS: frozenset({Setting.DIALYSIS}),
    Sector.LTSS: frozenset({Setting.LTSS_PROVIDER}),
    Sector.PRACTICES: frozenset({Setting.PHYSICIAN_PRACTICE}),
    Sector.PHARMACIES: frozenset({Setting.PHARMACY}),
    Sector.COMMUNITY_ORGANISATIONS: frozenset({Setting.COMMUNITY_ORGANISATION}),
    Sector.PATIENTS: PATIENTS,
}


def present(settings: Collection[Setting]) -> dict[Sector, int]:
    """How many of these settings fall in each sector, in the order of the sectors, 0 where none does."""
    return {sector: sum(one in held for one in settings) for sector, held in _SETTINGS.items()}


def missing(settings: Collection[Setting]) -> tuple[Sector, ...]:
    """The sectors that none of these settings falls in."""
    return tuple(sector for sector, number in present(settings).items() if not number)


def not_a_patient(setting: Setting, field: str) -> Iterator[Reason]:
    """Why a participant of a setting cannot have the patient partner's seat."""
    if setting not in PATIENTS:
        text = "The patient partner's seat is for a beneficiary, a family or a patient advocacy organisation."
        yield Reason(code="NOT_A_PATIENT", field=field, text=text)
