"""What the clocks of one case type know: its facts, its circumstances, its rules and what cannot precede what."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.complaints.domain.rule import Ask, Rule
from services.complaints.domain.rulebook import RuleError
from shared.contracts.complaints import CaseType


@dataclass(frozen=True, slots=True)
class Presumption:
    """Receipt is presumed ``days`` calendar days after the date of a letter, unless shown otherwise."""

    letter: str
    citation: str
    days: int = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happens in a case (or, ``planned``, is to happen) at an instant or on a local date."""

    id: str
    meaning: str
    presumed: Presumption | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Something that is so or not, and decides which rules apply."""

    id: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClock:
    """One case type. ``opening`` is the fact whose local date fixes the rule versions.

    ``order`` lists facts that cannot be before one another: each earlier first, in one line of events.
    """

    type: CaseType
    title: str
    opening: str
    facts: tuple[Fact, ...]
    rules: tuple[Rule, ...]
    circumstances: tuple[Circumstance, ...] = ()
    order: tuple[tuple[str, ...], ...] = ()

    def fact(self, fact_id: str) -> Fact:
        """The fact of that name; raises KeyError."""
        return next(fact for fact in self.facts if fact.id == fact_id)


def check(clocks: Iterable[CaseClock]) -> None:
    """Raises RuleError for a rule that speaks of what its case type does not know, and for facts nobody asks for."""
    for clock in clocks:
        facts = {fact.id for fact in clock.facts}
        letters = {fact.presumed.letter for fact in clock.facts if fact.presumed is not None}
        ordered = {name for line in clock.order for name in line}
        used = {name for rule in clock.rules for name in rule.facts}
        circumstances = {known.id for known in clock.circumstances}
        asked = {when.name for rule in clock.rules for when in rule.when if when.test is Ask.IS}
        unknown = (used | letters | ordered | {clock.opening}) - facts | asked - circumstances
        idle = facts - used - letters - ordered - {clock.opening}
        if len(facts) != len(clock.facts) or unknown or idle:
            raise RuleError(f"{clock.type}: unknown {sorted(unknown)}, unused {sorted(idle)}, or a fact given twice")
        _check_planned(clock)


def _check_planned(clock: CaseClock) -> None:
    for rule in clock.rules:
        for term in rule.terms:
            if term.span.before and not all(clock.fact(name).planned for name in term.starts):
                raise RuleError(f"{rule.id} counts back from what is not planned")
