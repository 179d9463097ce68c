"""Fast-track appeals of SNF, home health and CORF terminations in Medicare Advantage (42 CFR 422.624-.626)."""

from types import MappingProxyType

from services.complaints.domain import guards
from services.complaints.domain.procedure import Late, Limit, Procedure, by_id, table
from services.complaints.domain.procedures import common, entry, expedited, reconsidered, terminations
from services.complaints.domain.rules import termination_ma as rules
from shared.contracts.complaints import CaseType, ProviderType, Role

PARTIES = (Role.BENEFICIARY, Role.PLAN, Role.PROVIDER, Role.PRACTITIONER)
RECONSIDERATION = "MT-RECON-REQUEST"
_NOTIFY = "42 CFR 422.626(d)(1)"
_RECONSIDER = "42 CFR 422.626(g)"
_VALID = "42 CFR 422.624(b), (c), 422.626(d)(2)"

REVIEW = expedited.Review(
    cite=expedited.Citations(
        notify=_NOTIFY,
        detailed="42 CFR 422.626(e)(1)",
        records="42 CFR 422.626(e)(3)",
        views="42 CFR 422.626(d)(4)",
        explanation="42 CFR 422.626(d)(4)",
        validity=_VALID,
        decide="42 CFR 422.626(d)(5)",
        defer="42 CFR 422.626(d)(5)",
        tell="42 CFR 422.626(d)(5)",
        copy="42 CFR 422.626(e)(2)",
    ),
    facts=expedited.Facts(
        notified="provider_notified",
        detailed="detailed_notice_sent",
        copy="copy_requested",
        letters="letters_sent",
    ),
    parties=PARTIES,
    informers=(Role.PLAN,),
    records_rules=("MT-RECORDS",),
    determine_rules=("MT-DETERMINE", "MT-DETERMINE-LATE"),
    letters_rules=("MT-LETTERS",),
    windows=(RECONSIDERATION,),
    ineligible=tuple(reason for reason in entry.SERVICE_REASONS if reason != "no_certificate"),
    delayed="plan",
    validating=terminations.validating("MT", _VALID),
    deciding=terminations.deciding("MT", "42 CFR 422.626(c)", "42 CFR 422.626(d)(5)"),
    invalid=terminations.INVALID,
)
_RECON_STEPS = reconsidered.steps(
    reconsidered.Reconsideration(
        citation=_RECONSIDER,
        window=RECONSIDERATION,
        right=(
            guards.in_time(RECONSIDERATION, "The 60 days are over; give good cause, if there is any.", _RECONSIDER),
            guards.asked_by(*guards.PATIENT, citation=_RECONSIDER),
        ),
        decide_rules=("MT-RECON-DECIDE",),
        parties=PARTIES,
        deciding=(common.LIABILITY_DATE, common.liable_after("coverage_end")),
    )
)
_STEPS = (
    *expedited.steps(REVIEW),
    terminations.new_notice("42 CFR 422.624(d)"),
    terminations.IMPROPER_REPORTED,
    entry.accepted(_NOTIFY, ("MT-NOTIFY",), (Role.PLAN, Role.PROVIDER)),
    entry.returned("42 CFR 422.626(a)(2), 422.584"),
    *_RECON_STEPS,
)
_KINDS = (ProviderType.SNF, ProviderType.HHA, ProviderType.CORF)

TERMINATION_MA = Procedure(
    type=CaseType.SERVICE_TERM_MA,
    clock=rules.SERVICE_TERM_MA,
    initial=expedited.ELIGIBILITY,
    states=MappingProxyType({**entry.STATES, **expedited.STATES, **entry.RETURN_STATES, **reconsidered.STATES}),
    steps=by_id(*_STEPS),
    table=table(
        *entry.ROWS,
        *entry.RETURN_ROWS,
        *expedited.rows(_STEPS),
        *terminations.NEW_NOTICE_ROWS,
        *terminations.IMPROPER_ROWS,
        *reconsidered.rows(_RECON_STEPS, late=True, told=("told", "letter_left")),
    ),
    outcomes=common.APPEAL_OUTCOMES,
    parties=PARTIES,
    identity=terminations.IDENTITY,
    received="request_received",
    required=terminations.REQUIRED,
    # Up to 2024 late requests were the plan's; since 2025 the QIO takes them (CMS-4205-F).
    limits=(Limit(rules.FILING, Late.RETURNED, versions=(1,)), Limit(rules.FILING, Late.ACCEPTED, versions=(2,))),
    eligible=(entry.given_by(_KINDS, "42 CFR 422.624(a)(1)"),),
    automatic=(*entry.AUTOMATIC, "improper_notice_reported", *expedited.AUTOMATIC, *reconsidered.AUTOMATIC),
    lapses=MappingProxyType({RECONSIDERATION: "closed"}),
    told=MappingProxyType({"patient_told": PARTIES, "letters_sent": PARTIES, "reconsideration_told": PARTIES}),
    dissatisfied=frozenset({RECONSIDERATION}),
    commands=MappingProxyType(reconsidered.COMMANDS),
    dues=MappingProxyType(
        {
            "records_due": ("MT-RECORDS",),
            "detailed_notice_due": ("MT-DETAILED-NOTICE",),
            "reconsideration_deadline": (RECONSIDERATION,),
        }
    ),
    reconsidered_by="ma",
    letters=MappingProxyType(
        {"DECISION_LETTER": "letter_left", "RECON_DECISION": "reconsideration_letter_left"},
    ),
    source="42 CFR 422.624-.626",
)
