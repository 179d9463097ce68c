"""What complaints is asked about disclosures and about the public look-up of a case's status."""

import datetime as dt
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command

RecipientKind = Literal[
    "BENEFICIARY",
    "REPRESENTATIVE",
    "PRACTITIONER",
    "INSTITUTION",
    "COMPLAINT_PROVIDER",
    "MAC",
    "MAO",
    "QIN_QIO",
    "CMS",
    "OIG",
    "GAO",
    "LICENSING_BOARD",
    "FRAUD_AGENCY",
    "PUBLIC_HEALTH",
    "COURT",
    "PUBLIC",
]
InformationClass = Literal[
    "OWN_PATIENT",
    "OTHER_PATIENT",
    "COMPLAINANT",
    "OWN_PRACTICE",
    "PRACTITIONER_IDENTITY",
    "REVIEWER_IDENTITY",
    "DELIBERATIONS",
    "COMPLAINT_FINDINGS",
    "DETERMINATION",
    "DATES",
    "LIABILITY",
    "QUALITY_FINDINGS",
    "NARRATIVE",
    "ADVOCACY",
    "PRACTICE_PATTERNS",
    "SANCTION_REPORTS",
    "EMTALA_ANSWERS",
    "CONFIRMED_CONCERN",
    "AGGREGATE",
]
StatedCondition = Literal[
    "CONSENT_OF_ALL",
    "REQUESTED",
    "WRITTEN_REQUEST",
    "AUTHORITY",
    "IDENTIFIERS_REMOVED",
    "IDENTIFIERS_ENCRYPTED",
    "DENIAL_DETERMINATION",
    "BENEFICIARY_HEARING",
    "NO_OPINION_IDENTIFIED",
    "NECESSARY",
]
ExceptionCode = Literal["IMMINENT_DANGER", "FRAUD_OIG_GAO", "FRAUD_PROSECUTABLE", "SUBJECT_CONSENTED"]


class RequestDisclosure(Command):
    """Ask whether something of a case may be told to somebody; the answer is kept in the disclosure log.

    ``stated``: the conditions of the rule that the actor vouches for. ``notice_given_at``: when the practitioner or
    institution got notice and a copy (42 CFR 480.105); ``exception``: why none is needed beforehand (480.106).
    ``requested_at``: when the recipient's own request came in. ``smallest_cell``: of an aggregate. Times need a zone.
    """

    TYPE: ClassVar[str] = "complaints.RequestDisclosure"

    case_id: UUID
    recipient: RecipientKind
    information: InformationClass
    stated: frozenset[StatedCondition] = frozenset()
    notice_given_at: dt.datetime | None = None
    requested_at: dt.datetime | None = None
    exception: ExceptionCode | None = None
    smallest_cell: int | None = Field(default=None, ge=0)


class DisclosureCommand(Command):
    """A step of one disclosure; ``at`` is when it happened, with a zone."""

    disclosure_id: UUID
    at: dt.datetime


class RecordDisclosureNotice(DisclosureCommand):
    """The practitioner or institution got notice and a copy; starts the 30 days (42 CFR 480.105)."""

    TYPE: ClassVar[str] = "complaints.RecordDisclosureNotice"


class RecordDisclosureSent(DisclosureCommand):
    """The information left, with its redisclosure mark. Refused before its time, and when it was not allowed."""

    TYPE: ClassVar[str] = "complaints.RecordDisclosureSent"


class IssueStatusId(Command):
    """Make the id under which anyone who holds it learns the case's stage and next date; an earlier one ends."""

    TYPE: ClassVar[str] = "complaints.IssueStatusId"

    case_id: UUID


class RevokeStatusId(Command):
    """End the id by which the case's status is looked up."""

    TYPE: ClassVar[str] = "complaints.RevokeStatusId"

    case_id: UUID


COMMANDS: tuple[type[Command], ...] = (
    RequestDisclosure,
    RecordDisclosureNotice,
    RecordDisclosureSent,
    IssueStatusId,
    RevokeStatusId,
)
