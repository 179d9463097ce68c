"""From facts to deadlines: every rule of a case type that applies, with timeliness, liability and the arithmetic."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from services.complaints.domain import clock, facts
from services.complaints.domain.arithmetic import sentence
from services.complaints.domain.case_clock import CaseClock
from services.complaints.domain.clock import HourNeeded, Moment, Unit
from services.complaints.domain.facts import FactRefused, Known, NoRuleInForce
from services.complaints.domain.reckoned import Desk, Reckoned, Reckoning, Standing, Waiting
from services.complaints.domain.rule import Ask, Kind, Rule, Term


def reckon(
    case: CaseClock,
    given: Mapping[str, Moment],
    zone: str,
    desk: Desk,
    *,
    circumstances: Collection[str] = (),
    opened_on: dt.date | None = None,
) -> Reckoning:
    """Every deadline, timeliness and liability date that follows from ``given``.

    ``zone`` is the facility's; ``opened_on`` fixes the rule versions (by default the local date of the opening fact).
    Raises FactRefused for what cannot be: unknown names, neither facts nor ``opened_on``, a time without zone, an
    impossible order, a date where the hour matters, no rule in force.
    """
    _check_circumstances(case, circumstances)
    known = facts.known_facts(case, given, zone)
    if not known and opened_on is None:
        raise FactRefused("No facts are given; --facts lists those the case type understands.")
    opened_on = opened_on or facts.opening_date(case, known, zone)
    rules = [desk.book.version(rule.id, rule.version) for rule in case.rules if rule.in_force(opened_on)]
    if not rules:
        raise NoRuleInForce(f"No rule of {case.type} is known to have been in force on {opened_on}.")
    return _Reckoner(case, known, zone, desk, frozenset(circumstances)).all(rules, opened_on)


def _check_circumstances(case: CaseClock, circumstances: Collection[str]) -> None:
    known = {circumstance.id for circumstance in case.circumstances}
    for name in circumstances:
        if name not in known:
            raise FactRefused(f"{case.type} knows no circumstance {name!r}; --facts lists those it understands.")


class _Reckoner:
    """One pass over the rules; a condition on another rule is reckoned first."""

    def __init__(
        self, case: CaseClock, known: Mapping[str, Known], zone: str, desk: Desk, circumstances: frozenset[str]
    ) -> None:
        self._case, self._known, self._zone, self._desk = case, known, zone, desk
        self._circumstances = circumstances
        self._done: dict[str, Reckoned | Waiting | None] = {}
        self._rules: dict[str, Rule] = {}

    def all(self, rules: list[Rule], opened_on: dt.date) -> Reckoning:
        self._rules = {rule.id: rule for rule in rules}
        found = [self._rule(rule.id) for rule in rules]
        return Reckoning(
            case=self._case,
            zone=self._zone,
            opened_on=opened_on,
            known=self._known,
            reckoned=tuple(item for item in found if isinstance(item, Reckoned)),
            waiting=tuple(item for item in found if isinstance(item, Waiting)),
        )

    def _rule(self, rule_id: str) -> Reckoned | Waiting | None:
        if rule_id not in self._done:
            rule = self._rules.get(rule_id)
            self._done[rule_id] = None if rule is None else self._reckon(rule)
        return self._done[rule_id]

    def _reckon(self, rule: Rule) -> Reckoned | Waiting | None:
        needs: list[str] = []
        for when in rule.when:
            holds = self._holds(when.test, when.name)
            if holds is False:
                return None
            if holds is None:
                needs.extend(self._missing_for(when.name))
        needs.extend(name for term in rule.terms for name in term.starts if name not in self._known)
        if needs:
            return Waiting(rule=rule, needs=tuple(dict.fromkeys(needs)))
        try:
            return self._due(rule)
        except HourNeeded as error:
            return self._without_hour(rule, error)

    def _without_hour(self, rule: Rule, error: HourNeeded) -> Waiting:
        """Waits for the hour of what is planned; refuses to count hours from a day on which something happened."""
        dates = [name for term in rule.terms for name in term.starts if self._is_date(name)]
        happened = [name for name in dates if not self._known[name].fact.planned]
        if happened:
            raise FactRefused(f"{', '.join(happened)}: {error} ({rule.citation}).") from None
        return Waiting(rule=rule, needs=tuple(_with_hour(name) for name in dates), hour=True)

    def _due(self, rule: Rule) -> Reckoned:
        starts = [self._start(term) for term in rule.terms]
        dues = [
            term.span.due(start.at, self._zone, self._desk.practice)
            for term, start in zip(rule.terms, starts, strict=True)
        ]
        nominal = max(dues)
        due_at = self._desk.outages.relieved(nominal, self._zone) if rule.outage_relief else nominal
        done = self._known.get(rule.met_by) if rule.met_by else None
        words = [
            sentence(term.span, start, due, self._zone, self._desk.practice)
            for term, start, due in zip(rule.terms, starts, dues, strict=True)
        ]
        arithmetic = words[0] if len(words) == 1 else f"the later of: {'; and '.join(words)}"
        if due_at != nominal:
            arithmetic += f"; intake was down then, so until {clock.in_short(due_at, self._zone)}"
        return Reckoned(
            rule=rule,
            start=starts[0].at,
            due_at=due_at,
            arithmetic=arithmetic,
            standing=self._standing(rule, done.at, due_at) if done is not None else Standing.OPEN,
            done_at=done.at if done is not None else None,
            relieved=due_at != nominal,
            after_hours=_after_hours(rule, starts[0].at, dues[0], self._zone),
        )

    def _start(self, term: Term) -> Known:
        """The latest fact the term counts from."""
        candidates = [self._known[name] for name in (*term.starts, *term.also) if name in self._known]
        last = facts.latest((known.at for known in candidates), self._zone)
        return next(known for known in candidates if known.at == last)

    def _standing(self, rule: Rule, done: Moment, due_at: dt.datetime) -> Standing:
        if rule.kind is Kind.NOT_BEFORE:
            begins = done if isinstance(done, dt.datetime) else clock.end_of_day(done, self._zone)
            return Standing.TOO_EARLY if begins < due_at else Standing.IN_TIME
        try:
            if clock.in_time(done, due_at, self._zone):
                return Standing.IN_TIME
        except HourNeeded:
            return Standing.HOUR_NEEDED
        if rule.weekend_review and clock.by_next_working_day(done, due_at, self._zone, self._desk.practice):
            return Standing.GOOD_CAUSE_REVIEW
        return Standing.LATE

    def _is_date(self, name: str) -> bool:
        return not isinstance(self._known[name].at, dt.datetime)

    def _holds(self, ask: Ask, name: str) -> bool | None:
        """Whether a condition holds; None where that is not known yet."""
        if ask in (Ask.GIVEN, Ask.NOT_GIVEN):
            return (name in self._known) is (ask is Ask.GIVEN)
        if ask in (Ask.IS, Ask.IS_NOT):
            return (name in self._circumstances) is (ask is Ask.IS)
        found = self._rule(name)
        standing = found.standing if isinstance(found, Reckoned) else Standing.OPEN
        if standing is Standing.HOUR_NEEDED or (isinstance(found, Waiting) and found.hour):
            return None
        late = standing in (Standing.LATE, Standing.GOOD_CAUSE_REVIEW)
        if ask is Ask.NOT_LATE:
            return not late
        if ask is Ask.UNMET:
            return standing is not Standing.IN_TIME
        if standing is Standing.OPEN:
            return None if found is not None else False
        return late is (ask is Ask.LATE)

    def _missing_for(self, rule_id: str) -> Iterator[str]:
        found, rule = self._rule(rule_id), self._rules[rule_id]
        if isinstance(found, Waiting):
            yield from found.needs
        if rule.met_by is None:
            return
        if rule.met_by not in self._known:
            yield rule.met_by
        elif isinstance(found, Reckoned) and found.standing is Standing.HOUR_NEEDED:
            yield _with_hour(rule.met_by)


def _with_hour(fact: str) -> str:
    """What is missing where a fact is known by its day only."""
    return f"{fact} with its hour"


def _after_hours(rule: Rule, start: Moment, due_at: dt.datetime, zone: str) -> bool:
    """Whether the act moved to the next day because its start came after the hour of the day it would be due."""
    return rule.unit is Unit.CALENDAR_DAYS and not rule.count and _next_day(start, due_at, zone)


def _next_day(start: Moment, due_at: dt.datetime, zone: str) -> bool:
    return clock.local_date(due_at, zone) > clock.local_date(start, zone)
