"""Payment reviews: records, discussion, denials, DRG changes, and their reconsideration (42 CFR 476, 478)."""

from services.complaints.domain.case_clock import CaseClock, Circumstance, Fact, Presumption
from services.complaints.domain.clock import Unit
from services.complaints.domain.rule import Certainty, Filed, Kind, Rule
from services.complaints.domain.rules.common import SINCE, is_not, is_so
from shared.contracts.complaints import CaseType, Obligor

_DENIAL = "send the denial notice to patient, attending physician, facility and MAC"


def _denial(rule_id: str, citation: str, count: int, *circumstances: str, note: str = "") -> Rule:
    others = tuple(is_not(name) for name in ("admission", "staying", "discharged") if name not in circumstances)
    return Rule(
        id=rule_id,
        effective_from=SINCE,
        citation=citation,
        owed=_DENIAL,
        obligor=Obligor.QIO,
        starts=("determined",),
        unit=Unit.WORKING_DAYS,
        count=count,
        when=(*(is_so(name) for name in circumstances), *others, is_not("drg")),
        met_by="denial_dated",
        note=note,
    )


REVIEW_RULES = (
    Rule(
        id="PY-REVIEW",
        effective_from=SINCE,
        citation="42 CFR 476.96(a)",
        owed="review the claim",
        obligor=Obligor.QIO,
        kind=Kind.WINDOW,
        starts=("claim_date",),
        unit=Unit.YEARS,
        count=1,
        when=(is_not("fraud"),),
        met_by="determined",
        if_late="needs the approval of CMS up to 4 years; for fraud at any time",
    ),
    Rule(
        id="PY-REVIEW-APPROVED",
        effective_from=SINCE,
        citation="42 CFR 476.96(b)",
        owed="review the claim with the approval of CMS",
        obligor=Obligor.QIO,
        kind=Kind.WINDOW,
        starts=("claim_date",),
        unit=Unit.YEARS,
        count=4,
        when=(is_so("cms_approved"), is_not("fraud")),
        met_by="determined",
        if_late="for fraud only",
    ),
    Rule(
        id="PY-RECORDS",
        effective_from=SINCE,
        citation="42 CFR 476.78(b)(2)(i)",
        owed="deliver the records",
        obligor=Obligor.PROVIDER,
        starts=("records_requested",),
        count=14,
        when=(is_not("programme"),),
        met_by="information_complete",
        if_late="after sufficient notice the claim is denied (476.90(b))",
        note="sooner where the concern may be gross and flagrant or substantial",
    ),
    Rule(
        id="PY-RECORDS-PROGRAMME",
        effective_from=SINCE,
        citation="letter of the review programme",
        owed="deliver the records in the time the programme's letter allows",
        obligor=Obligor.PROVIDER,
        certainty=Certainty.UNCERTAIN,
        starts=("records_requested",),
        count=30,
        when=(is_so("programme"),),
        met_by="information_complete",
        if_late="after sufficient notice the claim is denied (476.90(b))",
        note="letters have allowed 30 to 45 days",
    ),
    Rule(
        id="PY-RECORDS-REMINDED",
        effective_from=SINCE,
        citation="42 CFR 476.90(b); QIO Manual",
        owed="deliver the records after notice that the claim will be denied without them",
        obligor=Obligor.PROVIDER,
        certainty=Certainty.UNCERTAIN,
        starts=("reminded",),
        count=15,
        met_by="information_complete",
        if_late="the claim is denied; reconsideration, no further appeal (476.90(b))",
        note='"sufficient notice" has no length in the regulation',
    ),
    Rule(
        id="PY-DISCUSSION",
        effective_from=SINCE,
        citation="42 CFR 476.93; QIO Manual ch. 7",
        owed="discuss the proposed denial or DRG change with a QIO physician",
        obligor=Obligor.PARTY,
        kind=Kind.WINDOW,
        certainty=Certainty.UNCERTAIN,
        starts=("discussion_offered",),
        count=20,
        met_by="discussion_held",
    ),
    _denial("PY-DENIAL-ADMISSION", "42 CFR 476.94(a)(2)", 1, "admission", note="admission review"),
    _denial("PY-DENIAL-STAYING", "42 CFR 476.94(a)(2)", 1, "staying", note="continued stay, still in the facility"),
    _denial("PY-DENIAL-DISCHARGED", "42 CFR 476.94(a)(2)", 3, "discharged", note="continued stay, discharged"),
    _denial("PY-DENIAL", "42 CFR 476.94(a)(2)", 3, note="retrospective and post-procedure review"),
    Rule(
        id="PY-DRG-NOTICE",
        effective_from=SINCE,
        citation="42 CFR 476.94(b), (d)",
        owed="notify provider, practitioner and MAC of the DRG change",
        obligor=Obligor.QIO,
        starts=("determined",),
        count=30,
        when=(is_so("drg"),),
        met_by="denial_dated",
    ),
    Rule(
        id="PY-REOPEN",
        effective_from=SINCE,
        citation="42 CFR 476.96(a)",
        owed="reopen for any reason",
        obligor=Obligor.QIO,
        kind=Kind.WINDOW,
        starts=("determined",),
        unit=Unit.YEARS,
        count=1,
    ),
    Rule(
        id="PY-REOPEN-CAUSE",
        effective_from=SINCE,
        citation="42 CFR 476.96(b)",
        owed="reopen for cause",
        obligor=Obligor.QIO,
        kind=Kind.WINDOW,
        starts=("determined",),
        unit=Unit.YEARS,
        count=4,
        note="for fraud at any time",
    ),
    Rule(
        id="PY-RETENTION",
        effective_from=SINCE,
        citation="42 CFR 476.94(e)",
        owed="destroy the record of the determination",
        obligor=Obligor.QIO,
        kind=Kind.NOT_BEFORE,
        starts=("service_date",),
        unit=Unit.YEARS,
        count=6,
    ),
)

RECONSIDERATION_RULES = (
    Rule(
        id="RD-REQUEST",
        effective_from=SINCE,
        citation="42 CFR 478.20(a)",
        owed="ask for reconsideration of the denial",
        obligor=Obligor.PARTY,
        kind=Kind.WINDOW,
        starts=("denial_received",),
        count=60,
        when=(is_not("expedited"),),
        met_by="reconsideration_postmarked",
        filed=Filed.POSTMARK,
        weekend_review=True,
        if_late="heard only for good cause (478.22)",
    ),
    Rule(
        id="RD-REQUEST-EXPEDITED",
        effective_from=SINCE,
        citation="42 CFR 478.20(c)",
        owed="ask for expedited reconsideration of the preadmission denial",
        obligor=Obligor.PARTY,
        kind=Kind.WINDOW,
        starts=("denial_received",),
        count=3,
        when=(is_so("expedited"),),
        met_by="reconsideration_received",
        if_late="the ordinary reconsideration remains",
    ),
    *(
        Rule(
            id=rule_id,
            effective_from=SINCE,
            citation=citation,
            owed="decide the reconsideration and send the notice",
            obligor=Obligor.QIO,
            starts=("reconsideration_received",),
            unit=Unit.WORKING_DAYS,
            count=count,
            when=when,
            met_by="reconsidered_dated",
            note=note,
        )
        for rule_id, citation, count, when, note in (
            (
                "RD-DECIDE-INPATIENT",
                "42 CFR 478.32(a)(1)(i)",
                3,
                (is_so("inpatient"), is_not("expedited")),
                "still an inpatient of a hospital",
            ),
            (
                "RD-DECIDE-EXPEDITED",
                "42 CFR 478.32(a)(1)(ii)",
                3,
                (is_so("expedited"),),
                "timely expedited request on a preadmission denial",
            ),
            (
                "RD-DECIDE-SNF",
                "42 CFR 478.32(a)(2)",
                10,
                (is_so("snf"), is_not("inpatient"), is_not("expedited")),
                "still in a SNF",
            ),
            (
                "RD-DECIDE",
                "42 CFR 478.32(a)(3), (b)",
                30,
                (is_not("inpatient"), is_not("expedited"), is_not("snf")),
                "otherwise, and for providers and practitioners",
            ),
        )
    ),
    Rule(
        id="RD-HEARING",
        effective_from=SINCE,
        citation="42 CFR 478.40, 478.42",
        owed="ask for a hearing; the beneficiary only, at least $200 in controversy",
        obligor=Obligor.BENEFICIARY,
        kind=Kind.WINDOW,
        starts=("reconsidered_received",),
        count=60,
        when=(is_not("drg"), is_not("technical")),
        met_by="hearing_requested",
        weekend_review=True,
        if_late="heard only for good cause",
    ),
    Rule(
        id="RD-REOPEN",
        effective_from=SINCE,
        citation="42 CFR 478.48",
        owed="reopen for any reason",
        obligor=Obligor.QIO,
        kind=Kind.WINDOW,
        starts=("reconsidered_dated",),
        unit=Unit.YEARS,
        count=1,
    ),
    Rule(
        id="RD-REOPEN-CAUSE",
        effective_from=SINCE,
        citation="42 CFR 478.48",
        owed="reopen for cause",
        obligor=Obligor.QIO,
        kind=Kind.WINDOW,
        starts=("reconsidered_dated",),
        unit=Unit.YEARS,
        count=4,
        note="for fraud at any time",
    ),
)

DENIAL_FACTS = (
    Fact("denial_dated", "date of the denial notice (of a DRG change: of that notice)"),
    Fact("denial_received", "the denial notice was received", presumed=Presumption("denial_dated", "42 CFR 478.20")),
    Fact("reconsideration_postmarked", "postmark of the request for reconsideration"),
    Fact("reconsideration_received", "the QIO received the request for reconsideration"),
    Fact("reconsidered_dated", "date of the reconsidered determination"),
    Fact(
        "reconsidered_received",
        "the reconsidered determination was received",
        presumed=Presumption("reconsidered_dated", "42 CFR 478.42"),
    ),
    Fact("hearing_requested", "OMHA received the request for a hearing"),
)
DENIAL_CIRCUMSTANCES = (
    Circumstance("inpatient", "the patient is still an inpatient of the hospital at reconsideration"),
    Circumstance("snf", "the patient is still in the SNF at reconsideration"),
    Circumstance("expedited", "an expedited reconsideration of a preadmission denial"),
)
DENIAL_ORDER = (
    ("denial_dated", "denial_received"),
    ("denial_dated", "reconsideration_postmarked", "reconsideration_received", "reconsidered_dated"),
    ("reconsidered_dated", "reconsidered_received", "hearing_requested"),
)


def _review(case_type: CaseType, title: str) -> CaseClock:
    return CaseClock(
        type=case_type,
        title=title,
        opening="records_requested",
        facts=(
            Fact("service_date", "the service was given (a local date)"),
            Fact("claim_date", "date of the claim"),
            Fact("records_requested", "the records were requested"),
            Fact("reminded", "notice was given that the claim will be denied without the records"),
            Fact("information_complete", "all requested records were received"),
            Fact("discussion_offered", "the opportunity to discuss was offered"),
            Fact("discussion_held", "the discussion was held"),
            Fact("determined", "the QIO physician determined"),
            *DENIAL_FACTS,
        ),
        circumstances=(
            Circumstance("admission", "an admission is denied while it happens"),
            Circumstance("staying", "days of a continued stay are denied, the patient is still there"),
            Circumstance("discharged", "days of a continued stay are denied, the patient was discharged"),
            Circumstance("drg", "the DRG is changed, nothing is denied"),
            Circumstance("technical", "the claim is denied because the records were not sent"),
            Circumstance("cms_approved", "CMS approved a review later than 1 year after the date of the claim"),
            Circumstance("fraud", "the review is about fraud or a similar abusive practice"),
            Circumstance("programme", "the programme's letter sets the time for records"),
            *DENIAL_CIRCUMSTANCES,
        ),
        rules=(*REVIEW_RULES, *RECONSIDERATION_RULES),
        order=(
            ("service_date", "claim_date", "records_requested", "information_complete", "determined"),
            ("records_requested", "reminded", "determined"),
            ("discussion_offered", "discussion_held", "determined", "denial_dated"),
            *DENIAL_ORDER,
        ),
    )


HWDRG = _review(CaseType.HWDRG, "Higher-weighted DRG review")
SHORT_STAY = _review(CaseType.SHORT_STAY, "Short stay review")
MEDNEC_RETRO = _review(CaseType.MEDNEC_RETRO, "Retrospective medical necessity review")
