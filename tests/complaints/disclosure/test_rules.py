"""Every pair of recipient and information has an answer, and the answers are those of 42 CFR part 480."""

import datetime as dt
from typing import Any, get_args

import pytest

from services.complaints.domain.disclosure import rules
from services.complaints.domain.disclosure.decide import Decision, Disclosure, Request, decide
from services.complaints.domain.disclosure.recipients import (
    MEANINGS,
    STATED,
    Condition,
    Information,
    NoticeException,
    Recipient,
)
from services.complaints.domain.disclosure.rules import RULES, Permission, rule_for
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.rules import BOOK
from shared.contracts import disclosures
from shared.contracts.complaints import CaseType
from shared.contracts.message import REDISCLOSURE

DESK = Desk(book=BOOK)
PAIRS = [(recipient, information) for recipient in Recipient for information in Information]
OVERSIGHT = {Recipient.CMS, Recipient.OIG, Recipient.GAO}
PARTIES = {
    Recipient.BENEFICIARY,
    Recipient.REPRESENTATIVE,
    Recipient.PRACTITIONER,
    Recipient.INSTITUTION,
    Recipient.COMPLAINT_PROVIDER,
}
NOW = dt.datetime(2026, 5, 20, 15, 0, tzinfo=dt.UTC)
NOTICE = dt.date(2026, 5, 15)


def ask(recipient: Recipient, information: Information, now: dt.datetime = NOW, **changes: Any) -> Disclosure:
    """Decide a request for which everything that can be vouched for is vouched for."""
    values: dict[str, Any] = {"case_type": CaseType.BENE_COMPLAINT, "zone": "America/New_York", "stated": STATED}
    return decide(Request(recipient=recipient, information=information, **values | changes), DESK, now)


def test_every_pair_has_a_rule_with_a_citation_and_what_no_row_allows_is_never_disclosed() -> None:
    for pair in PAIRS:
        rule = rule_for(*pair)
        assert "42 CFR" in rule.citation
        assert (rule.recipient, rule.information) == pair
        assert (rule.permission is Permission.NEVER) is (pair not in RULES)
        assert (rule.permission is Permission.CONDITIONAL) is bool(rule.conditions)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "-".join(pair) if isinstance(pair, tuple) else "")
def test_every_request_is_decided_and_only_what_a_rule_allows_can_leave(pair: tuple[Recipient, Information]) -> None:
    best = ask(*pair, now=NOW + dt.timedelta(days=60), smallest_cell=11, notice_given=NOTICE)
    expected = Decision.REFUSED if rule_for(*pair).permission is Permission.NEVER else Decision.ALLOWED
    assert best.decision is expected
    assert best.redisclosure == REDISCLOSURE == "42CFR480.107"
    assert bool(best.reasons) is (expected is Decision.REFUSED)
    assert all(reason.citation for reason in best.reasons)


def test_a_pair_in_two_rows_is_refused_when_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = ((Recipient.PUBLIC,), (Information.AGGREGATE,), (), "x")
    monkeypatch.setattr(rules, "_ALLOWED", (twice, twice))
    with pytest.raises(rules.RulesContradict):
        rules._table()


def test_reviewers_and_deliberations_stay_with_the_qio_and_its_overseers() -> None:
    for recipient in set(Recipient) - OVERSIGHT:
        assert rule_for(recipient, Information.REVIEWER_IDENTITY).permission is Permission.NEVER
        assert rule_for(recipient, Information.DELIBERATIONS).permission is Permission.NEVER
    assert rule_for(Recipient.GAO, Information.DELIBERATIONS).conditions == {Condition.NECESSARY}
    assert rule_for(Recipient.GAO, Information.DELIBERATIONS).citation == "42 CFR 480.139(a)(1)(ii)"


def test_sanction_reports_go_to_their_subject_the_oig_cms_and_investigators_of_fraud() -> None:
    allowed = {r for r in Recipient if rule_for(r, Information.SANCTION_REPORTS).permission is not Permission.NEVER}
    assert allowed == {*OVERSIGHT, Recipient.PRACTITIONER, Recipient.INSTITUTION, Recipient.FRAUD_AGENCY} - {
        Recipient.GAO
    }


def test_answers_of_an_emergency_case_go_to_cms_alone() -> None:
    allowed = [r for r in Recipient if rule_for(r, Information.EMTALA_ANSWERS).permission is not Permission.NEVER]
    assert allowed == [Recipient.CMS]


def test_nobody_but_the_department_learns_of_another_patient() -> None:
    allowed = {r for r in Recipient if rule_for(r, Information.OTHER_PATIENT).permission is not Permission.NEVER}
    assert allowed == {Recipient.CMS, Recipient.OIG}


def test_payers_get_determination_dates_and_liability_with_encrypted_identifiers_and_nothing_else() -> None:
    for payer in (Recipient.MAC, Recipient.MAO):
        allowed = {i for i in Information if rule_for(payer, i).permission is not Permission.NEVER}
        numbers = {Information.AGGREGATE}
        assert allowed == {Information.DETERMINATION, Information.DATES, Information.LIABILITY} | numbers
        assert all(Condition.IDENTIFIERS_ENCRYPTED in rule_for(payer, i).conditions for i in allowed - numbers)


def test_the_improvement_network_gets_institution_and_topic_after_notice_and_no_case() -> None:
    allowed = {i for i in Information if rule_for(Recipient.QIN_QIO, i).permission is not Permission.NEVER}
    assert allowed == {Information.CONFIRMED_CONCERN, Information.AGGREGATE}
    assert ask(Recipient.QIN_QIO, Information.CONFIRMED_CONCERN).decision is Decision.NOTICE_NEEDED
    waiting = ask(Recipient.QIN_QIO, Information.CONFIRMED_CONCERN, notice_given=NOTICE)
    assert waiting.decision is Decision.WAITING
    assert waiting.disclosable_at == dt.datetime(2026, 6, 14, 4, 0, tzinfo=dt.UTC)


def test_the_public_gets_numbers_without_small_cells_and_nothing_else() -> None:
    allowed = {i for i in Information if rule_for(Recipient.PUBLIC, i).permission is not Permission.NEVER}
    assert allowed == {Information.AGGREGATE}
    for cell, decision in ((None, Decision.REFUSED), (10, Decision.REFUSED), (11, Decision.ALLOWED)):
        assert ask(Recipient.PUBLIC, Information.AGGREGATE, smallest_cell=cell).decision is decision


def test_w21_a_board_hears_thirty_days_after_the_notice_and_not_a_second_before() -> None:
    # case-rules section 16, W21: notice Fri 2026-05-15, not before Sun 2026-06-14 (42 CFR 480.105(b)(2)).
    begins = dt.datetime(2026, 6, 14, 4, 0, tzinfo=dt.UTC)  # midnight in New York
    second = dt.timedelta(seconds=1)
    for now, decision in ((NOW, Decision.WAITING), (begins - second, Decision.WAITING), (begins, Decision.ALLOWED)):
        found = ask(Recipient.LICENSING_BOARD, Information.QUALITY_FINDINGS, now, notice_given=NOTICE)
        assert (found.decision, found.disclosable_at) == (decision, begins)


def test_danger_lets_the_notice_go_out_with_the_information() -> None:
    found = ask(Recipient.PUBLIC_HEALTH, Information.QUALITY_FINDINGS, exception=NoticeException.IMMINENT_DANGER)
    assert (found.decision, found.notice_with_it) == (Decision.ALLOWED, True)
    assert found.reasons[0].citation == "42 CFR 480.106(a)"


@pytest.mark.parametrize(
    ("recipient", "exception", "open_"),
    [
        (Recipient.FRAUD_AGENCY, NoticeException.FRAUD_PROSECUTABLE, True),
        (Recipient.LICENSING_BOARD, NoticeException.FRAUD_PROSECUTABLE, False),
        (Recipient.FRAUD_AGENCY, NoticeException.FRAUD_OIG_GAO, False),
        (Recipient.LICENSING_BOARD, NoticeException.SUBJECT_CONSENTED, True),
    ],
)
def test_an_exception_is_open_to_those_the_regulation_names(
    recipient: Recipient, exception: NoticeException, open_: bool
) -> None:
    found = ask(recipient, Information.PRACTICE_PATTERNS, exception=exception)
    assert found.decision is (Decision.ALLOWED if open_ else Decision.REFUSED)
    assert not found.notice_with_it


def test_no_civil_subpoena_reaches_what_identifies_a_patient() -> None:
    for information in set(Information) - {Information.AGGREGATE, Information.DETERMINATION}:
        found = ask(Recipient.COURT, information)
        assert found.decision is Decision.REFUSED
        assert found.reasons[0].citation == "42 CFR 480.138(a)(3)"
    hearing = {Condition.BENEFICIARY_HEARING}
    assert ask(Recipient.COURT, Information.DETERMINATION, stated=hearing).reasons[0].code == (
        "NO_OPINION_IDENTIFIED_MISSING"
    )


def test_advocacy_needs_the_consent_of_all_and_each_missing_condition_is_named() -> None:
    for party in PARTIES:
        found = ask(party, Information.ADVOCACY, stated=frozenset())
        assert [reason.code for reason in found.reasons] == ["CONSENT_OF_ALL_MISSING"]
        assert found.reasons[0].citation == "42 CFR 476.110(c), 480.107(l)"
    found = ask(Recipient.REPRESENTATIVE, Information.OWN_PATIENT, stated=frozenset())
    assert [reason.code for reason in found.reasons] == [
        "AUTHORITY_MISSING",
        "IDENTIFIERS_REMOVED_MISSING",
        "WRITTEN_REQUEST_MISSING",
    ]


def test_a_patient_gets_their_own_information_within_fourteen_days_of_the_written_request() -> None:
    found = ask(Recipient.BENEFICIARY, Information.OWN_PATIENT, requested=dt.date(2026, 5, 15))
    assert found.due_at == dt.datetime(2026, 5, 30, 3, 59, 59, tzinfo=dt.UTC)  # end of 29 May in New York


def test_findings_reach_the_beneficiary_without_consent_but_not_in_a_general_review() -> None:
    assert ask(Recipient.BENEFICIARY, Information.COMPLAINT_FINDINGS, stated=frozenset()).decision is Decision.ALLOWED
    general: dict[str, Any] = {"case_type": CaseType.GENERAL_QOC}
    assert ask(Recipient.BENEFICIARY, Information.COMPLAINT_FINDINGS, **general).decision is Decision.REFUSED
    assert ask(Recipient.COMPLAINT_PROVIDER, Information.COMPLAINANT).decision is Decision.ALLOWED
    assert ask(Recipient.COMPLAINT_PROVIDER, Information.COMPLAINANT, **general).decision is Decision.REFUSED


@pytest.mark.parametrize("information", Information)
def test_a_sanction_is_known_to_nobody_but_those_who_get_its_report(information: Information) -> None:
    for recipient in Recipient:
        found = ask(recipient, information, case_type=CaseType.SANCTION, smallest_cell=20, notice_given=NOTICE)
        knows = recipient in (Recipient.OIG, Recipient.CMS) or information in (
            Information.SANCTION_REPORTS,
            Information.AGGREGATE,
        )
        assert knows or "SANCTION_HIDDEN" in {reason.code for reason in found.reasons}


def test_the_words_of_the_commands_are_those_of_the_rules() -> None:
    assert set(get_args(disclosures.RecipientKind)) == set(Recipient)
    assert set(get_args(disclosures.InformationClass)) == set(Information)
    assert set(get_args(disclosures.StatedCondition)) == STATED
    assert set(get_args(disclosures.ExceptionCode)) == set(NoticeException)
    assert set(MEANINGS) == set(Condition)
