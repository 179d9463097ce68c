"""Steps that many case types share, made for each with its own citations and facts."""

from collections.abc import Mapping
from typing import Literal

from services.complaints.domain import clock, guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Outcome, Step
from shared.contracts.complaints import Obligor, Role, Timeliness

EVERYONE_ELSE = frozenset({Obligor.PROVIDER, Obligor.PLAN})

UPHELD = Outcome("UPHELD_PROVIDER", "the provider was right", adverse=True, unfavourable=True)
OVERTURNED = Outcome("OVERTURNED", "the provider was not right", favourable=True)
PARTIAL = Outcome("PARTIAL", "right in part: a later date, or part of the services", adverse=True, unfavourable=True)
INVALID_NOTICE = Outcome("INVALID_NOTICE", "the notice was not valid", favourable=True)
APPEAL_OUTCOMES: Mapping[str, Outcome] = {one.id: one for one in (UPHELD, OVERTURNED, PARTIAL, INVALID_NOTICE)}

VALIDITY_AGREES = Guard(
    "CONTRADICTS_VALIDITY",
    "outcome",
    "The outcome contradicts the finding on the notice.",
    "42 CFR 405.1206(d)(2)",
    lambda look: (
        look.answered("notice_valid") != {INVALID_NOTICE.id: "yes", UPHELD.id: "no"}.get(look.act.outcome or "", "-")
    ),
)


def _liability_date_fits(look: Look) -> bool:
    """A partial outcome states a day; an upheld one may where the request was late (405.1206(f)(3)); no other does."""
    if look.act.outcome == PARTIAL.id:
        return look.act.liable_from is not None
    late = look.case.timeliness is Timeliness.LATE
    return look.act.liable_from is None or (look.act.outcome == UPHELD.id and late)


LIABILITY_DATE = Guard(
    "LIABILITY_DATE",
    "liable_from",
    "A partial outcome states the first day the patient pays; an upheld one may where the request was late.",
    "42 CFR 405.1206(f)",
    _liability_date_fits,
)


def liable_after(fact: str) -> Guard:
    """The first day the patient pays comes after the planned end of the care."""

    def holds(look: Look) -> bool:
        end = look.case.course.facts.get(fact)
        stated = look.act.liable_from
        return stated is None or end is None or stated > clock.local_date(end, look.case.zone)

    text = "The first day the patient pays is after the planned end of the care."
    return Guard("LIABILITY_BEFORE_END", "liable_from", text, "42 CFR 405.1206(f)", holds)


def burden_of_proof(records_rule: str, citation: str, defer: str) -> tuple[Guard, ...]:
    """Without the information nothing is sustained against the patient; for the patient, once the time is over."""

    def informed(look: Look) -> bool:
        return look.done("information_complete") or look.act.outcome != UPHELD.id

    def over(look: Look) -> bool:
        due = look.reckoning.of(records_rule)
        return look.done("information_complete") or due is None or look.act.at > due.due_at

    missing = "Without the provider's information its decision is not sustained: it has the burden of proof."
    early = "On the evidence at hand a case is decided only when the time to supply information is over."
    return (
        Guard("INFORMATION_INCOMPLETE", "outcome", missing, citation, informed),
        Guard("RECORDS_NOT_DUE", "at", early, defer, over),
    )


def assigned(
    citation: str, *, level: Literal[0, 1] = 0, actor: Actor = Actor.TRIAGE, more: tuple[Guard, ...] = ()
) -> Step:
    """A reviewer who attested independence has the case; replacing one restarts no clock."""
    again = (guards.NOT_AN_EARLIER_REVIEWER,) if level else ()
    return Step(
        id="reconsideration_assigned" if level else "assigned",
        says="assigned to a reviewer",
        actor=actor,
        citation=citation,
        guards=(guards.ATTESTED, *again, *more),
        needs=("assigned",),
        level=level,
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
    quiet: bool = False,
    level: Literal[0, 1] = 0,
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
        level=level,
        quiet=quiet,
    )


def _not_told_twice(step: str, citation: str) -> Guard:
    def holds(look: Look) -> bool:
        return look.act.party is None or look.case.course.told(step, look.act.party) is None

    return Guard("ALREADY_TOLD", "party", "The party was already told; the first time counts.", citation, holds)


def letter_left(
    step: str, citation: str, parties: tuple[Role, ...], fact: str | None, *, level: Literal[0, 1] = 0
) -> Step:
    """A party's letter left, as the notice service tells; the fact is complete when all have."""
    return Step(
        id=step,
        says="recorded as written to a party",
        actor=Actor.STAFF,
        citation=citation,
        party_facts=dict.fromkeys(parties, fact) if fact is not None else {},
        needs=("party",),
        level=level,
        quiet=True,
    )


def everyone_told(step: str, of: str, letters: str, citation: str, parties: tuple[Role, ...]) -> Step:
    """By itself, when every party was told and its letter left."""
    return all_of(step, (of, letters), citation, parties)


def all_of(
    step: str, steps: tuple[str, ...], citation: str, parties: tuple[Role, ...], *, level: Literal[0, 1] = 0
) -> Step:
    """By itself, when all these steps were taken for every party since the last determination."""
    every = Guard(
        "NOT_EVERYONE_TOLD",
        None,
        "Not every party was told and written to yet.",
        citation,
        lambda look: all(look.case.course.told(done, party) is not None for done in steps for party in parties),
    )
    return Step(
        id=step, says="recorded as told to everyone", actor=Actor.CLOCK, citation=citation, guards=(every,), level=level
    )


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
