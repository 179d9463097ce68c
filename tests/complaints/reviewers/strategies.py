"""Reviewers and requests of every kind, for properties."""

import datetime as dt
from uuid import uuid5

from hypothesis import strategies as st

from services.complaints.domain.reviewers.assignment import Candidate
from services.complaints.domain.reviewers.request import AssignmentRequest, Matter
from services.complaints.domain.reviewers.reviewer import (
    Assignment,
    Interest,
    Level,
    Licence,
    Practice,
    Reviewer,
    Role,
    Tie,
    Waiver,
    WaiverKind,
)
from shared.contracts.reviewers import Holder, InterestKind, Profession, Specialty, TieKind
from tests.complaints.reviewers.people import AREA, AT, CASE, CCN, DAY, FAMILY, LONG_AGO, person

FEW = (Specialty.CARDIOLOGY, Specialty.EMERGENCY_MEDICINE)
KINDS = (Profession.MD, Profession.DO, Profession.DENTIST, Profession.NURSE, Profession.CODER)
OTHER = uuid5(FAMILY, "another")

licences = st.builds(
    Licence,
    profession=st.sampled_from(KINDS),
    state=st.sampled_from(["IL", "WI", "TX"]),
    valid_from=st.just(LONG_AGO),
    valid_to=st.sampled_from([None, DAY, DAY - dt.timedelta(days=1)]),
)
assignments = st.builds(
    Assignment,
    id=st.uuids(),
    case_id=st.sampled_from([CASE, OTHER]),
    family_id=st.sampled_from([FAMILY, OTHER]),
    level=st.sampled_from(Level),
    role=st.sampled_from(Role),
    assigned_at=st.just(AT),
)
reviewers = st.builds(
    Reviewer,
    id=st.integers(0, 10_000).map(person),
    practising=st.booleans(),
    capacity=st.integers(1, 6),
    licences=st.lists(licences, min_size=1, max_size=2).map(tuple),
    specialties=st.lists(st.builds(Practice, st.sampled_from(FEW), st.booleans(), st.just(LONG_AGO)), max_size=2).map(
        tuple
    ),
    interests=st.lists(
        st.builds(Interest, st.just(CCN), st.sampled_from(InterestKind), st.sampled_from(Holder), st.just(LONG_AGO)),
        max_size=1,
    ).map(tuple),
    ties=st.lists(
        st.builds(Tie, st.sampled_from([FAMILY, OTHER]), st.sampled_from(TieKind), st.sampled_from(Holder)), max_size=1
    ).map(tuple),
    assignments=st.lists(assignments, max_size=1).map(tuple),
    retired_on=st.sampled_from([None, None, None, DAY]),
)
candidates = st.builds(
    Candidate,
    reviewer=reviewers,
    open_due=st.lists(st.sampled_from([None, AT, AT + dt.timedelta(days=9)]), max_size=6).map(tuple),
)
requests = st.builds(
    AssignmentRequest,
    case_id=st.just(CASE),
    family_id=st.just(FAMILY),
    level=st.sampled_from(Level),
    role=st.sampled_from(Role),
    on=st.just(DAY),
    area=st.just(AREA),
    subject=st.sampled_from(KINDS[:4]),
    specialty=st.sampled_from([None, *FEW]),
    facility_ccn=st.just(CCN),
    matter=st.sampled_from(Matter),
    denial=st.booleans(),
    emtala=st.booleans(),
    attested=st.just(True),
    waivers=st.lists(
        st.builds(Waiver, st.sampled_from(WaiverKind), st.sampled_from(["", " ", "Nobody else is there."])),
        max_size=4,
        unique_by=lambda waiver: waiver.kind,
    ).map(tuple),
)
