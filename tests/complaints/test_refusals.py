"""Bad input: each thing that cannot be leads to one clear reason with its source, and shows no value."""

import datetime as dt
from typing import Any

import pytest

from services.complaints.domain.case import Case
from services.complaints.domain.refusal import CLOCK_SKEW, Refusal
from shared.contracts.complaints import Authority, CaseType, Channel, How, Role, Timeliness
from tests.complaints.cases import (
    LATER,
    assigned,
    decided,
    done,
    everyone_told,
    guarded,
    informed,
    notified,
    opened,
    party,
    told,
    utc,
    walk,
)

NOON_SUNDAY = "2026-07-05T12:00:00-05:00"
W5 = {"discharge_date": "2026-07-04", "admitted": "2026-06-28"}
NOBODY = tuple(party(role) for role in (Role.BENEFICIARY, Role.PROVIDER))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"received_at": dt.datetime(2026, 7, 4, 23, 40)}, "TIME_WITHOUT_ZONE", "received_at"),  # noqa: DTZ001
        (
            {"facts": W5 | {"followup_notice_given": "2026-07-03T09:00"}},
            "TIME_WITHOUT_ZONE",
            "facts.followup_notice_given",
        ),
        ({"facts": W5 | {"discharge_date": "2026-02-30"}}, "NOT_A_TIME", "facts.discharge_date"),
        ({"facts": W5 | {"discharge_date": "someday soon"}}, "NOT_A_TIME", "facts.discharge_date"),
        ({"facts": {"admitted": "2026-06-28"}}, "MISSING_FACT", "facts.discharge_date"),
        ({"facts": W5 | {"tides": "2026-06-28"}}, "UNKNOWN_FACT", "facts.tides"),
        ({"facts": W5 | {"followup_notice_given": "2028-06-28"}}, "TIME_IN_FUTURE", "facts.followup_notice_given"),
        ({"circumstances": {"rainy"}}, "UNKNOWN_CIRCUMSTANCE", "circumstances"),
        ({"words": {"gossip": "He said."}}, "UNEXPECTED", "words.gossip"),
        ({"received_at": LATER + 2 * CLOCK_SKEW}, "TIME_IN_FUTURE", "received_at"),
        ({"facts": W5 | {"discharge_date": "2026-06-27"}}, "FACTS_CONFLICT", "facts"),
        ({"received_at": utc("2026-06-27T12:00:00-05:00")}, "FACTS_CONFLICT", "facts"),
        (
            {"circumstances": {"left"}, "facts": W5 | {"discharge_date": "2026-07-06"}},
            "LEFT_BEFORE_DISCHARGE",
            "facts.discharge_date",
        ),
        ({"state": "ZZ", "zip_code": None}, "UNKNOWN_STATE", "state"),
        ({"zip_code": "10001"}, "ZIP_IN_OTHER_STATE", "zip_code"),
        ({"zone": "Mars/Olympus"}, "UNKNOWN_ZONE", "zone"),
        ({"facility_ccn": "990001"}, "UNKNOWN_FACILITY", "facility_ccn"),
        ({"facility_ccn": "330001"}, "WRONG_STATE", "state"),
        ({"facility_ccn": "145001"}, "WRONG_PROVIDER_TYPE", "provider_type"),
        ({"parties": NOBODY}, "MISSING_PARTY", "parties"),
        (
            {"parties": (*NOBODY, party(Role.PRACTITIONER), party(Role.REPRESENTATIVE))},
            "MISSING_AUTHORITY",
            "parties",
        ),
        (
            {
                "received_at": utc("2006-07-04T12:00:00-05:00"),
                "facts": {"admitted": "2006-07-01", "discharge_date": "2006-07-04"},
            },
            "NO_RULE_IN_FORCE",
            "received_at",
        ),
    ],
)
def test_a_request_that_cannot_be_is_refused_with_one_reason(changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        opened(**changes)
    (reason,) = refused.value.reasons
    assert (reason.code, reason.field) == (code, field)
    assert reason.text.endswith(".")
    assert "Ana" not in reason.text + str(refused.value)


def test_a_representative_with_authority_stands_in_for_the_beneficiary() -> None:
    acting = party(Role.REPRESENTATIVE).model_copy(update={"authority": Authority.APPOINTED})
    case = opened(parties=(acting, party(Role.PROVIDER), party(Role.PRACTITIONER)))
    assert case.state == "RECEIVED"


@pytest.mark.parametrize("channel", Channel)
def test_an_untimely_request_is_never_refused_for_being_late(channel: Channel) -> None:
    """42 CFR 405.1206(b)(5): a late request is decided, only without the protection."""
    case = opened(received_at=utc("2026-07-20T09:00:00-05:00"), channel=channel)
    assert case.timeliness is Timeliness.LATE
    assert case.state == "RECEIVED"


def ready(*, guards: bool = True) -> Case:
    steps = [notified("2026-07-04T23:50:00-05:00"), *informed("2026-07-05T10:15:00-05:00")]
    return walk(opened(), *steps, *(guarded(NOON_SUNDAY) if guards else ()))


def reasons(case: Case, at: str = "2026-07-05T13:00:00-05:00", **decision: Any) -> list[str]:
    with pytest.raises(Refusal) as refused:
        walk(case, decided(at, **decision))
    assert all(reason.citation for reason in refused.value.reasons)
    return [reason.code for reason in refused.value.reasons]


def test_only_a_physician_decides_against_the_patient() -> None:
    case = walk(ready(guards=False), *guarded(NOON_SUNDAY, physician=False))
    assert reasons(case) == ["NOT_A_PHYSICIAN"]
    assert reasons(case, outcome="PARTIAL", liable_from=dt.date(2026, 7, 9)) == ["NOT_A_PHYSICIAN"]
    assert walk(case, decided("2026-07-05T13:00:00-05:00", "OVERTURNED")).state == "DETERMINED"


def test_nobody_but_the_assigned_reviewer_decides() -> None:
    assert reasons(ready(), reviewer="pr-99") == ["REVIEWER_NOT_ASSIGNED"]


def test_an_outcome_the_case_type_does_not_have_is_refused() -> None:
    assert "UNKNOWN_OUTCOME" in reasons(ready(), outcome="DRG_UPHELD")


def test_everything_that_is_missing_is_named_at_once() -> None:
    case = walk(opened(), notified("2026-07-04T23:50:00-05:00"), assigned(NOON_SUNDAY))
    assert reasons(case, at="2026-07-05T11:00:00-05:00") == [
        "VIEWS_SOLICITED_MISSING",
        "NOTICE_VALID_MISSING",
        "EXPLANATION_OFFERED_MISSING",
        "INFORMATION_INCOMPLETE",
        "RECORDS_NOT_DUE",
    ]


def test_without_records_the_hospital_has_not_carried_its_burden_but_the_patient_may_win() -> None:
    """42 CFR 405.1206(c), (d)(7): evidence at hand, after the hospital's time is over."""
    case = walk(opened(), notified("2026-07-04T23:50:00-05:00"), *guarded("2026-07-05T09:00:00-05:00"))
    assert reasons(case) == ["INFORMATION_INCOMPLETE"]
    assert reasons(case, at="2026-07-05T11:59:59-05:00", outcome="OVERTURNED") == ["RECORDS_NOT_DUE"]
    assert walk(case, decided("2026-07-05T13:00:00-05:00", "OVERTURNED")).state == "DETERMINED"


def test_an_invalid_notice_cannot_be_upheld_and_a_valid_one_is_not_invalid() -> None:
    invalid = walk(ready(guards=False), *guarded(NOON_SUNDAY, valid=False))
    assert reasons(invalid) == ["CONTRADICTS_VALIDITY"]
    assert walk(invalid, decided("2026-07-05T13:00:00-05:00", "INVALID_NOTICE")).state == "DETERMINED"
    assert reasons(ready(), outcome="INVALID_NOTICE") == ["CONTRADICTS_VALIDITY"]


def test_a_partial_outcome_needs_a_day_and_a_timely_request_protects_all_the_same() -> None:
    assert reasons(ready(), outcome="PARTIAL") == ["LIABILITY_DATE"]
    assert reasons(ready(), liable_from=dt.date(2026, 7, 9)) == ["LIABILITY_DATE"]
    assert reasons(ready(), outcome="PARTIAL", liable_from=dt.date(2026, 7, 4)) == ["LIABILITY_BEFORE_END"]


def test_a_reviewer_who_does_not_attest_gets_no_case() -> None:
    unattested = assigned(NOON_SUNDAY)
    with pytest.raises(Refusal) as refused:
        walk(ready(guards=False), done("assigned", NOON_SUNDAY, assigned=unattested.assigned, attested=False))
    assert refused.value.reasons[0].code == "NO_ATTESTATION"


def test_information_is_complete_once() -> None:
    with pytest.raises(Refusal) as refused:
        walk(ready(), done("information_complete", NOON_SUNDAY))
    assert refused.value.reasons[0].code == "ALREADY_COMPLETE"


def test_the_first_telling_counts_and_a_second_is_refused() -> None:
    case = walk(
        ready(),
        decided("2026-07-05T13:00:00-05:00"),
        told(Role.BENEFICIARY, "2026-07-05T14:00:00-05:00", How.UNREACHABLE),
        told(Role.BENEFICIARY, "2026-07-05T15:00:00-05:00"),
    )
    with pytest.raises(Refusal) as refused:
        walk(case, told(Role.BENEFICIARY, "2026-07-06T09:00:00-05:00"))
    assert refused.value.reasons[0].code == "ALREADY_TOLD"
    assert case.course.facts["patient_told"] == utc("2026-07-05T15:00:00-05:00")


@pytest.mark.parametrize("at", ["2026-07-05T12:59:59-05:00", "2026-07-04T20:00:00-05:00"])
def test_nobody_is_told_before_the_determination(at: str) -> None:
    case = walk(ready(), decided("2026-07-05T13:00:00-05:00"))
    with pytest.raises(Refusal) as refused:
        walk(case, told(Role.PROVIDER, at))
    assert refused.value.reasons[0].code == "TIME_OUT_OF_ORDER"


def test_nothing_happens_before_the_request() -> None:
    with pytest.raises(Refusal) as refused:
        walk(opened(), notified("2026-07-04T23:39:59-05:00"))
    assert [(r.code, r.field) for r in refused.value.reasons] == [("TIME_OUT_OF_ORDER", "at")]


@pytest.mark.parametrize(
    ("act", "code", "field"),
    [
        (done("danced", NOON_SUNDAY), "UNKNOWN_STEP", "step"),
        (done("told", NOON_SUNDAY, party=Role.BENEFICIARY, how=How.PHONE), "ILLEGAL_TRANSITION", "step"),
        (done("validity_found", NOON_SUNDAY), "MISSING", "answers.notice_valid"),
        (done("views_solicited", NOON_SUNDAY, facts={"admitted": dt.date(2026, 7, 1)}), "UNEXPECTED", "facts.admitted"),
        (done("views_solicited", NOON_SUNDAY, answers={"weather": "fine"}), "UNEXPECTED", "answers.weather"),
        (
            done("views_solicited", NOON_SUNDAY, circumstances=frozenset({"-rainy"})),
            "UNKNOWN_CIRCUMSTANCE",
            "circumstances",
        ),
    ],
)
def test_a_step_that_does_not_fit_names_the_field(act: Any, code: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        walk(ready(guards=False), act)
    (reason,) = refused.value.reasons
    assert (reason.code, reason.field) == (code, field)


def test_a_party_the_case_does_not_have_cannot_be_told() -> None:
    case = walk(ready(), decided("2026-07-05T13:00:00-05:00"))
    with pytest.raises(Refusal) as refused:
        walk(case, told(Role.PLAN, "2026-07-05T14:00:00-05:00"))
    assert [reason.code for reason in refused.value.reasons] == ["NO_SUCH_PARTY"]


def test_a_reconsideration_without_a_decision_against_the_patient_is_refused() -> None:
    case = walk(
        ready(), decided("2026-07-05T13:00:00-05:00", "OVERTURNED"), *everyone_told("2026-07-05T14:00:00-05:00")
    )
    with pytest.raises(Refusal) as refused:
        walk(case, done("reconsideration_requested", "2026-07-05T15:00:00-05:00", party=Role.BENEFICIARY))
    assert [reason.code for reason in refused.value.reasons] == ["NOT_RECONSIDERABLE"]
    assert case.type is CaseType.HOSP_DISCHARGE_FFS
