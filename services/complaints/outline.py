"""A case in plain values for replies and the read API: state and deadlines, no person and no reviewer."""

from services.complaints.domain import clock, conclusion
from services.complaints.domain.appeal import Appeal
from services.complaints.domain.deadlines import Deadline
from services.complaints.domain.rules import DISCHARGE_APPEAL
from shared.contracts.envelope import format_instant


def outline(appeal: Appeal) -> dict[str, object]:
    """The case as staff see it; instants in UTC (``..._at``) and on the facility's clock (``..._local``)."""
    filing, done = appeal.filing, appeal.progress
    liable = conclusion.liability(appeal)
    return {
        "case_id": str(appeal.id),
        "case_type": "HOSP_DISCHARGE_FFS",
        "state": appeal.state.value,
        "region": filing.region,
        "zone": filing.zone,
        "facility_ccn": filing.facility_ccn,
        "timeliness": filing.timeliness().value,
        "received_at": format_instant(filing.received_at),
        "received_local": clock.in_words(filing.received_at, filing.zone),
        "outcome": done.outcome.value if done.outcome is not None else None,
        "liable_at": format_instant(liable) if liable is not None else None,
        "liable_local": clock.in_words(liable, filing.zone) if liable is not None else None,
        "deadlines": [_deadline(deadline) for deadline in appeal.deadlines],
    }


def _deadline(deadline: Deadline) -> dict[str, object]:
    rule = DISCHARGE_APPEAL.version(deadline.rule_id, deadline.rule_version)
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
