"""Hospital notices of non-coverage: HINN 1 (preadmission or admission), and HINN 11 on the claim."""

from types import MappingProxyType

from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Guard, Late, Limit, Notice, Procedure, by_id, table
from services.complaints.domain.procedures import common, denials, entry, expedited, reconsidered
from services.complaints.domain.rules import noncoverage as rules
from shared.contracts.complaints import CaseType, ProviderType, Role

PARTIES = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
_MANUAL = "Medicare Claims Processing Manual ch. 30 s. 240; QIO Manual ch. 7"
_DENY = "42 CFR 476.94"


def _stated_for_days(look: Look) -> bool:
    return (look.act.outcome == common.PARTIAL.id) is (look.act.liable_from is not None)


STATED = Guard(
    "LIABILITY_DATE",
    "liable_from",
    "Where part of the stay is denied its first day is stated; no other outcome states a day.",
    _DENY,
    _stated_for_days,
)


def _review(records_rules: tuple[str, ...], determine_rules: tuple[str, ...], notified: str) -> expedited.Review:
    return expedited.Review(
        cite=expedited.Citations(
            notify=_MANUAL,
            detailed=_MANUAL,
            records="42 CFR 476.78(b)(2)",
            views=_MANUAL,
            explanation="42 CFR 476.93",
            validity=_MANUAL,
            decide="42 CFR 476.71, 476.98",
            defer=_MANUAL,
            tell=_DENY,
            copy=_MANUAL,
        ),
        facts=expedited.Facts(notified=notified, detailed=None, copy=None, letters=None, decided="determined"),
        parties=PARTIES,
        informers=(Role.PROVIDER,),
        records_rules=records_rules,
        determine_rules=determine_rules,
        letters_rules=(),
        windows=(),
        ineligible=("not_medicare", "no_such_notice", "notice_withdrawn"),
        # The hospital's notice is sustained on its information only, as in every review of a notice.
        deciding=(STATED, *denials.IN_WORDS, *common.burden_of_proof(records_rules[0], "42 CFR 476.78(b)(2)", _MANUAL)),
        words=denials.WORDS,
        validity=False,
    )


_PREADMIT_NOTICES = ("PH-DENIAL-NOTICE", "PH-DENIAL-NOTICE-BEFORE")
_PREADMIT_STEPS = (
    *expedited.until_determined(
        _review(("PH-RECORDS",), ("PH-DETERMINE", "PH-DETERMINE-AFTER"), "hospital_notified"),
    ),
    *denials.steps(PARTIES, "PH", _PREADMIT_NOTICES),
)
_STATES = MappingProxyType({**expedited.STATES, **denials.STATES})
_TOLD = MappingProxyType(
    {"patient_told": PARTIES, "letters_sent": PARTIES, "denial_dated": PARTIES, "reconsidered_dated": PARTIES}
)
_AUTOMATIC = (*denials.AUTOMATIC, *reconsidered.AUTOMATIC)

PREADMIT_HINN1 = Procedure(
    type=CaseType.PREADMIT_HINN1,
    clock=rules.PREADMIT_HINN1,
    initial=expedited.RECEIVED,
    states=_STATES,
    steps=by_id(*_PREADMIT_STEPS),
    table=table(*expedited.rows(_PREADMIT_STEPS, telling=()), *denials.rows(_PREADMIT_STEPS)),
    outcomes=MappingProxyType({one.id: one for one in (common.UPHELD, common.OVERTURNED, common.PARTIAL)}),
    parties=PARTIES,
    identity=("notice_received",),
    received="request_received",
    required=("notice_received",),
    # The windows are the manual's: who comes later is heard all the same, as the claim can still be reviewed.
    limits=(Limit(rules.REQUEST, Late.ACCEPTED), Limit(rules.REQUEST_AFTER, Late.GOOD_CAUSE)),
    eligible=(entry.given_by((ProviderType.HOSPITAL,), _MANUAL),),
    automatic=_AUTOMATIC,
    lapses=MappingProxyType(denials.LAPSES),
    told=_TOLD,
    dissatisfied=denials.dissatisfied(*_PREADMIT_NOTICES),
    commands=MappingProxyType(denials.COMMANDS),
    opening=(Notice("REQ_NOTIFY_PROVIDER", (Role.PROVIDER,), ("PH-NOTIFY",)),),
    dues=MappingProxyType({"records_due": ("PH-RECORDS",), **denials.DUES}),
    reconsidered_by="denial",
    letters=denials.LETTERS,
    source="42 CFR 476.71, 476.94; reconsideration 478.15-.48",
)

NO_CASE_OF_HINN_12 = Guard(
    "HINN_12_OPENS_NO_CASE",
    "circumstances",
    "A HINN 12 states liability after the discharge process and opens no case; appeal the discharge itself.",
    _MANUAL,
    lambda look: not look.so("hinn_12"),
)
ON_THE_CLAIM = Guard(
    "NO_IMMEDIATE_REVIEW",
    "claim",
    "A HINN 11 gives no right to an immediate review: the claim it belongs to is needed.",
    _MANUAL,
    lambda look: look.case.course.claim is not None,
)
_CLAIM_NOTICES = ("NH-DENIAL-NOTICE",)
_CLAIM_STEPS = (
    *expedited.until_determined(_review(("NH-RECORDS",), ("NH-DETERMINE",), "records_requested")),
    *denials.steps(PARTIES, "NH", _CLAIM_NOTICES),
)

NONCOVERED_HINN = Procedure(
    type=CaseType.NONCOVERED_HINN,
    clock=rules.NONCOVERED_HINN,
    initial=expedited.RECEIVED,
    states=_STATES,
    steps=by_id(*_CLAIM_STEPS),
    table=table(*expedited.rows(_CLAIM_STEPS, telling=()), *denials.rows(_CLAIM_STEPS)),
    outcomes=MappingProxyType({one.id: one for one in (common.UPHELD, common.OVERTURNED)}),
    parties=PARTIES,
    identity=("notice_received",),
    received="request_received",
    required=("notice_received",),
    eligible=(NO_CASE_OF_HINN_12, ON_THE_CLAIM, entry.given_by((ProviderType.HOSPITAL,), _MANUAL)),
    automatic=_AUTOMATIC,
    lapses=MappingProxyType(denials.LAPSES),
    told=_TOLD,
    dissatisfied=denials.dissatisfied(*_CLAIM_NOTICES),
    commands=MappingProxyType(denials.COMMANDS),
    dues=MappingProxyType({"records_due": ("NH-RECORDS",), **denials.DUES}),
    reconsidered_by="denial",
    letters=denials.LETTERS,
    source="42 CFR 476.71, 476.94; reconsideration 478.15-.48",
)
