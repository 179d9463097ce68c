"""What both EMTALA reviews share: the medical questions, who may answer them, and what is never said (489.24(h))."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from services.complaints.domain import guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Outcome, Step
from services.complaints.domain.procedures import common
from shared.contracts.complaints import Obligor, Role

# 42 CFR 489.24(h)(2)(v): medical questions only; whether the law was violated is not asked and has no place here.
QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "screening": "an appropriate medical screening examination was given",
        "emergency": "there was an emergency medical condition",
        "stabilized": "the emergency medical condition was stabilized",
        "transfer": "the transfer or discharge was appropriate",
        "quality": "there were issues of utilization or quality of care",
    }
)
ANSWERS = frozenset({"YES", "NO", "UNDETERMINED", "NA"})
REPORTED = Outcome("REPORTED", "the medical questions were answered")

_OPINION = "42 CFR 489.24(h)(2)(v)"
_NO_LAW = "42 CFR 489.24(h)(2)(vi)"
PHYSICIAN = Guard(
    "NOT_A_PHYSICIAN",
    "physician",
    "The reviewer is a physician, board-certified in the specialty of the case and in active practice.",
    "42 CFR 489.24(h)",
    lambda look: look.act.assigned is None or look.act.assigned.physician,
)
ANSWERS_COMPLETE = Guard(
    "ANSWER_UNKNOWN",
    "answers",
    "Every medical question is answered YES, NO, UNDETERMINED or NA.",
    _OPINION,
    lambda look: all(look.act.answers[name] in ANSWERS for name in QUESTIONS if name in look.act.answers),
)
NO_CONCLUSION_OF_LAW = Guard(
    "CONCLUSION_OF_LAW",
    "rationale",
    "The opinion is medical: it does not say whether the law was violated.",
    _NO_LAW,
    lambda look: "violat" not in (look.act.rationale or "").lower(),
)
OPINION_GUARDS = (
    guards.KNOWN_OUTCOME,
    guards.REVIEWER_ASSIGNED,
    guards.REASONS_GIVEN,
    ANSWERS_COMPLETE,
    NO_CONCLUSION_OF_LAW,
)


def assigned() -> Step:
    """A certified physician in active practice; who made the 5-day review does not make the 60-day review.

    Certificate, practice, specialty and the earlier review are judged on the registered reviewer: the case knows
    neither the registry nor the other case of its family.
    """
    step = common.assigned("42 CFR 489.24(h); State Operations Manual ch. 5")
    return replace(step, guards=(PHYSICIAN, *step.guards))


def opinion(
    step: str, says: str, citation: str, notice: Notice, *, words: tuple[str, ...], guard: tuple[Guard, ...] = ()
) -> Step:
    """The reviewer answers the medical questions, with the account as ``rationale``; the report goes to CMS."""
    return Step(
        id=step,
        says=says,
        actor=Actor.PHYSICIAN,
        citation=citation,
        guards=(*OPINION_GUARDS, *guard),
        notices=(notice,),
        needs=("outcome", *(f"answers.{name}" for name in QUESTIONS), *(f"words.{name}" for name in words)),
    )


def submitted(citation: str) -> Step:
    """The report left for CMS, which alone may release it."""
    return Step(
        id="report_submitted",
        says="recorded as reported to CMS",
        actor=Actor.STAFF,
        citation=citation,
        fact="report_submitted",
        takes=("party",),
        note="only CMS releases the report to physician, hospital or individual",
    )


def taken_back() -> Step:
    """CMS takes its request back; nothing more is owed."""
    return Step(
        id="withdrawn",
        says="taken back by CMS",
        actor=Actor.CMS,
        citation="42 CFR 489.24(h)(3)",
        voids=frozenset(Obligor),
        ends="WITHDRAWN",
        note="no review is required where the delay would endanger people or no screening was given",
    )


def outcome_is(outcome: Outcome) -> Guard:
    """The opinion ends in this way here."""

    def holds(look: Look) -> bool:
        return look.outcome is None or look.outcome.id == outcome.id

    return Guard("OUTCOME_NOT_HERE", "outcome", f"Here the outcome is {outcome.id}: {outcome.says}.", _OPINION, holds)


TO_CMS = (Role.CMS,)
