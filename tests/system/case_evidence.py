"""What must hold of played cases when all is worked off, read from topics and databases."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from aiokafka import ConsumerRecord

from services.complaints.auditing.chain import broken_at
from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from shared.contracts import complaints, notifications
from shared.contracts.notifications import NoticeDelivered, NoticeFailed, NoticeQueued, NoticeRequested
from shared.runtime.supervisor import SERVICES
from tests.complaints.procedures.invariants import SILENT, broken
from tests.faults import evidence
from tests.support.platform import Trial, distinct, header

_LETTERS: Final = "SELECT (SELECT count(*) FROM dead_letter) + (SELECT count(*) FROM parked_key)"
_PENDING: Final = "SELECT count(*) FROM deadline WHERE status = 'PENDING'"
_WORK: Final = "SELECT count(*) FROM work_item"
_NOTICES: Final = "SELECT id::text AS notice_id, state FROM notice"
_OVER: Final = frozenset({"SENT", "FAILED", "TASK", "AWAITING"})


async def wrong(trial: Trial, cases: Sequence[Case]) -> list[str]:
    """Everything that should not be, in words; empty when all is well."""
    records = await trial.records()
    audited = await trial.audit()
    found = evidence.Findings(lost=audited.lost, broken=[*audited.notes])
    evidence.streams(records, found)
    evidence.answers(records, found)
    return [
        *found.broken,
        *([f"{found.double} effects came twice"] if found.double else []),
        *([f"{audited.waiting} messages still wait"] if audited.waiting else []),
        *await _left_behind(trial),
        *(text for case in cases for text in _closed(case)),
        *_silent(records, cases),
        *_notices(records, cases),
        *await _told(trial, records),
        *await _chains(trial, cases),
    ]


async def _left_behind(trial: Trial) -> list[str]:
    letters = sum([await trial.value(service, _LETTERS) for service in SERVICES])
    pending, work = await trial.value("complaints", _PENDING), await trial.value("complaints", _WORK)
    counts = {"dead letters": letters, "clocks that still run": pending, "work items of closed cases": work}
    return [f"{count} {what}" for what, count in counts.items() if count]


def _closed(case: Case) -> Iterator[str]:
    """At its end, with every clock met, missed or void."""
    if not procedures.of(case.type).terminal(case.state):
        yield f"a case of type {case.type} ended in {case.state}"
    if any(deadline.status not in (Status.MET, Status.MISSED, Status.VOID) for deadline in case.deadlines):
        yield f"a case of type {case.type} has a clock that is not accounted for"
    yield from broken(None, case)


def _silent(records: Sequence[ConsumerRecord], cases: Sequence[Case]) -> Iterator[str]:
    """Nobody outside hears of sanctions and EMTALA (42 CFR 480.101, 489.24(i))."""
    hidden = {str(case.id) for case in cases if case.type in SILENT}
    outside = (complaints.CASES.name, complaints.PUBLIC_CASES.name)
    heard = {record.key.decode() for record in records if record.topic in outside}
    if heard & hidden:
        yield f"{len(heard & hidden)} cases that nobody may hear of were heard of"
    announced = {str(case.id) for case in cases} - hidden
    if announced - {record.key.decode() for record in records if record.topic == complaints.CASES.name}:
        yield "a case that everybody may hear of was not heard of"


def _notices(records: Sequence[ConsumerRecord], cases: Sequence[Case]) -> Iterator[str]:
    """Every notice that a step gives rise to was asked for once, for every role."""
    asked: Counter[tuple[str, str, str]] = Counter()
    ids: Counter[str] = Counter()
    for record in distinct(records).values():
        if record.topic == notifications.REQUESTS.name and header(record, "ce_type") == NoticeRequested.wire_type():
            notice = NoticeRequested.model_validate_json(record.value)
            role: str = "beneficiary" if notice.recipient.role == "representative" else notice.recipient.role
            asked[notice.subject, notice.notice_type, role] += 1
            ids[str(notice.notice_id)] += 1
    if any(times > 1 for times in ids.values()):
        yield "a notice was asked for twice"
    for case in cases:
        for (kind, role), (least, most) in _due(case).items():
            times = asked[str(case.id), kind, role]
            if not least <= times <= most:
                yield f"{case.type}: {kind} to the {role} was asked for {times} times, due {least} to {most}"


def _due(case: Case) -> dict[tuple[str, str], tuple[int, int]]:
    """How often each notice is due by the steps in the log; those with conditions of their own at most so often."""
    procedure = procedures.of(case.type)
    due: dict[tuple[str, str], tuple[int, int]] = {}
    for done in case.course.log:
        step = procedure.steps.get(done.step)
        notices = procedure.opening if done.step == "filed" else step.notices if step is not None else ()
        for notice in notices:
            sure = not (notice.after_call or notice.if_named or notice.since)
            for role in notice.to:
                least, most = due.get((notice.kind, role.value), (0, 0))
                due[notice.kind, role.value] = (least + sure, most + 1)
    return due


async def _told(trial: Trial, records: Sequence[ConsumerRecord]) -> list[str]:
    """Notifications took up every notice once, and each was delivered, failed, or waits for staff."""
    said: Counter[tuple[str, str]] = Counter()
    for record in distinct(records).values():
        if record.topic in (notifications.REQUESTS.name, notifications.NOTICES.name):
            said[header(record, "ce_type"), record.key.decode()] += 1
    asked = {key for kind, key in said if kind == NoticeRequested.wire_type()}
    state = {row["notice_id"]: row["state"] for row in await trial.rows("notifications", _NOTICES)}
    found = []
    if set(state) != asked:
        found.append(f"{len(asked - set(state))} notices were not taken up, {len(set(state) - asked)} nobody asked for")
    open_ones = [one for one in state.values() if one not in _OVER]
    if open_ones:
        found.append(f"{len(open_ones)} notices are neither sent nor failed nor with staff")
    for model, states in ((NoticeDelivered, {"SENT"}), (NoticeQueued, {"SENT", "TASK", "AWAITING"})):
        missing = [key for key, one in state.items() if one in states and said[model.wire_type(), key] == 0]
        twice = [key for kind, key in said if kind == model.wire_type() and said[kind, key] > 1]
        if missing or twice:
            found.append(f"{len(missing)} notices without {model.__name__}, {len(twice)} with more than one")
    lacking = [key for key, one in state.items() if one == "FAILED" and not said[NoticeFailed.wire_type(), key]]
    return [*found, *([f"{len(lacking)} failed notices were not said to fail"] if lacking else [])]


async def _chains(trial: Trial, cases: Sequence[Case]) -> list[str]:
    async with trial.database("complaints") as conn:
        broken_ones = [case for case in cases if await broken_at(conn, case.id) is not None]
    return [f"{len(broken_ones)} audit chains are broken"] if broken_ones else []
