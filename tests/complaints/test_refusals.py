"""Bad input: each thing that cannot be leads to one clear reason with its source, and shows no value."""

import datetime as dt
from typing import Any

import pytest

from services.complaints.domain import review
from services.complaints.domain.appeal import Appeal, Reviewer
from services.complaints.domain.refusal import CLOCK_SKEW, Refusal
from services.complaints.domain.states import State
from shared.contracts.complaints import Channel, How, Outcome, Party, Timeliness
from tests.complaints import cases
from tests.complaints.cases import LATER, decided, guarded, informed, notified, opened, told, utc, walk

NOON_SUNDAY = "2026-07-05T12:00:00-05:00"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"received_at": dt.datetime(2026, 7, 4, 23, 40)}, "TIME_WITHOUT_ZONE", "received_at"),  # noqa: DTZ001
        ({"notice_given_at": dt.datetime(2026, 7, 3, 9)}, "TIME_WITHOUT_ZONE", "notice_given_at"),  # noqa: DTZ001
        ({"received_at": LATER + 2 * CLOCK_SKEW}, "TIME_IN_FUTURE", "received_at"),
        ({"discharge_on": dt.date(2026, 6, 27)}, "DISCHARGE_BEFORE_ADMISSION", "discharge_on"),
        ({"received_at": utc("2026-06-27T12:00:00-05:00")}, "REQUEST_BEFORE_ADMISSION", "received_at"),
        ({"still_inpatient": False, "discharge_on": dt.date(2026, 7, 6)}, "LEFT_BEFORE_DISCHARGE", "discharge_on"),
        ({"state": "ZZ", "zip_code": None}, "UNKNOWN_STATE", "state"),
        ({"zip_code": "10001"}, "ZIP_IN_OTHER_STATE", "zip_code"),
        ({"zone": "Mars/Olympus"}, "UNKNOWN_ZONE", "zone"),
        (
            {
                "received_at": utc("2006-07-04T12:00:00-05:00"),
                "admitted_on": dt.date(2006, 7, 1),
                "discharge_on": dt.date(2006, 7, 4),
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
    assert reason.citation
    assert reason.text.endswith(".")
    assert "Ana" not in reason.text + str(refused.value)


@pytest.mark.parametrize("channel", Channel)
def test_an_untimely_request_is_never_refused_for_being_late(channel: Channel) -> None:
    """42 CFR 405.1206(b)(5): a late request is decided, only without the protection."""
    appeal = opened(received_at=utc("2026-07-20T09:00:00-05:00"), channel=channel)
    assert appeal.filing.timeliness() is Timeliness.LATE_INPATIENT
    assert appeal.state is State.RECEIVED


def ready(outcome_ready: bool = True) -> Appeal:
    steps = [notified("2026-07-04T23:50:00-05:00"), informed("2026-07-05T10:15:00-05:00")]
    return walk(opened(), *steps, *(guarded(NOON_SUNDAY) if outcome_ready else ()))


def reasons(appeal: Appeal, at: str = "2026-07-05T13:00:00-05:00", **decision: Any) -> list[str]:
    with pytest.raises(Refusal) as refused:
        decided(at, **decision)(appeal)
    assert all(reason.citation for reason in refused.value.reasons)
    return [reason.code for reason in refused.value.reasons]


def test_only_a_physician_decides_against_the_patient() -> None:
    nurse = Reviewer(id="rn-2", physician=False)
    appeal = walk(
        ready(outcome_ready=False),
        *guarded(NOON_SUNDAY, reviewer=nurse),
    )
    assert reasons(appeal, reviewer="rn-2") == ["PHYSICIAN_NEEDED"]
    partial: dict[str, Any] = {"outcome": Outcome.PARTIAL, "liable_from": dt.date(2026, 7, 9)}
    assert reasons(appeal, reviewer="rn-2", **partial) == ["PHYSICIAN_NEEDED"]
    favourable = walk(appeal, decided("2026-07-05T13:00:00-05:00", Outcome.OVERTURNED, "rn-2"))
    assert favourable.state is State.DETERMINED


def test_nobody_but_the_assigned_reviewer_decides() -> None:
    assert reasons(ready(), reviewer="pr-99") == ["NOT_THE_REVIEWER"]


def test_everything_that_is_missing_is_named_at_once() -> None:
    appeal = walk(
        opened(),
        notified("2026-07-04T23:50:00-05:00"),
        lambda a: review.reviewer_assigned(a, utc(NOON_SUNDAY), cases.REVIEWER, attested=True, now=LATER),
    )
    assert reasons(appeal, at="2026-07-05T11:00:00-05:00") == [
        "VIEWS_NOT_SOLICITED",
        "NO_EXPLANATION_OFFERED",
        "VALIDITY_NOT_FOUND",
        "INFORMATION_INCOMPLETE",
        "RECORDS_NOT_DUE",
    ]


def test_without_records_the_hospital_has_not_carried_its_burden_but_the_patient_may_win() -> None:
    """42 CFR 405.1206(c), (d)(7): evidence at hand, after the hospital's time is over."""
    appeal = walk(opened(), notified("2026-07-04T23:50:00-05:00"), *guarded("2026-07-05T09:00:00-05:00"))
    assert reasons(appeal) == ["INFORMATION_INCOMPLETE"]
    assert reasons(appeal, at="2026-07-05T11:59:59-05:00", outcome=Outcome.OVERTURNED) == ["RECORDS_NOT_DUE"]
    assert walk(appeal, decided("2026-07-05T13:00:00-05:00", Outcome.OVERTURNED)).state is State.DETERMINED


def test_an_invalid_notice_cannot_be_upheld_and_a_valid_one_is_not_invalid() -> None:
    invalid = walk(ready(outcome_ready=False), *guarded(NOON_SUNDAY, valid=False))
    assert reasons(invalid) == ["CONTRADICTS_VALIDITY"]
    assert walk(invalid, decided("2026-07-05T13:00:00-05:00", Outcome.INVALID_NOTICE)).state is State.DETERMINED
    assert reasons(ready(), outcome=Outcome.INVALID_NOTICE) == ["CONTRADICTS_VALIDITY"]


def test_a_partial_outcome_needs_a_day_and_a_timely_request_protects_all_the_same() -> None:
    assert reasons(ready(), outcome=Outcome.PARTIAL) == ["LIABILITY_DATE"]
    assert reasons(ready(), liable_from=dt.date(2026, 7, 9)) == ["LIABILITY_DATE"]
    assert reasons(ready(), outcome=Outcome.PARTIAL, liable_from=dt.date(2026, 7, 4)) == ["LIABILITY_DATE"]


def test_a_reviewer_who_does_not_attest_gets_no_case() -> None:
    with pytest.raises(Refusal) as refused:
        review.reviewer_assigned(ready(), utc(NOON_SUNDAY), cases.REVIEWER, attested=False, now=LATER)
    assert refused.value.reasons[0].code == "NO_ATTESTATION"


def test_information_is_complete_once() -> None:
    with pytest.raises(Refusal) as refused:
        informed(NOON_SUNDAY)(ready())
    assert refused.value.reasons[0].code == "ALREADY_COMPLETE"


def test_the_first_telling_counts_and_a_second_is_refused() -> None:
    appeal = walk(
        ready(),
        decided("2026-07-05T13:00:00-05:00"),
        told(Party.BENEFICIARY, "2026-07-05T14:00:00-05:00", How.UNREACHABLE),
        told(Party.BENEFICIARY, "2026-07-05T15:00:00-05:00"),
    )
    with pytest.raises(Refusal) as refused:
        told(Party.BENEFICIARY, "2026-07-06T09:00:00-05:00")(appeal)
    assert refused.value.reasons[0].code == "ALREADY_TOLD"
    assert appeal.progress.told_at(Party.BENEFICIARY) == utc("2026-07-05T15:00:00-05:00")


@pytest.mark.parametrize("at", ["2026-07-05T12:59:59-05:00", "2026-07-04T20:00:00-05:00"])
def test_nobody_is_told_before_the_determination(at: str) -> None:
    appeal = walk(ready(), decided("2026-07-05T13:00:00-05:00"))
    with pytest.raises(Refusal) as refused:
        told(Party.HOSPITAL, at)(appeal)
    assert refused.value.reasons[0].code == "TIME_OUT_OF_ORDER"
