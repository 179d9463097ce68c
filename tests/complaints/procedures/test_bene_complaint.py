"""Written complaints: the whole life of W13, what is refused, and what nobody outside hears (42 CFR 476.120-.150)."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from services.complaints.domain import amendments, engine, filing, procedures
from services.complaints.domain.case import Case, Taken
from services.complaints.domain.deadlines import Status
from services.complaints.domain.letters.complete import lacking
from services.complaints.domain.look import Act
from services.complaints.domain.procedure import check
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import (
    CASES,
    AddConcern,
    CaseAdvanced,
    CaseClosed,
    CaseDetermined,
    CaseType,
    Channel,
    Concern,
    How,
    PartyNotified,
    ReopenGround,
    Role,
    Severity,
    Timeliness,
)
from shared.contracts.notifications import REQUESTS
from tests.complaints.cases import DESK, LATER, assigned, command, done, due, utc, walk
from tests.complaints.procedures.federal import ANNOUNCER, codes, notices, passed, published
from tests.complaints.procedures.federal import requested as letters
from tests.complaints.procedures.quality_cases import (
    CARE,
    EVERYONE,
    FALL_NOT_MET,
    accepted,
    complaint,
    decides,
    discussed,
    final,
    found,
    issued,
    lettered,
    offered,
    requested,
    reviewing,
    screened,
    told,
)

ALL_MET = found()
BOTH_NOT_MET = found(fall=Severity.SIGNIFICANT, drugs=Severity.OTHER)
SUMMARY = {"discussion_summary": "What was said."}


def end_of(day: str) -> dt.datetime:
    """The last second of a day in Chicago."""
    return utc(f"{day}T23:59:59-{'05' if day >= '2026-03-08' else '06'}:00")


def status(case: Case, rule: str) -> Status:
    """What became of the last clock of a rule."""
    return next(d.status for d in reversed(case.deadlines) if d.rule_id == rule)


def refused(code: str, **changes: Any) -> bool:
    """Whether a filing is refused with this code."""
    with pytest.raises(Refusal) as raised:
        complaint(**changes)
    return code in {reason.code for reason in raised.value.reasons}


def test_the_procedure_fits_together_and_its_letters_are_complete() -> None:
    procedure = procedures.of(CaseType.BENE_COMPLAINT)
    check(procedure)
    assert not lacking(procedure)


def test_w13_the_whole_life_of_a_complaint_over_presidents_day() -> None:
    """case-rules W13; vector 476.130(d)(1): Thu 26, Fri 27, Mon 03-02."""
    case = requested()
    assert case.timeliness is Timeliness.TIMELY  # exactly 3 years after the care
    assert due(case, "BC-C1") == end_of("2026-02-17")  # the holiday of 02-16 is irrelevant
    assert due(reviewing(), "BC-C2") == end_of("2026-02-22")  # a Sunday, no roll
    case = offered()
    assert status(case, "BC-C2") is Status.MET
    assert due(case, "BC-C3") == end_of("2026-02-27")
    assert due(discussed(), "BC-C5-DISCUSSED") == end_of("2026-03-02")
    assert due(final(), "BC-C6") == end_of("2026-03-03")
    case = issued()
    assert case.state == "FINAL_ISSUED"
    assert {status(case, rule) for rule in ("BC-C3", "BC-C5-DISCUSSED", "BC-C6")} == {Status.MET}
    assert due(case, "BC-C7") == end_of("2026-03-02")  # 28, 1, 2
    case = walk(case, done("reconsideration_requested", "2026-03-02T15:00-06:00", party=Role.BENEFICIARY))
    assert due(case, "BC-C8") == end_of("2026-03-07")
    case = walk(
        case,
        assigned("2026-03-03T09:00-06:00", "pr-18", level=1),
        decides("reconsideration_decided", "2026-03-06T09:00-06:00", reviewer="pr-18"),
        *told("reconsideration_told", "2026-03-06T10:00-06:00", *EVERYONE),
    )
    assert due(case, "BC-C9") == utc("2026-03-07T12:00-06:00")  # noon of Sat 03-07
    case = walk(case, *lettered("reconsideration_letter_left", "2026-03-07T11:00-06:00", *EVERYONE))
    assert case.state == "CLOSED"
    assert case.on_time
    assert {d.status for d in case.deadlines} <= {Status.MET, Status.VOID}
    assert {status(case, rule) for rule in ("BC-C7", "BC-C8", "BC-C9")} == {Status.MET}


def test_w14_the_limit_of_three_years_reads_the_later_day_and_names_the_way_out() -> None:
    leap = {"facts": {"care_date": "2024-02-29"}}
    now = utc("2028-01-01T00:00Z")
    made = filing.read(command_of(received_at=utc("2027-03-01T23:00-06:00"), **leap), DESK, now)
    assert made.timeliness is Timeliness.TIMELY
    with pytest.raises(Refusal) as raised:
        filing.read(command_of(received_at=utc("2027-03-02T00:00:01-06:00"), **leap), DESK, now)
    (reason,) = raised.value.reasons
    assert reason.code == "TOO_LATE"
    assert "general quality of care review" in reason.text


def command_of(**changes: Any) -> Any:
    """A complaint as a request."""
    values: dict[str, Any] = {
        "case_type": CaseType.BENE_COMPLAINT,
        "channel": Channel.PORTAL,
        "facts": {"care_date": "2026-01-02"},
        "concerns": (Concern(id="one", topic="falls", words="She fell."),),
    } | changes
    return command(**values)


def test_a_complaint_is_in_writing_and_names_concern_parties_and_day() -> None:
    assert refused("NOT_IN_WRITING", channel=Channel.PHONE)
    assert refused("NO_CONCERN", concerns=())
    assert refused("MISSING_FACT", facts={})
    assert refused("MISSING_PARTY", parties=command_of().parties[:1])


def test_each_way_on_is_refused_until_it_is_prepared() -> None:
    at = "2026-02-05T09:00-06:00"
    both = {"medicare_beneficiary": "no", "medicare_service": "no"}
    assert codes(complaint(), screened(at, "TERRIBLE")) == {"POTENTIAL_SEVERITY_UNKNOWN"}
    case = walk(complaint(), screened(at))
    assert codes(case, done("accepted", at, answers=both)) == {"NOT_MEDICARE_BENEFICIARY", "NOT_MEDICARE_SERVICE"}
    assert codes(requested(), done("non_cooperation_found", at, note="silent")) == {"RECORDS_NOT_DUE"}
    assert codes(requested(), decides("interim_made", at)) == {"ILLEGAL_TRANSITION"}


def test_records_are_wanted_sooner_only_where_the_concern_may_be_grave() -> None:
    sooner = done("records_requested", "2026-02-03T09:00-06:00", facts={"records_wanted_by": dt.date(2026, 2, 6)})
    mild = walk(complaint(), screened("2026-02-02T10:00-06:00"), accepted("2026-02-02T11:00-06:00"))
    assert codes(mild, sooner) == {"SOONER_UNFOUNDED"}
    grave = walk(complaint(), screened("2026-02-02T10:00-06:00", "SUBSTANTIAL"), accepted("2026-02-02T11:00-06:00"))
    case = walk(grave, sooner)
    assert due(case, "BC-C1-SOONER") == end_of("2026-02-06")
    assert case.open_deadline("BC-C1") is None


def test_a_provider_that_keeps_its_records_does_not_end_the_complaint() -> None:
    """42 CFR 476.90: evidence at hand."""
    silent = done("non_cooperation_found", "2026-02-18T00:00:01-06:00", note="two reminders")
    case = walk(requested(), silent, assigned("2026-02-18T09:00-06:00"))
    assert case.state == "IN_REVIEW"
    assert walk(requested(), silent, done("information_complete", "2026-02-19T09:00-06:00")).state == "RECORDS_COMPLETE"


@pytest.mark.parametrize(
    ("findings", "details", "code"),
    [
        (FALL_NOT_MET[:1], {}, "FINDINGS_INCOMPLETE"),
        (FALL_NOT_MET, {"outcome": "ALL_MET"}, "OUTCOME_CONTRADICTED"),
        (FALL_NOT_MET, {"outcome": "UPHELD_PROVIDER"}, "UNKNOWN_OUTCOME"),
        (FALL_NOT_MET, {"reviewer": "pr-99"}, "REVIEWER_NOT_ASSIGNED"),
        (FALL_NOT_MET, {"rationale": ""}, "NO_RATIONALE"),
        (tuple(one.model_copy(update={"severity": None}) for one in FALL_NOT_MET), {}, "SEVERITY_MISSING"),
        (tuple(one.model_copy(update={"severity": Severity.OTHER}) for one in ALL_MET), {}, "SEVERITY_MISSING"),
    ],
)
def test_every_concern_has_a_finding_that_the_outcome_agrees_with(
    findings: tuple[Any, ...], details: dict[str, Any], code: str
) -> None:
    assert code in codes(reviewing(), decides("interim_made", "2026-02-19T16:00-06:00", findings, **details))


def test_all_met_goes_to_the_final_determination_and_its_clock_runs_from_the_sign_off() -> None:
    case = walk(
        reviewing(),
        decides("interim_made", "2026-02-19T16:00-06:00", ALL_MET),
        *told("interim_told", "2026-02-19T17:00-06:00", *CARE),
    )
    offer = done("discussion_offered", "2026-02-20T10:00-06:00", party=Role.PROVIDER, how=How.PHONE)
    assert codes(case, offer) == {"NOTHING_TO_DISCUSS"}
    assert "INTERIM_STANDS" in codes(case, decides("final_signed", "2026-02-20T12:00-06:00"))
    case = walk(case, decides("final_signed", "2026-02-20T12:00-06:00", ALL_MET))
    assert due(case, "BC-C5") == end_of("2026-02-25")  # Mon 23, Tue 24, Wed 25
    assert case.open_deadline("BC-C5-DISCUSSED") is None


def test_what_is_not_met_is_offered_for_discussion_by_telephone_before_it_is_final() -> None:
    case = walk(reviewing(), decides("interim_made", "2026-02-19T16:00-06:00"))
    at = "2026-02-20T10:00-06:00"
    assert "DISCUSSION_NOT_OFFERED" in codes(case, decides("final_signed", at))
    (tells,) = told("interim_told", at, Role.PROVIDER)
    assert codes(case, tells) == {"OFFER_DISCUSSION"}
    by_letter = done("discussion_offered", at, party=Role.PROVIDER, how=How.LETTER)
    assert codes(case, by_letter) == {"NOT_BY_PHONE"}
    to_patient = done("discussion_offered", at, party=Role.BENEFICIARY, how=How.PHONE)
    assert codes(case, to_patient) == {"NOT_FOR_THIS_PARTY"}
    called = walk(case, *told("interim_told", at, Role.PROVIDER, how=How.UNREACHABLE))
    assert called.open_deadline("BC-C3") is None
    assert walk(called, by_letter).state == "DISCUSSION_OFFERED"


def test_the_interim_clock_is_met_only_when_provider_and_practitioner_were_told() -> None:
    case = walk(
        reviewing(),
        decides("interim_made", "2026-02-19T16:00-06:00"),
        done("discussion_offered", "2026-02-20T10:00-06:00", party=Role.PROVIDER, how=How.PHONE),
    )
    assert status(case, "BC-C2") is Status.PENDING
    case = walk(case, *told("interim_told", "2026-02-23T09:00-06:00", Role.PRACTITIONER))
    assert status(case, "BC-C2") is Status.MISSED


def test_without_an_answer_in_seven_days_the_interim_becomes_final_as_it_is() -> None:
    """42 CFR 476.130(c)(2)."""
    assert passed(offered(), utc("2026-02-27T23:59:59-06:00")).state == "DISCUSSION_OFFERED"
    case = passed(offered(), utc("2026-02-28T00:00:00-06:00"))
    assert case.state == "DISCUSSION_LAPSED"
    at = "2026-03-01T09:00-06:00"
    assert codes(case, done("statement_received", at, party=Role.PROVIDER, words=SUMMARY)) == {"ILLEGAL_TRANSITION"}
    assert codes(case, decides("final_signed", at, ALL_MET)) == {"INTERIM_STANDS"}
    case = walk(case, decides("final_signed", at))
    assert due(case, "BC-C5") == end_of("2026-03-04")
    assert due(case, "BC-C6") == end_of("2026-03-06")


def test_an_extension_is_rare_and_needs_its_reason() -> None:
    """42 CFR 476.130(c)(4)."""
    at = "2026-02-26T09:00-06:00"
    longer = {"discussion_extended_to": dt.date(2026, 3, 4)}
    assert codes(offered(), done("discussion_extended", at, facts=longer)) == {"MISSING"}
    case = walk(offered(), done("discussion_extended", at, facts=longer, note="the physician was operated on"))
    assert case.open_deadline("BC-C3") is None
    assert due(case, "BC-C3-EXTENDED") == end_of("2026-03-04")
    assert passed(case, utc("2026-03-04T12:00-06:00")).state == "DISCUSSION_OFFERED"
    assert passed(case, utc("2026-03-05T00:00:00-06:00")).state == "DISCUSSION_LAPSED"


def test_a_statement_stands_for_the_discussion_which_may_only_change_the_finding_for_the_better() -> None:
    statement = done("statement_received", "2026-02-25T15:00-06:00", party=Role.PROVIDER, words=SUMMARY)
    assert codes(offered(), done("statement_received", "2026-02-25T15:00-06:00", party=Role.PROVIDER)) == {"MISSING"}
    case = walk(offered(), statement)
    assert due(case, "BC-C5-DISCUSSED") == end_of("2026-03-02")
    at = "2026-02-26T12:00-06:00"
    assert codes(case, decides("final_signed", at, BOTH_NOT_MET)) == {"NOT_DISCUSSED"}
    assert walk(case, decides("final_signed", at, ALL_MET)).decision() is not None


def test_what_follows_on_is_sealed_with_the_reasons_and_founded_on_a_standard_not_met() -> None:
    at = "2026-02-26T12:00-06:00"
    follow = {"technical_assistance": "yes", "sanction_track": "no"}
    assert codes(discussed(), decides("final_signed", at, ALL_MET, answers=follow)) == {"FOLLOW_ON_UNFOUNDED"}
    assert codes(discussed(), decides("final_signed", at, answers={"board_referral": "soon"})) == {
        "FOLLOW_ON_UNFOUNDED"
    }
    case = walk(discussed(), decides("final_signed", at, answers=follow))
    assert case.sealed.reasons[-1].answers == follow
    assert not follow.keys() & case.course.answers.keys()


def test_nobody_outside_hears_of_the_interim_determination_and_the_discussion() -> None:
    """42 CFR 480.101: a deliberation until it is final."""
    steps: list[tuple[Case, Act]] = [
        (reviewing(), decides("interim_made", "2026-02-19T16:00-06:00")),
        (offered(), done("discussion_held", "2026-02-25T15:00-06:00", party=Role.PROVIDER, words=SUMMARY)),
    ]
    steps.append((walk(*steps[0]), done("discussion_offered", "2026-02-20T10:00-06:00", party=CARE[0], how=How.PHONE)))
    for case, act in steps:
        said = {type(event) for topic, event in published(case, act) if topic == CASES.name}
        assert not said & {CaseAdvanced, CaseDetermined, PartyNotified}
    assert walk(*steps[0]).decision() is None
    said = {type(event) for _, event in published(discussed(), decides("final_signed", "2026-02-26T12:00-06:00"))}
    assert CaseDetermined in said


def test_every_step_asks_for_its_notices() -> None:
    filed = Taken(complaint(), (), complaint().course.log)
    emitted = [emit.event for emit in ANNOUNCER.changes(None, filed, DESK, LATER) if emit.topic == REQUESTS.name]
    assert [(one.notice_type, one.recipient.role) for one in emitted] == [("ACKNOWLEDGEMENT", "beneficiary")]  # type: ignore[attr-defined]
    request = done("records_requested", "2026-02-03T09:00-06:00")
    before = walk(complaint(), screened("2026-02-02T10:00-06:00"), accepted("2026-02-02T11:00-06:00"))
    assert notices(before, request) == [("C_REC_REQUEST", role.value) for role in CARE]
    interim = decides("interim_made", "2026-02-19T16:00-06:00")
    assert notices(reviewing(), interim) == [("C_IID_CALL", role.value) for role in CARE]
    offer = done("discussion_offered", "2026-02-20T10:00-06:00", party=Role.PROVIDER, how=How.PHONE)
    assert notices(walk(reviewing(), interim), offer) == [("DISCUSSION_OFFER", role.value) for role in CARE]
    sign = decides("final_signed", "2026-02-26T12:00-06:00")
    assert notices(discussed(), sign) == [("C_FID_CALL", role.value) for role in EVERYONE]
    (call,) = told("told", "2026-02-27T11:00-06:00", Role.BENEFICIARY)
    assert notices(final(), call) == [("C_FID_LETTER", role.value) for role in EVERYONE]
    (other,) = told("told", "2026-02-27T11:00-06:00", Role.PROVIDER)
    assert notices(final(), other) == []


def test_every_party_reads_its_own_window_whatever_was_found() -> None:
    case = walk(
        final(),
        *told("told", "2026-02-27T11:00-06:00", Role.PROVIDER),
        *told("told", "2026-03-02T11:00-06:00", Role.PRACTITIONER),
    )
    (call,) = told("told", "2026-03-02T12:00-06:00", Role.BENEFICIARY)
    ends = {one.recipient.role: one.facts["reconsideration_deadline"] for one in letters(case, call)}
    assert ends["provider"] == end_of("2026-03-02").isoformat()
    assert ends["practitioner"] == ends["beneficiary"] == end_of("2026-03-05").isoformat()
    assert all("3" in one.facts["reconsideration_right"] for one in letters(case, call))


def test_each_party_has_its_own_three_days_and_the_case_closes_with_the_last() -> None:
    case = walk(
        final(),
        *told("told", "2026-02-27T11:00-06:00", Role.BENEFICIARY, Role.PROVIDER),
        *told("told", "2026-03-02T11:00-06:00", Role.PRACTITIONER),
        *lettered("letter_left", "2026-03-02T12:00-06:00", *EVERYONE),
    )
    asks = {role: done("reconsideration_requested", "2026-03-03T09:00-06:00", party=role) for role in EVERYONE}
    assert codes(case, asks[Role.BENEFICIARY]) == codes(case, asks[Role.PROVIDER]) == {"TOO_LATE"}
    assert codes(case, done("reconsideration_requested", "2026-03-03T09:00-06:00", party=Role.PLAN)) == {
        "NO_RIGHT_TO_RECONSIDERATION"
    }
    assert walk(case, asks[Role.PRACTITIONER]).state == "RECON_REQUESTED"
    assert passed(case, utc("2026-03-03T00:00:00-06:00")).state == "FINAL_ISSUED"
    closed = engine.time_passed(case, DESK, utc("2026-03-06T00:00:00-06:00"))
    assert closed.case.state == "CLOSED"
    assert [fact.outcome for fact in closed.facts if isinstance(fact, CaseClosed)] == ["SOME_NOT_MET"]


def reconsidering() -> Case:
    """A second reviewer has it."""
    return walk(
        issued(),
        done("reconsideration_requested", "2026-03-02T15:00-06:00", party=Role.PROVIDER),
        assigned("2026-03-03T09:00-06:00", "pr-18", level=1),
    )


def test_a_reconsideration_has_another_reviewer_and_the_same_standards() -> None:
    asked = walk(issued(), done("reconsideration_requested", "2026-03-02T15:00-06:00", party=Role.PROVIDER))
    assert codes(asked, assigned("2026-03-03T09:00-06:00", level=1)) == {"EARLIER_REVIEWER"}
    other = tuple(one.model_copy(update={"standard": "Another one."}) for one in ALL_MET)
    at = "2026-03-06T09:00-06:00"
    assert codes(reconsidering(), decides("reconsideration_decided", at, other, reviewer="pr-18")) == {
        "STANDARD_NOT_APPEALABLE"
    }
    decide = decides("reconsideration_decided", at, ALL_MET, reviewer="pr-18")
    assert notices(reconsidering(), decide) == [("C_RECON_CALL", role.value) for role in EVERYONE]
    (call,) = told("reconsideration_told", "2026-03-06T10:00-06:00", Role.BENEFICIARY)
    assert notices(walk(reconsidering(), decide), call) == [("C_RECON_LETTER", role.value) for role in EVERYONE]


def test_records_that_are_needed_give_the_reconsideration_five_days_from_them() -> None:
    """42 CFR 476.140(b)."""
    case = walk(
        reconsidering(), done("reconsideration_records_requested", "2026-03-03T10:00-06:00", note="the night log")
    )
    assert case.open_deadline("BC-C8") is None
    assert case.open_deadline("BC-C8-RECORDS") is None
    case = walk(case, done("reconsideration_records_received", "2026-03-05T10:00-06:00"))
    assert due(case, "BC-C8-RECORDS") == end_of("2026-03-10")


def test_a_second_party_joins_the_reconsideration_of_the_first() -> None:
    case = walk(reconsidering(), done("reconsideration_requested", "2026-03-02T16:00-06:00", party=Role.BENEFICIARY))
    assert case.state == "RECON_ASSIGNED"
    assert due(case, "BC-C8") == end_of("2026-03-07")


def test_concerns_are_added_before_the_interim_determination_and_are_a_new_complaint_after() -> None:
    """42 CFR 476.120(b)."""
    more = Concern(id="food", topic="nutrition", words="She got no breakfast.")
    ask = AddConcern(actor="intake@example.org", case_id=complaint().id, at=utc("2026-02-20T09:00-06:00"), concern=more)
    assert len(amendments.concern_added(reviewing(), ask, DESK, LATER).case.sealed.concerns) == 3
    with pytest.raises(Refusal) as raised:
        amendments.concern_added(offered(), ask, DESK, LATER)
    assert [reason.code for reason in raised.value.reasons] == ["NEW_COMPLAINT"]


def test_a_complaint_is_abandoned_only_where_patient_and_information_are_missing() -> None:
    """42 CFR 476.150(a)."""
    at = "2026-02-10T09:00-06:00"
    some = {"takes_no_part": "yes", "information_lacking": "no"}
    assert codes(requested(), done("abandoned", at, answers=some)) == {"NOT_INFORMATION_LACKING"}
    ends = done("abandoned", at, answers={"takes_no_part": "yes", "information_lacking": "yes"})
    assert notices(requested(), ends) == [("C_ABANDONED", role.value) for role in EVERYONE]
    assert notices(complaint(), ends) == [("C_ABANDONED", "beneficiary")]  # the provider never knew of it
    case = walk(requested(), ends)
    assert (case.state, case.course.ended) == ("ABANDONED", "ABANDONED")
    assert not [d for d in case.deadlines if d.open]


@pytest.mark.parametrize(
    ("act", "ended"),
    [
        (done("withdrawn", "2026-02-02T12:00-06:00"), "WITHDRAWN"),
        (done("found_out_of_jurisdiction", "2026-02-02T12:00-06:00", note="no Medicare"), "OUT_OF_JURISDICTION"),
        (done("found_duplicate", "2026-02-02T12:00-06:00", note="came by fax too"), "DUPLICATE"),
        (
            done(
                "referred",
                "2026-02-02T12:00-06:00",
                words={"referred_to": "1-800-MEDICARE", "referred_information": "a question about a bill"},
            ),
            "REFERRED",
        ),
    ],
)
def test_a_complaint_may_end_without_a_determination(act: Act, ended: str) -> None:
    case = walk(complaint(), act)
    assert (case.state, case.course.ended) == (ended, ended)
    assert notices(complaint(), act) == ([("REFERRAL_SENT", "beneficiary")] if ended == "REFERRED" else [])


def closed() -> Case:
    """Nobody asked."""
    return passed(issued(), utc("2026-03-03T00:00:00-06:00"))


def test_a_closed_complaint_is_reopened_in_its_time_and_goes_the_whole_way_again() -> None:
    def reopen(at: str, ground: ReopenGround) -> Act:
        return done("reopened", at, ground=ground, note="a new record")

    assert closed().state == "CLOSED"
    assert codes(closed(), reopen("2027-02-27T00:00:01-06:00", ReopenGround.ANY)) == {"REOPENING_TOO_LATE"}
    assert not codes(closed(), reopen("2027-02-27T00:00:01-06:00", ReopenGround.NEW_INFORMATION))
    case = walk(closed(), reopen("2026-05-01T09:00-05:00", ReopenGround.ANY))
    assert case.state == "RECORDS_COMPLETE"
    assert "review_completed" not in case.course.facts
    case = walk(
        case,
        assigned("2026-05-01T10:00-05:00"),
        decides("interim_made", "2026-05-04T10:00-05:00", ALL_MET),
        decides("final_signed", "2026-05-05T10:00-05:00", ALL_MET),
    )
    assert due(case, "BC-C6") == end_of("2026-05-10")
    assert case.decision() is not None


def test_each_party_is_told_once_and_only_who_gave_the_care_takes_part_in_the_discussion() -> None:
    at = "2026-02-27T11:00-06:00"
    (again,) = told("interim_told", at, Role.PROVIDER)
    (patient,) = told("interim_told", at, Role.BENEFICIARY)
    assert codes(offered(), again) == {"ALREADY_TOLD"}
    assert codes(offered(), patient) == {"NOT_FOR_THIS_PARTY"}
    for step in ("discussion_held", "statement_received"):
        assert codes(offered(), done(step, at, party=Role.BENEFICIARY, words=SUMMARY)) == {"NOT_FOR_THIS_PARTY"}
    (call,) = told("told", at, Role.BENEFICIARY)
    assert codes(walk(final(), call), call) == {"ALREADY_TOLD"}
    (recon,) = told("reconsideration_told", "2026-03-06T10:00-06:00", Role.PROVIDER)
    decide = decides("reconsideration_decided", "2026-03-06T09:00-06:00", reviewer="pr-18")
    assert codes(walk(reconsidering(), decide, recon), recon) == {"ALREADY_TOLD"}


def test_a_reviewer_attests_and_a_patient_who_takes_part_has_abandoned_nothing() -> None:
    case = walk(requested(), done("information_complete", "2026-02-12T10:00-06:00"))
    given = assigned("2026-02-12T11:00-06:00")
    assert codes(case, dataclasses.replace(given, attested=False)) == {"NO_ATTESTATION"}
    here = {"takes_no_part": "no", "information_lacking": "yes"}
    assert codes(case, done("abandoned", "2026-02-12T12:00-06:00", answers=here)) == {"NOT_TAKES_NO_PART"}
