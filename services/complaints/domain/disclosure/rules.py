"""The disclosure rules as data: every pair of recipient and information, with conditions and citation.

Read in the CFR (2015 annual edition). What no row allows is never disclosed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from services.complaints.domain.disclosure.recipients import Condition, Information, Recipient

I, R, C = Information, Recipient, Condition  # noqa: E741 - the table is read by its columns


class Permission(StrEnum):
    """What a rule says."""

    ALLOW = "ALLOW"
    CONDITIONAL = "CONDITIONAL"
    NEVER = "NEVER"


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """Whether one kind of recipient may learn one class of information, under which conditions, and by what law."""

    recipient: Recipient
    information: Information
    permission: Permission
    conditions: frozenset[Condition]
    citation: str


class RulesContradict(ValueError):  # noqa: N818 - the fact is the name
    """Two rows of the table speak of the same pair."""


PATIENT = (R.BENEFICIARY, R.REPRESENTATIVE)
SUBJECT = (R.PRACTITIONER, R.INSTITUTION)
PARTIES = (*PATIENT, *SUBJECT, R.COMPLAINT_PROVIDER)
PAYMENT = (I.DETERMINATION, I.DATES, I.LIABILITY)
ON_SUBJECT = (
    I.PRACTITIONER_IDENTITY,
    I.PRACTICE_PATTERNS,
    I.QUALITY_FINDINGS,
    I.COMPLAINT_FINDINGS,
    I.DETERMINATION,
    I.DATES,
)
# What the Department gets on request beside what has a row of its own.
ON_REQUEST = frozenset(I) - {I.DELIBERATIONS, I.ADVOCACY, I.SANCTION_REPORTS, I.EMTALA_ANSWERS, I.AGGREGATE}
INVESTIGATIVE = frozenset({C.NOTICE_30_DAYS, C.NECESSARY})

_Row = tuple[Iterable[Recipient], Iterable[Information], Iterable[Condition], str]
_ALLOWED: tuple[_Row, ...] = (
    # The patient and who acts for the patient.
    ((R.BENEFICIARY,), (I.OWN_PATIENT, I.NARRATIVE), (C.WRITTEN_REQUEST, C.IDENTIFIERS_REMOVED), "42 CFR 480.132(a)"),
    (
        (R.REPRESENTATIVE,),
        (I.OWN_PATIENT, I.NARRATIVE),
        (C.WRITTEN_REQUEST, C.IDENTIFIERS_REMOVED, C.AUTHORITY),
        "42 CFR 480.132(a), (c)",
    ),
    ((R.BENEFICIARY,), (I.COMPLAINT_FINDINGS,), (), "42 CFR 476.130(d), 476.140(b), 480.133(a)(2)(iv)"),
    (
        (R.REPRESENTATIVE,),
        (I.COMPLAINT_FINDINGS,),
        (C.AUTHORITY,),
        "42 CFR 476.130(d), 476.140(b), 480.133(a)(2)(iv)",
    ),
    ((R.BENEFICIARY,), PAYMENT, (), "42 CFR 480.132(b)(1)"),
    ((R.REPRESENTATIVE,), PAYMENT, (C.AUTHORITY,), "42 CFR 480.132(b)(1)"),
    (PATIENT, (I.PRACTITIONER_IDENTITY,), (C.DENIAL_DETERMINATION,), "42 CFR 480.132(b)(1), 480.133(a)(2)(iv)"),
    # Practitioners and institutions, about themselves.
    (SUBJECT, (I.OWN_PRACTICE, I.QUALITY_FINDINGS), (), "42 CFR 480.133(a)(1)"),
    ((R.PRACTITIONER,), (I.PRACTICE_PATTERNS,), (), "42 CFR 480.133(a)(1)"),
    ((R.INSTITUTION,), (I.PRACTICE_PATTERNS,), (C.REQUESTED,), "42 CFR 480.133(a)(2)(i)"),
    (SUBJECT, PAYMENT, (), "42 CFR 480.133(b)(1)"),
    (SUBJECT, (I.SANCTION_REPORTS,), (), "42 CFR 1004.70"),
    # The provider in a complaint.
    ((R.COMPLAINT_PROVIDER,), (I.COMPLAINANT,), (), "42 CFR 476.130(b)(2)"),
    ((R.COMPLAINT_PROVIDER,), (I.COMPLAINT_FINDINGS, I.DETERMINATION, I.DATES), (), "42 CFR 476.130(c), (d)"),
    ((R.COMPLAINT_PROVIDER,), (I.OWN_PRACTICE,), (), "42 CFR 480.133(a)(1)"),
    ((*PARTIES, R.CMS), (I.ADVOCACY,), (C.CONSENT_OF_ALL,), "42 CFR 476.110(c), 480.107(l)"),
    # Who pays.
    ((R.MAC,), PAYMENT, (C.IDENTIFIERS_ENCRYPTED,), "42 CFR 480.136(a)(1)"),
    ((R.MAO,), PAYMENT, (C.IDENTIFIERS_ENCRYPTED,), "42 CFR 422.622, 422.626"),
    # Improvement: the institution and the topic, never a case.
    ((R.QIN_QIO,), (I.CONFIRMED_CONCERN,), (C.NOTICE_30_DAYS,), "42 CFR 480.105(a)"),
    # Oversight.
    ((R.CMS,), (I.DELIBERATIONS,), (), "42 CFR 480.139(a)(1)(i)"),
    ((R.OIG, R.GAO), (I.DELIBERATIONS,), (C.NECESSARY,), "42 CFR 480.139(a)(1)(ii)"),
    ((R.CMS,), (I.EMTALA_ANSWERS,), (), "42 CFR 489.24(h)(2)"),
    ((R.OIG,), (I.SANCTION_REPORTS,), (), "42 CFR 480.142(a)"),
    ((R.CMS,), (I.SANCTION_REPORTS,), (C.REQUESTED,), "42 CFR 480.142(a)"),
    ((R.CMS, R.OIG), ON_REQUEST, (C.REQUESTED,), "42 CFR 480.130"),
    ((R.GAO,), (I.OWN_PATIENT, *ON_SUBJECT, I.LIABILITY), (C.NECESSARY,), "42 CFR 480.138(b)(1), 480.140(b)"),
    # Investigative, licensing and public health bodies.
    ((R.LICENSING_BOARD,), ON_SUBJECT, INVESTIGATIVE, "42 CFR 480.138(a)(1), 480.105(b)(2)"),
    ((R.FRAUD_AGENCY,), (*ON_SUBJECT, I.OWN_PATIENT), INVESTIGATIVE, "42 CFR 480.137, 480.105(b)(2)"),
    ((R.FRAUD_AGENCY,), (I.SANCTION_REPORTS,), INVESTIGATIVE, "42 CFR 480.142(b), 480.105(b)(2)"),
    ((R.PUBLIC_HEALTH,), (*ON_SUBJECT, I.OWN_PATIENT), INVESTIGATIVE, "42 CFR 480.138(a)(2), 480.105(b)(2)"),
    # Reasons of a decision, in the hearing of a beneficiary's claim.
    ((R.COURT,), (I.DETERMINATION,), (C.BENEFICIARY_HEARING, C.NO_OPINION_IDENTIFIED), "42 CFR 480.139(b)(2)"),
    # Numbers.
    (frozenset(R) - {R.CMS, R.OIG, R.GAO}, (I.AGGREGATE,), (C.SUPPRESS_SMALL_CELLS,), "42 CFR 480.120(a)(7), 480.101"),
    ((R.CMS, R.OIG, R.GAO), (I.AGGREGATE,), (), "42 CFR 480.120(a)(4), 480.130"),
)
# Why something is never disclosed, where there is a more exact place than the rule that all is held in confidence.
_NEVER: Mapping[Information, str] = {
    I.REVIEWER_IDENTITY: "42 CFR 480.101(b), 480.139(b)",
    I.DELIBERATIONS: "42 CFR 480.139(a)",
    I.SANCTION_REPORTS: "42 CFR 480.142",
    I.EMTALA_ANSWERS: "42 CFR 489.24(h)(2)",
    I.OTHER_PATIENT: "42 CFR 480.132(a)(1)(iii)",
    I.ADVOCACY: "42 CFR 476.110(c)",
}
_IN_CONFIDENCE = "42 CFR 480.103(b)"
_NO_SUBPOENA = "42 CFR 480.138(a)(3)"


def _allowed() -> Iterator[DisclosureRule]:
    for recipients, informations, conditions, citation in _ALLOWED:
        asked = frozenset(conditions)
        permission = Permission.CONDITIONAL if asked else Permission.ALLOW
        for recipient in recipients:
            for information in informations:
                yield DisclosureRule(recipient, information, permission, asked, citation)


def _table() -> Mapping[tuple[Recipient, Information], DisclosureRule]:
    found: dict[tuple[Recipient, Information], DisclosureRule] = {}
    for rule in _allowed():
        if found.setdefault((rule.recipient, rule.information), rule) is not rule:
            raise RulesContradict(f"{rule.recipient} and {rule.information} stand in two rows")
    return MappingProxyType(found)


RULES = _table()


def rule_for(recipient: Recipient, information: Information) -> DisclosureRule:
    """The rule of a pair; what no row allows is never disclosed."""
    rule = RULES.get((recipient, information))
    if rule is not None:
        return rule
    citation = _NO_SUBPOENA if recipient is Recipient.COURT else _NEVER.get(information, _IN_CONFIDENCE)
    return DisclosureRule(recipient, information, Permission.NEVER, frozenset(), citation)
