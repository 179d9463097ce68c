"""What a clock says, as the bytes its event has on the wire; written without making the event, for speed."""

from typing import Final
from uuid import UUID

import orjson

from services.complaints.domain.deadlines import Deadline, Percent, Status
from shared.contracts.complaints import CASES, DeadlineApproaching, DeadlineFact, DeadlineMissed, WindowLapsed
from shared.messaging.outbox import Pending

# pydantic writes UTC as Z.
_OPTIONS: Final = orjson.OPT_UTC_Z
_WIRE: Final[dict[type[DeadlineFact], str]] = {
    kind: kind.wire_type() for kind in (DeadlineApproaching, DeadlineMissed, WindowLapsed)
}


def kind(after: Deadline, percent: Percent | None) -> type[DeadlineFact] | None:
    """Which fact follows from a clock that was fired, or None where it had nothing to say."""
    if percent is not None:
        return DeadlineApproaching
    if after.status is not Status.MISSED:
        return None
    return WindowLapsed if after.window else DeadlineMissed


def fact(kind: type[DeadlineFact], case_id: UUID, deadline: Deadline, percent: Percent | None) -> Pending:
    """The event of a clock on the topic of cases; byte for byte what the model would give."""
    key = str(case_id)
    values: dict[str, object] = {
        "case_id": key,
        "deadline_id": str(deadline.id),
        "rule_id": deadline.rule_id,
        "rule_version": deadline.rule_version,
        "citation": deadline.citation,
        "obligor": deadline.obligor,
        "due_at": deadline.due_at,
        "zone": deadline.zone,
    }
    if percent is not None:
        values["percent"] = percent
    return Pending(CASES.name, key, _WIRE[kind], orjson.dumps(values, option=_OPTIONS))
