"""The guards of peer review, each with the rule it comes from (42 CFR 476.98, 478.28, 489.24(h), 1004.50)."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from services.complaints.domain.refusal import Refusal
from services.complaints.domain.reviewers.area import area_states
from services.complaints.domain.reviewers.independence import objections, waivers_used
from services.complaints.domain.reviewers.request import AssignmentRequest, Matter, waivers_of
from services.complaints.domain.reviewers.reviewer import (
    Interest,
    Level,
    Reviewer,
    Role,
    Tie,
    Waiver,
    WaiverKind,
)
from shared.contracts.reviewers import Holder, InterestKind, Profession, Specialty, TieKind
from tests.complaints.reviewers.people import (
    CASE,
    CCN,
    DAY,
    FAMILY,
    LONG_AGO,
    held,
    licence,
    practice,
    request,
    reviewer,
)

P = Profession
ONE_DAY = dt.timedelta(days=1)


def codes(who: Reviewer, wanted: AssignmentRequest) -> set[str]:
    return {reason.code for reason in objections(who, wanted)}


def waiver(kind: WaiverKind, reason: str = "Nobody else is licensed in Region 5.") -> tuple[Waiver]:
    return (Waiver(kind, reason),)


def of(*professions: Profession, state: str | None = "IL", **more: Any) -> Reviewer:
    return reviewer(licences=tuple(licence(each, state) for each in professions), **more)


def test_a_licensed_specialist_without_ties_is_free_of_objections() -> None:
    assert objections(reviewer(), request()) == ()
    assert waivers_used(reviewer(), request(waivers=waiver(WaiverKind.NO_SPECIALIST))) == ()


@pytest.mark.parametrize(
    ("profession", "subject", "denial", "expected"),
    [
        (P.MD, P.DO, True, set()),
        (P.DO, P.MD, True, set()),
        (P.DENTIST, P.DENTIST, True, set()),
        (P.DENTIST, P.MD, False, {"PROFESSION_DIFFERS"}),
        (P.DENTIST, P.MD, True, {"ONLY_PHYSICIAN_DENIES"}),
        (P.MD, P.DENTIST, True, {"PROFESSION_DIFFERS"}),
        (P.NURSE, P.MD, True, {"ONLY_PHYSICIAN_DENIES"}),
        (P.NURSE, P.NURSE, False, set()),
        (P.NURSE, P.NURSE, True, {"ONLY_PHYSICIAN_DENIES"}),
        (P.MD, P.PHYSICAL_THERAPIST, True, set()),
        (P.MD, P.PHYSICAL_THERAPIST, False, {"PROFESSION_DIFFERS"}),
        (P.CODER, P.MD, True, {"ONLY_PHYSICIAN_DENIES"}),
    ],
)
def test_peers_review_peers_and_only_physicians_deny(
    profession: Profession, subject: Profession, denial: bool, expected: set[str]
) -> None:
    assert codes(of(profession), request(subject=subject, denial=denial)) == expected


def test_for_want_of_a_peer_a_physician_may_but_nobody_else() -> None:
    offered = waiver(WaiverKind.NO_PEER_AVAILABLE)
    wanted = request(subject=P.DENTIST, denial=True, waivers=offered)
    assert codes(of(P.MD), wanted) == set()
    assert waivers_used(of(P.MD), wanted) == offered
    assert codes(of(P.NURSE), wanted) == {"ONLY_PHYSICIAN_DENIES"}


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_a_waiver_without_a_reason_waives_nothing_and_is_refused(blank: str) -> None:
    wanted = request(subject=P.DENTIST, waivers=waiver(WaiverKind.NO_PEER_AVAILABLE, blank))
    assert codes(of(P.MD), wanted) == {"PROFESSION_DIFFERS", "WAIVER_WITHOUT_REASON"}
    assert waivers_used(of(P.MD), wanted) == ()


def test_only_what_may_be_waived_can_be_named() -> None:
    assert waivers_of({"NO_SPECIALIST": "None here."}) == waiver(WaiverKind.NO_SPECIALIST, "None here.")
    with pytest.raises(Refusal, match="NO_SUCH_WAIVER"):
        waivers_of({"ONLY_PHYSICIAN_DENIES": "because"})


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (LONG_AGO, DAY, set()),
        (DAY, None, set()),
        (LONG_AGO, DAY - ONE_DAY, {"LICENCE_NOT_VALID"}),
        (DAY + ONE_DAY, None, {"LICENCE_NOT_VALID"}),
    ],
)
def test_the_licence_must_be_valid_on_the_day_first_and_last_included(
    first: dt.date, last: dt.date | None, expected: set[str]
) -> None:
    assert codes(reviewer(licences=(licence(valid_from=first, valid_to=last),)), request()) == expected


def test_the_licence_must_be_of_a_state_in_the_area_and_no_waiver_helps() -> None:
    every = tuple(Waiver(kind, "because") for kind in WaiverKind)
    assert codes(of(P.MD, state="TX"), request(waivers=every)) == {"LICENCE_NOT_IN_AREA"}
    assert codes(of(P.MD, state="OH"), request()) == set()


def test_the_area_is_that_of_the_contract_on_the_day() -> None:
    """Region 5 since 2019; Area 4 before; before August 2014 no source names an area wider than the State."""
    assert area_states("IL", DAY) == {"IL", "IN", "MI", "MN", "OH", "WI"}
    assert area_states("IL", dt.date(2016, 1, 1)) == {"IA", "IL", "IN", "KS", "MI", "MN", "MO", "NE", "OH", "WI"}
    assert area_states("IL", dt.date(2012, 1, 1)) == {"IL"}


def test_medical_officers_of_the_pacific_review_their_peers_only() -> None:
    """42 CFR 476.98(a)(3)."""
    officer = of(P.MEDICAL_OFFICER, state="AS")
    pacific = area_states("AS", DAY)
    every = tuple(Waiver(kind, "because") for kind in WaiverKind)
    assert codes(officer, request(subject=P.MEDICAL_OFFICER, area=pacific, denial=True)) == set()
    assert codes(officer, request(subject=P.MD, area=pacific, waivers=every)) == {"MEDICAL_OFFICER_REVIEWS_PEERS"}
    stranger = of(P.MEDICAL_OFFICER, state="CA")  # no such office there
    assert codes(stranger, request(subject=P.MEDICAL_OFFICER, area=pacific)) == {"LICENCE_NOT_IN_AREA"}


@pytest.mark.parametrize("holder", list(Holder))
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (TieKind.TREATED, "TOOK_PART_IN_TREATMENT"),
        (TieKind.KIN_OF_BENEFICIARY, "KIN_OF_BENEFICIARY"),
        (TieKind.COMPETITOR, "IN_ECONOMIC_COMPETITION"),
        (TieKind.BIAS, "SUBSTANTIAL_BIAS"),
    ],
)
def test_own_and_family_ties_exclude_from_that_matter_alone(kind: TieKind, holder: Holder, expected: str) -> None:
    every = tuple(Waiver(kind, "because") for kind in WaiverKind)
    tied = reviewer(ties=(Tie(FAMILY, kind, holder),))
    assert codes(tied, request(waivers=every)) == {expected}
    assert codes(tied, request(family_id=uuid4())) == set()


@pytest.mark.parametrize("holder", list(Holder))
@pytest.mark.parametrize("kind", [kind for kind in InterestKind if kind is not InterestKind.STAFF])
def test_own_and_family_interests_exclude_from_the_facility_while_they_last(kind: InterestKind, holder: Holder) -> None:
    every = tuple(Waiver(kind, "because") for kind in WaiverKind)
    owner = reviewer(interests=(Interest(CCN, kind, holder, LONG_AGO, DAY),))
    assert codes(owner, request(waivers=every)) == {"INTEREST_IN_FACILITY"}
    assert codes(owner, request(facility_ccn="999999")) == set()
    assert codes(owner, request(on=DAY + ONE_DAY)) == set()


def test_staff_of_the_facility_needs_a_waiver() -> None:
    staff = reviewer(interests=(Interest(CCN, InterestKind.STAFF, Holder.SELF, LONG_AGO),))
    assert codes(staff, request()) == {"STAFF_OF_FACILITY"}
    assert codes(staff, request(waivers=waiver(WaiverKind.STAFF_ACCEPTED))) == set()


def test_attestation_comes_first_and_cannot_be_waived() -> None:
    every = tuple(Waiver(kind, "because") for kind in WaiverKind)
    assert codes(reviewer(), request(attested=False, waivers=every)) == {"CONFLICT_NOT_ATTESTED"}


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.INITIAL])
def test_no_other_level_of_the_family_even_when_the_first_was_given_back(level: Level) -> None:
    every = tuple(Waiver(kind, "because") for kind in WaiverKind)
    before = held(case_id=uuid4(), released_at=dt.datetime(2026, 7, 5, tzinfo=dt.UTC))
    assert codes(reviewer(assignments=(before,)), request(level=level, waivers=every)) == {"REVIEWED_AT_OTHER_LEVEL"}
    assert codes(reviewer(assignments=(before,)), request(level=Level.INITIAL)) == set()


def test_the_reviewers_own_assignment_does_not_speak_against_the_decision() -> None:
    mine = held(attested_at=dt.datetime(2026, 7, 4, 18, 0, tzinfo=dt.UTC))
    assert codes(reviewer(assignments=(mine,)), request(denial=True)) == set()
    nurse = of(P.NURSE, assignments=(mine,))
    assert codes(nurse, request(subject=P.NURSE)) == set()
    assert codes(nurse, request(subject=P.NURSE, denial=True)) == {"ONLY_PHYSICIAN_DENIES"}


def test_screening_is_no_review_of_another_level() -> None:
    screened = held(Role.SCREENER, case_id=uuid4())
    assert codes(reviewer(assignments=(screened,)), request(level=Level.RECONSIDERATION)) == set()


@pytest.mark.parametrize(("first", "then"), [(Role.SCREENER, Role.PEER_REVIEWER), (Role.PEER_REVIEWER, Role.SCREENER)])
def test_whoever_screens_a_case_does_not_review_it(first: Role, then: Role) -> None:
    assert codes(reviewer(assignments=(held(first),)), request(role=then)) == {"SCREENER_IS_NOT_REVIEWER"}
    elsewhere = held(first, case_id=uuid4())
    assert codes(reviewer(assignments=(elsewhere,)), request(role=then)) == set()


def test_the_reconsideration_is_a_specialists_unless_that_would_harm_the_review() -> None:
    """42 CFR 478.28(c); at the first level it is good practice, so no rule is cited."""
    other = reviewer(specialties=(practice(Specialty.DERMATOLOGY),))
    (again,) = objections(other, request(level=Level.RECONSIDERATION))
    assert (again.code, again.citation) == ("SPECIALTY_DIFFERS", "42 CFR 478.28(c)")
    assert "NO_SPECIALIST" in again.text
    (first,) = objections(other, request())
    assert (first.code, first.citation) == ("SPECIALTY_DIFFERS", None)
    assert codes(other, request(level=Level.RECONSIDERATION, waivers=waiver(WaiverKind.NO_SPECIALIST))) == set()
    unsaid = request(level=Level.RECONSIDERATION, specialty=None)
    assert codes(reviewer(), unsaid) == {"SPECIALTY_NOT_STATED"}


def test_a_coder_decides_coding_and_nothing_else_does() -> None:
    """42 CFR 476.98(c)."""
    coder = of(P.CODER, state=None)
    assert codes(coder, request(role=Role.CODER, matter=Matter.CODING)) == set()
    assert codes(coder, request(role=Role.CODER)) == {"CODER_DECIDES_CODING_ONLY"}
    assert "ONLY_PHYSICIAN_DENIES" in codes(coder, request(role=Role.CODER, matter=Matter.CODING, denial=True))
    assert codes(reviewer(), request(role=Role.CODER, matter=Matter.CODING)) == {"CODER_NEEDED"}
    assert codes(reviewer(), request(matter=Matter.CODING)) == {"CODER_NEEDED"}


def test_a_screener_never_denies_not_even_a_physician() -> None:
    nurse = of(P.NURSE, state="TX", specialties=())
    assert codes(nurse, request(role=Role.SCREENER)) == set()
    assert codes(reviewer(), request(role=Role.SCREENER, denial=True)) == {"ONLY_PHYSICIAN_DENIES"}


def test_an_emtala_reviewer_is_certified_practising_and_of_the_specialty() -> None:
    every = tuple(Waiver(kind, "because") for kind in WaiverKind)
    wanted = request(emtala=True, specialty=Specialty.EMERGENCY_MEDICINE, waivers=every)
    fit = reviewer(specialties=(practice(Specialty.EMERGENCY_MEDICINE),))
    assert codes(fit, wanted) == set()
    assert codes(replace(fit, practising=False), wanted) == {"NOT_PRACTISING"}
    bare = reviewer(specialties=(practice(Specialty.EMERGENCY_MEDICINE, certified=False),))
    assert codes(bare, wanted) == {"NOT_BOARD_CERTIFIED"}
    assert codes(reviewer(), wanted) == {"SPECIALTY_DIFFERS"}
    assert codes(fit, replace(wanted, specialty=None)) == {"SPECIALTY_NOT_STATED"}


def test_the_60_day_reviewer_is_not_the_5_day_reviewer() -> None:
    five_day = uuid4()
    fit = reviewer(specialties=(practice(Specialty.EMERGENCY_MEDICINE),))
    wanted = request(
        emtala=True,
        specialty=Specialty.EMERGENCY_MEDICINE,
        level=Level.EMTALA_60DAY,
        barred_cases=frozenset({five_day}),
    )
    other_family = replace(fit, assignments=(held(case_id=five_day, family_id=uuid4()),))
    assert codes(other_family, wanted) == {"REVIEWED_SAME_EVENT"}
    same_family = replace(fit, assignments=(held(case_id=uuid4()),))
    assert codes(same_family, wanted) == {"REVIEWED_AT_OTHER_LEVEL"}


def test_no_member_of_a_panel_recommended_the_sanction_competes_or_is_no_physician() -> None:
    """42 CFR 1004.50(a), (d), (f)."""
    member = request(role=Role.PANEL_MEMBER)
    assert codes(reviewer(), member) == set()
    assert codes(reviewer(assignments=(held(Role.RECOMMENDER),)), member) == {"RECOMMENDER_MAY_NOT_VOTE"}
    rival = reviewer(ties=(Tie(FAMILY, TieKind.COMPETITOR, Holder.SELF),))
    assert codes(rival, member) == {"IN_ECONOMIC_COMPETITION"}
    assert codes(of(P.NURSE, specialties=()), member) == {"PHYSICIAN_NEEDED"}


def test_a_retired_reviewer_takes_nothing_from_that_day() -> None:
    retired = reviewer(retired_on=DAY)
    assert codes(retired, request()) == {"REVIEWER_RETIRED"}
    assert codes(retired, request(on=DAY - ONE_DAY)) == set()


def test_no_reason_names_the_reviewer_the_case_or_the_facility() -> None:
    """42 CFR 480.101: what is answered may be read by more people than the record."""
    worst = reviewer(
        licences=(licence(P.NURSE, "TX"),),
        ties=tuple(Tie(FAMILY, kind, Holder.SPOUSE) for kind in TieKind),
        interests=(Interest(CCN, InterestKind.BOARD, Holder.SELF, LONG_AGO),),
        assignments=(held(Role.SCREENER), held(level=Level.RECONSIDERATION)),
        retired_on=DAY,
    )
    texts = " ".join(reason.model_dump_json() for reason in objections(worst, request(denial=True, attested=False)))
    assert not [value for value in (str(worst.id), str(CASE), str(FAMILY), CCN) if value in texts]
