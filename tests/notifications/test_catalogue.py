"""Every notice can be written to everyone it is for, says all it must, and leaves for nobody else or incomplete."""

import re
from itertools import chain

import pytest

from services.notifications.domain.catalogue import CATALOGUE, audiences, network
from services.notifications.domain.letters import Letter, NotSendable
from services.notifications.domain.notice import Channel, State
from services.notifications.domain.planning import plan
from shared.contracts.notifications import NoticeQueued, Recipient
from tests.notifications.readability import EASE, GRADE, ease, grade
from tests.notifications.support import FACTS, LETTERS, SAMPLE, desk, request

ALL = [
    (kind, role, language)
    for kind, described in CATALOGUE.items()
    for role, letter in described.letters.items()
    for place, language in described.titles
    if place == letter
]
TO_PATIENTS = [place for place in ALL if CATALOGUE[place[0]].letters[place[1]] in {"patient", "person"}]
# Elements that choose words of ours instead of being said.
CHOOSING = {"calendar", "rhythm"}
every = pytest.mark.parametrize(("kind", "role", "language"), ALL)
to_patients = pytest.mark.parametrize(("kind", "role", "language"), TO_PATIENTS)
FINAL = {"en": "This decision is final. There is no further appeal.", "es": "Esta decisión es final. No hay otra"}


def _write(kind: str, role: str, language: str = "en", **facts: str) -> Letter:
    recipient = Recipient.model_validate({"role": role, "name": "Ana", "language": language, "time_zone": "UTC"})
    return LETTERS.write(kind, recipient, FACTS[kind] | facts)


def _read(letter: Letter) -> str:
    return " ".join(letter.text.split())


def _marks(kind: str) -> dict[str, str]:
    """Every element as a word of its own; the decision in words, so that nothing is in the patient's favour."""
    return {name: f"mark{number:02}" for number, name in enumerate(CATALOGUE[kind].mandatory)}


@every
def test_a_notice_says_each_mandatory_element_and_carries_its_redisclosure_mark(
    kind: str, role: str, language: str
) -> None:
    marks = _marks(kind)
    letter = _write(kind, role, language, **marks)
    assert letter.language == language
    for form in (letter.text, letter.html):
        assert [name for name, mark in marks.items() if mark not in form and name not in CHOOSING] == []
        assert ("42 CFR 480.107" in " ".join(form.split())) is not CATALOGUE[kind].shareable


@every
def test_a_notice_that_lacks_any_mandatory_element_is_refused_by_the_elements_name(
    kind: str, role: str, language: str
) -> None:
    marks = _marks(kind)
    for element in marks:
        facts = {name: mark for name, mark in marks.items() if name != element}
        with pytest.raises(NotSendable, match=f"^incomplete:{element}$"):
            LETTERS.write(
                kind,
                Recipient.model_validate({"role": role, "name": "Ana", "language": language, "time_zone": "UTC"}),
                facts,
            )


@every
def test_a_notice_says_nothing_it_does_not_know(kind: str, role: str, language: str) -> None:
    told = {"reviewer_name": "secretmark", "deliberations": "secretmark", "votes": "secretmark"}
    letter = _write(kind, role, language, **told)
    assert "secretmark" not in letter.text + letter.html


@every
def test_optional_elements_are_said_when_given(kind: str, role: str, language: str) -> None:
    # A beneficiary needs not be told the own name; who pays, cares or acts for several patients does.
    given = {name: f"extra{number}" for number, name in enumerate(CATALOGUE[kind].optional) if name not in CHOOSING}
    if role == "beneficiary":
        given.pop("beneficiary_name", None)
    text = _read(_write(kind, role, language, **given))
    assert [name for name, value in given.items() if value not in text] == []


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_nobody_gets_a_notice_that_is_for_others(kind: str) -> None:
    for role in {"beneficiary", "plan", "mac", "qic", "cms", "oig", "board", "agency", "qio_staff"} - set(
        CATALOGUE[kind].letters
    ):
        with pytest.raises(NotSendable, match=f"^no-letter:{role}$"):
            _write(kind, role)


@pytest.mark.parametrize(("role", "same"), [("hospital", "provider"), ("physician", "practitioner")])
def test_a_hospital_gets_what_a_provider_gets_and_a_physician_what_a_practitioner_gets(role: str, same: str) -> None:
    assert _write("DECISION_LETTER", role).text == _write("DECISION_LETTER", same).text


def test_every_notice_to_a_patient_exists_in_spanish() -> None:
    english = {place[:2] for place in TO_PATIENTS if place[2] == "en"}
    assert english == {place[:2] for place in TO_PATIENTS if place[2] == "es"}
    assert len(english) == 28 + 13 * len(audiences.PEOPLE) + 2


@to_patients
def test_a_patients_letter_has_no_english_word_of_ours_in_spanish(kind: str, role: str, language: str) -> None:
    if language == "es":
        words = set(re.findall(r"[a-z]+", _write(kind, role, "es", **_marks(kind)).text.lower()))
        assert not words & {"the", "you", "your", "we", "care", "case", "review", "rule", "patient", "call"}


@to_patients
def test_our_own_words_to_a_patient_are_plain_language(kind: str, role: str, language: str) -> None:
    names = dict.fromkeys(
        (*CATALOGUE[kind].mandatory, *CATALOGUE[kind].optional), "Ana"
    )  # others' words count for them
    body = _write(kind, role, language, **names).text.partition("\n-- \n")[0]
    assert grade(body) <= GRADE if language == "en" else ease(body) >= EASE


@to_patients
def test_a_patient_learns_how_to_ask_and_that_help_is_free(kind: str, role: str, language: str) -> None:
    text = _read(_write(kind, role, language, qio_phone=SAMPLE["qio_phone"]))
    if kind in network.KINDS:  # there is no case yet: whoever asks has a number to write under again
        assert SAMPLE["interest_id"] in text
    else:
        assert "1-866-555-0100" in text
    assert ("free" in text) if language == "en" else ("gratis" in text)


@pytest.mark.parametrize("kind", ["C_RECON_CALL", "C_RECON_LETTER"])
@pytest.mark.parametrize(
    ("role", "language"), [("beneficiary", "en"), ("beneficiary", "es"), ("provider", "en"), ("practitioner", "en")]
)
def test_the_reconsideration_of_a_complaint_is_said_to_be_final(kind: str, role: str, language: str) -> None:
    assert FINAL[language] in _read(_write(kind, role, language))  # 476.140(b)


@pytest.mark.parametrize("kind", sorted(set(CATALOGUE) - {"C_RECON_CALL", "C_RECON_LETTER"}))
def test_nothing_else_is_said_to_be_final_without_appeal(kind: str) -> None:
    for role, language in [place[1:] for place in ALL if place[0] == kind]:
        assert FINAL[language] not in _read(_write(kind, role, language))


def test_the_request_for_a_complaints_records_says_that_it_is_one_and_asks_for_a_contact() -> None:
    text = _read(_write("C_REC_REQUEST", "provider"))  # 476.130(b)(2)
    assert "complaint of a Medicare beneficiary" in text
    assert "name and telephone number of a person" in text
    assert "discuss the concerns" in text


def test_a_general_quality_review_never_says_that_somebody_complained() -> None:
    assert "complain" not in _read(_write("QOC_LETTER", "practitioner"))


@pytest.mark.parametrize(("kind", "role"), [place[:2] for place in ALL if place[0].startswith("EMTALA_")])
def test_an_emtala_notice_does_not_say_whether_the_law_was_violated(kind: str, role: str) -> None:
    text = _read(_write(kind, role)).lower()  # 489.24(h)(2)(vi)
    assert not re.search(r"violat|infring|breach|unlawful|complied|compliance|penalt", text)
    assert "we look at medical questions only" in text


def test_an_emtala_notice_invites_to_meet_and_submit_within_30_days_of_a_presumed_receipt() -> None:
    text = _read(_write("EMTALA_NOTICE_CERTIFIED", "practitioner"))  # 489.24(h)(2)(iii)
    for claim in (
        "meet with us, by telephone or in person",
        "submit further information",
        "within 30 calendar days of your receipt",
        "these rights are waived",
        "presume that you receive this notice 5 days after its date",
        "September 15, 2014",
    ):
        assert claim in text


@pytest.mark.parametrize("kind", ["DRG_NOTICE", "DENIAL_NOTICE", "SANCTION_N1", "SANCTION_FINAL"])
def test_where_time_runs_from_receipt_the_letter_says_when_receipt_is_presumed(kind: str) -> None:
    text = _read(_write(kind, "provider", mailed_on="2014-08-11"))  # 478.20, 1004.40, 1004.70
    assert "5 days after its date" in text
    assert "August 11, 2014" in text


@pytest.mark.parametrize(("language", "claim"), [("en", "5 days after its date"), ("es", "5 días después de su fecha")])
def test_a_patient_is_told_when_a_denial_is_presumed_received(language: str, claim: str) -> None:
    assert claim in _read(_write("DENIAL_NOTICE", "beneficiary", language))


def test_the_first_sanction_notice_gives_both_rights_and_the_final_one_no_extension() -> None:
    first = _read(_write("SANCTION_N1", "practitioner"))  # 1004.40(b)
    assert "send us additional information, ask us for a meeting, or both" in first
    final = _read(_write("SANCTION_FINAL", "practitioner"))  # 1004.70
    assert "this time cannot be extended" in final
    assert "Inspector General" in final


def test_a_notice_before_disclosure_gives_thirty_days_and_takes_comments() -> None:
    text = _read(_write("DISCLOSURE_30D", "provider"))  # 480.105(b)(2), 480.106
    assert "30 calendar days" in text
    assert "comments" in text


def test_the_end_of_advocacy_leaves_the_right_to_complain_in_writing() -> None:
    assert "right to send us a complaint in writing" in _read(_write("IA_DISCONTINUED", "beneficiary"))
    assert "only with the written consent of all" in _read(_write("IA_DISCONTINUED", "provider"))  # 476.110(c)


@pytest.mark.parametrize("kind", ["DECISION_LETTER", "DECISION_CALL", "RECON_DECISION"])
@pytest.mark.parametrize("role", ["beneficiary", "provider", "plan"])
def test_a_decision_in_the_patients_favour_names_no_day_of_liability(kind: str, role: str) -> None:
    assert "have to pay from" not in _read(_write(kind, role, outcome="OVERTURNED", liability_date=""))
    with pytest.raises(NotSendable, match=r"^incomplete:liability_date$"):
        _write(kind, role, outcome="UPHELD_PROVIDER", liability_date="")


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_outcome_is_told_in_words_and_better_words_win(language: str) -> None:
    text = _read(_write("DECISION_LETTER", "beneficiary", language, outcome="UPHELD_PROVIDER"))
    assert "UPHELD" not in text
    better = _read(
        _write("DECISION_LETTER", "beneficiary", language, outcome="UPHELD_PROVIDER", outcome_words="Your status.")
    )
    assert "Your status." in better
    assert _read(_write("DECISION_LETTER", "beneficiary", language, outcome="in words already")).count("in words") == 1


def test_an_outcome_code_that_nobody_put_in_words_never_reaches_a_reader() -> None:
    with pytest.raises(NotSendable, match=r"^unknown-outcome$"):
        _write("DECISION_LETTER", "beneficiary", outcome="SOME_NEW_CODE")
    assert "better words" in _read(
        _write("DECISION_LETTER", "beneficiary", outcome="NEW_CODE", outcome_words="better words")
    )


@pytest.mark.parametrize(
    "service", ["skilled nursing care", "home health care", "hospice care", "outpatient rehabilitation"]
)
def test_one_decision_letter_serves_hospital_stays_and_services_that_end(service: str) -> None:
    facts = {"service_name": service, "review_name": "service termination appeal", "citation": "42 CFR 422.626"}
    for role in ("beneficiary", "provider", "plan"):
        text = _read(_write("DECISION_LETTER", role, provider_name="Harbor Home", **facts))
        assert all(value in text for value in facts.values())
        assert "hospital" not in text.lower()


@pytest.mark.parametrize(
    "kind",
    sorted(kind for kind, described in CATALOGUE.items() if described.by in (Channel.CALL, Channel.CERTIFIED)),
)
def test_a_call_or_certified_mail_waits_for_staff_with_its_words_whatever_addresses_there_are(kind: str) -> None:
    role = next(iter(CATALOGUE[kind].letters))
    asked = request(kind=kind, role=role, email="somebody@home.example")
    planned = plan(asked, desk())
    assert (planned.notice.state, planned.notice.channel) == (State.AWAITING, CATALOGUE[kind].by)
    assert planned.notice.content is not None
    assert "BFCC-QIO Area 1" in planned.notice.content.decode()
    assert [type(emit.event) for emit in planned.events] == [NoticeQueued]


def test_a_script_says_whom_to_call_and_where_and_what_to_write_down() -> None:
    asked = Recipient(role="practitioner", name="Dr. Smith", phone="1-402-555-0100", time_zone="UTC")
    script = " ".join(LETTERS.write("C_FID_CALL", asked, FACTS["C_FID_CALL"]).text.split())
    assert "Call Dr. Smith at 1-402-555-0100." in script
    assert "leave only our name and number" in script
    assert "with whom you spoke, and the date and time" in script
    unknown = _read(_write("C_FID_CALL", "practitioner"))
    assert "The number is not in this task" in unknown


@pytest.mark.parametrize(("language", "claim"), [("en", "by TTY or relay"), ("es", "por TTY")])
def test_a_script_says_when_an_interpreter_or_tty_is_needed(language: str, claim: str) -> None:
    asked = Recipient(
        role="beneficiary", name="Ana", language=language, time_zone="UTC", interpreter="Vietnamese", tty=True
    )
    script = _read(LETTERS.write("DECISION_CALL", asked, FACTS["DECISION_CALL"]))
    assert "Vietnamese" in script
    assert claim in script
    assert claim not in _read(_write("DECISION_CALL", "beneficiary", language))


def test_titles_are_short_and_hold_no_facts() -> None:
    titles = list(chain.from_iterable(described.titles.values() for described in CATALOGUE.values()))
    assert all(title.isprintable() and "{" not in title and len(title) <= 70 for title in titles)


@pytest.mark.parametrize("kind", ["INVITATION", "INVITATION_REMINDER"])
def test_an_invitation_welcomes_every_level_of_performance_and_asks_for_nothing(kind: str) -> None:
    text = _read(_write(kind, "facility"))
    assert "at every level of performance" in text
    assert "voluntary and costs nothing" in text


@pytest.mark.parametrize(("language", "day"), [("en", "August 8, 2014"), ("es", "8 de agosto de 2014")])
def test_who_asks_or_offers_is_told_who_answers_until_when(language: str, day: str) -> None:
    text = _read(_write("INTEREST_RECEIVED", "beneficiary", language))
    assert "Great Plains QIN" in text
    assert day in text
