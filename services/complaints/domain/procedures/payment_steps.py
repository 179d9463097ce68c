"""The steps of a payment review up to the notice of its determination (42 CFR 476.71-.98)."""

from services.complaints.domain import guards
from services.complaints.domain.procedure import Actor, Notice, Step
from services.complaints.domain.procedures import common
from services.complaints.domain.procedures import payment_guards as need
from shared.contracts.complaints import Obligor, Role

CARE = (Role.PROVIDER, Role.PRACTITIONER)
PARTIES = (Role.BENEFICIARY, *CARE)
MAC = (Role.MAC,)

_RECORDS = "42 CFR 476.78(b)(2), 476.90"
_NOTICE = "42 CFR 476.94(a)"
_DENIAL_RULES = ("PY-DENIAL", "PY-DENIAL-ADMISSION", "PY-DENIAL-STAYING", "PY-DENIAL-DISCHARGED")
# What letters must say that was often known when the case was filed.
_CLAIM = tuple(
    guards.worded(element, text, "42 CFR 476.94")
    for element, text in (
        ("service_dates", "The letter says from when to when the care was given."),
        ("claim_reference", "The MAC must be told which claim it is."),
    )
)
_CLAIM_WORDS = ("words.service_dates", "words.claim_reference")

RECORDS = (
    Step(
        id="records_requested",
        says="asked for records",
        actor=Actor.RECORDS,
        citation="42 CFR 476.78(b)(2)",
        fact="records_requested",
        notices=(Notice("REC_REQUEST", (Role.PROVIDER,)),),
        needs=("words.records_wanted",),
        takes=("facts.claim_date",),
        note="14 days; the circumstance programme: the letter of the programme sets another time",
    ),
    Step(id="records_overdue", says="left without records", actor=Actor.CLOCK, citation=_RECORDS),
    Step(
        id="reminded",
        says="given notice of a denial for want of records",
        actor=Actor.RECORDS,
        citation="42 CFR 476.90(b)",
        fact="reminded",
        notices=(Notice("REC_REMINDER", (Role.PROVIDER,)),),
        note="the sufficient notice without which no claim is denied for want of records",
    ),
    Step(id="notice_expired", says="left without records after notice", actor=Actor.CLOCK, citation="42 CFR 476.90(b)"),
    Step(
        id="information_received",
        says="given some of the records",
        actor=Actor.RECORDS,
        citation=_RECORDS,
        takes=("note",),
    ),
    Step(
        id="information_complete",
        says="recorded as complete",
        actor=Actor.RECORDS,
        citation=_RECORDS,
        fact="information_complete",
        takes=("facts.information_complete", "facts.claim_date"),
        note="all requested records are in, late or not, as long as nothing was denied",
    ),
)
REVIEW = (
    common.assigned("42 CFR 476.98(a)-(d)"),
    Step(
        id="approved",
        says="approved",
        actor=Actor.REVIEWER,
        citation="42 CFR 476.71",
        guards=(*common.decision_guards(need.IN_FAVOUR), need.AMOUNTS, need.SETTING),
        needs=("outcome",),
        takes=("answers.setting_basis",),
        voids=frozenset(Obligor),
    ),
    Step(
        id="denial_proposed",
        says="proposed for denial",
        actor=Actor.PHYSICIAN,
        citation="42 CFR 476.93",
        guards=(need.PHYSICIAN_PROPOSES, need.REVIEW_PERIOD),
        takes=("note",),
        clears=("discussion_offered", "discussion_held"),
        sets=("-drg",),
    ),
    Step(
        id="discussion_offered",
        says="offered for discussion",
        actor=Actor.STAFF,
        citation="42 CFR 476.93",
        fact="discussion_offered",
        guards=(need.named(*CARE),),
        notices=(Notice("DISCUSSION_OFFER", CARE),),
        needs=("words.findings",),
    ),
    Step(
        id="discussion_held",
        says="discussed",
        actor=Actor.PHYSICIAN,
        citation="42 CFR 476.93",
        fact="discussion_held",
        takes=("party", "note"),
    ),
    Step(id="discussion_lapsed", says="left undiscussed", actor=Actor.CLOCK, citation="42 CFR 476.93"),
    Step(
        id="determined",
        says="determined",
        actor=Actor.REVIEWER,
        citation="42 CFR 476.83, 476.84, 476.98",
        fact="determined",
        guards=(
            *common.decision_guards(need.AS_PROPOSED, need.REVIEW_PERIOD),
            need.DRG_DECIDER,
            need.RECOVERED,
            need.AMOUNTS,
            need.SETTING,
        ),
        needs=("outcome",),
        takes=("answers.setting_basis",),
        voids=common.EVERYONE_ELSE,
    ),
    Step(
        id="technically_denied",
        says="denied for want of records",
        actor=Actor.STAFF,
        citation="42 CFR 476.90(b)",
        fact="determined",
        guards=(need.IS_TECHNICAL, guards.REASONS_GIVEN, need.REVIEW_PERIOD, need.RECOVERED, need.AMOUNTS),
        needs=("outcome",),
        voids=common.EVERYONE_ELSE,
        sets=("technical",),
    ),
    Step(
        id="released",
        says="released",
        actor=Actor.CLOCK,
        citation="42 CFR 476.71",
        guards=(
            need.last_outcome(
                need.APPROVED,
                need.DRG_UPHELD,
                code="NOT_APPROVED",
                text="The claim was not approved.",
                citation="42 CFR 476.71",
            ),
        ),
    ),
    Step(
        id="denial_noticed",
        says="noticed as denied",
        actor=Actor.STAFF,
        citation=_NOTICE,
        fact="denial_dated",
        guards=(
            need.last_outcome(
                need.DENIED_ADMISSION,
                need.DENIED_DAYS,
                need.PART_B,
                need.TECHNICAL,
                code="NOT_DENIED",
                text="Nothing was denied.",
                citation=_NOTICE,
            ),
            need.named(*PARTIES),
            *_CLAIM,
        ),
        notices=(Notice("DENIAL_NOTICE", PARTIES, _DENIAL_RULES), Notice("MAC_NOTICE", MAC, _DENIAL_RULES)),
        needs=("words.liability_determination", "words.payment_consequence"),
        takes=("facts.denial_dated", *_CLAIM_WORDS),
        note="who knew that the care is not covered (Act, section 1879) stands on the notice; receipt is presumed",
    ),
    Step(
        id="receipt_shown",
        says="given another day of receipt",
        actor=Actor.STAFF,
        citation="42 CFR 478.20(a)",
        needs=("facts.denial_received",),
    ),
    Step(
        id="claim_cancelled",
        says="ended with its claim",
        actor=Actor.STAFF,
        citation="42 CFR 476.71",
        needs=("note",),
        voids=frozenset(Obligor),
        ends="CLAIM_CANCELLED",
    ),
)
DRG = (
    Step(
        id="drg_change_proposed",
        says="proposed for another DRG",
        actor=Actor.REVIEWER,
        citation="42 CFR 476.93",
        guards=(
            guards.one_of("drg_matter", ("clinical", "coding"), "42 CFR 476.98(c)"),
            need.DRG_DECIDER,
            need.REVIEW_PERIOD,
        ),
        needs=("answers.drg_matter",),
        takes=("note",),
        clears=("discussion_offered", "discussion_held"),
        sets=("drg",),
    ),
    Step(
        id="drg_noticed",
        says="noticed of the change of its DRG",
        actor=Actor.STAFF,
        citation="42 CFR 476.94(b), (d)",
        fact="denial_dated",
        guards=(
            need.last_outcome(
                need.DRG_LOWER,
                need.DRG_HIGHER,
                code="DRG_NOT_CHANGED",
                text="The DRG was not changed.",
                citation="42 CFR 476.94(b)",
            ),
            need.named(*CARE),
            *_CLAIM,
        ),
        notices=(Notice("DRG_NOTICE", CARE, ("PY-DRG-NOTICE",)), Notice("MAC_NOTICE", MAC, ("PY-DRG-NOTICE",))),
        needs=(
            "words.drg_billed",
            "words.drg_determined",
            "words.payment_consequence",
            "words.liability_determination",
        ),
        takes=("facts.denial_dated", *_CLAIM_WORDS),
    ),
)


def screened(questions: tuple[str, ...]) -> tuple[Step, ...]:
    """The first-level screen by nurse (necessity) and coder (coding): passes, or sends the case to a physician."""
    return (
        Step(
            id="screened",
            says="screened",
            actor=Actor.SCREENER,
            citation="42 CFR 476.98(c)",
            guards=tuple(guards.one_of(question, ("pass", "refer"), "42 CFR 476.98") for question in questions),
            needs=tuple(f"answers.{question}" for question in questions),
            takes=("note",),
            note="whoever screens never decides against a claim",
        ),
        Step(
            id="passed",
            says="passed",
            actor=Actor.CLOCK,
            citation="42 CFR 476.98",
            guards=(need.screened_as("pass", questions),),
            voids=frozenset(Obligor),
            ends="APPROVED",
        ),
        Step(
            id="referred",
            says="referred to a physician",
            actor=Actor.CLOCK,
            citation="42 CFR 476.98",
            guards=(need.screened_as("refer", questions),),
        ),
    )
