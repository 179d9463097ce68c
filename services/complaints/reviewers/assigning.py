"""Giving a part of a case to a reviewer: both are asked, and both remember (42 CFR 476.98, 478.28)."""

from services.complaints.announcements import Announcer
from services.complaints.domain import amendments, clock, engine, procedures
from services.complaints.domain.case import Assigned, Case, Entry, Taken
from services.complaints.domain.look import Act
from services.complaints.domain.refusal import Refusal
from services.complaints.domain.reviewers import record as records
from services.complaints.domain.reviewers.area import area_states
from services.complaints.domain.reviewers.independence import objections, waivers_used
from services.complaints.domain.reviewers.request import AssignmentRequest, Matter
from services.complaints.domain.reviewers.reviewer import PHYSICIANS, Assignment, Level, Role, Waiver, WaiverKind
from services.complaints.outline import outline
from services.complaints.repository import PREFIX, CaseStore
from services.complaints.reviewers.store import reviewer_key
from shared.contracts.complaints import AssignReviewer, CaseType, Part
from shared.contracts.replies import Reason
from shared.messaging.handling import Accepted, Decision, On, Received, Refused, Work

_EMTALA = frozenset({CaseType.EMTALA_5DAY, CaseType.EMTALA_60DAY})
_DECIDING = frozenset({Part.PEER_REVIEWER, Part.CODER})


def assigning(announcer: Announcer, store: CaseStore) -> On[AssignReviewer, object]:
    """The handler of assignments; every objection is a reason of its own."""

    def keys(received: Received[AssignReviewer]) -> tuple[str, ...]:
        return f"{PREFIX}{received.message.case_id}", reviewer_key(received.message.reviewer)

    def handle(received: Received[AssignReviewer], work: Work[object]) -> Decision:
        command = received.message
        case, known = (work.get(key) for key in keys(received))
        if not isinstance(case, Case):
            return Refused((Reason(code="NO_SUCH_CASE", field="case_id", text="There is no such case."),))
        if not isinstance(known, records.ReviewerRecord):
            text = "There is no such reviewer; register the reviewer first."
            return Refused((Reason(code="NO_SUCH_REVIEWER", field="reviewer", text=text),))
        try:
            request = _request(case, command)
            reasons = objections(known.reviewer, request)
            if reasons:
                return Refused(reasons)
            taken = _taken(case, command, known, request, store, work)
            assignment = Assignment(
                id=received.derive("assignment"),
                case_id=case.id,
                family_id=case.family,
                level=request.level,
                role=request.role,
                assigned_at=command.at,
                attested_at=command.at if command.attested_no_conflict else None,
                waivers=waivers_used(known.reviewer, request),
            )
            held = known.assigned(assignment)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        entry = Entry(work.now, command.actor, command.wire_type())
        work.put(f"{PREFIX}{case.id}", taken.case.noted(entry))
        work.put(reviewer_key(command.reviewer), held.noted(records.Entry(*entry)))
        return Accepted(outline(taken.case, store.desk), announcer.changes(case, taken, store.desk, work.now))

    return On(AssignReviewer, keys, handle)


def _taken(
    case: Case,
    command: AssignReviewer,
    known: records.ReviewerRecord,
    request: AssignmentRequest,
    store: CaseStore,
    work: Work[object],
) -> Taken:
    procedure = procedures.of(case.type)
    name = procedure.step_for("assign", case.state) or "assigned"
    step = procedure.steps.get(name)
    assigned = Assigned(
        reviewer=str(command.reviewer),
        part=command.part,
        physician=known.reviewer.licensed(PHYSICIANS, request.area, request.on),
        level=step.level if step is not None else 0,
        at=command.at,
        group=_group(known, request),
        waivers=command.waivers,
    )
    if command.part not in _DECIDING:
        return amendments.part_given(case, assigned, command, store.desk, work.now)
    act = Act(step=name, at=command.at, actor=command.actor, assigned=assigned, attested=command.attested_no_conflict)
    return engine.act(case, act, store.desk, work.now)


def _group(known: records.ReviewerRecord, request: AssignmentRequest) -> str | None:
    """The first specialty practised on the day, or else the first profession."""
    practised = [practice.specialty for practice in known.reviewer.specialties if practice.holds(request.on)]
    names = sorted(name.value for name in practised or known.reviewer.professions)
    return names[0] if names else None


def _request(case: Case, command: AssignReviewer) -> AssignmentRequest:
    day = clock.local_date(command.at, case.zone)
    return AssignmentRequest(
        case_id=case.id,
        family_id=case.family,
        level=_level(case),
        role=Role(command.part.value),
        on=day,
        area=area_states(case.facility.state, day),
        subject=command.subject,
        specialty=command.specialty,
        facility_ccn=case.facility.ccn,
        matter=Matter.CODING if command.part is Part.CODER else Matter.CLINICAL,
        emtala=case.type in _EMTALA,
        attested=command.attested_no_conflict,
        waivers=tuple(_waiver(kind, reason) for kind, reason in command.waivers.items()),
    )


def _level(case: Case) -> Level:
    if case.type is CaseType.EMTALA_60DAY:
        return Level.EMTALA_60DAY
    procedure = procedures.of(case.type)
    step = procedure.steps.get(procedure.step_for("assign", case.state) or "")
    return Level.RECONSIDERATION if step is not None and step.level else Level.INITIAL


def _waiver(kind: str, reason: str) -> Waiver:
    try:
        return Waiver(WaiverKind(kind), reason)
    except ValueError:
        text = f"Only these may be waived: {', '.join(WaiverKind)}."
        raise Refusal(Reason(code="NOT_WAIVABLE", field=f"waivers.{kind}", text=text)) from None
