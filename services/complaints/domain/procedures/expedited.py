"""The course that all expedited reviews share, from the request to the last letter.

42 CFR 405.1200-.1212 and 422.620-.626. Each case type fills in its citations, its facts and its rules; what differs
stays in its own module.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.complaints.domain import guards
from services.complaints.domain.procedure import Actor, Guard, Notice, Stage, Step
from services.complaints.domain.procedures import common
from shared.contracts.complaints import Obligor, Role

RECEIVED = "RECEIVED"
AWAITING = "AWAITING_INFORMATION"
COMPLETE = "INFORMATION_COMPLETE"
REVIEW = "IN_REVIEW"
DETERMINED = "DETERMINED"
NOTIFIED = "NOTIFIED"
CLOSED = "CLOSED"
WITHDRAWN = "WITHDRAWN"
NOT_ELIGIBLE = "NOT_ELIGIBLE"

STATES: Mapping[str, Stage] = {
    RECEIVED: Stage.RECEIVED,
    AWAITING: Stage.IN_REVIEW,
    COMPLETE: Stage.IN_REVIEW,
    REVIEW: Stage.IN_REVIEW,
    DETERMINED: Stage.DECIDED,
    NOTIFIED: Stage.DECIDED,
    CLOSED: Stage.CLOSED,
    WITHDRAWN: Stage.CLOSED,
    NOT_ELIGIBLE: Stage.CLOSED,
}
OPEN = (RECEIVED, AWAITING, COMPLETE, REVIEW)
GATHERING = (AWAITING, COMPLETE, REVIEW)

# One row for each (states, step, next state); None stays.
ROWS: tuple[tuple[str | tuple[str, ...], str, str | None], ...] = (
    (RECEIVED, "provider_notified", AWAITING),
    (GATHERING, "detailed_notice_given", None),
    (GATHERING, "information_received", None),
    (AWAITING, "information_complete", COMPLETE),
    (REVIEW, "information_complete", None),
    (GATHERING, "copy_requested", None),
    (OPEN, "views_solicited", None),
    (GATHERING, "explanation_offered", None),
    (OPEN, "validity_found", None),
    # A reviewer may be at work before the records are complete: evidence at hand (405.1206(d)(7)).
    (GATHERING, "assigned", REVIEW),
    (REVIEW, "deferred", None),
    (REVIEW, "decided", DETERMINED),
    (DETERMINED, "told", None),
    (DETERMINED, "letter_left", None),
    (DETERMINED, "notification_completed", NOTIFIED),
    (OPEN, "withdrawn", WITHDRAWN),
    (OPEN, "found_not_eligible", NOT_ELIGIBLE),
)
CLOSING: tuple[tuple[str | tuple[str, ...], str, str | None], ...] = ((NOTIFIED, "closed", CLOSED),)
AUTOMATIC = ("notification_completed", "closed")
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "assign": ("assigned",),
    "decide": ("decided",),
    "withdraw": ("withdrawn",),
}

NOT_TWICE_COMPLETE = Guard(
    "ALREADY_COMPLETE",
    "step",
    "All information was already recorded as received.",
    "42 CFR 405.1206(d)(6)",
    lambda look: not look.done("information_complete"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """Where the regulation has each step."""

    notify: str
    detailed: str
    records: str
    views: str
    explanation: str
    validity: str
    decide: str
    defer: str
    tell: str
    copy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the case clock of the type calls the same things; None where it has no such fact."""

    notified: str
    detailed: str | None
    copy: str | None
    letters: str | None


def steps(
    cite: Citations,
    facts: Facts,
    *,
    parties: tuple[Role, ...],
    informers: tuple[Role, ...],
    records_rule: str,
    determine_rules: tuple[str, ...],
    letters_rules: tuple[str, ...],
    windows: tuple[str, ...],
    deciding: tuple[Guard, ...] = (),
    notifying: tuple[Guard, ...] = (),
    explained: bool = True,
) -> tuple[Step, ...]:
    """The steps of an expedited review. ``informers`` owe the records; ``windows`` keep the case from closing."""
    before = [
        guards.done_before("views_solicited", "The patient's views were not asked for yet.", cite.views),
        guards.answered("notice_valid", "Nobody found yet whether the notice was valid.", cite.validity),
    ]
    if explained:
        text = "The provider (MA: the plan) had no opportunity to explain yet."
        before.append(guards.done_before("explanation_offered", text, cite.explanation))
    made = (
        Step(
            id="provider_notified",
            says="recorded as notified to the provider",
            actor=Actor.INTAKE,
            citation=cite.notify,
            fact=facts.notified,
            guards=notifying,
            notices=(Notice("REC_REQUEST", informers, (records_rule,)),),
        ),
        Step(
            id="information_received",
            says="given information",
            actor=Actor.RECORDS,
            citation=cite.records,
            takes=("note",),
        ),
        Step(
            id="information_complete",
            says="recorded as complete",
            actor=Actor.RECORDS,
            citation=cite.records,
            fact="information_complete",
            guards=(NOT_TWICE_COMPLETE,),
            note="all requested pertinent information is in",
        ),
        Step(
            id="views_solicited",
            says="given the patient's views",
            actor=Actor.STAFF,
            citation=cite.views,
            takes=("how",),
            note="every attempt is kept; one attempt lets the review go on",
        ),
        Step(
            id="explanation_offered",
            says="given the provider's explanation",
            actor=Actor.STAFF,
            citation=cite.explanation,
        ),
        Step(
            id="validity_found",
            says="given a finding on the notice",
            actor=Actor.SCREENER,
            citation=cite.validity,
            needs=("answers.notice_valid",),
        ),
        common.assigned("42 CFR 476.98"),
        Step(
            id="deferred",
            says="deferred",
            actor=Actor.REVIEWER,
            citation=cite.defer,
            needs=("note",),
            note="no clock stops; who withholds the information may be liable for the delay",
        ),
        Step(
            id="decided",
            says="determined",
            actor=Actor.REVIEWER,
            citation=cite.decide,
            guards=(*common.decision_guards(*before), *deciding),
            needs=("outcome",),
            notices=(Notice("DECISION_CALL", parties, determine_rules),),
            voids=common.EVERYONE_ELSE,
        ),
        common.told(
            cite.tell,
            {Role.BENEFICIARY: "patient_told"},
            notices=(Notice("DECISION_LETTER", parties, letters_rules, after_call=True),),
        ),
        common.letter_left("letter_left", cite.tell, parties, facts.letters),
        common.everyone_told("notification_completed", "told", "letter_left", cite.tell, parties),
        common.closed(cite.tell, *windows),
        common.withdrawn(cite.notify),
        Step(
            id="found_not_eligible",
            says="found not eligible",
            actor=Actor.INTAKE,
            citation=cite.notify,
            needs=("note",),
            voids=frozenset(Obligor),
            ends="NOT_ELIGIBLE",
        ),
    )
    optional = []
    if facts.detailed is not None:
        optional.append(
            Step(
                id="detailed_notice_given",
                says="recorded as having the detailed notice",
                actor=Actor.RECORDS,
                citation=cite.detailed,
                fact=facts.detailed,
            )
        )
    if facts.copy is not None:
        optional.append(
            Step(
                id="copy_requested",
                says="asked for a copy",
                actor=Actor.PARTY,
                citation=cite.copy,
                fact=facts.copy,
            )
        )
    return (*made, *optional)


def rows(made: tuple[Step, ...]) -> tuple[tuple[str | tuple[str, ...], str, str | None], ...]:
    """The rows of the steps that the type has."""
    known = {step.id for step in made}
    return tuple(row for row in (*ROWS, *CLOSING) if row[1] in known)
