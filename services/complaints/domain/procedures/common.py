"""Steps that many case types share, made for each with its own citations and facts."""

from collections.abc import Mapping

from services.complaints.domain import guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Outcome, Step
from shared.contracts.complaints import Obligor, Role

EVERYONE_ELSE = frozenset({Obligor.PROVIDER, Obligor.PLAN})

UPHELD = Outcome("UPHELD_PROVIDER", "the provider was right", adverse=True, unfavourable=True)
OVERTURNED = Outcome("OVERTURNED", "the provider was not right", favourable=True)
PARTIAL = Outcome("PARTIAL", "right in part: a later date, or part of the services", adverse=True, unfavourable=True)
INVALID_NOTICE = Outcome("INVALID_NOTICE", "the notice was not valid", favourable=True)
APPEAL_OUTCOMES: Mapping[str, Outcome] = {one.id: one for one in (UPHELD, OVERTURNED, PARTIAL, INVALID_NOTICE)}

VALIDITY_AGREES = Guard(
    "VALIDITY_CONTRADICTED",
    "outcome",
    "The outcome contradicts the finding on the notice.",
    "42 CFR 405.1206(d)(2)",
    lambda look: (look.act.outcome == INVALID_NOTICE.id) is (look.answered("notice_valid") == "no"),
)
LIABILITY_STATED = Guard(
    "LIABILITY_DATE_MISSING",
    "liable_from",
    "A partial outcome states the day from which the patient pays.",
    "42 CFR 405.1206(f)(3)",
    lambda look: look.act.outcome != PARTIAL.id or look.act.liable_from is not None,
)
NO_LIABILITY_IN_FAVOUR = Guard(
    "LIABILITY_DATE_UNEXPECTED",
    "liable_from",
    "A decision in the patient's favor states no day from which the patient pays.",
    "42 CFR 405.1206(f)(1)",
    lambda look: look.outcome is None or not look.outcome.favourable or look.act.liable_from is None,
)


def assigned(citation: str, *, level: int = 0, actor: Actor = Actor.TRIAGE) -> Step:
    """A reviewer who attested independence has the case; replacing one restarts no clock."""
    again = (guards.NOT_AN_EARLIER_REVIEWER,) if level else ()
    return Step(
        id="reconsideration_assigned" if level else "assigned",
        says="assigned to a reviewer",
        actor=actor,
        citation=citation,
        guards=(guards.ATTESTED, *again),
        needs=("assigned",),
        level=1 if level else 0,
        quiet=True,
        note="the reviewer is never disclosed (42 CFR 480.139)",
    )


def decision_guards(*more: Guard) -> tuple[Guard, ...]:
    """What every determination needs."""
    return (
        guards.KNOWN_OUTCOME,
        guards.REVIEWER_ASSIGNED,
        guards.ONLY_PHYSICIANS_DENY,
        guards.REASONS_GIVEN,
        *more,
    )


def told(
    citation: str,
    party_facts: Mapping[Role, str],
    *,
    step: str = "told",
    notices: tuple[Notice, ...] = (),
    guard: tuple[Guard, ...] = (),
) -> Step:
    """A party was told, or a call failed; the first telling of each counts."""
    return Step(
        id=step,
        says="recorded as told to a party",
        actor=Actor.STAFF,
        citation=citation,
        party_facts=party_facts,
        guards=(_not_told_twice(step, citation), *guard),
        notices=notices,
        needs=("party", "how"),
    )


def _not_told_twice(step: str, citation: str) -> Guard:
    def holds(look: Look) -> bool:
        return look.act.party is None or look.case.course.told(step, look.act.party) is None

    return Guard("ALREADY_TOLD", "party", "The party was already told; the first time counts.", citation, holds)


def letter_left(step: str, citation: str, parties: tuple[Role, ...], fact: str | None) -> Step:
    """A party's letter left, as the notice service tells; the fact is complete when all have."""
    return Step(
        id=step,
        says="recorded as written to a party",
        actor=Actor.STAFF,
        citation=citation,
        party_facts=dict.fromkeys(parties, fact) if fact is not None else {},
        needs=("party",),
        quiet=True,
    )


def everyone_told(step: str, of: str, letters: str, citation: str, parties: tuple[Role, ...]) -> Step:
    """By itself, when every party was told and its letter left."""
    every = Guard(
        "NOT_EVERYONE_TOLD",
        None,
        "Not every party was told and written to yet.",
        citation,
        lambda look: all(
            look.case.course.told(of, party) is not None and look.case.course.told(letters, party) is not None
            for party in parties
        ),
    )
    return Step(id=step, says="recorded as told to everyone", actor=Actor.CLOCK, citation=citation, guards=(every,))


def withdrawn(citation: str) -> Step:
    """The one who asked takes it back; what was owed is owed no more."""
    return Step(
        id="withdrawn",
        says="withdrawn",
        actor=Actor.PARTY,
        citation=citation,
        voids=frozenset(Obligor),
        ends="WITHDRAWN",
    )


def closed(citation: str, *windows: str) -> Step:
    """By itself, when no right is open any more."""
    return Step(
        id="closed",
        says="closed",
        actor=Actor.CLOCK,
        citation=citation,
        guards=(guards.window_over(*windows),) if windows else (),
        quiet=True,
    )
