"""The steps of a written complaint: intake, records, interim and final determination, and how it may end."""

from services.complaints.domain import guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Step
from services.complaints.domain.procedures import common, quality
from shared.contracts.complaints import Channel, How, Obligor, Role

PARTIES = (Role.BENEFICIARY, *quality.CARE)
# Each party's own right, from its own first notification (476.140(a)(1)).
WINDOWS = {Role.BENEFICIARY: "BC-C7", Role.PROVIDER: "BC-C7-PROVIDER", Role.PRACTITIONER: "BC-C7-PRACTITIONER"}

_DISCUSSION = "42 CFR 476.130(c)(1)"
_FINAL = "42 CFR 476.130(d)"
_ABANDONED = "42 CFR 476.150(a)"
_WRITTEN = frozenset({Channel.FAX, Channel.PORTAL, Channel.MAIL})
# What is open again in a reopened case; its records stay complete.
_REOPENED = (
    "interim_notified",
    "discussion_offered",
    "discussion_extended_to",
    "discussion_held",
    "review_completed",
    "final_told",
    "final_told_provider",
    "final_told_practitioner",
    "final_letter_sent",
    "reconsideration_requested",
    "reconsideration_records_received",
    "reconsideration_told",
    "reconsideration_letter_sent",
)

IN_WRITING = Guard(
    "NOT_IN_WRITING",
    "channel",
    "A complaint is in writing (mail, fax or portal); for an oral one offer immediate advocacy.",
    "42 CFR 476.120(a)(1)",
    lambda look: look.case.channel in _WRITTEN,
)


def _interim_not_met(look: Look) -> frozenset[str]:
    interim = quality.reasons_of(look, "interim_made")
    return quality.not_met(interim.findings) if interim is not None else frozenset()


def _as_in_interim(look: Look) -> bool:
    """Without a discussion or statement the interim initial determination is the final one."""
    if look.case.state not in ("INTERIM_MADE", "DISCUSSION_LAPSED"):
        return True
    interim = quality.reasons_of(look, "interim_made")
    before = interim.findings if interim is not None else ()
    return {(f.concern, f.finding, f.severity) for f in before} == {
        (f.concern, f.finding, f.severity) for f in look.act.findings
    }


_SOMETHING_TO_DISCUSS = Guard(
    "NOTHING_TO_DISCUSS",
    None,
    "A discussion is offered only of concerns in which the standard was not met.",
    _DISCUSSION,
    lambda look: bool(_interim_not_met(look)),
)
_OFFER_FIRST = Guard(
    "OFFER_DISCUSSION",
    "step",
    "Where a standard was not met, telling the interim determination is the offer of a discussion.",
    _DISCUSSION,
    lambda look: (
        look.act.how is How.UNREACHABLE or look.case.state == "DISCUSSION_OFFERED" or not _interim_not_met(look)
    ),
)
_OFFERED_BY_PHONE = Guard(
    "NOT_BY_PHONE",
    "how",
    "The discussion is offered by telephone; by letter only when a call failed.",
    _DISCUSSION,
    lambda look: (
        look.act.how is How.PHONE
        or (
            look.act.how is How.LETTER
            and look.act.party is not None
            and look.case.course.attempts("interim_told", look.act.party) > 0
        )
    ),
)
_DISCUSSION_OVER = Guard(
    "DISCUSSION_NOT_OFFERED",
    "findings",
    "A concern in which the standard was not met is discussed before the determination is final.",
    _DISCUSSION,
    lambda look: look.case.state != "INTERIM_MADE" or not _interim_not_met(look),
)
_INTERIM_STANDS = Guard(
    "INTERIM_STANDS",
    "findings",
    "Without discussion or statement the interim initial determination becomes final as it is.",
    "42 CFR 476.130(c)(2)",
    _as_in_interim,
)
_NOTHING_NEW = Guard(
    "NOT_DISCUSSED",
    "findings",
    "A standard cannot be found not met where the practitioner or provider could not discuss it.",
    _DISCUSSION,
    lambda look: quality.not_met(look.act.findings) <= _interim_not_met(look),
)


def _own(*roles: Role) -> Guard:
    text = "Only practitioner or provider are told the interim determination."
    return Guard("NOT_FOR_THIS_PARTY", "party", text, _DISCUSSION, lambda look: look.act.party in roles)


_INTAKE = (
    quality.screened("42 CFR 476.120(a)(2)"),
    Step(
        id="accepted",
        says="accepted",
        actor=Actor.INTAKE,
        citation="42 CFR 476.120, 476.130(a)",
        guards=(
            quality.answered_yes("medicare_beneficiary", "The patient is no Medicare beneficiary.", "42 CFR 476.1"),
            quality.answered_yes("medicare_service", "Medicare could not pay for the service.", "42 CFR 476.1"),
        ),
        needs=("answers.medicare_beneficiary", "answers.medicare_service"),
    ),
    Step(
        id="found_out_of_jurisdiction",
        says="found out of jurisdiction",
        actor=Actor.INTAKE,
        citation="42 CFR 476.120",
        needs=("note",),
        voids=frozenset(Obligor),
        ends="OUT_OF_JURISDICTION",
    ),
    Step(
        id="found_duplicate",
        says="found to be a copy of another complaint",
        actor=Actor.INTAKE,
        citation="42 CFR 476.120(b)",
        needs=("note",),
        voids=frozenset(Obligor),
        ends="DUPLICATE",
        note="a further concern of the other complaint is added there",
    ),
    quality.records_requested("42 CFR 476.130(b)(1)", "C_REC_REQUEST", "BC-C1", "BC-C1-SOONER"),
    quality.information_received("42 CFR 476.130(b)"),
    quality.information_complete("42 CFR 476.130(b)"),
    quality.non_cooperation("BC-C1", "BC-C1-SOONER"),
    common.assigned("42 CFR 476.98"),
)

_INTERIM = (
    Step(
        id="interim_made",
        says="given an interim initial determination",
        actor=Actor.REVIEWER,
        citation="42 CFR 476.130(c)",
        guards=common.decision_guards(*quality.FINDINGS),
        needs=("outcome",),
        notices=(Notice("C_IID_CALL", quality.CARE, ("BC-C2",)),),
        interim=True,
        quiet=True,
        note="a deliberation: nobody but practitioner and provider hear of it",
    ),
    common.told(
        "42 CFR 476.130(c)",
        dict.fromkeys(quality.CARE, "interim_notified"),
        step="interim_told",
        guard=(_own(*quality.CARE), _OFFER_FIRST),
        quiet=True,
    ),
    Step(
        id="discussion_offered",
        says="offered for discussion",
        actor=Actor.STAFF,
        citation=_DISCUSSION,
        fact="discussion_offered",
        party_facts=dict.fromkeys(quality.CARE, "interim_notified"),
        guards=(_own(*quality.CARE), _SOMETHING_TO_DISCUSS, _OFFERED_BY_PHONE),
        needs=("party", "how"),
        notices=(Notice("DISCUSSION_OFFER", quality.CARE, ("BC-C3",)),),
        quiet=True,
        note="the first offer counts; the other party is told as interim_told",
    ),
    Step(
        id="discussion_extended",
        says="given more time for the discussion",
        actor=Actor.STAFF,
        citation="42 CFR 476.130(c)(4)",
        needs=("facts.discussion_extended_to", "note"),
        quiet=True,
        note="rare; the note is the reason",
    ),
    Step(
        id="discussion_held",
        says="discussed",
        actor=Actor.REVIEWER,
        citation=_DISCUSSION,
        fact="discussion_held",
        needs=("party", "words.discussion_summary"),
        guards=(_own(*quality.CARE),),
        quiet=True,
    ),
    Step(
        id="statement_received",
        says="answered by a written statement",
        actor=Actor.PARTY,
        citation="42 CFR 476.130(c)(3)",
        fact="discussion_held",
        needs=("party", "words.discussion_summary"),
        guards=(_own(*quality.CARE),),
        quiet=True,
    ),
    Step(
        id="discussion_lapsed",
        says="left undiscussed",
        actor=Actor.CLOCK,
        citation="42 CFR 476.130(c)(2)",
        quiet=True,
        note="the interim initial determination becomes final; the reviewer signs it as it is",
    ),
)

_DETERMINED = (
    Step(
        id="final_signed",
        says="determined",
        actor=Actor.REVIEWER,
        citation=_FINAL,
        fact="review_completed",
        guards=(*quality.DETERMINING, _DISCUSSION_OVER, _INTERIM_STANDS, _NOTHING_NEW),
        needs=("outcome",),
        takes=quality.TAKES_FOLLOW_ON,
        notices=(Notice("C_FID_CALL", PARTIES, ("BC-C5-DISCUSSED", "BC-C5")),),
        voids=common.EVERYONE_ELSE,
        note="completes the review; the beneficiary hears it without the practitioner's consent (480.133(a)(2)(iv))",
    ),
    common.told(
        "42 CFR 476.130(d)(1)",
        {
            Role.BENEFICIARY: "final_told",
            Role.PROVIDER: "final_told_provider",
            Role.PRACTITIONER: "final_told_practitioner",
        },
        notices=(Notice("C_FID_LETTER", PARTIES, ("BC-C6",), after_call=True),),
    ),
    common.letter_left("letter_left", "42 CFR 476.130(d)(2)", PARTIES, "final_letter_sent"),
    common.everyone_told("notification_completed", "told", "letter_left", _FINAL, PARTIES),
    common.closed("42 CFR 476.140(a)(1)", *WINDOWS.values()),
    *quality.reconsideration(
        quality.Reconsidering(
            citation="42 CFR 476.140",
            windows=WINDOWS,
            decide_rules=("BC-C8", "BC-C8-RECORDS"),
            letter_rules=("BC-C9",),
            parties=PARTIES,
            after_call=True,
        )
    ),
)

_ENDS = (
    Step(
        id="abandoned",
        says="abandoned",
        actor=Actor.STAFF,
        citation=_ABANDONED,
        guards=(
            quality.answered_yes("takes_no_part", "The beneficiary still takes part.", _ABANDONED),
            quality.answered_yes("information_lacking", "What the QIO has is enough to go on.", _ABANDONED),
        ),
        needs=("answers.takes_no_part", "answers.information_lacking"),
        takes=("words.reason",),
        notices=(
            Notice("C_ABANDONED", (Role.BENEFICIARY,)),
            Notice("C_ABANDONED", quality.CARE, since="records_requested"),
        ),
        voids=frozenset(Obligor),
        ends="ABANDONED",
    ),
    common.withdrawn("42 CFR 476.120"),
    Step(
        id="referred",
        says="referred elsewhere",
        actor=Actor.STAFF,
        citation="42 CFR 476.71, 480.137",
        needs=("words.referred_to", "words.referred_information"),
        takes=("words.next_step",),
        notices=(Notice("REFERRAL_SENT", (Role.BENEFICIARY,)),),
        voids=frozenset(Obligor),
        ends="REFERRED",
        note="the matter itself goes out in a referral of the same family",
    ),
    Step(
        id="reopened",
        says="reopened",
        actor=Actor.STAFF,
        citation="42 CFR 476.150(b), 476.96",
        guards=(guards.may_reopen("BC-REOPEN", "BC-REOPEN-CAUSE", citation="42 CFR 476.96"),),
        needs=("ground", "note"),
        clears=_REOPENED,
        sets=("-records_needed",),
    ),
)

ALL = (*_INTAKE, *_INTERIM, *_DETERMINED, *_ENDS)
