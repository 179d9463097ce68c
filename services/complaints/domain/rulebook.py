"""All versions of all rules: found by date or number, refused when they contradict themselves."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from services.complaints.domain.clock import Unit
from services.complaints.domain.rule import ABOUT_RULES, Certainty, Rule


class RuleError(ValueError):
    """The rules contradict themselves, or none is in force on a date."""


class RuleBook:
    """All versions of all rules; made once at start, refuses what contradicts itself."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        versions: defaultdict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            versions[rule.id].append(rule)
        for known in versions.values():
            known.sort(key=lambda rule: rule.effective_from)
            _check_versions(known)
        self._versions = MappingProxyType(dict(versions))
        for rule in self.all():
            _check(rule, self._versions.keys())

    def in_force(self, rule_id: str, on: dt.date) -> Rule:
        """The version a case opened on this date keeps; raises RuleError where there is none."""
        for rule in self._versions[rule_id]:
            if rule.in_force(on):
                return rule
        raise RuleError(f"no version of {rule_id} was in force on {on}")

    def covers(self, rule_id: str, on: dt.date) -> bool:
        """Whether any version was in force on the date."""
        return any(rule.in_force(on) for rule in self._versions[rule_id])

    def version(self, rule_id: str, version: int) -> Rule:
        """The version a deadline was made from; raises RuleError when it is not known any more."""
        for rule in self._versions.get(rule_id, ()):
            if rule.version == version:
                return rule
        raise RuleError(f"{rule_id} has no version {version}")

    def all(self) -> tuple[Rule, ...]:
        """Every version of every rule."""
        return tuple(rule for known in self._versions.values() for rule in known)

    def configured(self, amounts: Mapping[str, int]) -> "RuleBook":
        """With the amounts a QIO set; raises RuleError for an unknown rule and for one the regulation fixes."""
        for rule_id in amounts:
            if rule_id not in self._versions:
                raise RuleError(f"there is no rule {rule_id}")
            if all(rule.certainty is Certainty.VERIFIED for rule in self._versions[rule_id]):
                raise RuleError(f"the amount of {rule_id} is fixed by {self._versions[rule_id][0].citation}")
        return RuleBook(
            replace(rule, count=amounts[rule.id], configured=True)
            if rule.id in amounts and rule.certainty is not Certainty.VERIFIED
            else rule
            for rule in self.all()
        )


def _check_versions(known: list[Rule]) -> None:
    numbers = [rule.version for rule in known]
    if numbers != list(range(1, len(known) + 1)):
        raise RuleError(f"versions of {known[0].id} must count from 1 in the order of their dates")
    for earlier, later in pairwise(known):
        if earlier.effective_to is None or earlier.effective_to + dt.timedelta(days=1) != later.effective_from:
            raise RuleError(f"versions of {earlier.id} overlap or leave a gap")


def _check(rule: Rule, known: Iterable[str]) -> None:
    name = f"{rule.id} version {rule.version}"
    if not rule.citation or not rule.owed or not rule.starts or any(term.span.count < 0 for term in rule.terms):
        raise RuleError(f"{name} lacks a citation, an act, a start or a count")
    if rule.effective_to is not None and rule.effective_to < rule.effective_from:
        raise RuleError(f"{name} ends before it begins")
    if rule.unit is Unit.SAME_DAY and rule.count:
        raise RuleError(f"{name} counts days of the same day")
    asked = {when.name for when in rule.when if when.test in ABOUT_RULES}
    if asked - set(known) - {rule.id} or rule.id in asked:
        raise RuleError(f"{name} depends on a rule there is not")
