"""Payment reviews: higher-weighted DRG, short stay, retrospective medical necessity (42 CFR 476.71-.98, 478)."""

from types import MappingProxyType

from services.complaints.domain.case_clock import CaseClock
from services.complaints.domain.payment.claims import ProviderKind
from services.complaints.domain.procedure import Guard, Procedure, Stage, by_id, table
from services.complaints.domain.procedures import payment_guards as need
from services.complaints.domain.procedures import payment_reconsideration as reconsideration
from services.complaints.domain.procedures import payment_steps as steps
from services.complaints.domain.rules import payment as rules
from shared.contracts.complaints import Role

SELECTED = "SELECTED"
RECORDS_REQUESTED = "RECORDS_REQUESTED"
RECORDS_OVERDUE = "RECORDS_OVERDUE"
REMINDED = "REMINDED"
NOTICE_EXPIRED = "NOTICE_EXPIRED"
RECORDS_COMPLETE = "RECORDS_COMPLETE"
SCREENED = "SCREENED"
PHYSICIAN_REVIEW = "PHYSICIAN_REVIEW"
PROPOSED_DENIAL = "PROPOSED_DENIAL"
DISCUSSION = "DISCUSSION"
DISCUSSED = "DISCUSSED"
DETERMINED = "DETERMINED"
NOTICED = "NOTICED"
RECONSIDERATION = "RECONSIDERATION"
RECONSIDERED = "RECONSIDERED"
RECONSIDERATION_NOTICED = "RECONSIDERATION_NOTICED"
AT_HEARING = "AT_HEARING"
FINAL = "FINAL"
MAC_ADJUSTMENT_SENT = "MAC_ADJUSTMENT_SENT"
APPROVED = "APPROVED"
CANCELLED = "CANCELLED"
CLOSED = "CLOSED"

_GATHERING = (RECORDS_REQUESTED, RECORDS_OVERDUE, REMINDED, NOTICE_EXPIRED)
_REVIEWING = (PHYSICIAN_REVIEW, PROPOSED_DENIAL, DISCUSSION, DISCUSSED)
_UNDECIDED = (*_GATHERING, RECORDS_COMPLETE, SCREENED, *_REVIEWING)
_DECIDED = (
    DETERMINED,
    NOTICED,
    RECONSIDERATION,
    RECONSIDERED,
    RECONSIDERATION_NOTICED,
    AT_HEARING,
    FINAL,
    MAC_ADJUSTMENT_SENT,
)
_STATES = MappingProxyType(
    {
        SELECTED: Stage.RECEIVED,
        **dict.fromkeys(_UNDECIDED, Stage.IN_REVIEW),
        **dict.fromkeys(_DECIDED, Stage.DECIDED),
        **dict.fromkeys((APPROVED, CANCELLED, CLOSED), Stage.CLOSED),
    }
)
_ROWS: tuple[tuple[str | tuple[str, ...], str, str | None], ...] = (
    (SELECTED, "records_requested", RECORDS_REQUESTED),
    (RECORDS_REQUESTED, "records_overdue", RECORDS_OVERDUE),
    (RECORDS_OVERDUE, "reminded", REMINDED),
    (REMINDED, "notice_expired", NOTICE_EXPIRED),
    (NOTICE_EXPIRED, "technically_denied", DETERMINED),
    (_GATHERING, "information_received", None),
    (_GATHERING, "information_complete", RECORDS_COMPLETE),
    (RECORDS_COMPLETE, "screened", SCREENED),
    (SCREENED, "passed", APPROVED),
    (SCREENED, "referred", PHYSICIAN_REVIEW),
    (_REVIEWING, "assigned", None),
    (PHYSICIAN_REVIEW, "approved", APPROVED),
    ((PHYSICIAN_REVIEW, DISCUSSED), "denial_proposed", PROPOSED_DENIAL),
    ((PHYSICIAN_REVIEW, DISCUSSED), "drg_change_proposed", PROPOSED_DENIAL),
    (PROPOSED_DENIAL, "discussion_offered", DISCUSSION),
    (DISCUSSION, "discussion_held", DISCUSSED),
    (DISCUSSION, "discussion_lapsed", DISCUSSED),
    (DISCUSSED, "determined", DETERMINED),
    (DETERMINED, "released", APPROVED),
    (DETERMINED, "denial_noticed", NOTICED),
    (DETERMINED, "drg_noticed", NOTICED),
    (NOTICED, "receipt_shown", None),
    # A late request is heard for good cause, whenever it comes (478.22).
    ((NOTICED, FINAL, CLOSED), "reconsideration_requested", RECONSIDERATION),
    (RECONSIDERATION, "reconsideration_assigned", None),
    (RECONSIDERATION, "reconsidered", RECONSIDERED),
    (RECONSIDERED, "reconsideration_noticed", RECONSIDERATION_NOTICED),
    ((RECONSIDERATION_NOTICED, FINAL), "hearing_requested", AT_HEARING),
    (AT_HEARING, "hearing_decided", FINAL),
    ((NOTICED, RECONSIDERATION_NOTICED), "became_final", FINAL),
    (FINAL, "mac_adjustment_sent", MAC_ADJUSTMENT_SENT),
    (MAC_ADJUSTMENT_SENT, "closed", CLOSED),
    ((SELECTED, *_UNDECIDED), "claim_cancelled", CANCELLED),
    ((APPROVED, CLOSED), "reopened", PHYSICIAN_REVIEW),
)


def _review(
    clock: CaseClock, source: str, *, eligible: tuple[Guard, ...] = (), validates_drg: bool = False
) -> Procedure:
    questions = ("necessity", "coding") if validates_drg else ("necessity",)
    drg = steps.DRG if validates_drg else ()
    made = (*steps.RECORDS, *steps.screened(questions), *steps.REVIEW, *drg, *reconsideration.STEPS)
    known = {step.id for step in made}
    outcomes = (*need.NECESSITY, *(need.DRG if validates_drg else ()))
    return Procedure(
        type=clock.type,
        clock=clock,
        initial=SELECTED,
        states=_STATES,
        steps=by_id(*made),
        table=table(*(row for row in _ROWS if row[1] in known)),
        outcomes=MappingProxyType({one.id: one for one in outcomes}),
        # Patient and practitioner of a claim drawn from a sample may be unknown until the records come.
        parties=(Role.PROVIDER,),
        identity=("service_date",),
        received=None,
        required=("service_date",),
        automatic=("passed", "referred", "released", "became_final", "closed"),
        lapses=MappingProxyType(
            {
                "PY-RECORDS": "records_overdue",
                "PY-RECORDS-PROGRAMME": "records_overdue",
                "PY-RECORDS-REMINDED": "notice_expired",
                "PY-DISCUSSION": "discussion_lapsed",
                "RD-REQUEST": "became_final",
                "RD-HEARING": "became_final",
            }
        ),
        dissatisfied=frozenset(
            {
                "PY-DENIAL",
                "PY-DENIAL-ADMISSION",
                "PY-DENIAL-STAYING",
                "PY-DENIAL-DISCHARGED",
                "RD-REQUEST",
                "RD-HEARING",
            }
        ),
        # Nobody asked for the review, so nobody withdraws it: a cancelled claim is recorded, with its reason.
        commands=MappingProxyType(
            {
                "assign": ("assigned", "reconsideration_assigned"),
                "decide": ("approved", "determined", "technically_denied", "reconsidered"),
                "reconsider": ("reconsideration_requested",),
                "reopen": ("reopened",),
            }
        ),
        eligible=eligible,
        dues=MappingProxyType(
            {
                "records_due": ("PY-RECORDS-REMINDED", "PY-RECORDS", "PY-RECORDS-PROGRAMME"),
                "discussion_deadline": ("PY-DISCUSSION",),
                "reconsideration_deadline": ("RD-REQUEST",),
                "appeal_deadline": ("RD-HEARING",),
            }
        ),
        reconsidered_by="denial",
        coarse="REVIEW",
        source=source,
    )


HWDRG = _review(
    rules.HWDRG,
    "42 CFR 476.71(a)(4), 476.84, 476.94(b); 478",
    eligible=(need.of_kind(frozenset({ProviderKind.ACUTE}), "Only acute hospitals are paid by these DRGs."),),
    validates_drg=True,
)
SHORT_STAY = _review(
    rules.SHORT_STAY,
    "42 CFR 476.71(a), 412.3(d); 478",
    eligible=(
        need.of_kind(
            frozenset({ProviderKind.ACUTE, ProviderKind.LONG_TERM, ProviderKind.PSYCHIATRIC}),
            "Short stays of rehabilitation and critical access hospitals are not reviewed.",
        ),
    ),
)
MEDNEC_RETRO = _review(rules.MEDNEC_RETRO, "42 CFR 476.71(a), 476.83; 478")
