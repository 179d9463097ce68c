"""Complaints and quality reviews for the tests: worked example W13 (Presidents' Day) and the steps that lead on."""

from typing import Any

from services.complaints.domain.case import Case
from services.complaints.domain.look import Act
from services.complaints.domain.procedures.quality import rollup
from shared.contracts.complaints import CaseType, Channel, Concern, ConcernFinding, Finding, How, Role, Severity
from tests.complaints.cases import REVIEWER, assigned, done, opened, party, utc, walk

FALL = Concern(id="fall", topic="falls", words="She fell twice in one night and nobody came.")
DRUGS = Concern(id="drugs", topic="medication", words="They gave her somebody else's pills.")
EVERYONE = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
CARE = (Role.PROVIDER, Role.PRACTITIONER)


def complaint(**changes: Any) -> Case:
    """W13: received Mon 2026-02-02 for care on 2023-02-02."""
    values: dict[str, Any] = {
        "case_type": CaseType.BENE_COMPLAINT,
        "received_at": utc("2026-02-02T09:00-06:00"),
        "channel": Channel.MAIL,
        "facts": {"care_date": "2023-02-02"},
        "concerns": (FALL, DRUGS),
    } | changes
    return opened(**values)


def general(**changes: Any) -> Case:
    """A general quality review of the same care."""
    values: dict[str, Any] = {
        "case_type": CaseType.GENERAL_QOC,
        "received_at": utc("2026-02-02T09:00-06:00"),
        "channel": Channel.PORTAL,
        "concerns": (FALL, DRUGS),
        "parties": tuple(party(role) for role in CARE),
    } | changes
    return opened(**values)


def found(**not_met: Severity) -> tuple[ConcernFinding, ...]:
    """Findings on both concerns; those named are not met."""
    return tuple(
        ConcernFinding(
            concern=concern.id,
            finding=Finding.STANDARD_NOT_MET if concern.id in not_met else Finding.STANDARD_MET,
            severity=not_met.get(concern.id),
            standard=f"Standard of {concern.topic}.",
            facts="As the record says.",
        )
        for concern in (FALL, DRUGS)
    )


FALL_NOT_MET = found(fall=Severity.SIGNIFICANT)


def decides(step: str, at: str, findings: tuple[ConcernFinding, ...] = FALL_NOT_MET, **details: Any) -> Act:
    """A determination with the outcome its findings come to."""
    values: dict[str, Any] = {
        "reviewer": REVIEWER,
        "rationale": "The record shows it.",
        "outcome": rollup(findings),
        "findings": findings,
    } | details
    return done(step, at, **values)


def screened(at: str, severity: str = "OTHER", **answers: str) -> Act:
    """A clinician read it."""
    return done("screened", at, answers={"potential_severity": severity, **answers})


def accepted(at: str) -> Act:
    """A Medicare beneficiary, a Medicare service."""
    return done("accepted", at, answers={"medicare_beneficiary": "yes", "medicare_service": "yes"})


def told(step: str, at: str, *roles: Role, how: How = How.PHONE) -> tuple[Act, ...]:
    """These parties are told."""
    return tuple(done(step, at, party=role, how=how) for role in roles)


def lettered(step: str, at: str, *roles: Role) -> tuple[Act, ...]:
    """Their letters left."""
    return tuple(done(step, at, party=role) for role in roles)


def requested(**changes: Any) -> Case:
    """Records asked for on Tue 02-03."""
    return walk(
        complaint(**changes),
        screened("2026-02-02T10:00-06:00"),
        accepted("2026-02-02T11:00-06:00"),
        done("records_requested", "2026-02-03T09:00-06:00"),
    )


def reviewing(**changes: Any) -> Case:
    """All received Thu 02-12; a reviewer has it."""
    return walk(
        requested(**changes),
        done("information_complete", "2026-02-12T10:00-06:00"),
        assigned("2026-02-12T11:00-06:00"),
    )


def offered() -> Case:
    """The interim finds the fall not met; both are told, the first offer by phone on Fri 02-20."""
    return walk(
        reviewing(),
        decides("interim_made", "2026-02-19T16:00-06:00"),
        done("discussion_offered", "2026-02-20T10:00-06:00", party=Role.PRACTITIONER, how=How.PHONE),
        *told("interim_told", "2026-02-20T10:30-06:00", Role.PROVIDER),
    )


def discussed() -> Case:
    """Held Wed 02-25."""
    words = {"discussion_summary": "The nurse explained the rounds of that night."}
    return walk(offered(), done("discussion_held", "2026-02-25T15:00-06:00", party=Role.PRACTITIONER, words=words))


def final(findings: tuple[ConcernFinding, ...] = FALL_NOT_MET) -> Case:
    """Signed Thu 02-26."""
    return walk(discussed(), decides("final_signed", "2026-02-26T12:00-06:00", findings))


def issued() -> Case:
    """Phoned Fri 02-27, letters on Mon 03-02."""
    return walk(
        final(),
        *told("told", "2026-02-27T11:00-06:00", *EVERYONE),
        *lettered("letter_left", "2026-03-02T09:00-06:00", *EVERYONE),
    )
