"""Payment reviews on their way: selected, screened, proposed, denied, reconsidered."""

from typing import Any

from services.complaints.domain.case import Assigned, Case
from services.complaints.domain.look import Act
from shared.contracts.complaints import CaseType, Part, Role
from tests.complaints.cases import assigned, done, opened, party, utc, walk

AT_STAKE = 900_000
SETTING: dict[str, Any] = {"setting": "OUTPATIENT_OBSERVATION", "answers": {"setting_basis": "NOT_MET"}}
NOTICE = {
    "liability_determination": "The hospital knew; the patient did not.",
    "payment_consequence": "Medicare does not pay for this stay.",
    "service_dates": "2026-04-02 to 2026-04-03",
    "claim_reference": "22612345678901",
}


def selected(case_type: CaseType = CaseType.SHORT_STAY, **changes: Any) -> Case:
    """Drawn from claims in Chicago: a stay in April, claimed in May."""
    values: dict[str, Any] = {
        "case_type": case_type,
        "received_at": utc("2026-06-01T09:00:00-05:00"),
        "parties": tuple(party(role) for role in (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)),
        "facts": {"service_date": "2026-04-02", "claim_date": "2026-05-04"},
        "amount_cents": AT_STAKE,
    }
    return opened(**(values | changes))


def requested(at: str = "2026-06-02T10:00:00-05:00", **details: Any) -> Act:
    return done("records_requested", at, words={"records_wanted": "The whole record."}, **details)


def reviewing(case_type: CaseType = CaseType.SHORT_STAY, **changes: Any) -> Case:
    """The screen sent it to a physician."""
    questions = ("necessity", "coding") if case_type is CaseType.HWDRG else ("necessity",)
    return walk(
        selected(case_type, **changes),
        requested(),
        done("information_complete", "2026-06-10T10:00:00-05:00"),
        done("screened", "2026-06-11T10:00:00-05:00", answers=dict.fromkeys(questions, "refer")),
        assigned("2026-06-12T10:00:00-05:00"),
    )


def offered(at: str = "2026-06-15T10:00:00-05:00") -> Act:
    return done("discussion_offered", at, words={"findings": "No two midnights were expected."})


def discussed(case_type: CaseType = CaseType.SHORT_STAY, **changes: Any) -> Case:
    """A denial was proposed and discussed."""
    return walk(
        reviewing(case_type, **changes),
        done("denial_proposed", "2026-06-15T09:00:00-05:00"),
        offered(),
        done("discussion_held", "2026-06-24T10:00:00-05:00"),
    )


def drg_discussed(matter: str = "clinical") -> Case:
    """Another DRG was proposed and discussed."""
    case = reviewing(CaseType.HWDRG)
    if matter == "coding":
        case = walk(case, coder())
    return walk(
        case,
        done("drg_change_proposed", "2026-06-15T09:00:00-05:00", answers={"drg_matter": matter}),
        offered(),
        done("discussion_held", "2026-06-24T10:00:00-05:00"),
    )


def coder(at: str = "2026-06-12T11:00:00-05:00") -> Act:
    given = Assigned(reviewer="coder-1", physician=False, level=0, at=utc(at), part=Part.CODER)
    return done("assigned", at, assigned=given, attested=True)


def determined(at: str, outcome: str = "DENIED_ADMISSION", step: str = "determined", **changes: Any) -> Act:
    details: dict[str, Any] = {"reviewer": "pr-17", "rationale": "One midnight, stable.", "outcome": outcome}
    if outcome in ("DENIED_ADMISSION", "DENIED_DAYS", "ADJUSTED_PART_B_REBILL"):
        details |= {"recovered_cents": AT_STAKE, **SETTING}
    return done(step, at, **(details | changes))


def denied(**changes: Any) -> Case:
    """Determined on Friday 26 June."""
    return walk(discussed(**changes), determined("2026-06-26T10:00:00-05:00"))


def noticed_at(at: str, **changes: Any) -> Act:
    return done("denial_noticed", at, words=NOTICE | changes)


def noticed() -> Case:
    """The denial notice of Wednesday 1 July."""
    return walk(denied(), noticed_at("2026-07-01T10:00:00-05:00"))


def asked(at: str, role: Role = Role.PROVIDER, postmark: str | None = None, **details: Any) -> Act:
    """A request for reconsideration came in."""
    facts = {"reconsideration_postmarked": utc(postmark or at)}
    return done("reconsideration_requested", at, party=role, facts=facts, **details)
