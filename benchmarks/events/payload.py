"""The events of many cases, as complaints publishes them, in the order in which cases take their course."""

import datetime as dt
from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid5

from shared.contracts.complaints import (
    CASES,
    CaseAdvanced,
    CaseClosed,
    CaseDetermined,
    CaseEvent,
    CaseOpened,
    CaseType,
    DeadlineMet,
    DeadlineSet,
    How,
    Obligor,
    PartyNotified,
    Role,
    Timeliness,
)
from shared.contracts.envelope import Envelope, Headers

CASE_COUNT: Final = 4_000
PER_CASE: Final = 10
EVENTS: Final = CASE_COUNT * PER_CASE
TOPIC: Final = CASES.name
_SPACE: Final = UUID("6b0e7d1c-0c9f-5f6a-8f7e-2b1a3c4d5e6f")
_AT: Final = dt.datetime(2026, 3, 6, 16, 30, tzinfo=dt.UTC)
_AHEAD: Final = 500  # cases that are open at once


def records() -> Iterator[tuple[str, bytes, Headers]]:
    """Key, value and headers of every event; cases overlap, so that a batch touches many."""
    for first in range(0, CASE_COUNT, _AHEAD):
        courses = [(number, _course(uuid5(_SPACE, str(number)))) for number in range(first, first + _AHEAD)]
        for step in range(PER_CASE):
            for number, course in courses:
                event = course[step]
                key = str(event.case_id)
                event_id = uuid5(_SPACE, f"{number}/{step}")
                envelope = Envelope(
                    event_id, event.wire_type(), "qio/complaints", _AT, key, event_id, sequence=f"1:{step + 1}"
                )
                yield key, event.model_dump_json().encode(), envelope.headers()


def _course(case: UUID) -> tuple[CaseEvent, ...]:
    owed = DeadlineSet(
        case_id=case,
        deadline_id=uuid5(case, "decision"),
        rule_id="HOSP_DISCHARGE_FFS.DECIDE",
        rule_version=1,
        citation="42 CFR 405.1206(d)(6)",
        obligor=Obligor.QIO,
        due_at=_AT,
        zone="America/New_York",
    )
    told = [
        PartyNotified(case_id=case, party=party, how=How.PHONE, notified_at=_AT)
        for party in (Role.BENEFICIARY, Role.PROVIDER)
    ]
    steps = [
        CaseAdvanced(case_id=case, step=step, state=state, occurred_at=_AT)
        for step, state in (
            ("provider_notified", "AWAITING_INFORMATION"),
            ("information_received", "AWAITING_INFORMATION"),
            ("information_complete", "INFORMATION_COMPLETE"),
        )
    ]
    kind = CaseType.HOSP_DISCHARGE_FFS
    return (
        CaseOpened(
            case_id=case,
            case_type=kind,
            region="Region 1",
            zone=owed.zone,
            timeliness=Timeliness.TIMELY,
            received_at=_AT,
        ),
        *steps[:2],
        owed,
        steps[2],
        CaseDetermined(
            case_id=case,
            case_type=kind,
            region="Region 1",
            timeliness=Timeliness.TIMELY,
            outcome="OVERTURNED",
            level=0,
            determined_at=_AT,
        ),
        DeadlineMet(**owed.model_dump(), met_at=_AT),
        *told,
        CaseClosed(case_id=case, case_type=kind, region="Region 1", outcome="OVERTURNED", closed_at=_AT, on_time=True),
    )
