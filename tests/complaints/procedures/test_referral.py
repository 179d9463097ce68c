"""Referrals: notice, 30 days, comments, exceptions; what the QIN-QIO hears of a complaint (42 CFR 480.105, .106)."""

from typing import Any

import pytest

from services.complaints.domain import engine, filing, procedures, referring
from services.complaints.domain.case import Case
from services.complaints.domain.letters.complete import lacking
from services.complaints.domain.look import Act
from services.complaints.domain.procedure import check
from shared.contracts.complaints import CaseType, Channel, FileCase, Role
from shared.contracts.notifications import NoticeRequested
from tests.complaints.cases import CASE, DESK, LATER, NAMES, assigned, done, opened, party, utc, walk
from tests.complaints.procedures import quality_cases as quality
from tests.complaints.procedures.federal import ANNOUNCER, codes, notices, passed
from tests.complaints.procedures.federal import requested as letters

AT = "2026-05-14T10:00-04:00"
WORDS = {"disclosed_to": "the State board of nursing", "disclosed_information": "the findings on one practitioner"}
REFERRED = {"referred_to": WORDS["disclosed_to"], "referred_information": WORDS["disclosed_information"]}
SENT = done("sent", "2026-06-14T09:00-04:00", words=REFERRED)


def referral(*roles: Role, **changes: Any) -> Case:
    """A hospital in New York (W21)."""
    values: dict[str, Any] = {
        "case_type": CaseType.REFERRAL,
        "facility_ccn": "330001",
        "state": "NY",
        "zip_code": "10001",
        "received_at": utc("2026-05-14T09:00-04:00"),
        "channel": Channel.PORTAL,
        "parties": tuple(party(role) for role in (Role.PROVIDER, *roles)),
    } | changes
    return opened(**values)


def addressed(recipient: str = "licensing_board", *roles: Role, **answers: str) -> Case:
    """To whom it goes."""
    given = {"recipient": recipient} | ({"on_request": "no"} if recipient == "licensing_board" else {}) | answers
    return walk(referral(*roles), done("addressed", AT, answers=given))


def given(role: Role, at: str) -> Act:
    """The notice reached somebody."""
    return done("notice_given", at, party=role)


def waiting(*roles: Role) -> Case:
    """W21: the hospital has notice and copy on Fri 2026-05-15."""
    asked = walk(addressed("licensing_board", *roles), done("notice_asked", AT, words=WORDS))
    return walk(asked, given(Role.PROVIDER, "2026-05-15T10:00-04:00"))


def test_the_procedure_fits_together_and_its_letters_are_complete() -> None:
    check(procedures.of(CaseType.REFERRAL))
    assert not lacking(procedures.of(CaseType.REFERRAL))


def test_w21_thirty_days_pass_between_notice_and_disclosure() -> None:
    """42 CFR 480.105(b)(2): not before Sun 2026-06-14."""
    assert codes(waiting(), done("sent", "2026-06-13T23:00-04:00", words=REFERRED)) == {"ILLEGAL_TRANSITION"}
    assert passed(waiting(), utc("2026-06-13T23:59:59-04:00")).state == "WAITING"
    case = passed(waiting(), utc("2026-06-14T00:00:01-04:00"))
    assert case.state == "DISCLOSABLE"
    assert codes(case, done("sent", "2026-06-13T23:00-04:00", words=REFERRED)) == {"TOO_EARLY"}
    taken = engine.act(case, SENT, DESK, LATER)
    assert taken.case.state == "CLOSED"
    assert [one.step for one in taken.steps] == ["sent", "closed"]
    assert taken.case.on_time


def test_practitioner_and_institution_both_have_their_thirty_days() -> None:
    case = waiting(Role.PRACTITIONER)
    assert passed(case, utc("2026-06-15T00:00-04:00")).state == "WAITING"
    case = walk(case, given(Role.PRACTITIONER, "2026-05-20T10:00-04:00"))
    assert passed(case, utc("2026-06-18T23:59:59-04:00")).state == "WAITING"
    assert passed(case, utc("2026-06-19T00:00:01-04:00")).state == "DISCLOSABLE"


def test_the_notice_goes_with_a_copy_to_those_it_is_about() -> None:
    ask = done("notice_asked", AT, words=WORDS)
    assert codes(addressed(), done("notice_asked", AT)) == {"MISSING"}
    assert notices(addressed(), ask) == [("DISCLOSURE_30D", "provider")]
    both = [("DISCLOSURE_30D", "provider"), ("DISCLOSURE_30D", "practitioner")]
    assert notices(addressed("licensing_board", Role.PRACTITIONER), ask) == both
    (letter,) = letters(addressed(), ask)
    assert letter.facts["disclose_from"] == "2026-06-13"  # 30 days after the notice is written; delivery moves it on
    assert "NOT_FOR_THIS_PARTY" in codes(waiting(), given(Role.PRACTITIONER, "2026-05-16T10:00-04:00"))


def test_comments_go_along() -> None:
    commented = done("comments_received", "2026-06-01T10:00-04:00", party=Role.PROVIDER, note="we disagree")
    case = passed(walk(waiting(), commented), utc("2026-06-14T00:00:01-04:00"))
    assert codes(case, SENT) == {"COMMENTS_NOT_ATTACHED"}
    attached = done("sent", "2026-06-14T09:00-04:00", words=REFERRED, answers={"comments_attached": "yes"})
    assert walk(case, attached).state == "CLOSED"


def test_a_board_gets_on_request_what_it_must_and_may_get_without() -> None:
    """42 CFR 480.138(a)(1)."""
    assert codes(referral(), done("addressed", AT, answers={"recipient": "licensing_board"})) == {"ON_REQUEST_MISSING"}
    drop = done("dropped", AT, note="not worth it")
    assert codes(addressed(on_request="yes"), drop) == {"MUST_DISCLOSE"}
    assert walk(addressed(on_request="no"), drop).course.ended == "NOT_REFERRED"


def test_fraud_and_imminent_danger_skip_the_wait_each_as_the_law_has_it() -> None:
    """42 CFR 480.106."""
    fraud = done("excepted_for_fraud", AT, note="billing for the dead")
    assert codes(addressed(), fraud) == {"EXCEPTION_NOT_OPEN"}
    oig = walk(addressed("oig"), fraud)
    assert (oig.state, oig.course.answers["exception"]) == ("DISCLOSABLE", "fraud_or_abuse")
    assert notices(addressed("oig"), fraud) == []
    danger = done("excepted_for_danger", AT, note="patients are at risk now", words=WORDS)
    assert notices(addressed(), danger) == [("DISCLOSURE_30D", "provider")]  # together with the information
    assert walk(addressed(), danger, done("sent", AT, words=REFERRED)).state == "CLOSED"
    assert walk(waiting(), done("excepted_for_danger", "2026-05-20T10:00-04:00", note="now", words=WORDS)).state == (
        "DISCLOSABLE"
    )


@pytest.mark.parametrize("recipient", ["mac", "plan_grievance", "medicare_line", "other_qio"])
def test_what_is_others_to_handle_goes_without_notice(recipient: str) -> None:
    case = walk(addressed(recipient), done("no_notice_needed", AT), done("sent", AT, words=REFERRED))
    assert case.state == "CLOSED"


def test_bodies_that_investigate_or_improve_need_the_notice() -> None:
    for recipient in ("state_survey_agency", "licensing_board", "oig", "ocr"):
        assert codes(addressed(recipient), done("no_notice_needed", AT)) == {"NOTICE_NEEDED"}
    assert codes(referral(), done("addressed", AT, answers={"recipient": "a_friend"})) == {"RECIPIENT_UNKNOWN"}
    assert codes(referral(), done("addressed", AT, answers={"recipient": "qin_qio"})) == {"NOT_INSTITUTION_ONLY"}


def test_only_those_whom_the_case_names_hear_that_it_was_sent() -> None:
    ready = passed(
        walk(
            addressed("licensing_board", Role.BOARD),
            done("notice_asked", AT, words=WORDS),
            given(Role.PROVIDER, "2026-05-15T10:00-04:00"),
        ),
        utc("2026-06-14T00:00:01-04:00"),
    )
    assert notices(ready, SENT) == [("REFERRAL_SENT", "board")]


def closed_complaint(findings: Any = quality.FALL_NOT_MET) -> Case:
    """W13 without a reconsideration."""
    signed = walk(quality.discussed(), quality.decides("final_signed", "2026-02-26T12:00-06:00", findings))
    told = walk(
        signed,
        *quality.told("told", "2026-02-27T11:00-06:00", *quality.EVERYONE),
        *quality.lettered("letter_left", "2026-03-02T09:00-06:00", *quality.EVERYONE),
    )
    return passed(told, utc("2026-03-03T00:00:00-06:00"))


def of_complaint() -> FileCase:
    """The referral that the closed complaint leads to."""
    command = referring.referral_of(closed_complaint())
    assert command is not None
    return command


def test_a_confirmed_concern_is_referred_with_provider_and_topic_only() -> None:
    command = of_complaint()
    assert command == of_complaint()  # asked again, the same referral
    assert command.family == closed_complaint().family
    assert [(one.id, one.topic) for one in command.concerns] == [("fall", "falls")]
    text = command.model_dump_json()
    private = (quality.FALL.words, quality.DRUGS.words, NAMES[Role.BENEFICIARY].name, NAMES[Role.PRACTITIONER].name)
    assert not [word for word in (*private, closed_complaint().sealed.beneficiary, "As the record") if word in text]
    assert filing.identity(command) == filing.identity(of_complaint())


def test_nothing_is_referred_before_the_close_or_where_every_standard_was_met() -> None:
    assert referring.referral_of(quality.issued()) is None
    assert referring.referral_of(closed_complaint(quality.found())) is None
    assert referring.referral_of(waiting()) is None


def test_a_reconsideration_has_the_last_word_on_what_is_confirmed() -> None:
    case = walk(
        quality.issued(),
        done("reconsideration_requested", "2026-03-02T15:00-06:00", party=Role.PROVIDER),
        assigned("2026-03-03T09:00-06:00", "pr-18", level=1),
        quality.decides("reconsideration_decided", "2026-03-06T09:00-06:00", quality.found(), reviewer="pr-18"),
        *quality.told("reconsideration_told", "2026-03-06T10:00-06:00", *quality.EVERYONE),
        *quality.lettered("reconsideration_letter_left", "2026-03-07T11:00-06:00", *quality.EVERYONE),
    )
    assert case.state == "CLOSED"
    assert referring.referral_of(case) is None


def test_the_qin_qio_hears_it_after_the_notice_of_480_105_and_thirty_days() -> None:
    taken = filing.open_case(CASE, filing.read(of_complaint(), DESK, LATER), DESK, LATER)
    case = taken.case
    assert (case.state, case.course.answers["recipient"]) == ("NOTICE_GIVEN", "qin_qio")
    asked = [emit.event for emit in ANNOUNCER.changes(None, taken, DESK, LATER)]
    assert ("DISCLOSURE_30D", "provider") in {
        (event.notice_type, event.recipient.role) for event in asked if isinstance(event, NoticeRequested)
    }
    case = walk(case, given(Role.PROVIDER, "2026-03-04T10:00-06:00"))
    assert passed(case, utc("2026-04-02T23:59:59-05:00")).state == "WAITING"
    case = passed(case, utc("2026-04-03T00:00:01-05:00"))
    assert case.state == "DISCLOSABLE"
    assert referring.topics_for_qin_qio(case) == ()
    send = done("sent", "2026-04-03T09:00-05:00")
    assert notices(case, send) == []
    assert referring.topics_for_qin_qio(walk(case, send)) == (("fall", "falls"),)


def test_a_referral_goes_to_the_qin_qio_by_itself_only_where_a_concern_was_confirmed_and_worded() -> None:
    assert referral().state == "RECEIVED"
    confirmed = frozenset({"confirmed_concern"})
    assert referral(circumstances=confirmed).state == "RECEIVED"
    assert referral(circumstances=confirmed, words={"disclosed_to": "the QIN-QIO"}).state == "RECEIVED"
    assert referral(circumstances=confirmed, words={"disclosed_information": "falls"}).state == "RECEIVED"
    assert referral(circumstances=confirmed, words=WORDS).state == "NOTICE_GIVEN"


def test_what_was_handed_over_to_whom_is_written_down() -> None:
    ready = passed(waiting(), utc("2026-06-14T00:00:01-04:00"))
    for element in REFERRED:
        words = {name: text for name, text in REFERRED.items() if name != element}
        assert codes(ready, done("sent", "2026-06-14T09:00-04:00", words=words)) == {"MISSING"}
