"""Hospital discharge appeals of Original Medicare (42 CFR 405.1205-.1206)."""

from types import MappingProxyType

from services.complaints.domain import clock
from services.complaints.domain.procedure import Guard, Late, Limit, Notice, Procedure, by_id, table
from services.complaints.domain.procedures import common, entry, expedited, qic
from services.complaints.domain.rules import discharge_ffs as rules
from shared.contracts.complaints import CaseType, ProviderType, Role

PARTIES = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
DETERMINE = (rules.DETERMINE, rules.DETERMINE_LATE_INPATIENT, rules.DETERMINE_LATE_LEFT)

DISCHARGED_IF_LEFT = Guard(
    "LEFT_BEFORE_DISCHARGE",
    "facts.discharge_date",
    "A patient who has left the hospital was discharged no later than the day of the request.",
    "42 CFR 405.1206(b)(6)",
    lambda look: (
        not look.so("left")
        or clock.local_date(look.case.course.facts["discharge_date"], look.case.zone) <= look.case.opened_on
    ),
)

REVIEW = expedited.Review(
    cite=expedited.Citations(
        notify="42 CFR 405.1206(d)(1)",
        detailed="42 CFR 405.1206(e)(1)",
        records="42 CFR 405.1206(e)(2)",
        views="42 CFR 405.1206(d)(4)",
        explanation="42 CFR 405.1206(d)(5)",
        validity="42 CFR 405.1206(d)(2)",
        decide="42 CFR 405.1206(d)(6)",
        defer="42 CFR 405.1206(d)(7)",
        tell="42 CFR 405.1206(d)(8)",
        copy="42 CFR 405.1206(e)(3)",
    ),
    facts=expedited.Facts(
        notified="hospital_notified",
        detailed="detailed_notice_given",
        copy="copy_requested",
        letters="letters_sent",
    ),
    parties=PARTIES,
    informers=(Role.PROVIDER,),
    records_rules=(rules.RECORDS,),
    determine_rules=DETERMINE,
    letters_rules=(rules.LETTERS,),
    windows=(rules.RECONSIDERATION,),
    ineligible=entry.HOSPITAL_REASONS,
    delayed="provider",
    deciding=(
        common.VALIDITY_AGREES,
        common.LIABILITY_DATE,
        common.liable_after("discharge_date"),
        *common.burden_of_proof(rules.RECORDS, "42 CFR 405.1206(c)", "42 CFR 405.1206(d)(7)"),
    ),
)
_STEPS = (*expedited.steps(REVIEW), *qic.STEPS)

DISCHARGE_FFS = Procedure(
    type=CaseType.HOSP_DISCHARGE_FFS,
    clock=rules.HOSP_DISCHARGE_FFS,
    initial=expedited.RECEIVED,
    states=MappingProxyType({**expedited.STATES, **qic.STATES}),
    steps=by_id(*_STEPS),
    table=table(*expedited.rows(_STEPS), *qic.ROWS),
    outcomes=common.APPEAL_OUTCOMES,
    parties=PARTIES,
    identity=("discharge_date",),
    received="request_received",
    required=("discharge_date",),
    eligible=(DISCHARGED_IF_LEFT, entry.given_by((ProviderType.HOSPITAL,), "42 CFR 405.1205(a)")),
    limits=(Limit(rules.FILING, Late.ACCEPTED), Limit(rules.LATE_FILING, Late.GOOD_CAUSE)),
    automatic=expedited.AUTOMATIC,
    lapses=MappingProxyType(qic.LAPSES),
    told=MappingProxyType({"patient_told": PARTIES, "letters_sent": PARTIES}),
    dissatisfied=qic.DISSATISFIED,
    commands=MappingProxyType({**expedited.COMMANDS, **qic.COMMANDS}),
    opening=(Notice("REQ_NOTIFY_PROVIDER", (Role.PROVIDER,), (rules.NOTIFY_HOSPITAL,)),),
    dues=MappingProxyType(
        {
            "records_due": (rules.RECORDS,),
            "detailed_notice_due": (rules.DETAILED_NOTICE,),
            "reconsideration_deadline": (rules.RECONSIDERATION,),
            "file_due": ("QR-FILE",),
        }
    ),
    reconsidered_by="qic",
    letters=MappingProxyType({"DECISION_LETTER": "letter_left"}),
    source="42 CFR 405.1205-.1206; reconsideration 405.1204",
)
