"""What complaints is asked and what it says about cases of every type."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts import disclosures, documents, intake, reviewers, second_reviews, work
from shared.contracts.commands import command_topics
from shared.contracts.feeds import Ccn, Reference
from shared.contracts.message import Command, Contract, Event, PublicEvent
from shared.contracts.reviewers import Profession, Specialty
from shared.contracts.topic import Confidentiality, Gaps, Topic

# A name of the rule book or of a transition table: a fact, a circumstance, a step, an outcome.
Name = Annotated[str, Field(pattern=r"^[a-zA-Z][a-zA-Z0-9_-]*$", max_length=60)]
# An instant with its zone, or a local date; read and checked by the domain, which names the fact in a refusal.
When = Annotated[str, Field(min_length=10, max_length=40, description="instant with zone, or date, ISO 8601")]
Words = Annotated[str, Field(min_length=1, max_length=4000)]


class CaseType(StrEnum):
    """The types of case a BFCC-QIO has."""

    BENE_COMPLAINT = "BENE_COMPLAINT"
    IMMEDIATE_ADVOCACY = "IMMEDIATE_ADVOCACY"
    GENERAL_QOC = "GENERAL_QOC"
    HOSP_DISCHARGE_FFS = "HOSP_DISCHARGE_FFS"
    HOSP_DISCHARGE_MA = "HOSP_DISCHARGE_MA"
    HOSPITAL_REQUESTED_REVIEW = "HOSPITAL_REQUESTED_REVIEW"
    SERVICE_TERM_FFS = "SERVICE_TERM_FFS"
    SERVICE_TERM_MA = "SERVICE_TERM_MA"
    STATUS_CHANGE = "STATUS_CHANGE"
    PREADMIT_HINN1 = "PREADMIT_HINN1"
    NONCOVERED_HINN = "NONCOVERED_HINN"
    EMTALA_5DAY = "EMTALA_5DAY"
    EMTALA_60DAY = "EMTALA_60DAY"
    HWDRG = "HWDRG"
    SHORT_STAY = "SHORT_STAY"
    MEDNEC_RETRO = "MEDNEC_RETRO"
    REFERRAL = "REFERRAL"
    SANCTION = "SANCTION"
    RECONSIDERATION = "RECONSIDERATION"


# Nobody outside complaints hears that there is a case of the other types (42 CFR 480.101, 489.24(i)).
AnnouncedType = Literal[
    CaseType.BENE_COMPLAINT,
    CaseType.IMMEDIATE_ADVOCACY,
    CaseType.GENERAL_QOC,
    CaseType.HOSP_DISCHARGE_FFS,
    CaseType.HOSP_DISCHARGE_MA,
    CaseType.HOSPITAL_REQUESTED_REVIEW,
    CaseType.SERVICE_TERM_FFS,
    CaseType.SERVICE_TERM_MA,
    CaseType.STATUS_CHANGE,
    CaseType.PREADMIT_HINN1,
    CaseType.NONCOVERED_HINN,
    CaseType.HWDRG,
    CaseType.SHORT_STAY,
    CaseType.MEDNEC_RETRO,
    CaseType.REFERRAL,
    CaseType.RECONSIDERATION,
]


class Channel(StrEnum):
    """How a request reached the QIO; a voicemail counts as received when it is left.

    ``DRAW``: nobody asked; the QIO drew the claim for review.
    """

    PHONE = "PHONE"
    TTY = "TTY"
    VOICEMAIL = "VOICEMAIL"
    FAX = "FAX"
    PORTAL = "PORTAL"
    MAIL = "MAIL"
    DRAW = "DRAW"


class GoodCause(StrEnum):
    """Circumstances in which a late request is still heard (42 CFR 478.22(b))."""

    SERIOUS_ILLNESS = "SERIOUS_ILLNESS"
    FAMILY_DEATH_OR_ILLNESS = "FAMILY_DEATH_OR_ILLNESS"
    RECORDS_DESTROYED = "RECORDS_DESTROYED"
    INFORMATION_NOT_FOUND = "INFORMATION_NOT_FOUND"
    MISINFORMED_BY_QIO = "MISINFORMED_BY_QIO"
    SENT_TO_WRONG_AGENCY = "SENT_TO_WRONG_AGENCY"
    UNAVOIDABLE = "UNAVOIDABLE"


class Timeliness(StrEnum):
    """When the request came; what being late means is the rule's of the case type, and hardly ever a refusal."""

    TIMELY = "TIMELY"
    LATE = "LATE"
    UNLIMITED = "UNLIMITED"


class Role(StrEnum):
    """What somebody is in a case."""

    BENEFICIARY = "beneficiary"
    REPRESENTATIVE = "representative"
    PROVIDER = "provider"
    PRACTITIONER = "practitioner"
    PLAN = "plan"
    MAC = "mac"
    QIC = "qic"
    CMS = "cms"
    OIG = "oig"
    BOARD = "board"
    AGENCY = "agency"


class How(StrEnum):
    """How a party was told. ``UNREACHABLE`` is an attempt that failed; ``LETTER`` is a letter received."""

    PHONE = "PHONE"
    LETTER = "LETTER"
    UNREACHABLE = "UNREACHABLE"


class ProviderType(StrEnum):
    """What kind of provider gave the service; a hospital is any inpatient facility (42 CFR 405.1205(a))."""

    HOSPITAL = "HOSPITAL"
    SNF = "SNF"
    HHA = "HHA"
    CORF = "CORF"
    HOSPICE = "HOSPICE"
    PRACTICE = "PRACTICE"


class Obligor(StrEnum):
    """Who owes the act of a deadline; for a window of time, whose right it is."""

    QIO = "QIO"
    PROVIDER = "PROVIDER"
    PLAN = "PLAN"
    BENEFICIARY = "BENEFICIARY"
    PARTY = "PARTY"  # any party of the case, or the subject of a review
    QIC = "QIC"
    OIG = "OIG"


class Authority(StrEnum):
    """What lets a representative act for a beneficiary."""

    APPOINTED = "APPOINTED"  # form CMS-1696 or a writing equal to it
    STATE_LAW = "STATE_LAW"  # guardian, health care proxy, power of attorney, surrogate
    ESTATE = "ESTATE"


class Finding(StrEnum):
    """What a peer reviewer found about one concern (42 CFR 476.130)."""

    STANDARD_MET = "STANDARD_MET"
    STANDARD_NOT_MET = "STANDARD_NOT_MET"


class Severity(StrEnum):
    """How grave it is that a standard was not met."""

    OTHER = "OTHER"
    SIGNIFICANT = "SIGNIFICANT"
    SUBSTANTIAL = "SUBSTANTIAL"
    GROSS_AND_FLAGRANT = "GROSS_AND_FLAGRANT"


class CaseContact(Contract):
    """A party of a case as notices name it. Confidential (42 CFR 480.101)."""

    name: str = Field(min_length=1, max_length=200)
    email: str | None = Field(
        default=None, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$", description="for example ann@example.org"
    )
    phone: str | None = Field(default=None, max_length=40, pattern=r"^[0-9+(). x-]{7,40}$")
    language: Literal["en", "es"] = "en"
    interpreter: str | None = Field(default=None, max_length=60, description="language of the interpreter wanted")
    tty: bool = False


class CaseParty(Contract):
    """Somebody in a case. ``id``: NPI, CCN, plan or contractor number. A representative needs ``authority``."""

    role: Role
    contact: CaseContact
    id: str | None = Field(default=None, max_length=40, pattern=r"^[A-Za-z0-9-]+$")
    authority: Authority | None = None


class Concern(Contract):
    """One concern about the quality of care. ``words`` is confidential; ``topic`` is what a QIN-QIO may hear."""

    id: Name
    topic: Name
    words: Words


class ConcernFinding(Contract):
    """The finding on one concern: the standard used is not appealable (42 CFR 476.130(a)(2))."""

    concern: Name
    finding: Finding
    severity: Severity | None = None
    standard: Words
    facts: Words


class FileCase(Command):
    """Open a case of any type.

    A request for the same matter (who, where, which notice, stay or claim) joins the case there is, which keeps the
    earliest receipt. Times need a zone; dates are local to the facility. ``zone`` (IANA) goes before ``zip_code``.
    ``facts`` are those of the case type that are known at filing, by name (``qio case clock TYPE --facts``);
    ``circumstances`` those that hold. ``beneficiary`` refers to the person the case is about: for EMTALA any
    individual, for a sanction the practitioner.
    """

    TYPE: ClassVar[str] = "complaints.FileCase"

    case_type: CaseType
    beneficiary: Reference
    parties: tuple[CaseParty, ...] = Field(min_length=1, max_length=12)
    facility_ccn: Ccn
    provider_type: ProviderType
    state: str = Field(pattern=r"^[A-Z]{2}$")
    zip_code: str | None = Field(default=None, pattern=r"^[0-9]{5}$")
    zone: str | None = Field(default=None, max_length=64)
    received_at: dt.datetime
    channel: Channel
    facts: dict[Name, When] = Field(default_factory=dict, max_length=40)
    circumstances: frozenset[Name] = Field(default=frozenset(), max_length=20)
    concerns: tuple[Concern, ...] = Field(default=(), max_length=40)
    good_cause: GoodCause | None = None
    claim: Reference | None = None
    amount_cents: int | None = Field(default=None, ge=0, description="payment at stake, US cents")
    family: UUID | None = Field(default=None, description="a case this one belongs to")
    local_factors: frozenset[Name] = Field(default=frozenset(), max_length=20)
    words: dict[Name, Words] = Field(default_factory=dict, max_length=20, description="what letters must say")


class CaseCommand(Command):
    """A change of one case; ``at`` is when it happened, with a zone."""

    case_id: UUID
    at: dt.datetime


class RecordStep(CaseCommand):
    """A step of the case type's transition table was taken (``qio case steps TYPE`` lists them).

    ``facts`` and ``circumstances`` (``-name``: no longer so) become known with it; ``answers`` are short coded
    findings; ``party`` and ``how`` say who was told, or tried; ``words`` are what letters must say and only people
    can write; ``note`` is confidential.
    """

    TYPE: ClassVar[str] = "complaints.RecordStep"

    step: Name
    party: Role | None = None
    how: How | None = None
    facts: dict[Name, When] = Field(default_factory=dict, max_length=20)
    circumstances: frozenset[Annotated[str, Field(pattern=r"^-?[a-z_]+$", max_length=40)]] = frozenset()
    answers: dict[Name, Name] = Field(default_factory=dict, max_length=20)
    words: dict[Name, Words] = Field(default_factory=dict, max_length=20)
    recovered_cents: int | None = Field(default=None, ge=0)
    note: Words | None = None


class Part(StrEnum):
    """What a person does in a case; a screener or coder never decides against anyone."""

    SCREENER = "SCREENER"
    PEER_REVIEWER = "PEER_REVIEWER"
    CODER = "CODER"
    RECOMMENDER = "RECOMMENDER"
    PANEL_MEMBER = "PANEL_MEMBER"


class AssignReviewer(CaseCommand):
    """Give a part of the case to a registered reviewer; a later assignment replaces it and restarts no clock.

    ``subject`` is the profession of whoever ordered or furnished the care. ``waivers`` give a reason for each rule of
    independence that may be waived (42 CFR 476.98, 478.28).
    """

    TYPE: ClassVar[str] = "complaints.AssignReviewer"

    reviewer: UUID
    part: Part = Part.PEER_REVIEWER
    subject: Profession = Profession.MD
    specialty: Specialty | None = None
    attested_no_conflict: bool
    waivers: dict[Name, Words] = Field(default_factory=dict, max_length=10)


class DecideCase(CaseCommand):
    """The assigned reviewer's determination; ``rationale`` in plain words goes into the letters and nowhere else.

    ``liable_from``: the first day the patient pays, where the QIO states one. ``findings``: one for each concern.
    ``answers``: those the case type asks for (EMTALA: YES, NO, UNDETERMINED, NA). ``setting`` is the most appropriate
    setting of care, ``recovered_cents`` what the Trust Fund gets back.
    """

    TYPE: ClassVar[str] = "complaints.DecideCase"

    reviewer: UUID
    outcome: Name
    rationale: Words
    liable_from: dt.date | None = None
    findings: tuple[ConcernFinding, ...] = Field(default=(), max_length=40)
    answers: dict[Name, Name] = Field(default_factory=dict, max_length=20)
    words: dict[Name, Words] = Field(default_factory=dict, max_length=20)
    setting: Name | None = None
    recovered_cents: int | None = Field(default=None, ge=0)
    local_factors: frozenset[Name] = Field(default=frozenset(), max_length=20)


class ReconsiderCase(CaseCommand):
    """A party asks for the reconsideration; ``at`` is when the request was received (478.20: postmarked)."""

    TYPE: ClassVar[str] = "complaints.ReconsiderCase"

    party: Role
    facts: dict[Name, When] = Field(default_factory=dict, max_length=20)
    circumstances: frozenset[Name] = frozenset()
    good_cause: GoodCause | None = None


class WithdrawCase(CaseCommand):
    """The one who asked takes the request back, before the determination."""

    TYPE: ClassVar[str] = "complaints.WithdrawCase"


class ReopenGround(StrEnum):
    """Why a closed case is opened again (42 CFR 476.96, 476.150(b)): the first within 1 year, the next within 4."""

    ANY = "ANY"
    NEW_INFORMATION = "NEW_INFORMATION"
    REVIEWER_ERROR = "REVIEWER_ERROR"
    CLERICAL_ERROR = "CLERICAL_ERROR"
    ERROR_ON_FACE = "ERROR_ON_FACE"
    FRAUD = "FRAUD"


class ReopenCase(CaseCommand):
    """Open a closed case again."""

    TYPE: ClassVar[str] = "complaints.ReopenCase"

    ground: ReopenGround
    note: Words


class TransferCase(CaseCommand):
    """The service was given in another state: the case moves to that state's QIO and keeps its receipt time."""

    TYPE: ClassVar[str] = "complaints.TransferCase"

    state: str = Field(pattern=r"^[A-Z]{2}$")
    zip_code: str | None = Field(default=None, pattern=r"^[0-9]{5}$")
    zone: str | None = Field(default=None, max_length=64)
    note: Words


class AddConcern(CaseCommand):
    """A further concern, before the interim initial determination (42 CFR 476.120(b))."""

    TYPE: ClassVar[str] = "complaints.AddConcern"

    concern: Concern


class NameParty(CaseCommand):
    """A party became known, or is reached elsewhere: it takes the place of the one named before in that role."""

    TYPE: ClassVar[str] = "complaints.NameParty"

    party: CaseParty


class CorrectFact(CaseCommand):
    """A fact was recorded with a wrong time: open clocks are counted anew, history stays as it was."""

    TYPE: ClassVar[str] = "complaints.CorrectFact"

    fact: Name
    value: When
    note: Words


class CaseEvent(Event):
    """A fact about one case, with no name, free text, facility or reviewer (42 CFR 480.101)."""

    case_id: UUID


class DeadlineFact(CaseEvent):
    """A deadline of a case: the rule and its version, who owes the act, and when it is due (UTC)."""

    deadline_id: UUID
    rule_id: str
    rule_version: int = Field(ge=1)
    citation: str
    obligor: Obligor
    due_at: dt.datetime
    zone: str


class CaseOpened(CaseEvent):
    """A case was opened, or filed anew after it had been withdrawn."""

    TYPE: ClassVar[str] = "complaints.CaseOpened"

    case_type: AnnouncedType
    region: str
    zone: str
    timeliness: Timeliness
    received_at: dt.datetime


class RequestJoined(CaseEvent):
    """A second request for the same matter joined the case; ``received_at`` is the earliest of all."""

    TYPE: ClassVar[str] = "complaints.RequestJoined"

    received_at: dt.datetime
    timeliness: Timeliness


class CaseAdvanced(CaseEvent):
    """A step of the case type's transition table was taken; ``state`` is where the case stands now."""

    TYPE: ClassVar[str] = "complaints.CaseAdvanced"

    step: str
    state: str
    occurred_at: dt.datetime


class CaseDetermined(CaseEvent):
    """The QIO made its determination; of a reconsideration with ``level`` 1."""

    TYPE: ClassVar[str] = "complaints.CaseDetermined"

    case_type: AnnouncedType
    region: str
    timeliness: Timeliness
    outcome: str
    level: int = Field(ge=0, le=1)
    determined_at: dt.datetime


class PartyNotified(CaseEvent):
    """A party was told; for the beneficiary ``liable_from`` is when responsibility for charges begins, if it does."""

    TYPE: ClassVar[str] = "complaints.PartyNotified"

    party: Role
    how: How
    notified_at: dt.datetime
    liable_from: dt.datetime | None = None


class DeadlineSet(DeadlineFact):
    """A clock was started; a deadline set again for the same rule replaces the one before."""

    TYPE: ClassVar[str] = "complaints.DeadlineSet"


class DeadlineMet(DeadlineFact):
    """The act was done in time."""

    TYPE: ClassVar[str] = "complaints.DeadlineMet"

    met_at: dt.datetime


class DeadlineApproaching(DeadlineFact):
    """A share of the time is used up."""

    TYPE: ClassVar[str] = "complaints.DeadlineApproaching"

    percent: Literal[50, 75, 90]


class DeadlineMissed(DeadlineFact):
    """The time passed without the act."""

    TYPE: ClassVar[str] = "complaints.DeadlineMissed"


class WindowLapsed(DeadlineFact):
    """The time in which a party could use a right is over; nobody failed."""

    TYPE: ClassVar[str] = "complaints.WindowLapsed"


class CaseTransferred(CaseEvent):
    """The case went to the QIO of another region; what was received stays received when it was."""

    TYPE: ClassVar[str] = "complaints.CaseTransferred"

    from_region: str
    to_region: str


class ClockBasisCorrected(CaseEvent):
    """The time of a fact was corrected; deadlines that depend on it were set anew."""

    TYPE: ClassVar[str] = "complaints.ClockBasisCorrected"

    fact: str


class CaseReopened(CaseEvent):
    """A closed case was opened again."""

    TYPE: ClassVar[str] = "complaints.CaseReopened"

    region: str
    ground: ReopenGround


class CaseClosed(CaseEvent):
    """Nothing more is to be done: ``outcome`` is the determination, or how the case ended without one."""

    TYPE: ClassVar[str] = "complaints.CaseClosed"

    case_type: AnnouncedType
    region: str
    outcome: str
    closed_at: dt.datetime
    on_time: bool = Field(description="the QIO missed none of its own deadlines")


class FacilityActivity(Event):
    """Cases of one facility in one month, as counts: an early sign that appeals or concerns rise.

    Complete each time: the latest message of a facility and month holds. Counts are of cases received in that month;
    ``concerns_confirmed`` counts concerns found not met, in the month of the final determination.
    """

    TYPE: ClassVar[str] = "complaints.FacilityActivity"

    ccn: Ccn
    state: str = Field(pattern=r"^[A-Z]{2}$")
    zip_code: str | None = Field(default=None, pattern=r"^[0-9]{5}$")
    month: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$")
    discharge_appeals: int = Field(ge=0)
    termination_appeals: int = Field(ge=0)
    concerns_confirmed: int = Field(ge=0)


class ConcernConfirmed(Event):
    """A standard of care was not met: provider and topic only, after the notice of 42 CFR 480.105."""

    TYPE: ClassVar[str] = "complaints.ConcernConfirmed"

    concern: UUID = Field(description="a pseudonym of this topic alone")
    ccn: Ccn
    topic: str
    confirmed_on: dt.date
    redisclosure: Literal["42CFR480.107"] = "42CFR480.107"


class PublicCaseMilestone(PublicEvent):
    """Public: a case of a coarse type passed a milestone; the case id is a pseudonym of this topic alone."""

    TYPE: ClassVar[str] = "public.CaseMilestone"

    case: UUID
    case_type: Literal["APPEAL", "COMPLAINT", "REVIEW"]
    milestone: Literal["OPENED", "DECIDED", "CLOSED"]
    region: str
    month: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="coarse: the month of the milestone")


CASE_COMMANDS: tuple[type[CaseCommand], ...] = (
    RecordStep,
    AssignReviewer,
    DecideCase,
    ReconsiderCase,
    WithdrawCase,
    ReopenCase,
    TransferCase,
    AddConcern,
    NameParty,
    CorrectFact,
)
CASE_EVENTS: tuple[type[CaseEvent], ...] = (
    CaseOpened,
    RequestJoined,
    CaseAdvanced,
    CaseDetermined,
    PartyNotified,
    DeadlineSet,
    DeadlineMet,
    DeadlineApproaching,
    DeadlineMissed,
    WindowLapsed,
    CaseTransferred,
    ClockBasisCorrected,
    CaseReopened,
    CaseClosed,
)

COMMANDS, REPLIES = command_topics(
    "complaints",
    (
        FileCase,
        *CASE_COMMANDS,
        *intake.COMMANDS,
        *reviewers.COMMANDS,
        *disclosures.COMMANDS,
        *work.COMMANDS,
        *second_reviews.COMMANDS,
    ),
)

CASES = Topic(
    name="qio.complaints.cases.v1",
    owner="complaints",
    summary="Cases and deadlines without persons, facilities, words or reviewers; nothing of sanctions and EMTALA.",
    messages=(*CASE_EVENTS, *documents.EVENTS),
    key="case id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("complaints",),
    readers=("notifications", "cli"),
)
ACTIVITY = Topic(
    name="qio.complaints.activity.v1",
    owner="complaints",
    summary="Counts of appeals and confirmed concerns per facility and month.",
    messages=(FacilityActivity,),
    key="CCN and month",
    partitions=4,
    retention_days=365,
    gaps=Gaps.LATEST_WINS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("complaints",),
    readers=("measures", "cli"),
)
CONCERNS = Topic(
    name="qio.complaints.concerns.v1",
    owner="complaints",
    summary="Confirmed concerns for the QIN-QIO: provider and topic, after the notice of 42 CFR 480.105.",
    messages=(ConcernConfirmed,),
    key="pseudonym of this topic alone",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("complaints",),
    readers=("recruitment", "cli"),
)
PUBLIC_CASES = Topic(
    name="qio.public.cases.v1",
    owner="complaints",
    summary="Coarse milestones of cases, for partners; nothing of sanctions and EMTALA.",
    messages=(PublicCaseMilestone,),
    key="pseudonym of the case, of this topic alone",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.PUBLIC,
    writers=("complaints",),
    readers=("notifications", "partner", "cli"),
)

TOPICS = (COMMANDS, REPLIES, CASES, ACTIVITY, CONCERNS, PUBLIC_CASES)
