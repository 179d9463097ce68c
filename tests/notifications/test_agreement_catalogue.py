"""Complaints and notifications mean the same by each notice: who gets it, what it must say, how it is given."""

import re

import pytest

from services.complaints.domain.notices import ELEMENTS, NOTICES
from services.notifications.domain.catalogue import CATALOGUE, Category
from shared.contracts.complaints import Role
from shared.contracts.notifications import Recipient
from shared.contracts.notifications.terms import Channel

# Words of 42 CFR 480.101 and 480.139: who reviewed and how the QIO deliberated goes to nobody.
NEVER = {"reviewer", "deliberation", "deliberations", "vote", "votes", "attestation", "screener", "specialty", "notes"}
# Case-rules, section 17: the catalogue a BFCC-QIO needs.
WANTED = re.findall(
    r"\w+",
    """
    REQ_NOTIFY_PROVIDER REC_REQUEST DECISION_CALL DECISION_LETTER QIC_FILE C_IID_CALL C_FID_CALL C_FID_LETTER
    C_RECON_CALL C_RECON_LETTER DENIAL_NOTICE DRG_NOTICE MAC_NOTICE EMTALA_NOTICE_CERTIFIED EMTALA_REPORT SANCTION_N1
    SANCTION_FINAL BOARD_NOTICE DISCLOSURE_30D IA_DISCONTINUED C_ABANDONED MA_IMPROPER_NOTICE_TO_CMS ACKNOWLEDGEMENT
    REC_REMINDER EMTALA_5DAY_OPINION RECON_DECISION DISCUSSION_OFFER RETURNED_TO_PLAN REFERRAL_SENT
    """,
)
each = pytest.mark.parametrize("name", sorted(NOTICES))


def test_both_sides_know_the_same_notices() -> None:
    assert set(NOTICES) == {name for name, described in CATALOGUE.items() if described.category is Category.LEGAL}
    assert set(WANTED) <= set(NOTICES)


@each
def test_what_complaints_must_say_is_what_notifications_insists_on(name: str) -> None:
    kind, described = NOTICES[name], CATALOGUE[name]
    assert sorted(kind.says) == sorted(described.mandatory)
    assert sorted(kind.may_say) == sorted(described.optional)
    assert sorted(kind.unless_favourable) == sorted(described.not_when_favourable)


@each
def test_both_sides_send_it_to_the_same_parties(name: str) -> None:
    assert sorted(NOTICES[name].to) == sorted(CATALOGUE[name].letters)


@each
def test_a_call_is_a_call_on_both_sides_and_says_so_in_its_name(name: str) -> None:
    called = CATALOGUE[name].by is Channel.CALL
    assert NOTICES[name].calls == called == name.endswith("_CALL")


@pytest.mark.parametrize("role", Role)
def test_every_role_can_be_written_on_the_wire(role: Role) -> None:
    assert Recipient.model_validate({"role": role.value, "name": "x", "time_zone": "UTC"}).role == role.value


@each
def test_every_notice_rests_on_a_rule_and_fits_the_wire(name: str) -> None:
    kind = NOTICES[name]
    assert "CFR" in kind.citation
    assert len(kind.citation) <= 200
    assert len({*kind.says, *kind.may_say}) == len((*kind.says, *kind.may_say))


def test_the_vocabulary_is_exactly_what_the_notices_use() -> None:
    assert {name for kind in NOTICES.values() for name in (*kind.says, *kind.may_say)} == set(ELEMENTS)


@pytest.mark.parametrize("element", sorted(ELEMENTS))
def test_no_element_can_carry_who_reviewed_or_how_it_was_deliberated(element: str) -> None:
    assert not set(element.split("_")) & NEVER


@each
def test_a_notice_says_which_case_and_whom_to_ask(name: str) -> None:
    assert {"case_id", "qio_name", "qio_phone"} <= set(NOTICES[name].says)


@pytest.mark.parametrize(
    ("name", "elements"),
    [
        # 405.1206(d)(8): basis, consequence and date fully liable, reconsideration and its time.
        ("DECISION_LETTER", "outcome rationale payment_consequence liability_date"),
        ("DECISION_LETTER", "reconsideration_right reconsideration_deadline"),
        ("DECISION_CALL", "rationale payment_consequence reconsideration_right reconsideration_deadline"),
        # 42 CFR 405.1206(e)(1), (2); 405.1202(f)
        ("REQ_NOTIFY_PROVIDER", "detailed_notice_due records_due"),
        # 42 CFR 405.1202(f)(3), 405.1206(e)(3), 422.622(e)(4), 422.626(e)(2)
        ("REQ_NOTIFY_PROVIDER", "patient_copy"),
        # 42 CFR 478.34(a)
        ("RECON_DECISION", "outcome rationale payment_consequence appeal_right appeal_deadline"),
        ("RECON_DECISION", "hearing_request amount_in_controversy hearing_place"),
        # 42 CFR 478.34(b)(2); the name is said where the case has it
        ("MAC_NOTICE", "provider_name claim_reference service_dates"),
        # 42 CFR 476.130(b)(1), (2), (c)(1), (d)
        ("C_REC_REQUEST", "records_due discussion_right"),
        ("C_IID_CALL", "findings discussion_right discussion_deadline"),
        ("C_FID_CALL", "findings reconsideration_right reconsideration_deadline"),
        ("C_FID_LETTER", "findings discussion_summary reconsideration_right reconsideration_deadline"),
        # 476.90: sufficient notice before the claim is denied
        ("REC_REMINDER", "records_due late_consequence"),
        # 476.94, section 1879 of the Act, 478.20
        ("DENIAL_NOTICE", "rationale payment_consequence liability_determination mailed_on reconsideration_deadline"),
        # 42 CFR 489.24(h)(2)(iii)
        ("EMTALA_NOTICE_CERTIFIED", "individual_name event_date mailed_on response_deadline"),
        # 42 CFR 489.24(h)(2)(v)
        ("EMTALA_REPORT", "individual_name practitioner_names arrival_time transfer_time medical_answers"),
        # 42 CFR 1004.40(a), (b); 1004.70
        ("SANCTION_N1", "violation_basis"),
        ("SANCTION_N1", "obligation circumstances corrective_action possible_sanction enclosures response_deadline"),
        ("SANCTION_FINAL", "recommendation enclosures response_deadline"),
        # 42 CFR 1004.80(b)(1)-(11)
        ("SANCTION_REPORT", "practitioner_name services_involved failures enclosures correspondence transcript"),
        ("SANCTION_REPORT", "finding violation_basis response_analysis plan_results admissions_reviewed"),
        ("SANCTION_REPORT", "professional_qualifications recommendation"),
        # 42 CFR 1004.80(c)(1)-(5)
        ("SANCTION_REPORT", "recommendation penalty_amount exclusion_period alternative_services counties"),
        # 42 CFR 480.105(b)(2)
        ("DISCLOSURE_30D", "disclosed_to disclosed_information disclose_from"),
        # 476.110, 476.120: the right to complain in writing is untouched
        ("IA_DISCONTINUED", "written_complaint_right written_complaint_deadline"),
        ("C_ABANDONED", "resubmit_right"),
    ],
)
def test_what_regulation_wants_said_is_mandatory(name: str, elements: str) -> None:
    assert set(elements.split()) <= set(NOTICES[name].says)


@pytest.mark.parametrize("element", ["rationale", "findings", "discussion_summary", "reason", "medical_opinion"])
def test_whoever_pays_the_claims_gets_no_reasons_and_no_findings_of_quality(element: str) -> None:
    # 42 CFR 480.136: what is needed to pay.
    assert element not in (*NOTICES["MAC_NOTICE"].says, *NOTICES["MAC_NOTICE"].may_say)


@pytest.mark.parametrize("name", ["C_REC_REQUEST", "C_IID_CALL", "C_FID_LETTER", "C_RECON_LETTER", "QOC_LETTER"])
def test_findings_of_quality_go_to_those_concerned_only(name: str) -> None:
    concerned = {Role.BENEFICIARY, Role.REPRESENTATIVE, Role.PROVIDER, Role.PRACTITIONER}
    assert set(NOTICES[name].to) <= concerned


def test_the_patient_is_no_party_to_a_general_quality_review_an_emtala_review_or_a_sanction() -> None:
    # 476.160, 489.24(h), 480.101 (sanction reports)
    for name in ("QOC_LETTER", *(name for name in NOTICES if name.startswith(("EMTALA_", "SANCTION_", "BOARD_")))):
        assert not set(NOTICES[name].to) & {Role.BENEFICIARY, Role.REPRESENTATIVE}
