"""Expedited reconsideration as a case of its own, Original Medicare (42 CFR 405.1204): the QIC's, or the QIO's own.

Who the forum is, is said at filing (circumstance ``qio_forum``). Where the QIO is the forum nobody who reviewed the
family's earlier case may decide (478.28(b)); the store holds that across cases.
"""

from dataclasses import replace
from types import MappingProxyType

from services.complaints.domain.case import NOBODY
from services.complaints.domain.procedure import Actor, Guard, Late, Limit, Notice, Procedure, Stage, Step, by_id, table
from services.complaints.domain.procedures import common, qic
from services.complaints.domain.procedures.expedited import CLOSED, WITHDRAWN
from services.complaints.domain.rules import reconsideration as rules
from shared.contracts.complaints import CaseType, Role

PARTIES = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
RECEIVED = "RECEIVED"
REVIEW = "IN_REVIEW"
DECIDED = "DETERMINED"
_RECONSIDER = "42 CFR 405.1204(c)"
_STATES = {
    RECEIVED: Stage.RECEIVED,
    qic.AT_QIC: Stage.IN_REVIEW,
    REVIEW: Stage.IN_REVIEW,
    DECIDED: Stage.DECIDED,
    CLOSED: Stage.CLOSED,
    WITHDRAWN: Stage.CLOSED,
}
_OUTCOMES = MappingProxyType({one.id: one for one in (common.UPHELD, common.OVERTURNED, common.PARTIAL)})

OWN_FORUM = Guard(
    "FORUM_IS_QIC",
    None,
    "The QIC reconsiders this case.",
    "42 CFR 405.1204(a)",
    lambda look: look.so(rules.QIO_FORUM.id),
)
QIC_FORUM = Guard(
    "FORUM_IS_QIO",
    None,
    "The QIO itself reconsiders this case.",
    "42 CFR 405.1204(a)",
    lambda look: not look.so(rules.QIO_FORUM.id),
)
FAMILY = Guard(
    "FAMILY_MISSING",
    "family",
    "Where the QIO reconsiders, name the case it determined: its reviewers may not decide again.",
    "42 CFR 478.28(b)",
    lambda look: not look.so(rules.QIO_FORUM.id) or look.case.family != NOBODY,
)
IN_HOSPITAL = Guard(
    "LEFT_HOSPITAL",
    "circumstances",
    "Who has left the hospital uses the general claims appeal process.",
    "42 CFR 405.1206(g)",
    lambda look: not look.so(rules.LEFT.id),
)
STATED = Guard(
    "LIABILITY_DATE",
    "liable_from",
    "A partial outcome states the first day the patient pays, and no other does.",
    _RECONSIDER,
    lambda look: (look.act.outcome == common.PARTIAL.id) is (look.act.liable_from is not None),
)
_BY_FILING = ("reconsideration_requested", "reconsideration_withdrawn")
_STEPS = (
    Step(
        id="sent_to_qic",
        says="followed at the QIC",
        actor=Actor.CLOCK,
        citation="42 CFR 405.1204(c)(1)",
        guards=(QIC_FORUM,),
    ),
    # The determination is in the case before: its file is sent from there, and only recorded here.
    *(replace(step, notices=()) for step in qic.STEPS if step.id not in _BY_FILING),
    Step(
        id="reconsideration_records_received",
        says="given further records",
        actor=Actor.RECORDS,
        citation="42 CFR 405.1204(c)(3)",
        fact="reconsideration_records_received",
        guards=(OWN_FORUM,),
        level=1,
    ),
    common.assigned("42 CFR 478.28(b), 476.98", level=1, more=(OWN_FORUM,)),
    Step(
        id="reconsideration_decided",
        says="decided on reconsideration",
        actor=Actor.REVIEWER,
        citation=_RECONSIDER,
        guards=common.decision_guards(STATED),
        needs=("outcome",),
        notices=(Notice("RECON_DECISION", PARTIES, (rules.DECIDE_BY_QIO,)),),
        level=1,
    ),
    common.told(_RECONSIDER, {Role.BENEFICIARY: "reconsideration_told"}, step="reconsideration_told", level=1),
    common.letter_left("reconsideration_letter_left", _RECONSIDER, PARTIES, None, level=1),
    common.all_of("closed", ("reconsideration_told", "reconsideration_letter_left"), _RECONSIDER, PARTIES, level=1),
    common.withdrawn("42 CFR 405.1204(b)"),
)

RECONSIDERATION = Procedure(
    type=CaseType.RECONSIDERATION,
    clock=rules.RECONSIDERATION,
    initial=RECEIVED,
    states=MappingProxyType(_STATES),
    steps=by_id(*_STEPS),
    table=table(
        (RECEIVED, "sent_to_qic", qic.AT_QIC),
        (qic.AT_QIC, "qic_notified_qio", None),
        (qic.AT_QIC, "qic_file_sent", None),
        (qic.AT_QIC, "qic_records_received", None),
        (qic.AT_QIC, "file_copy_requested", None),
        (qic.AT_QIC, "qic_decided", CLOSED),
        ((RECEIVED, REVIEW), "reconsideration_records_received", None),
        ((RECEIVED, REVIEW), "reconsideration_assigned", REVIEW),
        (REVIEW, "reconsideration_decided", DECIDED),
        (DECIDED, "reconsideration_told", None),
        (DECIDED, "reconsideration_letter_left", None),
        (DECIDED, "closed", CLOSED),
        ((RECEIVED, REVIEW, qic.AT_QIC), "withdrawn", WITHDRAWN),
    ),
    outcomes=_OUTCOMES,
    parties=PARTIES,
    identity=("patient_told",),
    received="reconsideration_requested",
    required=("patient_told",),
    limits=(Limit(rules.REQUEST, Late.REFUSED),),
    eligible=(FAMILY, IN_HOSPITAL),
    automatic=("sent_to_qic", "closed"),
    told=MappingProxyType({"reconsideration_told": PARTIES}),
    commands=MappingProxyType(
        {
            "assign": ("reconsideration_assigned",),
            "decide": ("reconsideration_decided",),
            "withdraw": ("withdrawn",),
        }
    ),
    letters=MappingProxyType({"RECON_DECISION": "reconsideration_letter_left"}),
    source="42 CFR 405.1204",
)
