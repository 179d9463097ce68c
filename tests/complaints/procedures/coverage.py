"""Coverage appeals as tests tell them: where, by whom, and the steps up to the last letter."""

import datetime as dt
from typing import Any

import pytest

from services.complaints.domain import clocks, engine, filing, procedures
from services.complaints.domain.case import Case, Taken
from services.complaints.domain.deadlines import Status
from services.complaints.domain.look import Act
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import CaseType, How, ProviderType, Role
from shared.contracts.notifications import NoticeRequested
from tests.complaints.cases import (
    CASE,
    DESK,
    LATER,
    assigned,
    command,
    decided,
    done,
    everyone_told,
    lettered,
    opened,
    utc,
    walk,
)
from tests.complaints.procedures.federal import ANNOUNCER

SECOND = "pr-18"
NEW_YORK: dict[str, Any] = {"state": "NY", "zip_code": "10001", "facility_ccn": "335001"}
DENVER: dict[str, Any] = {"state": "CO", "zip_code": "80202", "facility_ccn": "065001"}
W1_FACTS = {"notice_received": "2026-03-05T10:00:00-05:00", "coverage_end": "2026-03-07"}
W1: dict[str, Any] = {
    "case_type": CaseType.SERVICE_TERM_FFS,
    "provider_type": ProviderType.SNF,
    "received_at": utc("2026-03-06T11:30:00-05:00"),
    "facts": W1_FACTS,
    **NEW_YORK,
}
W12: dict[str, Any] = {
    "case_type": CaseType.SERVICE_TERM_MA,
    "provider_type": ProviderType.SNF,
    "received_at": utc("2026-10-06T09:00:00-06:00"),
    "facts": {"notice_received": "2026-10-05T10:00:00-06:00", "coverage_end": "2026-10-07"},
    **DENVER,
}
# W5 as an enrollee of a plan.
MA: dict[str, Any] = {"case_type": CaseType.HOSP_DISCHARGE_MA, "facts": {"discharge_date": "2026-07-04"}}


def filed(now: dt.datetime = LATER, **changes: Any) -> Taken:
    """A case just opened, with what is told about it."""
    return filing.open_case(CASE, filing.read(command(**changes), DESK, now), DESK, now)


def refused(**changes: Any) -> set[str]:
    """Why a request is refused at filing."""
    with pytest.raises(Refusal) as refusal:
        opened(**changes)
    return {reason.code for reason in refusal.value.reasons}


def opening_notices(taken: Taken) -> list[tuple[str, str]]:
    """The letters that filing asks for: kind and role."""
    events = [emit.event for emit in ANNOUNCER.changes(None, taken, DESK, LATER)]
    return [(one.notice_type, one.recipient.role) for one in events if isinstance(one, NoticeRequested)]


def both_notified(at: str) -> tuple[Act, ...]:
    """The provider, then the plan."""
    return done("provider_notified", at), done("plan_notified", at)


def heard(at: str, *, valid: bool | None = True, **details: Any) -> tuple[Act, ...]:
    """What must come before a determination, besides information; ``valid`` None where no notice is looked at."""
    finding = done("validity_found", at, answers={"notice_valid": "yes" if valid else "no"}, **details)
    return (
        done("views_solicited", at),
        done("explanation_offered", at),
        *(() if valid is None else (finding,)),
        assigned(at),
    )


def told_and_written(case: Case, at: str) -> Case:
    """Every party is told and written to."""
    return walk(case, *everyone_told(at, case.type), *lettered(at, case.type))


def again(at: str, **details: Any) -> Act:
    """The patient asks for a reconsideration."""
    return done("reconsideration_requested", at, **({"party": Role.BENEFICIARY} | details))


def reconsidered(at: str, outcome: str = "UPHELD_PROVIDER", reviewer: str = SECOND, **details: Any) -> Act:
    """Somebody else decides."""
    act = decided(at, outcome, reviewer, details.pop("liable_from", None))
    return done(
        "reconsideration_decided",
        at,
        outcome=act.outcome,
        reviewer=act.reviewer,
        rationale=act.rationale,
        liable_from=act.liable_from,
        **details,
    )


def told_again(case: Case, at: str) -> Case:
    """Every party is told of the reconsideration and written to."""
    parties = procedures.of(case.type).parties
    calls = [done("reconsideration_told", at, party=role, how=How.PHONE) for role in parties]
    letters = [done("reconsideration_letter_left", at, party=role) for role in parties]
    return walk(case, *calls, *letters)


def liable(case: Case) -> dt.datetime | None:
    """From when the patient pays."""
    procedure = procedures.of(case.type)
    return clocks.liability(case, procedure, clocks.reckoning(case, procedure, DESK))


def statuses(case: Case, rule: str) -> list[Status]:
    """What became of every clock of a rule."""
    return [deadline.status for deadline in case.deadlines if deadline.rule_id == rule]


def passed(case: Case, at: str) -> Case:
    """The case after the clocks have spoken."""
    return engine.time_passed(case, DESK, utc(at)).case
