"""The clocks of a case follow from its facts: what is reckoned is started, met, replaced or no longer owed."""

import datetime as dt
from dataclasses import replace
from uuid import uuid5

from services.complaints.domain import clock, surveys
from services.complaints.domain import reckoning as reckonings
from services.complaints.domain.case import Case
from services.complaints.domain.clock import Moment
from services.complaints.domain.deadlines import Deadline, Status
from services.complaints.domain.facts import FactRefused
from services.complaints.domain.procedure import Procedure
from services.complaints.domain.reckoned import Desk, Reckoned, Reckoning
from services.complaints.domain.refusal import Refusal
from services.complaints.domain.rule import Kind, Rule
from shared.contracts.complaints import Obligor, Timeliness
from shared.contracts.replies import Reason

_TRACKED = frozenset({Kind.DUTY, Kind.WINDOW})


def reckoning(case: Case, procedure: Procedure, desk: Desk) -> Reckoning:
    """Everything that follows from the facts of the case; raises Refusal for facts that cannot be."""
    try:
        return reckonings.reckon(
            procedure.clock,
            case.course.facts,
            case.zone,
            desk,
            circumstances=case.course.circumstances - surveys.circumstances(case.type),  # no rule asks for those
            opened_on=case.opened_on,
        )
    except FactRefused as error:
        raise Refusal(Reason(code=error.code, field="facts", text=str(error), citation=procedure.source)) from None


def synced(case: Case, procedure: Procedure, desk: Desk, *, revived: bool = False) -> tuple[Case, Reckoning]:
    """The case with its deadlines as its facts have them now; what is over stays as it ended.

    What ended with the case runs again when the case is ``revived``.
    """
    found = reckoning(case, procedure, desk)
    if procedure.terminal(case.state):
        return case.each_deadline(lambda deadline: _ended(case, procedure, found, deadline)), found
    content = not _dissatisfied(case, procedure)
    wanted = {
        item.rule.id: item
        for item in found.reckoned
        if tracks(procedure, item.rule) and not (content and item.rule.id in procedure.dissatisfied)
    }
    case = case.each_deadline(lambda d: d if d.rule_id in wanted else d.void())
    for item in wanted.values():
        case = _follow(case, procedure, item, revived=revived)
    return case, found


def _ended(case: Case, procedure: Procedure, found: Reckoning, deadline: Deadline) -> Deadline:
    """What the last step did is done; the rest is no longer owed."""
    item = found.of(deadline.rule_id) if deadline.open else None
    met_at = None if item is None else _met_at(case, procedure, item.rule)
    return (deadline if met_at is None else deadline.meet(met_at)).void()


def _dissatisfied(case: Case, procedure: Procedure) -> bool:
    decided = case.decision()
    return decided is not None and procedure.outcomes[decided.outcome].unfavourable


def tracks(procedure: Procedure, rule: Rule) -> bool:
    """Whether a rule runs as a clock: duties, rights, and whatever a step follows from."""
    return rule.kind in _TRACKED or rule.id in procedure.lapses


def _follow(case: Case, procedure: Procedure, item: Reckoned, *, revived: bool) -> Case:
    """Start, restart or meet the clock of one rule."""
    latest = next((d for d in reversed(case.deadlines) if d.rule_id == item.rule.id), None)
    met_at = _met_at(case, procedure, item.rule)
    if latest is None and (item.due_at < case.received_at or (met_at is not None and met_at <= case.received_at)):
        return case  # over before the case came in
    again = latest is None or latest.due_at != item.due_at or (revived and latest.status is Status.VOID)
    if again:
        if latest is not None:
            case = case.each_deadline(lambda d: d.void() if d.id == latest.id else d)
        case = replace(case, deadlines=(*case.deadlines, _started(case, procedure, item)))
    if met_at is None:
        return case
    open_id = case.deadlines[-1].id if latest is None or again else latest.id
    return case.each_deadline(lambda d: d.meet(met_at) if d.id == open_id else d)


def _started(case: Case, procedure: Procedure, item: Reckoned) -> Deadline:
    rule = item.rule
    count = sum(deadline.rule_id == rule.id for deadline in case.deadlines)
    start = _instant(item.start, case.zone)
    return Deadline(
        id=uuid5(case.id, f"{rule.id}/{count}"),
        rule_id=rule.id,
        rule_version=rule.version,
        citation=rule.citation,
        obligor=rule.obligor,
        window=rule.kind is not Kind.DUTY,
        trigger=rule.trigger,
        # What counts back from a planned date runs from when the case came in.
        trigger_at=start if start <= item.due_at else min(case.received_at, item.due_at),
        due_at=item.due_at,
        zone=case.zone,
        wakes=rule.id in procedure.lapses,
        announced=procedure.announced,
    )


def _met_at(case: Case, procedure: Procedure, rule: Rule) -> dt.datetime | None:
    """When the act of a rule was done; where several parties must be told, when the last was."""
    if rule.met_by is None or rule.met_by not in case.course.facts:
        return None
    done = case.course.facts[rule.met_by]
    everyone = procedure.told.get(rule.met_by)
    if everyone is None:
        return done.astimezone(dt.UTC) if isinstance(done, dt.datetime) else clock.end_of_day(done, case.zone)
    steps = [step.id for step in procedure.steps.values() if rule.met_by in step.party_facts.values()]
    times = [[told.at for step in steps if (told := case.course.told(step, party))] for party in everyone]
    return max(min(told) for told in times) if all(times) else None


def _instant(start: Moment, zone: str) -> dt.datetime:
    return start.astimezone(dt.UTC) if isinstance(start, dt.datetime) else clock.start_of_day(start, zone)


def liability(case: Case, procedure: Procedure, found: Reckoning) -> dt.datetime | None:
    """From when (UTC) the patient pays; None while it is not known or where the patient does not.

    By the rules of the case type that tell of liability. A day the QIO stated holds where the request was late or no
    rule speaks of liability; a timely request protects as long as the rule says all the same.
    """
    decided = case.decision()
    if decided is None or not procedure.outcomes[decided.outcome].unfavourable:
        return None
    by_rule = max((item.due_at for item in found.reckoned if _tells_liability(item.rule)), default=None)
    if decided.liable_from is None:
        return by_rule
    stated = clock.start_of_day(decided.liable_from, case.zone)
    protected = any(_tells_liability(rule) for rule in procedure.clock.rules)
    if case.timeliness is Timeliness.TIMELY and protected:
        return None if by_rule is None else max(stated, by_rule)
    return stated


def _tells_liability(rule: Rule) -> bool:
    """Whether the rule says from when the patient pays; others say when provider or plan do."""
    return rule.kind is Kind.LIABILITY and rule.obligor is Obligor.BENEFICIARY
