"""Reconsideration by the QIO itself, inside the case, by somebody who did not review it before.

Medicare Advantage (42 CFR 422.626(g)), change of status (405.1212), denials (478.15-.48).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from services.complaints.domain import guards
from services.complaints.domain.look import Look
from services.complaints.domain.procedure import Actor, Guard, Notice, Stage, Step
from services.complaints.domain.procedures import common
from services.complaints.domain.procedures.expedited import CLOSED, DETERMINED, NOTIFIED, Row
from shared.contracts.complaints import Role

REQUESTED = "RECONSIDERATION_REQUESTED"
REVIEW = "RECONSIDERATION_REVIEW"
DECIDED = "RECONSIDERED"
STATES = {REQUESTED: Stage.DECIDED, REVIEW: Stage.DECIDED, DECIDED: Stage.DECIDED}
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "assign": ("assigned", "reconsideration_assigned"),
    "decide": ("decided", "reconsideration_decided"),
    "reconsider": ("reconsideration_requested",),
    "withdraw": ("withdrawn", "reconsideration_withdrawn"),
}
AUTOMATIC = ("reconsideration_completed",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconsideration:
    """What makes the reconsideration of one case type.

    ``window`` is the rule of the request, ``right`` guards who may ask and until when; ``decide_rules`` are the QIO's
    clocks. ``requested``, ``told``, ``letters``, ``records``: the facts of the case clock; None where it has none.
    """

    citation: str
    window: str
    right: tuple[Guard, ...]
    decide_rules: tuple[str, ...]
    parties: tuple[Role, ...]
    requested: str = "reconsideration_requested"
    needs: tuple[str, ...] = ()
    told: str | None = "reconsideration_told"
    letters: str | None = None
    records: str | None = None
    deciding: tuple[Guard, ...] = ()
    words: tuple[str, ...] = field(default=())


def rows(made: tuple[Step, ...], *, late: bool, told: tuple[str, ...], then: str = CLOSED) -> tuple[Row, ...]:
    """The rows of these steps; ``late``: who has good cause is heard after the end; ``told``: steps that may go on."""
    asked = (DETERMINED, NOTIFIED, CLOSED) if late else (DETERMINED, NOTIFIED)
    known = {step.id for step in made}
    every: tuple[Row, ...] = (
        (asked, "reconsideration_requested", REQUESTED),
        ((REQUESTED, REVIEW), "reconsideration_records_received", None),
        ((REQUESTED, REVIEW), "reconsideration_assigned", REVIEW),
        (REVIEW, "reconsideration_decided", DECIDED),
        (DECIDED, "reconsideration_told", None),
        (DECIDED, "reconsideration_letter_left", None),
        (DECIDED, "reconsideration_completed", then),
        ((REQUESTED, REVIEW), "reconsideration_withdrawn", CLOSED),
    )
    going_on: tuple[Row, ...] = tuple(((REQUESTED, REVIEW), step, None) for step in told)
    return (*(row for row in every if row[1] in known), *going_on)


def steps(of: Reconsideration) -> tuple[Step, ...]:
    """The steps from the request to the last letter."""
    return (*_asking(of), *_deciding(of), *_telling(of))


def _asking(of: Reconsideration) -> Iterator[Step]:
    yield Step(
        id="reconsideration_requested",
        says="reconsidered",
        actor=Actor.PARTY,
        citation=of.citation,
        fact=of.requested,
        guards=(*of.right, guards.reconsiderable(of.window, of.citation), NOT_TWICE),
        needs=("party", *of.needs),
        level=1,
    )
    if of.records is not None:
        yield Step(
            id="reconsideration_records_received",
            says="given further records",
            actor=Actor.RECORDS,
            citation=of.citation,
            fact=of.records,
            level=1,
        )
    yield Step(
        id="reconsideration_withdrawn",
        says="withdrawn from reconsideration",
        actor=Actor.PARTY,
        citation=of.citation,
        level=1,
        note="the determination stands",
    )


def _deciding(of: Reconsideration) -> Iterator[Step]:
    yield common.assigned("42 CFR 478.28(b), 476.98", level=1)
    yield Step(
        id="reconsideration_decided",
        says="decided on reconsideration",
        actor=Actor.REVIEWER,
        citation=of.citation,
        guards=(*common.decision_guards(NOT_WORSE), *of.deciding),
        needs=("outcome",),
        takes=tuple(f"words.{element}" for element in of.words),
        notices=(Notice("RECON_DECISION", of.parties, of.decide_rules),),
        level=1,
    )


def _telling(of: Reconsideration) -> Iterator[Step]:
    if of.told is not None:
        yield common.told(of.citation, {Role.BENEFICIARY: of.told}, step="reconsideration_told", level=1)
    yield common.letter_left("reconsideration_letter_left", of.citation, of.parties, of.letters, level=1)
    calls = ("reconsideration_told",) if of.told is not None else ()
    every = (*calls, "reconsideration_letter_left")
    yield common.all_of("reconsideration_completed", every, of.citation, of.parties, level=1)


def _reconsidered(look: Look) -> bool:
    last = look.case.decision()
    return last is not None and last.level == 1


NOT_TWICE = Guard(
    "ALREADY_RECONSIDERED",
    None,
    "The case was reconsidered already.",
    "42 CFR 422.626(g)(3), 405.1212, 478.38",
    lambda look: not _reconsidered(look),
)


def _not_worse(look: Look) -> bool:
    """Who asks does not lose what the first determination gave: after a later day, no earlier one."""
    first = look.case.decision(0)
    if first is None or first.liable_from is None or look.outcome is None or not look.outcome.unfavourable:
        return True
    return look.act.liable_from is not None and look.act.liable_from >= first.liable_from


NOT_WORSE = Guard(
    "WORSE_THAN_BEFORE",
    "liable_from",
    "The reconsideration does not take away days that the first determination gave to the patient.",
    "42 CFR 422.626(g), 478.28",
    _not_worse,
)
