"""Terminations of SNF, home health, CORF and hospice services in Original Medicare (42 CFR 405.1200-.1202)."""

from types import MappingProxyType

from services.complaints.domain.procedure import Late, Limit, Procedure, by_id, table
from services.complaints.domain.procedures import common, entry, expedited, qic, terminations
from services.complaints.domain.rules import termination_ffs as rules
from services.complaints.domain.rules.reconsideration import REQUEST
from shared.contracts.complaints import CaseType, ProviderType, Role

PARTIES = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
_NOTIFY = "42 CFR 405.1202(e)(1)"
_VALID = "42 CFR 405.1200(b), 405.1202(e)(2)"

REVIEW = expedited.Review(
    cite=expedited.Citations(
        notify=_NOTIFY,
        detailed="42 CFR 405.1202(f)(1)",
        records="42 CFR 405.1202(f)(2)",
        views="42 CFR 405.1202(e)(4)",
        explanation="42 CFR 405.1202(e)(5)",
        validity=_VALID,
        decide="42 CFR 405.1202(e)(6)",
        defer="42 CFR 405.1202(e)(7)",
        tell="42 CFR 405.1202(e)(8)",
        copy="42 CFR 405.1202(f)(3)",
    ),
    facts=expedited.Facts(
        notified="provider_notified",
        detailed="detailed_notice_sent",
        copy="copy_requested",
        letters="letters_sent",
    ),
    parties=PARTIES,
    informers=(Role.PROVIDER,),
    records_rules=("ST-RECORDS",),
    determine_rules=("ST-DETERMINE", "ST-DETERMINE-LATE-RECEIVING", "ST-DETERMINE-LATE-ENDED"),
    letters_rules=("ST-LETTERS",),
    windows=(REQUEST,),
    ineligible=entry.SERVICE_REASONS,
    delayed="provider",
    validating=terminations.validating("ST", _VALID),
    deciding=terminations.deciding("ST", "42 CFR 405.1202(d)", "42 CFR 405.1202(e)(7)"),
    invalid=terminations.INVALID,
)
_STEPS = (
    *expedited.steps(REVIEW),
    terminations.new_notice("42 CFR 405.1200(b)(5)"),
    entry.accepted(_NOTIFY, ("ST-NOTIFY",), (Role.PROVIDER,), entry.CERTIFIED),
    entry.CERTIFICATE_RECEIVED,
    *qic.STEPS,
)
_KINDS = (ProviderType.SNF, ProviderType.HHA, ProviderType.CORF, ProviderType.HOSPICE)

TERMINATION_FFS = Procedure(
    type=CaseType.SERVICE_TERM_FFS,
    clock=rules.SERVICE_TERM_FFS,
    initial=expedited.ELIGIBILITY,
    states=MappingProxyType({**entry.STATES, **expedited.STATES, **qic.STATES}),
    steps=by_id(*_STEPS),
    table=table(
        *entry.ROWS,
        *entry.CERTIFICATE_ROWS,
        *expedited.rows(_STEPS),
        *terminations.NEW_NOTICE_ROWS,
        *qic.ROWS,
    ),
    outcomes=common.APPEAL_OUTCOMES,
    parties=PARTIES,
    identity=terminations.IDENTITY,
    received="request_received",
    required=terminations.REQUIRED,
    limits=(Limit(rules.FILING, Late.ACCEPTED), Limit("ST-LATE-FILING", Late.GOOD_CAUSE)),
    eligible=(entry.given_by(_KINDS, "42 CFR 405.1200(a)(1)"), entry.CERTIFICATE_SAID),
    automatic=("accepted", *expedited.AUTOMATIC),
    lapses=MappingProxyType(qic.LAPSES),
    told=MappingProxyType({"patient_told": PARTIES, "letters_sent": PARTIES}),
    dissatisfied=qic.DISSATISFIED,
    commands=MappingProxyType({**expedited.COMMANDS, **qic.COMMANDS}),
    dues=MappingProxyType(
        {
            "records_due": ("ST-RECORDS",),
            "detailed_notice_due": ("ST-DETAILED-NOTICE",),
            "reconsideration_deadline": (REQUEST,),
            "file_due": ("QR-FILE",),
        }
    ),
    reconsidered_by="qic",
    letters=MappingProxyType({"DECISION_LETTER": "letter_left"}),
    source="42 CFR 405.1200-.1202; reconsideration 405.1204",
)
