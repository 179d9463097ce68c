"""The course that all expedited reviews share, from the request to the last letter.

42 CFR 405.1200-.1212 and 422.620-.626. Each case type fills in its citations, its facts and its rules; what differs
stays in its own module.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.complaints.domain import guards
from services.complaints.domain.procedure import Actor, Guard, Notice, Stage, Step
from services.complaints.domain.procedures import common
from shared.contracts.complaints import Obligor, Role

Row = tuple[str | tuple[str, ...], str, str | None]

ELIGIBILITY = "ELIGIBILITY_CHECK"
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
_NOTIFIED: tuple[Row, ...] = ((RECEIVED, "provider_notified", AWAITING),)
_BOTH_NOTIFIED: tuple[Row, ...] = ((RECEIVED, "provider_notified", None), (RECEIVED, "plan_notified", AWAITING))
UNTIL_DETERMINED: tuple[Row, ...] = (
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
    (OPEN, "withdrawn", WITHDRAWN),
    (OPEN, "found_not_eligible", NOT_ELIGIBLE),
)
TELLING: tuple[Row, ...] = (
    (DETERMINED, "told", None),
    (DETERMINED, "letter_left", None),
    (DETERMINED, "notification_completed", NOTIFIED),
    (NOTIFIED, "closed", CLOSED),
)
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
_NOBODY = "nobody"


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

    notified: str | None
    detailed: str | None
    copy: str | None
    letters: str | None
    decided: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What makes the expedited review of one case type.

    ``informers`` owe the records under ``records_rules``; ``windows`` keep the case from closing. ``ineligible``:
    why there may be no right to the review. ``delayed``: who may be liable when missing information delays the
    decision. ``invalid``: circumstances that a notice found invalid brings. ``explained``, ``validity``: whether the
    provider's explanation and a finding on the notice must come before the determination.
    """

    cite: Citations
    facts: Facts
    parties: tuple[Role, ...]
    informers: tuple[Role, ...]
    records_rules: tuple[str, ...]
    determine_rules: tuple[str, ...]
    letters_rules: tuple[str, ...]
    windows: tuple[str, ...]
    ineligible: tuple[str, ...]
    delayed: str | None = None
    notifying: tuple[Guard, ...] = ()
    validating: tuple[Guard, ...] = ()
    deciding: tuple[Guard, ...] = ()
    words: tuple[str, ...] = ()
    invalid: Mapping[str, tuple[str, str]] | None = None
    explained: bool = True
    validity: bool = True

    @property
    def plan(self) -> bool:
        """Whether a Medicare Advantage plan is a party."""
        return Role.PLAN in self.parties


def steps(review: Review) -> tuple[Step, ...]:
    """The steps of an expedited review up to its end."""
    return (*until_determined(review), *_telling(review))


def until_determined(review: Review) -> tuple[Step, ...]:
    """The steps up to the determination."""
    return (*_gathering(review), *_hearing(review), *_deciding(review), *_ending(review))


def rows(made: tuple[Step, ...], telling: tuple[Row, ...] = TELLING) -> tuple[Row, ...]:
    """The rows of the steps that the type has."""
    known = {step.id for step in made}
    notified = _BOTH_NOTIFIED if "plan_notified" in known else _NOTIFIED
    return tuple(row for row in (*notified, *UNTIL_DETERMINED, *telling) if row[1] in known)


def _gathering(review: Review) -> Iterator[Step]:
    cite, facts = review.cite, review.facts
    yield from _notified(review)
    yield Step(
        id="information_received",
        says="given information",
        actor=Actor.RECORDS,
        citation=cite.records,
        takes=("note",),
    )
    yield Step(
        id="information_complete",
        says="recorded as complete",
        actor=Actor.RECORDS,
        citation=cite.records,
        fact="information_complete",
        guards=(NOT_TWICE_COMPLETE,),
        note="all requested pertinent information is in",
    )
    if facts.detailed is not None:
        yield Step(
            id="detailed_notice_given",
            says="recorded as having the detailed notice",
            actor=Actor.RECORDS,
            citation=cite.detailed,
            fact=facts.detailed,
        )
    if facts.copy is not None:
        yield Step(id="copy_requested", says="asked for a copy", actor=Actor.PARTY, citation=cite.copy, fact=facts.copy)


def _notified(review: Review) -> Iterator[Step]:
    """Who owes information is told and asked; in Medicare Advantage the provider is told, then the plan, which owes."""
    cite, asked = review.cite, Notice("REC_REQUEST", review.informers, review.records_rules)
    yield Step(
        id="provider_notified",
        says="recorded as notified to the provider",
        actor=Actor.INTAKE,
        citation=cite.notify,
        fact=None if review.plan else review.facts.notified,
        guards=review.notifying,
        notices=() if review.plan else (asked,),
    )
    if review.plan:
        text = "The provider was not notified yet; with the plan's notification both are."
        yield Step(
            id="plan_notified",
            says="recorded as notified to the plan",
            actor=Actor.INTAKE,
            citation=cite.notify,
            fact=review.facts.notified,
            guards=(guards.done_before("provider_notified", text, cite.notify), *review.notifying),
            notices=(asked,),
        )


def _hearing(review: Review) -> Iterator[Step]:
    cite = review.cite
    yield Step(
        id="views_solicited",
        says="given the patient's views",
        actor=Actor.STAFF,
        citation=cite.views,
        takes=("how",),
        note="every attempt is kept; one attempt lets the review go on",
    )
    if review.explained:
        yield Step(
            id="explanation_offered",
            says="given the provider's explanation",
            actor=Actor.STAFF,
            citation=cite.explanation,
        )
    if review.validity:
        yield Step(
            id="validity_found",
            says="given a finding on the notice",
            actor=Actor.SCREENER,
            citation=cite.validity,
            guards=(guards.one_of("notice_valid", ("yes", "no"), cite.validity), *review.validating),
            needs=("answers.notice_valid",),
            takes=("words.notice_defect",),
            answers_set=review.invalid or {},
        )


def _deciding(review: Review) -> Iterator[Step]:
    cite = review.cite
    yield common.assigned("42 CFR 476.98")
    if review.delayed is not None:
        yield _deferred(review.delayed, cite.defer)
    yield Step(
        id="decided",
        says="determined",
        actor=Actor.REVIEWER,
        citation=cite.decide,
        fact=review.facts.decided,
        guards=(*common.decision_guards(*_before_deciding(review)), *review.deciding),
        needs=("outcome",),
        takes=tuple(f"words.{element}" for element in review.words),
        notices=(Notice("DECISION_CALL", review.parties, review.determine_rules),),
        voids=common.EVERYONE_ELSE,
    )


def _before_deciding(review: Review) -> Iterator[Guard]:
    cite = review.cite
    yield guards.done_before("views_solicited", "The patient's views were not asked for yet.", cite.views)
    if review.validity:
        yield guards.answered("notice_valid", "Nobody found yet whether the notice was valid.", cite.validity)
    if review.explained:
        text = "The provider (MA: the plan) had no opportunity to explain yet."
        yield guards.done_before("explanation_offered", text, cite.explanation)


def _deferred(delayed: str, citation: str) -> Step:
    """The decision waits for information; the QIO says whether who withholds it bears what the delay costs."""
    liable = Guard(
        "DELAY_LIABILITY_DAY",
        "facts.delay_liable_from",
        "Whoever is liable for the delay is so from a day, and nobody from none.",
        citation,
        lambda look: (look.act.answers.get("delay_liable") == delayed) is ("delay_liable_from" in look.act.facts),
    )
    waiting = Guard(
        "NOTHING_MISSING",
        "step",
        "All information is in: there is nothing to wait for.",
        citation,
        lambda look: not look.done("information_complete"),
    )
    return Step(
        id="deferred",
        says="deferred",
        actor=Actor.REVIEWER,
        citation=citation,
        guards=(waiting, guards.one_of("delay_liable", (delayed, _NOBODY), citation), liable),
        needs=("note", "answers.delay_liable"),
        takes=("facts.delay_liable_from",),
        note="no clock stops; who withholds the information may be liable for the delay",
    )


def _telling(review: Review) -> Iterator[Step]:
    cite = review.cite
    letter = Notice("DECISION_LETTER", review.parties, review.letters_rules, after_call=True)
    yield common.told(cite.tell, {Role.BENEFICIARY: "patient_told"}, notices=(letter,))
    yield common.letter_left("letter_left", cite.tell, review.parties, review.facts.letters)
    yield common.everyone_told("notification_completed", "told", "letter_left", cite.tell, review.parties)
    yield common.closed(cite.tell, *review.windows)


def _ending(review: Review) -> Iterator[Step]:
    yield common.withdrawn(review.cite.notify)
    yield Step(
        id="found_not_eligible",
        says="found not eligible",
        actor=Actor.INTAKE,
        citation=review.cite.notify,
        guards=(guards.one_of("ineligible", review.ineligible, review.cite.notify),),
        needs=("answers.ineligible", "note"),
        voids=frozenset(Obligor),
        ends="NOT_ELIGIBLE",
    )
