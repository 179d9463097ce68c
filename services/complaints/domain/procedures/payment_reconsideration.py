"""Payment reviews after the notice: reconsideration, hearing, adjustment by the MAC, reopening (42 CFR 478)."""

from services.complaints.domain import guards
from services.complaints.domain.procedure import Actor, Notice, Step
from services.complaints.domain.procedures import common
from services.complaints.domain.procedures import payment_guards as need
from services.complaints.domain.procedures.payment_steps import MAC, PARTIES

_DECIDE_RULES = ("RD-DECIDE", "RD-DECIDE-INPATIENT", "RD-DECIDE-SNF", "RD-DECIDE-EXPEDITED")
_LATE = "The 60 days after receipt of the notice are over; a late request is heard for good cause (478.22)."
_HEARING_LATE = "The 60 days to ask for a hearing are over."
# From the discussion on everything is open again.
_OPEN_AGAIN = (
    "discussion_offered",
    "discussion_held",
    "determined",
    "denial_dated",
    "denial_received",
    "reconsideration_postmarked",
    "reconsideration_received",
    "reconsidered_dated",
    "reconsidered_received",
    "hearing_requested",
)

STEPS = (
    Step(
        id="reconsideration_requested",
        says="reconsidered",
        actor=Actor.PARTY,
        citation="42 CFR 478.20",
        fact="reconsideration_received",
        guards=(
            need.MAY_ASK,
            need.NOT_AGAIN,
            guards.in_time("RD-REQUEST", _LATE, "42 CFR 478.20, 478.22", by="reconsideration_postmarked"),
        ),
        needs=("party", "facts.reconsideration_postmarked"),
        level=1,
        note="the postmark counts; of what comes otherwise the day it came",
    ),
    common.assigned("42 CFR 478.28", level=1),
    Step(
        id="reconsidered",
        says="decided on reconsideration",
        actor=Actor.PHYSICIAN,
        citation="42 CFR 478.28, 478.32",
        guards=(
            *common.decision_guards(need.AS_DETERMINED),
            need.DRG_DECIDER,
            need.RECOVERED,
            need.AMOUNTS,
            need.SETTING,
        ),
        needs=("outcome",),
        takes=("answers.setting_basis",),
        level=1,
    ),
    Step(
        id="reconsideration_noticed",
        says="noticed of the reconsideration",
        actor=Actor.STAFF,
        citation="42 CFR 478.32, 478.34",
        fact="reconsidered_dated",
        guards=(need.named(*PARTIES),),
        notices=(Notice("RECON_DECISION", PARTIES, _DECIDE_RULES), Notice("MAC_NOTICE", MAC, _DECIDE_RULES)),
        needs=("words.payment_consequence", "words.liability_determination"),
        takes=("facts.reconsidered_dated",),
        level=1,
    ),
    Step(
        id="hearing_requested",
        says="taken to a hearing",
        actor=Actor.PARTY,
        citation="42 CFR 478.40, 478.42",
        fact="hearing_requested",
        guards=(
            guards.asked_by(*guards.PATIENT, citation="42 CFR 478.40"),
            need.last_outcome(
                need.DENIED_ADMISSION,
                need.DENIED_DAYS,
                need.PART_B,
                code="NO_HEARING",
                text="A reconsidered DRG or technical denial is final; what was approved needs no hearing.",
                citation="42 CFR 478.15, 478.40, 476.90(b)",
            ),
            need.WAS_RECONSIDERED,
            need.ENOUGH_FOR_HEARING,
            guards.in_time("RD-HEARING", _HEARING_LATE, "42 CFR 478.42"),
        ),
        needs=("party",),
        level=1,
    ),
    Step(
        id="hearing_decided",
        says="decided at the hearing",
        actor=Actor.STAFF,
        citation="42 CFR 478.40",
        guards=(guards.one_of("hearing_outcome", ("affirmed", "modified", "reversed"), "42 CFR 478.40"),),
        needs=("answers.hearing_outcome",),
        takes=("note", "recovered_cents"),
        level=1,
    ),
    Step(
        id="became_final",
        says="final",
        actor=Actor.CLOCK,
        citation="42 CFR 478.20, 478.38",
        guards=(guards.window_over("RD-REQUEST", "RD-HEARING"),),
    ),
    Step(
        id="mac_adjustment_sent",
        says="recorded as adjusted by the MAC",
        actor=Actor.STAFF,
        citation="42 CFR 476.94(d), 480.136",
    ),
    common.closed("42 CFR 476.94(e)"),
    Step(
        id="reopened",
        says="reopened",
        actor=Actor.STAFF,
        citation="42 CFR 476.96, 478.48",
        guards=(need.REOPENABLE,),
        needs=("ground", "note"),
        clears=_OPEN_AGAIN,
        sets=("-drg", "-technical"),
    ),
)
