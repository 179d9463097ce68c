"""What holds of every case of every type after every step, whatever was asked of it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from shared.contracts.complaints import CASES, PUBLIC_CASES, CaseClosed, CaseType
from shared.contracts.notifications import REQUESTS, NoticeRequested
from shared.messaging.handling import Emit

# Nobody outside hears of these: 42 CFR 480.101 (sanctions), 489.24(i) (EMTALA).
SILENT = frozenset({CaseType.SANCTION, CaseType.EMTALA_5DAY, CaseType.EMTALA_60DAY})
_OVER = frozenset({Status.MET, Status.MISSED, Status.VOID})


def broken(before: Case | None, after: Case) -> Iterator[str]:
    """What is wrong with a case after a step, in words."""
    yield from _clocks(after)
    yield from _receipt(after)
    if before is not None:
        yield from _history(before, after)


def _clocks(case: Case) -> Iterator[str]:
    for deadline in case.deadlines:
        if deadline.due_at < deadline.trigger_at:
            yield f"{deadline.rule_id} is due before it starts"
        if deadline.status is Status.MET and deadline.met_at is None:
            yield f"{deadline.rule_id} was met at no time"
        if deadline.zone == "" or deadline.due_at.tzinfo is None:
            yield f"{deadline.rule_id} has no zone"
    running = Counter(deadline.rule_id for deadline in case.deadlines if deadline.open)
    yield from (f"{rule} runs {times} times" for rule, times in running.items() if times > 1)
    if procedures.of(case.type).terminal(case.state) and running:
        yield f"a case that is {case.state} has running clocks: {sorted(running)}"
    if len({deadline.id for deadline in case.deadlines}) != len(case.deadlines):
        yield "two clocks have one id"


def _receipt(case: Case) -> Iterator[str]:
    """Nothing is done on a request before it came, and the law counts from the receipt that the case has."""
    received = procedures.of(case.type).received
    if received is not None and case.course.facts.get(received) != case.received_at:
        yield "the clocks count from another receipt than the case"
    early = {
        done.step for done in case.course.log if done.step not in ("filed", "joined") and done.at < case.received_at
    }
    if early and not any(done.step == "corrected" for done in case.course.log):
        yield f"done before the request came: {sorted(early)}"


def _history(before: Case, after: Case) -> Iterator[str]:
    """What was once done, decided, met or missed stays."""
    if after.course.log[: len(before.course.log)] != before.course.log:
        yield "the log was rewritten"
    if after.course.decided[: len(before.course.decided)] != before.course.decided:
        yield "a determination was rewritten"
    if after.sealed.assigned[: len(before.sealed.assigned)] != before.sealed.assigned:
        yield "an assignment was rewritten"
    now = {deadline.id: deadline for deadline in after.deadlines}
    for was in before.deadlines:
        still = now.get(was.id)
        if still is None:
            yield f"{was.rule_id} is gone"
        elif was.status in _OVER and still.status is not was.status:
            yield f"{was.rule_id} was {was.status} and is {still.status}"
        elif (still.due_at, still.trigger_at) != (was.due_at, was.trigger_at):
            yield f"{was.rule_id} was moved in place"


def misheard(case: Case, said: Iterable[Emit]) -> Iterator[str]:
    """What is wrong with all that was ever published of a case."""
    said = list(said)
    asked = Counter(emit.event.notice_id for emit in said if isinstance(emit.event, NoticeRequested))
    yield from (f"a notice was asked for {times} times" for times in asked.values() if times > 1)
    outside = {emit.topic for emit in said} - {REQUESTS.name}
    if case.type is CaseType.SANCTION and outside:
        yield "a sanction was heard of outside"
    if case.type in SILENT and outside & {CASES.name, PUBLIC_CASES.name}:
        yield f"{case.type} was heard of outside"
    procedure = procedures.of(case.type)
    ended = sum(isinstance(emit.event, CaseClosed) for emit in said)
    if procedure.announced and procedure.terminal(case.state) and not ended:
        yield "nobody heard of the end"
