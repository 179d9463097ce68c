"""Reviewers, requests and commands for tests."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4, uuid5

from services.complaints.domain.reviewers.request import AssignmentRequest
from services.complaints.domain.reviewers.reviewer import (
    Assignment,
    Level,
    Licence,
    Practice,
    Reviewer,
    Role,
)
from shared.contracts.reviewers import LicenceGiven, Profession, RegisterReviewer, Specialty, SpecialtyGiven

DAY = dt.date(2026, 7, 4)
AT = dt.datetime(2026, 7, 4, 17, 0, tzinfo=dt.UTC)
LONG_AGO = dt.date(2010, 1, 1)
CASE = UUID("00000000-0000-4000-8000-000000000001")
FAMILY = UUID("00000000-0000-4000-8000-00000000000f")
AREA = frozenset({"IL", "IN", "MI", "MN", "OH", "WI"})
CCN = "140001"


def person(number: int) -> UUID:
    """A reviewer's id that is the same in every run."""
    return uuid5(FAMILY, f"person {number}")


def licence(profession: Profession = Profession.MD, state: str | None = "IL", **more: Any) -> Licence:
    """A licence since long ago."""
    return Licence(profession, state, **{"valid_from": LONG_AGO, **more})


def practice(specialty: Specialty = Specialty.CARDIOLOGY, *, certified: bool = True) -> Practice:
    """A specialty since long ago."""
    return Practice(specialty, certified, LONG_AGO)


def reviewer(number: int = 1, **more: Any) -> Reviewer:
    """A cardiologist licensed in Illinois, unless more is said."""
    usual = {"practising": True, "capacity": 10, "licences": (licence(),), "specialties": (practice(),)}
    return Reviewer(id=person(number), **{**usual, **more})


def request(**more: Any) -> AssignmentRequest:
    """The first review of a cardiologist's care in Region 5, attested, unless more is said."""
    usual = {
        "case_id": CASE,
        "family_id": FAMILY,
        "level": Level.INITIAL,
        "role": Role.PEER_REVIEWER,
        "on": DAY,
        "area": AREA,
        "subject": Profession.MD,
        "specialty": Specialty.CARDIOLOGY,
        "facility_ccn": CCN,
        "attested": True,
    }
    return AssignmentRequest(**{**usual, **more})


def held(role: Role = Role.PEER_REVIEWER, level: Level = Level.INITIAL, **more: Any) -> Assignment:
    """An assignment in the case of ``request``."""
    usual = {"id": uuid4(), "case_id": CASE, "family_id": FAMILY, "assigned_at": AT}
    return Assignment(**{**usual, "role": role, "level": level, **more})


def registration(number: int = 1, **more: Any) -> RegisterReviewer:
    """The command that takes up the reviewer of the same number."""
    usual: dict[str, Any] = {
        "actor": "director@example.org",
        "reviewer_id": person(number),
        "name": "Rosalind Secret",
        "email": "rosalind@example.org",
        "phone": "312-555-0100",
        "practising": True,
        "capacity": 10,
        "licences": (LicenceGiven(profession=Profession.MD, state="IL", number="036-SECRET", valid_from=LONG_AGO),),
        "specialties": (SpecialtyGiven(specialty=Specialty.CARDIOLOGY, certified=True, since=LONG_AGO),),
    }
    return RegisterReviewer(**{**usual, **more})
