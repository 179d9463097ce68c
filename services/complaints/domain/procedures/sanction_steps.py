"""The steps of a sanction, from the first notice to the decision of the OIG (42 CFR 1004.40-.110)."""

from services.complaints.domain import guards
from services.complaints.domain.procedure import Actor, Notice, Step
from services.complaints.domain.procedures import sanction_guards as need
from shared.contracts.complaints import Obligor, Role

SUBJECT = (Role.PRACTITIONER,)  # the practitioner or other person concerned

_MATTER = ("words.obligation", "words.circumstances", "words.corrective_action")
_RESPONSE_OVER = "The 30 days after receipt of the notice are over."


NOTICE_STEPS = (
    Step(
        id="notice_sent",
        says="noticed to the person",
        actor=Actor.STAFF,
        citation="42 CFR 1004.40",
        fact="notice_dated",
        guards=(need.RECOMMENDED, need.BASIS),
        notices=(Notice("SANCTION_N1", SUBJECT),),
        needs=("answers.basis", *_MATTER, "words.possible_sanction", "words.enclosures"),
        takes=("facts.notice_dated",),
        note="a copy of the material except deliberations; receipt is presumed 5 days after its date",
    ),
    Step(
        id="not_pursued",
        says="dropped",
        actor=Actor.STAFF,
        citation="42 CFR 1004.40(a)",
        needs=("note",),
        voids=frozenset(Obligor),
        ends="NOT_PURSUED",
    ),
    Step(
        id="receipt_shown",
        says="given another day of receipt",
        actor=Actor.STAFF,
        citation="42 CFR 1004.40",
        needs=("facts.notice_received",),
    ),
    Step(
        id="response_received",
        says="responded to",
        actor=Actor.PARTY,
        citation="42 CFR 1004.40(b)",
        fact="response_received",
        guards=(guards.in_time("SN-RESPONSE", _RESPONSE_OVER, "42 CFR 1004.40(b)", for_cause=False),),
        takes=("note",),
        note="information, a request for a meeting (which is recorded on its own too), or both",
    ),
    Step(
        id="response_lapsed",
        says="left without a response",
        actor=Actor.CLOCK,
        citation="42 CFR 1004.40(b)",
    ),
)
MEETING_STEPS = (
    Step(
        id="meeting_requested",
        says="asked to meet",
        actor=Actor.PARTY,
        citation="42 CFR 1004.40(c)",
        fact="meeting_requested",
        guards=(guards.in_time("SN-RESPONSE", _RESPONSE_OVER, "42 CFR 1004.40(c)", for_cause=False),),
    ),
    Step(
        id="meeting_extended",
        says="given more time to meet",
        actor=Actor.STAFF,
        citation="42 CFR 1004.40(c)",
        guards=(need.EXTENDABLE,),
        needs=("note",),
        sets=("extended",),
        note="for good cause",
    ),
    Step(
        id="meeting_held",
        says="met",
        actor=Actor.PANEL,
        citation="42 CFR 1004.50",
        fact="meeting_held",
        guards=(
            need.PANEL_COMPLETE,
            need.confirmed("same_specialty", "At least one member is of the person's specialty.", "42 CFR 1004.50(d)"),
            need.confirmed("verbatim_record", "A verbatim record is made.", "42 CFR 1004.50(e)"),
        ),
        needs=("answers.same_specialty", "answers.verbatim_record"),
        takes=("note",),
    ),
    Step(
        id="more_allowed",
        says="kept open for more information",
        actor=Actor.PANEL,
        citation="42 CFR 1004.50(g)",
    ),
    Step(
        id="more_received",
        says="given more information",
        actor=Actor.PARTY,
        citation="42 CFR 1004.50(g)",
        fact="more_received",
        guards=(guards.in_time("SN-MORE", "The 5 working days are over.", "42 CFR 1004.50(g)", for_cause=False),),
        takes=("note",),
    ),
    Step(id="more_lapsed", says="left without more information", actor=Actor.CLOCK, citation="42 CFR 1004.50(g)"),
)
FINDING_STEPS = (
    Step(
        id="finding_made",
        says="found on",
        actor=Actor.PANEL,
        citation="42 CFR 1004.60",
        guards=(
            guards.KNOWN_OUTCOME,
            guards.REASONS_GIVEN,
            need.PANEL_COMPLETE,
            need.PANEL_DECIDES,
            need.HEARD,
            need.BASIS,
        ),
        notices=(Notice("SANCTION_FINDING", SUBJECT),),
        needs=("outcome", "words.finding", "words.corrective_action", "words.next_step"),
        takes=("answers.basis",),
        voids=frozenset({Obligor.PARTY, Obligor.QIO}),
    ),
    Step(
        id="finding_closed",
        says="closed by its finding",
        actor=Actor.CLOCK,
        citation="42 CFR 1004.60",
        guards=(need.CLOSES,),
    ),
    Step(
        id="cap_started",
        says="put under a corrective action plan",
        actor=Actor.STAFF,
        citation="42 CFR 1004.60",
        takes=("note",),
    ),
    Step(
        id="cap_met",
        says="recorded as corrected",
        actor=Actor.STAFF,
        citation="42 CFR 1004.60",
        ends="CAP_MET",
        voids=frozenset(Obligor),
    ),
    Step(
        id="cap_failed",
        says="recorded as not corrected",
        actor=Actor.STAFF,
        citation="42 CFR 1004.60",
        needs=("note",),
    ),
)
OIG_STEPS = (
    Step(
        id="oig_received",
        says="recorded as received by the OIG",
        actor=Actor.OIG,
        citation="42 CFR 1004.100(e)",
        fact="oig_received",
        takes=("facts.final_notice_received",),
        note="actual receipt: the 120 days count from it",
    ),
    Step(
        id="oig_submission_received",
        says="given the person's submission to the OIG",
        actor=Actor.PARTY,
        citation="42 CFR 1004.70",
        fact="oig_submission_received",
        guards=(
            guards.in_time(
                "SN-OIG-SUBMISSION", "The 30 days are over and cannot be extended.", "42 CFR 1004.70", for_cause=False
            ),
        ),
    ),
    Step(
        id="oig_rejected",
        says="rejected by the OIG",
        actor=Actor.OIG,
        citation="42 CFR 1004.100",
        voids=frozenset(Obligor),
        ends="OIG_REJECTED",
    ),
    Step(
        id="oig_imposed",
        says="sanctioned by the OIG",
        actor=Actor.OIG,
        citation="42 CFR 1004.100, 1004.110",
        fact="sanction_notice_dated",
        takes=("facts.sanction_notice_dated",),
        voids=frozenset({Obligor.OIG}),
        ends="OIG_IMPOSED",
    ),
    Step(
        id="oig_deemed",
        says="effective without a decision of the OIG",
        actor=Actor.CLOCK,
        citation="42 CFR 1004.100(e)",
        ends="OIG_DEEMED_120",
        note="exclusions only: 120 days after actual receipt without a decision",
    ),
    Step(
        id="deemed_noticed",
        says="noticed by the OIG",
        actor=Actor.OIG,
        citation="42 CFR 1004.110(a)",
        fact="sanction_notice_dated",
        guards=(need.NOT_NOTICED_TWICE,),
        takes=("facts.sanction_notice_dated",),
    ),
    Step(
        id="took_effect",
        says="in effect",
        actor=Actor.CLOCK,
        citation="42 CFR 1004.110(b)",
        note="20 days after the date of the OIG's notice",
    ),
)
