"""Immediate advocacy: five conditions, who may stop it, and who hears of it (42 CFR 476.110)."""

from typing import Any
from uuid import UUID

import pytest

from services.complaints.domain import filing, procedures
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from services.complaints.domain.letters.complete import lacking
from services.complaints.domain.look import Act
from services.complaints.domain.procedure import check
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import CASES, CaseAdvanced, CaseType, Channel, How, Role
from tests.complaints.cases import DESK, command, done, due, opened, party, utc, walk
from tests.complaints.procedures.federal import codes, notices, published
from tests.complaints.procedures.federal import requested as letters

AT = "2026-07-06T15:00-05:00"
NAMED = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
CONSENTS = (
    *(done("participation_agreed", AT, party=role) for role in NAMED),
    *(done("redisclosure_limits_agreed", AT, party=role) for role in NAMED),
)
NAME = done("name_disclosure_agreed", AT, party=Role.BENEFICIARY)


def values(**changes: Any) -> dict[str, Any]:
    """A call on Mon 2026-07-06 about care in June."""
    return {
        "case_type": CaseType.IMMEDIATE_ADVOCACY,
        "parties": tuple(party(role) for role in NAMED),
        "received_at": utc("2026-07-06T09:00-05:00"),
        "channel": Channel.PHONE,
        "facts": {"care_date": "2026-06-20"},
    } | changes


def call(**changes: Any) -> Case:
    """The case of that call."""
    return opened(**values(**changes))


def refusals(**changes: Any) -> set[str]:
    """Why the call opens no case."""
    with pytest.raises(Refusal) as raised:
        call(**changes)
    return {reason.code for reason in raised.value.reasons}


def screen(clinical: str = "no", severity: str = "NONE", clinician: str = "no") -> Act:
    """The screening with its answers."""
    answers = {"clinical": clinical, "potential_severity": severity, "screened_by_clinician": clinician}
    return done("screened", "2026-07-06T09:30-05:00", answers=answers)


def pending() -> Case:
    """Offered; everybody is asked."""
    return walk(call(), screen(), done("offered", "2026-07-06T09:40-05:00"))


def active() -> Case:
    """All five conditions hold."""
    return walk(pending(), NAME, *CONSENTS, done("advocacy_started", AT))


def test_the_procedure_fits_together_and_its_letters_are_complete() -> None:
    check(procedures.of(CaseType.IMMEDIATE_ADVOCACY))
    assert not lacking(procedures.of(CaseType.IMMEDIATE_ADVOCACY))


def test_w14_six_months_read_the_later_day_and_a_late_caller_hears_of_the_written_complaint() -> None:
    now = utc("2027-04-01T00:00Z")
    facts = {"care_date": "2026-08-31"}
    filing.read(command(**values(received_at=utc("2027-03-01T23:00-06:00"), facts=facts)), DESK, now)
    with pytest.raises(Refusal) as raised:
        filing.read(command(**values(received_at=utc("2027-03-02T00:00:01-06:00"), facts=facts)), DESK, now)
    (reason,) = raised.value.reasons
    assert (reason.code, reason.citation) == ("TOO_LATE", "42 CFR 476.110(a)(1)")
    assert "a written complaint may still be made" in reason.text


def test_advocacy_is_for_oral_complaints_and_help_with_a_discharge_names_its_appeal() -> None:
    assert refusals(channel=Channel.MAIL) == {"NOT_ORAL"}
    helps = frozenset({"discharge_assistance"})
    assert refusals(circumstances=helps) == {"APPEAL_NOT_NAMED"}
    appeal = UUID("0b1c7a52-3f0e-5d6b-9a77-1d2c3b4a5f60")
    case = call(circumstances=helps, family=appeal)
    assert case.family == appeal
    assert {d.rule_id for d in case.deadlines} == {"IA-TARGET"}  # no clock of the appeal


def test_a_clinician_screens_what_is_clinical_and_grave_concerns_are_no_matter_for_advocacy() -> None:
    assert codes(call(), screen("yes", "OTHER")) == {"NOT_SCREENED_BY_CLINICIAN"}
    assert codes(call(), screen("perhaps")) == {"CLINICAL_UNKNOWN"}
    grave = walk(call(), screen("yes", "SIGNIFICANT", "yes"))
    assert codes(grave, done("offered", AT)) == {"TOO_GRAVE"}
    assert walk(grave, done("converted_to_general", AT, note="may be significant")).course.ended == (
        "CONVERTED_TO_GENERAL_QOC"
    )
    mild = walk(call(), screen("yes", "OTHER", "yes"))
    assert codes(mild, done("converted_to_general", AT, note="mild")) == {"NOT_GRAVE"}
    assert walk(mild, done("offered", AT)).state == "CONSENT_PENDING"


def test_advocacy_begins_only_when_every_condition_is_recorded() -> None:
    start = done("advocacy_started", AT)
    assert codes(pending(), start) == {"NAME_NOT_DISCLOSABLE", "NOT_ALL_AGREED", "LIMITS_NOT_AGREED"}
    assert codes(walk(pending(), NAME, *CONSENTS[:2], *CONSENTS[3:]), start) == {"NOT_ALL_AGREED"}
    assert codes(walk(pending(), NAME, *CONSENTS[:-1]), start) == {"LIMITS_NOT_AGREED"}
    assert active().state == "ADVOCACY_ACTIVE"
    assert all(one.actor and one.at for one in active().course.log if one.step.endswith("_agreed"))


def test_nobody_else_is_asked_before_the_name_may_be_disclosed() -> None:
    """42 CFR 476.110(a)(3)."""
    assert codes(pending(), CONSENTS[1]) == {"NAME_NOT_DISCLOSABLE"}
    assert not codes(pending(), CONSENTS[0])
    assert "NO_SUCH_PARTY" in codes(pending(), done("name_disclosure_agreed", AT, party=Role.PROVIDER))


def test_consents_and_talks_are_heard_of_by_nobody() -> None:
    """42 CFR 476.110(c), 480.107(l)."""
    talk = done("contact_made", AT, note="the provider will call her")
    for case, act in ((pending(), NAME), (pending(), CONSENTS[0]), (active(), talk)):
        assert not [event for topic, event in published(case, act) if topic == CASES.name]
    started = published(walk(pending(), NAME, *CONSENTS), done("advocacy_started", AT))
    assert [type(event) for topic, event in started if topic == CASES.name] == [CaseAdvanced]


def test_a_resolved_complaint_meets_its_target_and_asks_for_no_letter() -> None:
    case = active()
    assert due(case, "IA-TARGET") == utc("2026-07-09T23:59:59-05:00")
    act = done("resolved", "2026-07-08T10:00-05:00")
    assert notices(case, act) == []
    case = walk(case, act)
    assert case.course.ended == "RESOLVED"
    assert [d.status for d in case.deadlines if d.rule_id == "IA-TARGET"] == [Status.MET]


@pytest.mark.parametrize(
    ("step", "ended", "everyone"),
    [
        ("not_resolved", "NOT_RESOLVED", False),
        ("discontinued_by_qio", "DISCONTINUED_BY_QIO", True),
        ("discontinued_by_beneficiary", "DISCONTINUED_BY_BENE", True),
        ("discontinued_by_provider", "DISCONTINUED_BY_PROVIDER", True),
        ("abandoned", "ABANDONED", True),
    ],
)
def test_whoever_stops_it_the_patient_hears_of_the_right_to_complain_in_writing(
    step: str, ended: str, everyone: bool
) -> None:
    """42 CFR 476.110(b), (d)."""
    act = done(step, "2026-07-08T10:00-05:00")
    assert walk(active(), act).course.ended == ended
    told = [role.value for role in (NAMED if everyone else NAMED[:1])]
    assert notices(active(), act) == [("IA_DISCONTINUED", role) for role in told]
    letter = letters(active(), act)[0]
    assert all(letter.facts[name] for name in ("reason", "written_complaint_right"))
    assert letter.facts["written_complaint_deadline"].startswith("2029-06-21")  # 3 years, end of 06-20 in Chicago


def test_before_it_began_only_the_patient_hears_that_it_ended() -> None:
    """The provider is not told of a complaint whose name may not be disclosed."""
    for step in ("discontinued_by_beneficiary", "provider_declined"):
        assert notices(pending(), done(step, AT)) == [("IA_DISCONTINUED", "beneficiary")]
    assert walk(pending(), done("provider_declined", AT)).course.ended == "PROVIDER_DECLINED"


def test_a_practitioner_whom_the_case_does_not_name_gets_no_letter_and_is_not_asked() -> None:
    two = NAMED[:2]
    case = walk(call(parties=tuple(party(role) for role in two)), screen(), done("offered", AT), NAME)
    case = walk(case, *(act for act in CONSENTS if act.party in two), done("advocacy_started", AT))
    assert notices(case, done("abandoned", AT)) == [("IA_DISCONTINUED", role.value) for role in two]


def test_the_patient_may_turn_to_a_written_complaint_at_any_time() -> None:
    for case in (call(), pending(), active()):
        ended = walk(case, done("converted_to_complaint", AT, note="she writes")).course.ended
        assert ended == "CONVERTED_TO_COMPLAINT"


def test_only_parties_of_the_advocacy_agree_and_screening_knows_its_words() -> None:
    assert codes(call(), screen("yes", "TERRIBLE", "yes")) == {"POTENTIAL_SEVERITY_UNKNOWN"}
    named = walk(pending(), NAME)
    for step in ("participation_agreed", "redisclosure_limits_agreed"):
        assert codes(named, done(step, AT, party=Role.PLAN)) == {"NO_SUCH_PARTY"}
        assert codes(pending(), done(step, AT, party=Role.PROVIDER)) == {"NAME_NOT_DISCLOSABLE"}


def test_who_was_not_reached_has_not_agreed_that_the_name_is_disclosed() -> None:
    """42 CFR 476.110(a)(3)."""
    missed = done("name_disclosure_agreed", AT, party=Role.BENEFICIARY, how=How.UNREACHABLE)
    case = walk(pending(), missed, done("participation_agreed", AT, party=Role.BENEFICIARY))
    assert "NAME_NOT_DISCLOSABLE" in codes(case, done("advocacy_started", AT))
    assert codes(case, done("participation_agreed", AT, party=Role.PROVIDER)) == {"NAME_NOT_DISCLOSABLE"}
