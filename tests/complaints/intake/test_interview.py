"""The interview: which case it is, what is asked and said, when the request was received, what is filed."""

import datetime as dt
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.complaints.domain import filing
from services.complaints.domain.intake import script
from services.complaints.domain.intake.draft import CHANNELS, Contact, Draft
from services.complaints.domain.intake.finder import Elsewhere, find
from services.complaints.domain.intake.interview import consequences, next_question
from services.complaints.domain.intake.place import Served
from services.complaints.domain.intake.questions import BY_CALL, QUESTIONS
from services.complaints.domain.intake.request import missing, request
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import Authority, CaseType, Channel, Role, Timeliness
from shared.contracts.intake import ContactKind
from tests.complaints.cases import DESK, utc
from tests.complaints.intake.support import ACTOR, ALL, CALLED_BACK, FINDER, NOW, PLACE, VOICEMAIL, begun, more

SERVED = Served()
LETTER = Contact(utc("2026-07-03T09:00:00-05:00"), ContactKind.MAIL_ARRIVED)
NO_HOSPITAL = {"caller": "beneficiary", "in_hospital": "no"}


def codes(draft: Draft, served: Served = SERVED) -> list[str]:
    return [one.code for one in consequences(draft, DESK, served, NOW)]


@pytest.mark.parametrize(
    ("answers", "case_type"),
    [
        (FINDER, CaseType.HOSP_DISCHARGE_FFS),
        (FINDER | {"coverage": "plan"}, CaseType.HOSP_DISCHARGE_MA),
        (NO_HOSPITAL | {"services_ending": "yes", "coverage": "original"}, CaseType.SERVICE_TERM_FFS),
        (NO_HOSPITAL | {"services_ending": "yes", "coverage": "plan"}, CaseType.SERVICE_TERM_MA),
        ({"caller": "beneficiary", "in_hospital": "in", "discharge": "no", "status_changed": "yes"}, "STATUS_CHANGE"),
        (
            {
                "caller": "representative",
                "in_hospital": "in",
                "discharge": "no",
                "status_changed": "no",
                "not_covered": "hinn_1",
            },
            CaseType.PREADMIT_HINN1,
        ),
        (NO_HOSPITAL | {"services_ending": "no", "emergency": "no", "quality": "yes"}, CaseType.IMMEDIATE_ADVOCACY),
        ({"caller": "provider", "discharge": "yes", "no_concurrence": "yes"}, CaseType.HOSPITAL_REQUESTED_REVIEW),
        ({"caller": "agency", "quality": "yes"}, CaseType.GENERAL_QOC),
        ({"caller": "cms", "emtala": "sixty_day"}, CaseType.EMTALA_60DAY),
    ],
)
def test_plain_answers_find_the_case_type(answers: dict[str, str], case_type: CaseType) -> None:
    assert find(begun(**answers)).case_type == case_type


def test_a_concern_in_writing_is_a_complaint_and_an_oral_one_is_advocacy() -> None:
    answers = NO_HOSPITAL | {"services_ending": "no", "emergency": "no", "quality": "yes"}
    assert find(begun(**answers)).case_type is CaseType.IMMEDIATE_ADVOCACY
    assert find(begun(LETTER, **answers)).case_type is CaseType.BENE_COMPLAINT


@pytest.mark.parametrize(
    ("answers", "elsewhere"),
    [
        (NO_HOSPITAL | {"services_ending": "no", "emergency": "yes", "quality": "no"}, Elsewhere.EMERGENCY),
        (NO_HOSPITAL | {"services_ending": "no", "emergency": "no", "quality": "no"}, Elsewhere.NO_MATTER),
        ({"caller": "provider", "discharge": "yes", "no_concurrence": "no"}, Elsewhere.PHYSICIAN_AGREES),
    ],
)
def test_what_is_no_case_of_a_qio_is_said_with_whom_to_turn_to(answers: dict[str, str], elsewhere: Elsewhere) -> None:
    draft = begun(**answers)
    assert next_question(draft, DESK, NOW) is None
    assert elsewhere.value in codes(draft)
    assert [reason.code for reason in missing(draft)] == [elsewhere.value]


def test_an_appeal_left_on_the_voicemail_before_midnight_is_timely_although_it_is_filed_the_next_day() -> None:
    filed = filing.read(request(begun(VOICEMAIL, CALLED_BACK, **ALL), ACTOR, NOW), DESK, NOW)
    assert filed.received_at == VOICEMAIL.at
    assert filed.command.channel is Channel.VOICEMAIL
    assert filed.timeliness is Timeliness.TIMELY


def test_the_caller_hears_that_the_request_is_in_time_until_when_and_what_that_means() -> None:
    draft = begun(**FINDER, **PLACE, discharge_date="2026-07-04")
    said = {one.code: one for one in consequences(draft, DESK, SERVED, NOW)}
    assert said["in_time"].text.endswith("until Saturday, July 4, 2026 at 11:59 PM CDT.")
    assert said["in_time"].citation == "42 CFR 405.1206(b)(1)"
    assert "noon of the day after" in said["HD-FILING.in_time"].text


def test_a_late_caller_hears_what_being_late_means_in_spanish() -> None:
    draft = begun(language="es", **FINDER, **PLACE, discharge_date="2026-07-03")
    said = {one.code: one.text for one in consequences(draft, DESK, SERVED, NOW)}
    assert "el viernes 3 de julio de 2026 a las 23:59" in said["late"]
    assert "Decidimos de todos modos" in said["HD-FILING.late"]


def test_a_request_after_thirty_days_is_asked_for_its_good_cause() -> None:
    answers = ALL | {"in_hospital": "left", "discharge_date": "2026-06-01", "admitted": "2026-05-20"}
    draft = begun(**answers)
    asked = next_question(draft, DESK, NOW)
    assert asked is not None
    assert asked.field == "good_cause"
    assert "HD-LATE-FILING.late" in codes(draft)
    with pytest.raises(Refusal):
        filing.read(request(draft, ACTOR, NOW), DESK, NOW)
    told = more(draft, good_cause="SERIOUS_ILLNESS")
    assert next_question(told, DESK, NOW) is None
    assert filing.read(request(told, ACTOR, NOW), DESK, NOW).timeliness is Timeliness.LATE


def test_a_caller_from_another_region_hears_whom_to_call_and_since_when_the_request_counts() -> None:
    served = Served(areas=frozenset({"Region 1"}), lines=(("Region 5", "555-0199"),))
    (other,) = [one for one in consequences(begun(**FINDER, **PLACE), DESK, served, NOW) if one.code == "other_qio"]
    assert "555-0199" in other.text
    assert "11:40 PM" in other.text
    assert "other_qio" not in codes(begun(**FINDER, **PLACE))


def test_home_health_without_a_certificate_is_filed_as_uncertified() -> None:
    answers = (
        NO_HOSPITAL
        | PLACE
        | {
            "services_ending": "yes",
            "coverage": "original",
            "provider_type": "HHA",
            "notice_received": "2026-07-04",
            "coverage_end": "2026-07-06",
            "certificate_received": "",
            "facility_ccn": "147001",
            "provider_name": "Lake Home Health",
            "patient_name": "Ana Perez",
            "practitioner_name": "Dr. Li",
        }
    )
    draft = begun(**answers)
    assert "uncertified" in codes(draft)
    assert request(draft, ACTOR, NOW).circumstances == {"uncertified"}
    filing.read(request(draft, ACTOR, NOW), DESK, NOW)


def test_a_representative_without_authority_cannot_file_but_keeps_the_receipt() -> None:
    draft = begun(**ALL | {"caller": "representative", "authority": "none", "representative_name": "Luz Perez"})
    assert "no_authority" in codes(draft)
    with pytest.raises(Refusal) as refused:
        request(draft, ACTOR, NOW)
    assert [reason.code for reason in refused.value.reasons] == ["MISSING_AUTHORITY"]
    later = request(more(draft, authority="APPOINTED"), ACTOR, NOW)
    assert later.received_at == VOICEMAIL.at
    acting = next(party for party in later.parties if party.role is Role.REPRESENTATIVE)
    assert acting.authority is Authority.APPOINTED
    assert acting.contact.phone == "312-555-0100"
    assert acting.contact.interpreter == "Quechua"


def test_an_emergency_case_of_cms_is_of_any_individual() -> None:
    draft = begun(
        LETTER, caller="cms", emtala="five_day", state="IL", facility_ccn="140001", provider_name="Lakeside Hospital"
    )
    assert missing(draft) == ()
    assert request(draft, ACTOR, NOW).case_type is CaseType.EMTALA_5DAY


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"hair": "red"}, "UNKNOWN_QUESTION"),
        ({"caller": "neighbour"}, "UNKNOWN_CHOICE"),
        ({"caller": ""}, "ANSWER_NEEDED"),
        ({"state": "XX"}, "MALFORMED"),
        ({"zip_code": "6060"}, "MALFORMED"),
        ({"callback": "call me"}, "MALFORMED"),
        ({"admitted": "2027-01-01"}, "TIME_IN_FUTURE"),
        ({"admitted": "2026-06-28T10:00"}, "TIME_WITHOUT_ZONE"),
        ({"discharge_date": "2026-02-30"}, "NOT_A_TIME"),
        ({"beneficiary": "1EG4-TE5-MK73"}, "MALFORMED"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_question_without_its_value(answers: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        begun(**answers)
    (reason,) = refused.value.reasons
    ((name, value),) = answers.items()
    assert reason.code == code
    assert reason.field == f"answers.{name}"
    assert not value or value not in reason.text


SAMPLE = ALL | {
    "notice_received": "2026-07-03T10:00:00-05:00",
    "admission": "2026-07-06",
    "coverage_end": "2026-07-05",
    "care_date": "2026-06-20",
    "reclassified": "2026-07-02",
    "released": "2026-07-06",
    "certificate_received": "",
    "provider_type": "HOSPITAL",
    "claim": "c" * 32,
    "plan_name": "Good Plan",
    "concern_topic": "falls",
    "concern_words": "She fell twice in one night.",
    "admitted_then": "yes",
    "observation": "yes",
    "no_part_b": "yes",
    "no_concurrence": "yes",
}
TERMINATIONS = (CaseType.SERVICE_TERM_FFS, CaseType.SERVICE_TERM_MA)


@pytest.mark.parametrize("case_type", BY_CALL)
def test_following_the_questions_leads_to_a_case_of_every_type_callers_ask_for(case_type: CaseType) -> None:
    answers = SAMPLE | {"provider_type": "HHA", "facility_ccn": "147001"} if case_type in TERMINATIONS else SAMPLE
    draft = begun(LETTER if case_type is CaseType.BENE_COMPLAINT else VOICEMAIL, case_type=case_type.value)
    draft = more(draft, **{name: answers[name] for name in ("in_hospital", "no_concurrence")})
    while (asked := next_question(draft, DESK, NOW)) is not None:
        draft = more(draft, **{asked.field: answers[asked.field]})
    filed = filing.read(request(draft, ACTOR, NOW), DESK, NOW)
    assert filed.command.case_type is case_type
    assert filed.received_at == draft.contacts[0].at


def test_every_question_choice_and_sentence_is_said_in_both_languages() -> None:
    english, spanish = (script.QUESTIONS[language] for language in script.LANGUAGES)
    assert set(QUESTIONS) == set(english) == set(spanish)
    assert set(script.CHOICES["en"]) == set(script.CHOICES["es"])
    assert set(script.SAID["en"]) == set(script.SAID["es"])
    for name, text in script.SAID["en"].items():
        assert _values(text) == _values(script.SAID["es"][name]), name


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


contacts = st.lists(
    st.builds(
        Contact,
        st.datetimes(dt.datetime(2026, 7, 1), dt.datetime(2026, 7, 5), timezones=st.just(dt.UTC)),  # noqa: DTZ001
        st.sampled_from(list(ContactKind)),
    ),
    max_size=6,
)


@given(contacts, st.permutations([*ALL]), st.integers(0, len(ALL)))
@settings(max_examples=60, deadline=None)
def test_the_receipt_is_the_first_contact_and_a_resumed_interview_files_what_an_uninterrupted_one_does(
    further: list[Contact], order: list[str], cut: int
) -> None:
    whole = more(begun(), *further, **ALL)
    resumed = begun()
    for names in (order[:cut], order[cut:]):
        resumed = more(resumed, *further[: len(names)], **{name: ALL[name] for name in names})
    resumed = more(resumed, *further)
    filed = request(resumed, ACTOR, NOW)
    assert resumed == whole
    assert filed == request(whole, ACTOR, NOW)
    first = min(contact.at for contact in whole.contacts if contact.kind in CHANNELS)
    assert filed.received_at == first <= VOICEMAIL.at
