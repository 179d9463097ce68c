"""Kinds of recipients, classes of information, and what may be asked of a disclosure before it leaves."""

from enum import StrEnum


class Recipient(StrEnum):
    """Who would learn something. ``COMPLAINT_PROVIDER``: the provider or practitioner a complaint is about."""

    BENEFICIARY = "BENEFICIARY"
    REPRESENTATIVE = "REPRESENTATIVE"
    PRACTITIONER = "PRACTITIONER"
    INSTITUTION = "INSTITUTION"
    COMPLAINT_PROVIDER = "COMPLAINT_PROVIDER"
    MAC = "MAC"
    MAO = "MAO"
    QIN_QIO = "QIN_QIO"
    CMS = "CMS"
    OIG = "OIG"
    GAO = "GAO"
    LICENSING_BOARD = "LICENSING_BOARD"
    FRAUD_AGENCY = "FRAUD_AGENCY"  # Federal or State, other than OIG and GAO
    PUBLIC_HEALTH = "PUBLIC_HEALTH"
    COURT = "COURT"  # subpoena or discovery in a civil action, and hearings
    PUBLIC = "PUBLIC"  # and analytics


class Information(StrEnum):
    """What would be learned."""

    OWN_PATIENT = "OWN_PATIENT"  # identifies the beneficiary of the case
    OTHER_PATIENT = "OTHER_PATIENT"
    COMPLAINANT = "COMPLAINANT"  # that a beneficiary complained, and who
    OWN_PRACTICE = "OWN_PRACTICE"  # about the receiving practitioner or institution itself
    PRACTITIONER_IDENTITY = "PRACTITIONER_IDENTITY"
    REVIEWER_IDENTITY = "REVIEWER_IDENTITY"
    DELIBERATIONS = "DELIBERATIONS"
    COMPLAINT_FINDINGS = "COMPLAINT_FINDINGS"
    DETERMINATION = "DETERMINATION"
    DATES = "DATES"
    LIABILITY = "LIABILITY"
    QUALITY_FINDINGS = "QUALITY_FINDINGS"
    NARRATIVE = "NARRATIVE"
    ADVOCACY = "ADVOCACY"  # communications of immediate advocacy
    PRACTICE_PATTERNS = "PRACTICE_PATTERNS"
    SANCTION_REPORTS = "SANCTION_REPORTS"
    EMTALA_ANSWERS = "EMTALA_ANSWERS"
    CONFIRMED_CONCERN = "CONFIRMED_CONCERN"  # institution and topic, no case and no person
    AGGREGATE = "AGGREGATE"


class Condition(StrEnum):
    """What must hold before the information leaves; the first two are reckoned, the others stated by who asks."""

    NOTICE_30_DAYS = "NOTICE_30_DAYS"
    SUPPRESS_SMALL_CELLS = "SUPPRESS_SMALL_CELLS"
    CONSENT_OF_ALL = "CONSENT_OF_ALL"
    REQUESTED = "REQUESTED"
    WRITTEN_REQUEST = "WRITTEN_REQUEST"
    AUTHORITY = "AUTHORITY"
    IDENTIFIERS_REMOVED = "IDENTIFIERS_REMOVED"
    IDENTIFIERS_ENCRYPTED = "IDENTIFIERS_ENCRYPTED"
    DENIAL_DETERMINATION = "DENIAL_DETERMINATION"
    BENEFICIARY_HEARING = "BENEFICIARY_HEARING"
    NO_OPINION_IDENTIFIED = "NO_OPINION_IDENTIFIED"
    NECESSARY = "NECESSARY"


class NoticeException(StrEnum):
    """Why no notice is needed, or none beforehand (42 CFR 480.106)."""

    IMMINENT_DANGER = "IMMINENT_DANGER"  # (a): the notice goes out together with the information
    FRAUD_OIG_GAO = "FRAUD_OIG_GAO"  # (b)(1)
    FRAUD_PROSECUTABLE = "FRAUD_PROSECUTABLE"  # (b)(2): said in writing by the agency
    SUBJECT_CONSENTED = "SUBJECT_CONSENTED"  # (c)(1), (2): asked for or agreed to in writing


STATED = frozenset(Condition) - {Condition.NOTICE_30_DAYS, Condition.SUPPRESS_SMALL_CELLS}

MEANINGS: dict[Condition, str] = {
    Condition.NOTICE_30_DAYS: "The practitioner or institution must have had notice and a copy for 30 calendar days.",
    Condition.SUPPRESS_SMALL_CELLS: "Counts below 11 must be suppressed.",
    Condition.CONSENT_OF_ALL: "All parties of the immediate advocacy must consent in writing.",
    Condition.REQUESTED: "The recipient must have asked for it.",
    Condition.WRITTEN_REQUEST: "The request must be in writing.",
    Condition.AUTHORITY: "The representative must be designated by the patient or by State law.",
    Condition.IDENTIFIERS_REMOVED: "Identifiers of other patients and of practitioners must be removed.",
    Condition.IDENTIFIERS_ENCRYPTED: "Identifiers of the beneficiary must be encrypted for this recipient alone.",
    Condition.DENIAL_DETERMINATION: "It must belong to a denial determination or to the findings of a complaint.",
    Condition.BENEFICIARY_HEARING: "It must be asked for in the hearing or review of a beneficiary's claim.",
    Condition.NO_OPINION_IDENTIFIED: "The opinion of a particular individual must not be identifiable.",
    Condition.NECESSARY: "It must be necessary for what the recipient is charged with by law.",
}
