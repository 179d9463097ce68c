"""One step of one case of any type: what the table allows, the guards let pass, and the clocks make of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from services.complaints.domain import clock, clocks, procedures, surveys
from services.complaints.domain.case import Case, Decided, Done, Reasons, Taken
from services.complaints.domain.deadlines import Status
from services.complaints.domain.look import Act, Look
from services.complaints.domain.procedure import Procedure, Step
from services.complaints.domain.reckoned import Desk, Reckoning
from services.complaints.domain.refusal import CLOCK_SKEW, Refusal, check_instant
from shared.contracts.complaints import (
    CaseAdvanced,
    CaseClosed,
    CaseDetermined,
    CaseEvent,
    CaseReopened,
    How,
    PartyNotified,
    Role,
)
from shared.contracts.replies import Reason

if TYPE_CHECKING:
    from shared.contracts.complaints import AnnouncedType

SYSTEM = "clock"
_STATED = "stated_liability"  # the fact of the case clock for the day the QIO stated


def act(case: Case, doing: Act, desk: Desk, now: dt.datetime) -> Taken:
    """The case after a step; raises Refusal with every reason that stands against it."""
    procedure = procedures.of(case.type)
    step = _step(procedure, case, doing)
    since, after = _not_before(case, step)
    at = check_instant("at", doing.at, now=now, citation=step.citation, since=since, after=after)
    doing = replace(doing, at=at)
    look = Look(case=case, procedure=procedure, step=step, act=doing, reckoning=clocks.reckoning(case, procedure, desk))
    reasons = (*_against(look), *_in_future(look, now))
    if reasons:
        raise Refusal(*reasons)
    return _settled(_taken(look, desk, now), procedure, desk, now)


def time_passed(case: Case, desk: Desk, now: dt.datetime) -> Taken:
    """What the clocks say at ``now``: limits announced, deadlines missed, and the steps that follow by themselves."""
    procedure = procedures.of(case.type)
    fired = case.each_deadline(lambda deadline: deadline.fire(now)[0])
    taken = Taken(fired)
    over = [d for d, was in zip(fired.deadlines, case.deadlines, strict=True) if was.open and d.status is Status.MISSED]
    for deadline in sorted(over, key=lambda d: d.due_at):
        name = procedure.lapses.get(deadline.rule_id)
        if name is not None and _may(taken.case, procedure, name, desk):
            taken = _by_itself(taken, procedure, name, deadline.due_at, desk, now)
    return _settled(taken, procedure, desk, now)


def settled(taken: Taken, desk: Desk, now: dt.datetime) -> Taken:
    """With every step taken that follows by itself."""
    return _settled(taken, procedures.of(taken.case.type), desk, now)


def _step(procedure: Procedure, case: Case, doing: Act) -> Step:
    step = procedure.steps.get(doing.step)
    if step is None:
        text = f"A case of type {procedure.type} has no such step; qio case steps {procedure.type} lists them."
        raise Refusal(Reason(code="UNKNOWN_STEP", field="step", text=text))
    if (case.state, step.id) not in procedure.table:
        text = f"A case that is {case.state} cannot be {step.says}."
        raise Refusal(Reason(code="ILLEGAL_TRANSITION", field="step", text=text, citation=step.citation))
    return step


def _not_before(case: Case, step: Step) -> tuple[dt.datetime, str]:
    """What nothing of this case, or no telling of a determination, can be earlier than."""
    decided = case.decision(step.level) if step.party_facts else None
    if decided is not None:
        return decided.at, "the determination"
    return case.received_at, "the request was received"


def _against(look: Look) -> Iterator[Reason]:
    """Everything that is missing, not expected, or forbidden."""
    step, doing = look.step, look.act
    for need in step.needs:
        if not _given(doing, need):
            yield Reason(code="MISSING", field=need, text=f"{step.id} needs {need}.", citation=step.citation)
    yield from _unexpected(look)
    if doing.party is not None and step.party_facts and not _takes_part(look, doing.party):
        yield Reason(code="NO_SUCH_PARTY", field="party", text="The case has no such party.", citation=step.citation)
    for guard in step.guards:
        if not guard.holds(look):
            yield Reason(code=guard.id, field=guard.field, text=guard.text, citation=guard.citation)


def _takes_part(look: Look, party: Role) -> bool:
    """Whether the case type has the party, or this case names it."""
    return party in look.procedure.parties or look.case.sealed.contact(party) is not None


def _unexpected(look: Look) -> Iterator[Reason]:
    step, doing = look.step, look.act
    given = [
        *(f"facts.{name}" for name in doing.facts),
        *(f"answers.{name}" for name in doing.answers),
        *(f"words.{name}" for name in doing.words),
        *(("recovered_cents",) if doing.recovered_cents is not None and doing.outcome is None else ()),
    ]
    for name in given:
        if name not in (*step.needs, *step.takes):
            yield Reason(code="UNEXPECTED", field=name, text=f"{step.id} does not take it.", citation=step.citation)
    circumstances = {circumstance.id for circumstance in look.procedure.clock.circumstances}
    known = circumstances | surveys.circumstances(look.procedure.type)
    if {name.removeprefix("-") for name in doing.circumstances} - known:
        text = f"{look.procedure.type} knows no such circumstance."
        yield Reason(code="UNKNOWN_CIRCUMSTANCE", field="circumstances", text=text)


def _in_future(look: Look, now: dt.datetime) -> Iterator[Reason]:
    """What is said to have happened has not happened yet; a date, on the facility's clock."""
    planned = {fact.id for fact in look.procedure.clock.facts if fact.planned}
    for name, at in look.act.facts.items():
        instant = at if isinstance(at, dt.datetime) else clock.start_of_day(at, look.case.zone)
        if name not in planned and instant > now + CLOCK_SKEW:
            yield Reason(code="TIME_IN_FUTURE", field=f"facts.{name}", text="The time is in the future.")


def _given(doing: Act, need: str) -> bool:
    if need.startswith("facts."):
        return need.removeprefix("facts.") in doing.facts
    if need.startswith("answers."):
        return need.removeprefix("answers.") in doing.answers
    if need.startswith("words."):
        return need.removeprefix("words.") in doing.words
    return getattr(doing, need) not in (None, (), "")


def _taken(look: Look, desk: Desk, now: dt.datetime) -> Taken:
    """The step taken: what it establishes, what ends with it, and the clocks after it."""
    case, step, doing = look.case, look.step, look.act
    done = Done(step=step.id, at=doing.at, actor=doing.actor, party=doing.party, how=doing.how)
    after = replace(case, state=look.procedure.table[case.state, step.id])
    revived = look.procedure.terminal(case.state) and not look.procedure.terminal(after.state)
    after = after.did(
        log=(*case.course.log, done),
        facts=_facts(look),
        circumstances=_circumstances(look),
        answers={**case.course.answers, **({} if doing.outcome else doing.answers), **step.gives},
        ended=step.ends or (None if step.clears or revived else case.course.ended),
        setting=doing.setting or case.course.setting,
        recovered_cents=case.course.recovered_cents if doing.recovered_cents is None else doing.recovered_cents,
        local_factors=case.course.local_factors | doing.local_factors,
        good_cause=case.course.good_cause or doing.good_cause,
    )
    after = _determined(after, look)
    if doing.assigned is not None:
        after = after.hides(assigned=(*case.sealed.assigned, doing.assigned))
    if doing.words:
        after = after.hides(words={**after.sealed.words, **doing.words})
    if doing.note is not None:
        after = after.hides(notes=(*after.sealed.notes, (step.id, doing.note)))
    if step.voids:
        after = after.each_deadline(lambda d: d.void() if d.obligor in step.voids else d)
    after, reckoning = clocks.synced(after, look.procedure, desk, revived=revived)
    return Taken(after, tuple(_told(look, after, reckoning, now)), (done,))


def _facts(look: Look) -> dict[str, dt.datetime | dt.date]:
    step, doing = look.step, look.act
    facts = {name: at for name, at in look.case.course.facts.items() if name not in step.clears}
    facts |= doing.facts
    if step.fact is not None and step.fact not in doing.facts:
        facts.setdefault(step.fact, doing.at)
    if doing.liable_from is not None and _STATED in {fact.id for fact in look.procedure.clock.facts}:
        facts[_STATED] = doing.liable_from
    told = step.party_facts.get(doing.party) if doing.party is not None else None
    if told is not None and doing.how is not How.UNREACHABLE:
        facts.setdefault(told, doing.at)
    return facts


def _circumstances(look: Look) -> frozenset[str]:
    answered = (
        name if look.act.answers[question] == answer else f"-{name}"
        for name, (question, answer) in look.step.answers_set.items()
        if question in look.act.answers
    )
    changes = (*look.act.circumstances, *look.step.sets, *answered)
    gone = {name.removeprefix("-") for name in changes if name.startswith("-")}
    come = {name for name in changes if not name.startswith("-")}
    return frozenset((look.case.course.circumstances - gone) | come)


def _determined(after: Case, look: Look) -> Case:
    doing, step = look.act, look.step
    if doing.outcome is None:
        return after
    reasons = Reasons(step=step.id, rationale=doing.rationale or "", findings=doing.findings, answers=doing.answers)
    after = after.hides(reasons=(*after.sealed.reasons, reasons))
    if step.interim:
        return after
    decided = Decided(step=step.id, level=step.level, outcome=doing.outcome, at=doing.at, liable_from=doing.liable_from)
    return after.did(decided=(*after.course.decided, decided))


def _told(look: Look, after: Case, reckoning: Reckoning, now: dt.datetime) -> Iterator[CaseEvent]:
    """What the world may hear of a step; of some case types nothing at all."""
    case, step, doing = look.case, look.step, look.act
    if not look.procedure.announced:
        return
    if not step.quiet:
        yield CaseAdvanced(case_id=case.id, step=step.id, state=after.state, occurred_at=doing.at)
    if doing.outcome is not None and not step.interim:
        yield CaseDetermined(
            case_id=case.id,
            case_type=cast("AnnouncedType", case.type),
            region=case.facility.region,
            timeliness=case.timeliness,
            outcome=doing.outcome,
            level=step.level,
            determined_at=doing.at,
        )
    if step.party_facts and doing.party is not None and doing.how is not None and not step.quiet:
        patient = doing.party is Role.BENEFICIARY and doing.how is not How.UNREACHABLE
        liable = clocks.liability(after, look.procedure, reckoning) if patient else None
        yield PartyNotified(case_id=case.id, party=doing.party, how=doing.how, notified_at=doing.at, liable_from=liable)
    if doing.ground is not None:
        yield CaseReopened(case_id=case.id, region=case.facility.region, ground=doing.ground)
    yield from _ended(look.procedure, case, after, now)


def _ended(procedure: Procedure, before: Case, after: Case, now: dt.datetime) -> Iterator[CaseEvent]:
    if not procedure.terminal(after.state) or procedure.terminal(before.state):
        return
    decided = after.decision()
    yield CaseClosed(
        case_id=after.id,
        case_type=cast("AnnouncedType", after.type),
        region=after.facility.region,
        outcome=after.course.ended or (decided.outcome if decided is not None else after.state),
        closed_at=now,
        on_time=after.on_time,
    )


def _settled(taken: Taken, procedure: Procedure, desk: Desk, now: dt.datetime) -> Taken:
    """Go on by itself where nothing more is to be done by anyone; every automatic step changes the state."""
    for _ in procedure.states:
        name = next((name for name in procedure.automatic if _may(taken.case, procedure, name, desk)), None)
        if name is None:
            break
        taken = _by_itself(taken, procedure, name, now, desk, now)
    return taken


def _may(case: Case, procedure: Procedure, name: str, desk: Desk) -> bool:
    if (case.state, name) not in procedure.table:
        return False
    step = procedure.steps[name]
    look = Look(
        case=case,
        procedure=procedure,
        step=step,
        act=Act(step=name, at=case.received_at, actor=SYSTEM),
        reckoning=clocks.reckoning(case, procedure, desk),
    )
    return all(guard.holds(look) for guard in step.guards)


def _by_itself(taken: Taken, procedure: Procedure, name: str, at: dt.datetime, desk: Desk, now: dt.datetime) -> Taken:
    case = taken.case
    look = Look(
        case=case,
        procedure=procedure,
        step=procedure.steps[name],
        act=Act(step=name, at=at, actor=SYSTEM),
        reckoning=clocks.reckoning(case, procedure, desk),
    )
    following = _taken(look, desk, now)
    return Taken(following.case, (*taken.facts, *following.facts), (*taken.steps, *following.steps))
