"""Cases of any type for the tests, and the steps that lead them to a state; no server, no store."""

import datetime as dt
from typing import Any
from uuid import UUID

from services.complaints.domain import engine, filing, procedures
from services.complaints.domain.case import Assigned, Case
from services.complaints.domain.look import Act
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.rules import BOOK
from shared.contracts.complaints import (
    CaseContact,
    CaseParty,
    CaseType,
    Channel,
    FileCase,
    How,
    ProviderType,
    Role,
)

CASE = UUID("4b1c7a52-3f0e-5d6b-9a77-1d2c3b4a5f60")
PATIENT_REFERENCE = "0123456789abcdef0123456789abcdef"
REVIEWER = "pr-17"
DESK = Desk(book=BOOK)
# Far enough ahead that no time in a test lies in the future.
LATER = dt.datetime(2027, 6, 1, tzinfo=dt.UTC)
PATIENT = CaseContact(name="Ana Perez", email="ana@example.org", language="es")
NAMES = {
    Role.BENEFICIARY: PATIENT,
    Role.PROVIDER: CaseContact(name="Lakeside Hospital", email="im@lakeside.example.org"),
    Role.PRACTITIONER: CaseContact(name="Dr. Li", email="li@example.org"),
    Role.PLAN: CaseContact(name="Good Plan", email="appeals@plan.example.org"),
}


def utc(text: str) -> dt.datetime:
    """An instant written with its zone."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def party(role: Role, **changes: Any) -> CaseParty:
    """A party with a made-up name."""
    contact = NAMES.get(role, CaseContact(name=f"The {role.value}", email=f"{role.value}@example.org"))
    return CaseParty(role=role, contact=contact.model_copy(update=changes))


def command(**changes: Any) -> FileCase:
    """The request of worked example W5: Chicago, discharge ordered for Independence Day, asked at 23:40."""
    case_type = changes.get("case_type", CaseType.HOSP_DISCHARGE_FFS)
    values: dict[str, Any] = {
        "actor": "intake@example.org",
        "case_type": case_type,
        "beneficiary": PATIENT_REFERENCE,
        "parties": tuple(party(role) for role in procedures.of(case_type).parties),
        "facility_ccn": "140001",
        "provider_type": ProviderType.HOSPITAL,
        "state": "IL",
        "zip_code": "60601",
        "received_at": utc("2026-07-04T23:40:00-05:00"),
        "channel": Channel.PHONE,
        "facts": {"discharge_date": "2026-07-04", "admitted": "2026-06-28"}
        if case_type is CaseType.HOSP_DISCHARGE_FFS
        else {},
    } | changes
    return FileCase(**values)


def opened(now: dt.datetime = LATER, **changes: Any) -> Case:
    """A case just opened."""
    return filing.open_case(CASE, filing.read(command(**changes), DESK, now), DESK, now).case


def done(step: str, at: str, **details: Any) -> Act:
    """A step taken at a local time."""
    return Act(step=step, at=utc(at), actor="staff@example.org", **details)


def walk(case: Case, *acts: Act, now: dt.datetime = LATER) -> Case:
    """The case after these steps."""
    for act in acts:
        case = engine.act(case, act, DESK, now).case
    return case


def notified(at: str) -> Act:
    """The provider is told of the request."""
    return done("provider_notified", at)


def informed(at: str) -> tuple[Act, ...]:
    """Detailed notice and records come in."""
    return done("detailed_notice_given", at), done("information_complete", at)


def assigned(at: str, reviewer: str = REVIEWER, *, physician: bool = True, level: int = 0) -> Act:
    """A reviewer gets the case."""
    given = Assigned(reviewer=reviewer, physician=physician, level=level, at=utc(at))
    return done("reconsideration_assigned" if level else "assigned", at, assigned=given, attested=True)


def guarded(at: str, *, valid: bool = True, physician: bool = True) -> tuple[Act, ...]:
    """Everything a determination needs besides information."""
    return (
        done("views_solicited", at),
        done("explanation_offered", at),
        done("validity_found", at, answers={"notice_valid": "yes" if valid else "no"}),
        assigned(at, physician=physician),
    )


def decided(
    at: str, outcome: str = "UPHELD_PROVIDER", reviewer: str = REVIEWER, liable_from: dt.date | None = None
) -> Act:
    """The reviewer determines."""
    return done(
        "decided",
        at,
        outcome=outcome,
        reviewer=reviewer,
        rationale="You can safely go on at home.",
        liable_from=liable_from,
    )


def told(role: Role, at: str, how: How = How.PHONE) -> Act:
    """A party is told, or called in vain."""
    return done("told", at, party=role, how=how)


def everyone_told(at: str, case_type: CaseType = CaseType.HOSP_DISCHARGE_FFS) -> tuple[Act, ...]:
    """All parties are told by telephone."""
    return tuple(told(role, at) for role in procedures.of(case_type).parties)


def lettered(at: str, case_type: CaseType = CaseType.HOSP_DISCHARGE_FFS) -> tuple[Act, ...]:
    """All letters left."""
    return tuple(done("letter_left", at, party=role) for role in procedures.of(case_type).parties)


def due(case: Case, rule_id: str) -> dt.datetime:
    """When the running clock of a rule ends."""
    running = case.open_deadline(rule_id)
    assert running is not None, f"no running clock of {rule_id}"
    return running.due_at
