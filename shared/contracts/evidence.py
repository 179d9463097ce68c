"""What a practice's health record holds of its patients, as far as measures of prevention and heart health ask.

Codes do not travel: a reader reduces them to the concepts below. A fact is one resource of the record; its last version
replaces all before it. What was entered in error, or no longer says anything a measure asks for, is withdrawn.
"""

import datetime as dt
from typing import Annotated, ClassVar, Final, Literal, Protocol, Self, get_args

from pydantic import Field, model_validator

from shared.contracts.feeds import LATEST, Reference
from shared.contracts.message import FeedRecord
from shared.contracts.topic import Confidentiality, Gaps, Topic

EARLIEST: Final = dt.date(1900, 1, 1)  # nobody who is in a record was born before
PRACTICE: Final = r"^[0-9A-Za-z][0-9A-Za-z-]{1,39}$"
LOWEST, HIGHEST_SYSTOLIC, HIGHEST_DIASTOLIC = 0, 400, 300  # mm Hg; a diastolic sound may be heard down to 0
MOST: Final = 20  # concepts of one resource

Practice = Annotated[str, Field(pattern=PRACTICE, description="NPI or other public number of a practice")]
Sex = Literal["female", "male", "other", "unknown"]
Setting = Literal["outpatient", "inpatient", "emergency"]
Lasting = Literal[
    "advanced_illness",
    "ascvd",
    "breast_feeding",
    "chronic_kidney_disease_5",
    "colorectal_cancer",
    "diabetes",
    "end_stage_renal_disease",
    "essential_hypertension",
    "familial_hypercholesterolemia",
    "frailty",
    "hospice",
    "influenza_vaccine_intolerance",
    "ischemic_vascular_disease",
    "kidney_transplant_recipient",
    "liver_disease",
    "mastectomy_both",
    "mastectomy_left",
    "mastectomy_right",
    "palliative_care",
    "pneumococcal_vaccine_reaction",
    "pregnancy",
    "rhabdomyolysis",
    "statin_intolerance",
    "anticoagulant",
    "antiplatelet",
    "cessation_drug",
    "dementia_drug",
    "statin",
]
"""What has a first and perhaps a last day: conditions, care and drug orders."""
Momentary = Literal[
    "visit",
    "preventive_visit",
    "acute_myocardial_infarction",
    "cabg",
    "pci",
    "dialysis",
    "kidney_transplant",
    "total_colectomy",
    "colonoscopy",
    "ct_colonography",
    "sigmoidoscopy",
    "stool_blood_test",
    "stool_dna_test",
    "mammogram",
    "influenza_vaccine",
    "influenza_vaccine_not_given",
    "pneumococcal_vaccine",
    "cessation_counselling",
    "tobacco_user",
    "tobacco_non_user",
    "statin_not_given",
    "ldl_190_or_more",
    "ascvd_risk_20_or_more",
    "lives_in_nursing_home",
    "lives_elsewhere",
]
"""What is of one day: visits, procedures, vaccinations, findings; also that something was not given, for a reason."""
Concept = Lasting | Momentary
LASTING: Final[frozenset[str]] = frozenset(get_args(Lasting))
MOMENTARY: Final[frozenset[str]] = frozenset(get_args(Momentary))


class _Noted(Protocol):
    """What the rules of a noted fact look at, whichever class holds it."""

    @property
    def concepts(self) -> tuple[str, ...]: ...
    @property
    def first(self) -> dt.date: ...
    @property
    def last(self) -> dt.date | None: ...


class _Taken(Protocol):
    """What the rules of a blood pressure look at, whichever class holds it."""

    @property
    def on(self) -> dt.date: ...
    @property
    def systolic(self) -> int | None: ...
    @property
    def diastolic(self) -> int | None: ...


def check_day(field: str, day: dt.date) -> None:
    """Raise ValueError, which begins with the field's name, where nothing can have happened on that day."""
    if day < EARLIEST:
        raise ValueError(f"{field} is before 1900")
    if day > LATEST:
        raise ValueError(f"{field} is after 2100")


def check_noted(told: _Noted) -> None:
    """Raise ValueError, which begins with a field's name, where days do not fit together."""
    check_day("first", told.first)
    if told.last is not None:
        if told.last < told.first:
            raise ValueError("last is before the first day")
        if not LASTING.intersection(told.concepts):
            raise ValueError("last belongs to what lasts, and to nothing else")


def check_taken(told: _Taken) -> None:
    """Raise ValueError, which begins with a field's name, where a reading says nothing or cannot be."""
    check_day("on", told.on)
    if told.systolic is None and told.diastolic is None:
        raise ValueError("systolic is missing, and so is diastolic")
    if told.systolic is not None and told.diastolic is not None and told.systolic < told.diastolic:
        raise ValueError("systolic is below diastolic")


class PatientKnown(FeedRecord):
    """A patient of a practice. Natural key ``(practice, patient, fact)``; the highest ``version`` holds."""

    TYPE: ClassVar[str] = "feeds.PatientKnown"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("practice", "patient", "fact")
    KEY_OF: ClassVar[str] = "resource of a patient's record"

    practice: Practice
    patient: Reference
    fact: Reference
    version: int = Field(ge=1)
    birth: dt.date
    sex: Sex

    @model_validator(mode="after")
    def _possible(self) -> Self:
        check_day("birth", self.birth)
        return self


class EvidenceNoted(FeedRecord):
    """What a resource of a patient's record says, and when. Natural key and versions as for ``PatientKnown``.

    Of concepts that last, ``last`` left out means that it goes on; the others are of the day ``first`` alone.
    """

    TYPE: ClassVar[str] = "feeds.EvidenceNoted"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("practice", "patient", "fact")
    KEY_OF: ClassVar[str] = "resource of a patient's record"

    practice: Practice
    patient: Reference
    fact: Reference
    version: int = Field(ge=1)
    concepts: tuple[Concept, ...] = Field(min_length=1, max_length=MOST)
    first: dt.date
    last: dt.date | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_noted(self)
        return self


class PressureTaken(FeedRecord):
    """A blood pressure in mm Hg, or one half of it. Natural key and versions as for ``PatientKnown``."""

    TYPE: ClassVar[str] = "feeds.PressureTaken"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("practice", "patient", "fact")
    KEY_OF: ClassVar[str] = "resource of a patient's record"

    practice: Practice
    patient: Reference
    fact: Reference
    version: int = Field(ge=1)
    on: dt.date
    setting: Setting
    systolic: int | None = Field(default=None, ge=LOWEST, le=HIGHEST_SYSTOLIC)
    diastolic: int | None = Field(default=None, ge=LOWEST, le=HIGHEST_DIASTOLIC)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        check_taken(self)
        return self


class EvidenceWithdrawn(FeedRecord):
    """What was told under this fact no longer holds. Natural key and versions as for ``PatientKnown``."""

    TYPE: ClassVar[str] = "feeds.EvidenceWithdrawn"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("practice", "patient", "fact")
    KEY_OF: ClassVar[str] = "resource of a patient's record"

    practice: Practice
    patient: Reference
    fact: Reference
    version: int = Field(ge=1)
    action: Literal["cancel"]


EVIDENCE = Topic(
    name="qio.feeds.evidence.v1",
    owner="feeds",
    summary="Facts of practices' patients from their health records, every version.",
    messages=(PatientKnown, EvidenceNoted, PressureTaken, EvidenceWithdrawn),
    key="practice",
    partitions=4,
    retention_days=30,
    gaps=Gaps.NONE,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("feeds", "cli"),
    readers=("measures",),
)

TOPICS = (EVIDENCE,)
