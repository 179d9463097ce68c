"""Referrals and disclosures: the notice before confidential information leaves, and a patient's own information."""

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact
from services.complaints.domain.clock import Hour
from services.complaints.domain.rule import Kind, Rule
from services.complaints.domain.rules.common import SINCE, is_not, is_so
from shared.contracts.complaints import CaseType, Obligor

RULES = (
    Rule(
        id="DS-INVESTIGATIVE",
        effective_from=SINCE,
        citation="42 CFR 480.105(b)(2)",
        owed="disclose confidential information to an investigative or licensing agency, comments attached",
        obligor=Obligor.QIO,
        kind=Kind.NOT_BEFORE,
        starts=("notice_given",),
        also=("practitioner_notice_given",),
        count=30,
        hour=Hour.START,
        when=(is_not("excepted"), is_not("institution")),
        met_by="disclosed",
    ),
    Rule(
        id="DS-INSTITUTION",
        effective_from=SINCE,
        citation="42 CFR 480.105(a)",
        owed="disclose information that identifies an institution and no person",
        obligor=Obligor.QIO,
        kind=Kind.NOT_BEFORE,
        starts=("notice_given",),
        count=30,
        hour=Hour.START,
        when=(is_not("excepted"), is_so("institution")),
        met_by="disclosed",
    ),
    Rule(
        id="DS-PATIENT",
        effective_from=SINCE,
        citation="42 CFR 480.132",
        owed="give the patient or representative their own information",
        obligor=Obligor.QIO,
        starts=("information_requested",),
        count=14,
        met_by="information_given",
    ),
)

REFERRAL = CaseClock(
    type=CaseType.REFERRAL,
    title="Referral and disclosure",
    opening="notice_given",
    facts=(
        Fact("notice_given", "the institution (or the practitioner alone) was given notice and a copy"),
        Fact("practitioner_notice_given", "the practitioner was given notice and a copy, where both are"),
        Fact("disclosed", "the information was sent"),
        Fact("information_requested", "the patient asked in writing for their information"),
        Fact("information_given", "the patient received it"),
    ),
    circumstances=(
        Circumstance("excepted", "fraud or abuse, or imminent danger (480.106): no notice is needed"),
        Circumstance("institution", "the information identifies an institution and no person"),
        Circumstance("confirmed_concern", "it tells the QIN-QIO of a provider and a topic, and of nothing else"),
    ),
    rules=RULES,
    order=(("information_requested", "information_given"),),
)
