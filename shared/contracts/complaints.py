"""What complaints is asked and what it says about cases."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.commands import command_topics
from shared.contracts.feeds import Ccn, Reference
from shared.contracts.message import Command, Contract, Event, PublicEvent
from shared.contracts.topic import Confidentiality, Gaps, Topic


class Channel(StrEnum):
    """How a request reached the QIO; a voicemail counts as received when it is left."""

    PHONE = "PHONE"
    VOICEMAIL = "VOICEMAIL"
    FAX = "FAX"
    PORTAL = "PORTAL"
    MAIL = "MAIL"


class GoodCause(StrEnum):
    """Circumstances in which a late request is still heard (42 CFR 478.22(b), by analogy)."""

    SERIOUS_ILLNESS = "SERIOUS_ILLNESS"
    FAMILY_DEATH_OR_ILLNESS = "FAMILY_DEATH_OR_ILLNESS"
    RECORDS_DESTROYED = "RECORDS_DESTROYED"
    INFORMATION_NOT_FOUND = "INFORMATION_NOT_FOUND"
    MISINFORMED_BY_QIO = "MISINFORMED_BY_QIO"
    SENT_TO_WRONG_AGENCY = "SENT_TO_WRONG_AGENCY"
    UNAVOIDABLE = "UNAVOIDABLE"


class Timeliness(StrEnum):
    """When the request came; a late one is decided too, with another clock and no protection from charges."""

    TIMELY = "TIMELY"
    LATE_INPATIENT = "LATE_INPATIENT"
    LATE_LEFT = "LATE_LEFT"


class Outcome(StrEnum):
    """What the QIO determined about the discharge."""

    UPHELD_PROVIDER = "UPHELD_PROVIDER"
    OVERTURNED = "OVERTURNED"
    PARTIAL = "PARTIAL"
    INVALID_NOTICE = "INVALID_NOTICE"


class Party(StrEnum):
    """Those who must be told the determination (42 CFR 405.1206(d)(8))."""

    BENEFICIARY = "beneficiary"
    HOSPITAL = "hospital"
    PHYSICIAN = "physician"


class How(StrEnum):
    """How a party was told. ``UNREACHABLE`` is an attempt that failed; ``LETTER`` is a letter received."""

    PHONE = "PHONE"
    LETTER = "LETTER"
    UNREACHABLE = "UNREACHABLE"


class Item(StrEnum):
    """What a hospital supplies: the detailed notice given to the patient, and the records for the QIO."""

    DETAILED_NOTICE = "DETAILED_NOTICE"
    RECORDS = "RECORDS"


class Obligor(StrEnum):
    """Who owes the act of a deadline; for a window of time, whose right it is."""

    QIO = "QIO"
    PROVIDER = "PROVIDER"
    BENEFICIARY = "BENEFICIARY"


class CaseContact(Contract):
    """A party of a case as notices name it. Confidential (42 CFR 480.101)."""

    name: str = Field(min_length=1, max_length=200)
    email: str | None = Field(default=None, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")
    language: Literal["en", "es"] = "en"


class FileDischargeAppeal(Command):
    """Open a hospital discharge appeal of Original Medicare (42 CFR 405.1206).

    A request for the same patient, hospital and discharge date joins the case there is, which keeps the earliest
    ``received_at``. Times need a zone; dates are local to the hospital. ``zone`` (IANA) goes before ``zip_code``.
    """

    TYPE: ClassVar[str] = "complaints.FileDischargeAppeal"

    beneficiary: Reference
    patient: CaseContact
    physician: CaseContact
    hospital: CaseContact
    facility_ccn: Ccn
    state: str = Field(pattern=r"^[A-Z]{2}$")
    zip_code: str | None = Field(default=None, pattern=r"^[0-9]{5}$")
    zone: str | None = Field(default=None, max_length=64)
    admitted_on: dt.date
    discharge_on: dt.date
    received_at: dt.datetime
    channel: Channel
    still_inpatient: bool
    notice_given_at: dt.datetime | None = None
    good_cause: GoodCause | None = None


class CaseCommand(Command):
    """A change of one case; ``at`` is when it happened, with a zone."""

    case_id: UUID
    at: dt.datetime


class RecordHospitalNotified(CaseCommand):
    """The QIO told the hospital of the request; starts the hospital's clocks."""

    TYPE: ClassVar[str] = "complaints.RecordHospitalNotified"


class RecordInformationReceived(CaseCommand):
    """Something the hospital supplied; ``complete``: all requested pertinent information is now in."""

    TYPE: ClassVar[str] = "complaints.RecordInformationReceived"

    items: frozenset[Item] = Field(min_length=1)
    complete: bool


class RecordViewsSolicited(CaseCommand):
    """The QIO asked the patient (or representative) for their views, or tried to."""

    TYPE: ClassVar[str] = "complaints.RecordViewsSolicited"

    reached: bool


class RecordProviderExplanation(CaseCommand):
    """The hospital was given the opportunity to explain the discharge."""

    TYPE: ClassVar[str] = "complaints.RecordProviderExplanation"


class RecordNoticeValidity(CaseCommand):
    """The QIO found the hospital's notice valid or not (42 CFR 405.1206(d)(2))."""

    TYPE: ClassVar[str] = "complaints.RecordNoticeValidity"

    valid: bool


class AssignReviewer(CaseCommand):
    """Give the case to a peer reviewer; a later assignment replaces it and restarts no clock."""

    TYPE: ClassVar[str] = "complaints.AssignReviewer"

    reviewer: str = Field(min_length=1, max_length=64)
    physician: bool
    attested_no_conflict: bool


class RecordDecision(CaseCommand):
    """The reviewer's determination; ``rationale`` in plain words goes into the letters and nowhere else.

    ``liable_from``: the first day the patient pays, where the QIO states one (needed for a partial outcome).
    """

    TYPE: ClassVar[str] = "complaints.RecordDecision"

    reviewer: str = Field(min_length=1, max_length=64)
    outcome: Outcome
    rationale: str = Field(min_length=1, max_length=4000)
    liable_from: dt.date | None = None


class RecordPartyNotified(CaseCommand):
    """A party was told the determination, or could not be reached."""

    TYPE: ClassVar[str] = "complaints.RecordPartyNotified"

    party: Party
    how: How


class WithdrawCase(CaseCommand):
    """The beneficiary takes the request back, before the determination."""

    TYPE: ClassVar[str] = "complaints.WithdrawCase"


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


class DischargeAppealed(CaseEvent):
    """A hospital discharge appeal was opened, or filed anew after it had been withdrawn."""

    TYPE: ClassVar[str] = "complaints.DischargeAppealed"

    case_type: Literal["HOSP_DISCHARGE_FFS"] = "HOSP_DISCHARGE_FFS"
    region: str
    zone: str
    timeliness: Timeliness
    received_at: dt.datetime


class RequestJoined(CaseEvent):
    """A second request for the same notice joined the case; ``received_at`` is the earliest of all."""

    TYPE: ClassVar[str] = "complaints.RequestJoined"

    received_at: dt.datetime
    timeliness: Timeliness


class HospitalNotified(CaseEvent):
    """The hospital knows of the request."""

    TYPE: ClassVar[str] = "complaints.HospitalNotified"

    notified_at: dt.datetime


class RecordsRequested(CaseEvent):
    """The hospital was asked for its records and the detailed notice, both due at ``due_at``."""

    TYPE: ClassVar[str] = "complaints.RecordsRequested"

    due_at: dt.datetime


class InformationReceived(CaseEvent):
    """Information came in; when ``complete``, the determination is due at ``decision_due_at``."""

    TYPE: ClassVar[str] = "complaints.InformationReceived"

    received_at: dt.datetime
    complete: bool
    decision_due_at: dt.datetime | None = None


class CaseDetermined(CaseEvent):
    """The QIO made its determination."""

    TYPE: ClassVar[str] = "complaints.CaseDetermined"

    region: str
    timeliness: Timeliness
    outcome: Outcome
    determined_at: dt.datetime


class PartyNotified(CaseEvent):
    """A party was told; for the beneficiary ``liable_from`` is when responsibility for charges begins, if it does."""

    TYPE: ClassVar[str] = "complaints.PartyNotified"

    party: Party
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


class CaseWithdrawn(CaseEvent):
    """The request was taken back."""

    TYPE: ClassVar[str] = "complaints.CaseWithdrawn"

    region: str
    withdrawn_at: dt.datetime


class CaseClosed(CaseEvent):
    """Everyone was told and no time for reconsideration is left."""

    TYPE: ClassVar[str] = "complaints.CaseClosed"

    region: str
    outcome: Outcome
    closed_at: dt.datetime
    on_time: bool = Field(description="the QIO missed none of its own deadlines")


class PublicCaseMilestone(PublicEvent):
    """Public: a case of a coarse type passed a milestone; the case id is a pseudonym of this topic alone."""

    TYPE: ClassVar[str] = "public.CaseMilestone"

    case: UUID
    case_type: Literal["APPEAL"]
    milestone: Literal["OPENED", "DECIDED", "CLOSED"]
    region: str
    month: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="coarse: the month of the milestone")


CASE_COMMANDS: tuple[type[CaseCommand], ...] = (
    RecordHospitalNotified,
    RecordInformationReceived,
    RecordViewsSolicited,
    RecordProviderExplanation,
    RecordNoticeValidity,
    AssignReviewer,
    RecordDecision,
    RecordPartyNotified,
    WithdrawCase,
)
CASE_EVENTS: tuple[type[CaseEvent], ...] = (
    DischargeAppealed,
    RequestJoined,
    HospitalNotified,
    RecordsRequested,
    InformationReceived,
    CaseDetermined,
    PartyNotified,
    DeadlineSet,
    DeadlineMet,
    DeadlineApproaching,
    DeadlineMissed,
    WindowLapsed,
    CaseWithdrawn,
    CaseClosed,
)

COMMANDS, REPLIES = command_topics("complaints", (FileDischargeAppeal, *CASE_COMMANDS))

CASES = Topic(
    name="qio.complaints.cases.v1",
    owner="complaints",
    summary="Cases and their deadlines, without persons, facilities, free text or reviewers.",
    messages=CASE_EVENTS,
    key="case id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("complaints",),
    readers=("measures", "notifications", "cli"),
)
PUBLIC_CASES = Topic(
    name="qio.public.cases.v1",
    owner="complaints",
    summary="Coarse milestones of cases, for partners.",
    messages=(PublicCaseMilestone,),
    key="pseudonym of the case, of this topic alone",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.PUBLIC,
    writers=("complaints",),
    readers=("partner", "cli"),
)

TOPICS = (COMMANDS, REPLIES, CASES, PUBLIC_CASES)
