"""What complaints is asked about its reviewers: who they are, what they may review, when they are on call."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.feeds import Ccn
from shared.contracts.message import Command, Contract

StateCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="Postal code of a State or territory")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$", description="for example ann@example.org")]
Phone = Annotated[str, Field(min_length=7, max_length=40)]
Capacity = Annotated[int, Field(ge=1, le=500, description="Open cases a reviewer takes at once")]


class Profession(StrEnum):
    """What someone is licensed as (42 CFR 476.98). Coders and analysts hold national credentials, not licences."""

    MD = "MD"
    DO = "DO"
    DENTIST = "DENTIST"
    MEDICAL_OFFICER = "MEDICAL_OFFICER"
    PODIATRIST = "PODIATRIST"
    OPTOMETRIST = "OPTOMETRIST"
    CHIROPRACTOR = "CHIROPRACTOR"
    NURSE = "NURSE"
    NURSE_PRACTITIONER = "NURSE_PRACTITIONER"
    PHYSICIAN_ASSISTANT = "PHYSICIAN_ASSISTANT"
    PHARMACIST = "PHARMACIST"
    PHYSICAL_THERAPIST = "PHYSICAL_THERAPIST"
    OCCUPATIONAL_THERAPIST = "OCCUPATIONAL_THERAPIST"
    SPEECH_PATHOLOGIST = "SPEECH_PATHOLOGIST"
    PSYCHOLOGIST = "PSYCHOLOGIST"
    SOCIAL_WORKER = "SOCIAL_WORKER"
    CODER = "CODER"
    ANALYST = "ANALYST"


class Specialty(StrEnum):
    """The field of medicine or dentistry that a case asks for and a reviewer has."""

    ANESTHESIOLOGY = "ANESTHESIOLOGY"
    CARDIOLOGY = "CARDIOLOGY"
    CARDIOTHORACIC_SURGERY = "CARDIOTHORACIC_SURGERY"
    CRITICAL_CARE = "CRITICAL_CARE"
    DERMATOLOGY = "DERMATOLOGY"
    DIAGNOSTIC_RADIOLOGY = "DIAGNOSTIC_RADIOLOGY"
    EMERGENCY_MEDICINE = "EMERGENCY_MEDICINE"
    ENDOCRINOLOGY = "ENDOCRINOLOGY"
    FAMILY_MEDICINE = "FAMILY_MEDICINE"
    GASTROENTEROLOGY = "GASTROENTEROLOGY"
    GENERAL_DENTISTRY = "GENERAL_DENTISTRY"
    GENERAL_SURGERY = "GENERAL_SURGERY"
    GERIATRICS = "GERIATRICS"
    HEMATOLOGY_ONCOLOGY = "HEMATOLOGY_ONCOLOGY"
    HOSPICE_AND_PALLIATIVE = "HOSPICE_AND_PALLIATIVE"
    INFECTIOUS_DISEASE = "INFECTIOUS_DISEASE"
    INTERNAL_MEDICINE = "INTERNAL_MEDICINE"
    NEPHROLOGY = "NEPHROLOGY"
    NEUROLOGY = "NEUROLOGY"
    NEUROSURGERY = "NEUROSURGERY"
    OBSTETRICS_GYNECOLOGY = "OBSTETRICS_GYNECOLOGY"
    OPHTHALMOLOGY = "OPHTHALMOLOGY"
    ORAL_SURGERY = "ORAL_SURGERY"
    ORTHOPEDIC_SURGERY = "ORTHOPEDIC_SURGERY"
    OTOLARYNGOLOGY = "OTOLARYNGOLOGY"
    PATHOLOGY = "PATHOLOGY"
    PEDIATRICS = "PEDIATRICS"
    PHYSICAL_MEDICINE = "PHYSICAL_MEDICINE"
    PLASTIC_SURGERY = "PLASTIC_SURGERY"
    PSYCHIATRY = "PSYCHIATRY"
    PULMONOLOGY = "PULMONOLOGY"
    RADIATION_ONCOLOGY = "RADIATION_ONCOLOGY"
    RHEUMATOLOGY = "RHEUMATOLOGY"
    UROLOGY = "UROLOGY"
    VASCULAR_SURGERY = "VASCULAR_SURGERY"


class Setting(StrEnum):
    """The kind of area someone practises in (42 CFR 1004.50(d))."""

    URBAN = "URBAN"
    RURAL = "RURAL"


class Holder(StrEnum):
    """Whose interest it is: the reviewer's own, or that of family as 42 CFR 476.98(d)(2) counts it.

    A spouse counts unless legally separated under a decree; a child counts also when adopted.
    """

    SELF = "SELF"
    SPOUSE = "SPOUSE"
    CHILD = "CHILD"
    GRANDCHILD = "GRANDCHILD"
    PARENT = "PARENT"
    GRANDPARENT = "GRANDPARENT"


class InterestKind(StrEnum):
    """What someone is in a facility; all but ``STAFF`` exclude from review there (42 CFR 476.98(d)(1)(iii))."""

    OWNER_5_PERCENT = "OWNER_5_PERCENT"
    BOARD = "BOARD"
    OFFICER = "OFFICER"
    PARTNER = "PARTNER"
    MANAGING_EMPLOYEE = "MANAGING_EMPLOYEE"
    STAFF = "STAFF"


class TieKind(StrEnum):
    """What ties someone to one matter (42 CFR 476.98(d)(1)(i)-(ii), 1004.50(b)-(c))."""

    TREATED = "TREATED"
    KIN_OF_BENEFICIARY = "KIN_OF_BENEFICIARY"
    COMPETITOR = "COMPETITOR"
    BIAS = "BIAS"


class LicenceGiven(Contract):
    """A licence, or with ``state`` left out a national credential; ``valid_to`` is the last day, none: open."""

    profession: Profession
    state: StateCode | None = None
    number: str = Field(min_length=1, max_length=40)
    valid_from: dt.date
    valid_to: dt.date | None = None


class SpecialtyGiven(Contract):
    """A specialty practised from ``since`` to ``until`` (last day), and whether a board certified it."""

    specialty: Specialty
    certified: bool = False
    since: dt.date
    until: dt.date | None = None


class InterestGiven(Contract):
    """A place in a facility from ``since`` to ``until`` (last day)."""

    ccn: Ccn
    kind: InterestKind
    holder: Holder = Holder.SELF
    since: dt.date
    until: dt.date | None = None


class TieGiven(Contract):
    """A tie to a matter; ``family_id`` joins a case with its reconsiderations and reopenings."""

    family_id: UUID
    kind: TieKind
    holder: Holder = Holder.SELF


class ReviewerCommand(Command):
    """A change of one reviewer."""

    reviewer_id: UUID


class RegisterReviewer(ReviewerCommand):
    """Take up a reviewer; the caller makes the id, so that a repeated request cannot make two."""

    TYPE: ClassVar[str] = "complaints.RegisterReviewer"

    name: Name
    email: Email | None = None
    phone: Phone | None = None
    practising: bool
    setting: Setting | None = None
    capacity: Capacity
    licences: tuple[LicenceGiven, ...] = Field(min_length=1, max_length=100)
    specialties: tuple[SpecialtyGiven, ...] = Field(default=(), max_length=40)
    interests: tuple[InterestGiven, ...] = Field(default=(), max_length=400)
    ties: tuple[TieGiven, ...] = Field(default=(), max_length=400)


class AmendReviewer(ReviewerCommand):
    """Change what is given and leave the rest.

    A licence, specialty or interest that began on the same day as one that is known replaces it: this is how it
    gets its last day. Nothing is ever removed, because what once held explains what was once decided.
    """

    TYPE: ClassVar[str] = "complaints.AmendReviewer"

    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None
    practising: bool | None = None
    setting: Setting | None = None
    capacity: Capacity | None = None
    licences: tuple[LicenceGiven, ...] = Field(default=(), max_length=100)
    specialties: tuple[SpecialtyGiven, ...] = Field(default=(), max_length=40)
    interests: tuple[InterestGiven, ...] = Field(default=(), max_length=400)
    ties: tuple[TieGiven, ...] = Field(default=(), max_length=400)


class RetireReviewer(ReviewerCommand):
    """The reviewer takes no more cases from ``on``; shifts from then on fall away."""

    TYPE: ClassVar[str] = "complaints.RetireReviewer"

    on: dt.date


class PutOnCall(ReviewerCommand):
    """Put a reviewer on call for States, as one profession, in one specialty or any; times need a zone."""

    TYPE: ClassVar[str] = "complaints.PutOnCall"

    shift_id: UUID
    start: dt.datetime
    end: dt.datetime
    states: frozenset[StateCode] = Field(min_length=1, max_length=60)
    profession: Profession
    specialty: Specialty | None = None


class TakeOffCall(ReviewerCommand):
    """Take a shift back; one that has begun ends now."""

    TYPE: ClassVar[str] = "complaints.TakeOffCall"

    shift_id: UUID


COMMANDS: tuple[type[ReviewerCommand], ...] = (
    RegisterReviewer,
    AmendReviewer,
    RetireReviewer,
    PutOnCall,
    TakeOffCall,
)
