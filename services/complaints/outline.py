"""A case in plain values for replies and the read API: state and deadlines, no person and no reviewer."""

from services.complaints.domain import clock, clocks, procedures
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Deadline
from services.complaints.domain.reckoned import Desk
from shared.contracts.envelope import format_instant


def outline(case: Case, desk: Desk) -> dict[str, object]:
    """The case as staff see it; instants in UTC (``..._at``) and on the facility's clock (``..._local``)."""
    facility, procedure, decided = case.facility, procedures.of(case.type), case.decision()
    liable = clocks.liability(case, procedure, clocks.reckoning(case, procedure, desk))
    return {
        "case_id": str(case.id),
        "family_id": str(case.family),
        "case_type": case.type.value,
        "state": case.state,
        "stage": procedure.states[case.state].value,
        "next_steps": sorted(step for state, step in procedure.table if state == case.state),
        "region": facility.region,
        "zone": facility.zone,
        "facility_ccn": facility.ccn,
        "timeliness": case.timeliness.value,
        "received_at": format_instant(case.received_at),
        "received_local": clock.in_words(case.received_at, facility.zone),
        "outcome": decided.outcome if decided is not None else None,
        "ended": case.course.ended,
        "liable_at": format_instant(liable) if liable is not None else None,
        "liable_local": clock.in_words(liable, facility.zone) if liable is not None else None,
        "deadlines": [_deadline(deadline, desk) for deadline in case.deadlines],
    }


def _deadline(deadline: Deadline, desk: Desk) -> dict[str, object]:
    rule = desk.book.version(deadline.rule_id, deadline.rule_version)
    return {
        "deadline_id": str(deadline.id),
        "rule": deadline.rule_id,
        "rule_version": deadline.rule_version,
        "citation": deadline.citation,
        "owed": rule.owed,
        "obligor": deadline.obligor.value,
        "status": deadline.status.value,
        "due_at": format_instant(deadline.due_at),
        "due_local": clock.in_words(deadline.due_at, deadline.zone),
        "met_at": format_instant(deadline.met_at) if deadline.met_at is not None else None,
    }
