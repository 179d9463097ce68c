"""What letters say, and what they cannot be made to say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications.domain.catalogue import CATALOGUE, samples
from services.notifications.domain.letters import Letter, NotSendable
from services.notifications.domain.words import clean, in_words, isolated
from shared.contracts.notifications import Recipient
from tests.notifications.content.written import LETTERS


def _write(kind: str, role: str, language: str = "en", name: str = "María Example", **facts: str) -> Letter:
    recipient = Recipient.model_validate(
        {"role": role, "name": name, "language": language, "time_zone": "America/New_York"}
    )
    return LETTERS.write(kind, recipient, samples.sample(kind) | facts)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_line_break_in_a_name_cannot_begin_a_line_of_the_letter(line_break: str) -> None:
    letter = _write("DECISION_LETTER", "beneficiary", provider_name=f"Mercy{line_break}You owe 900 dollars")
    assert not any(line.startswith("You owe") for line in letter.text.splitlines())
    assert "Mercy You owe 900 dollars" in " ".join(letter.text.split())


def test_lines_of_a_long_reason_stay_marked_as_quoted() -> None:
    letter = _write("DECISION_LETTER", "beneficiary", rationale="One.\r\n\r\nHow to pay\nSend money.")
    assert "\n  How to pay\n  Send money.\n" in letter.text


def test_a_direction_override_cannot_turn_our_text_round() -> None:
    letter = _write("WELCOME", "facility", facility_name="Home\u202eevil\u2066")
    assert not set(letter.text + letter.html) & set("\u202e\u2066")
    assert "Homeevil" in letter.text


def test_a_right_to_left_name_is_fenced_off() -> None:
    assert isolated("שלום") == "\u2068שלום\u2069"
    assert isolated("Mercy") == "Mercy"
    assert "<bdi>שלום</bdi>" in _write("WELCOME", "facility", facility_name="שלום").html


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_a_letter_that_lacks_any_mandatory_element_is_refused(kind: str) -> None:
    role = next(iter(CATALOGUE[kind].letters))
    for element in CATALOGUE[kind].mandatory:
        for missing in ({element: ""}, {element: " \n\u202e "}):
            with pytest.raises(NotSendable, match=f"^incomplete:{element}$"):
                _write(kind, role, **missing)


def test_all_elements_that_regulation_wants_in_a_decision_are_mandatory() -> None:
    # 42 CFR 405.1206(d)(8): basis, payment consequence and date fully liable, reconsideration and its time.
    wanted = {"outcome", "rationale", "payment_consequence", "liability_date", "reconsideration_right"}
    assert wanted | {"reconsideration_deadline"} <= set(CATALOGUE["DECISION_LETTER"].mandatory)


def test_a_decision_in_the_patients_favour_needs_no_day_of_liability() -> None:
    letter = _write("DECISION_LETTER", "beneficiary", outcome="OVERTURNED", liability_date="")
    assert "have to pay from" not in letter.text
    with pytest.raises(NotSendable, match="incomplete:liability_date"):
        _write("DECISION_LETTER", "beneficiary", outcome="PARTIAL", liability_date="")


def test_facts_that_no_letter_knows_are_left_out_and_optional_ones_may_be_missing() -> None:
    assert _write("WELCOME", "facility", reviewer="Dr. Secret") == _write("WELCOME", "facility")
    assert "Patient:" not in _write("REC_REQUEST", "hospital").text
    assert "Patient: M. E." in _write("REC_REQUEST", "hospital", beneficiary_name="M. E.").text


def test_a_language_without_a_letter_falls_back_to_english_and_says_so() -> None:
    assert _write("DECISION_LETTER", "beneficiary", "vi").language == "en"
    assert _write("DECISION_LETTER", "beneficiary", "es").name == "DECISION_LETTER.patient.es.3"


@pytest.mark.parametrize(("kind", "role", "code"), [("WELCOME", "physician", "no-letter:physician")])
def test_a_role_without_a_letter_is_refused(kind: str, role: str, code: str) -> None:
    with pytest.raises(NotSendable, match=code):
        _write(kind, role)


def test_titles_which_become_subject_lines_hold_no_facts() -> None:
    for described in CATALOGUE.values():
        assert all(title.isprintable() and "{" not in title for title in described.titles.values())


@pytest.mark.parametrize(
    ("value", "language", "zone", "words"),
    [
        # 2014-08-06 is in daylight time: noon in New York is 16:00 UTC, in Honolulu 22:00 UTC.
        ("2014-08-06T16:00:00Z", "en", "America/New_York", "August 6, 2014, 12:00 noon (EDT)"),
        ("2014-08-06T22:00:00+00:00", "es", "Pacific/Honolulu", "6 de agosto de 2014, 12:00 del mediodía (HST)"),
        ("2014-12-06T04:59:59Z", "en", "America/New_York", "December 5, 2014, 11:59 PM (EST)"),
        ("2014-12-06T05:30:00Z", "es", "America/New_York", "6 de diciembre de 2014, 12:30 a. m. (EST)"),
        ("2014-08-06", "en", "Pacific/Guam", "August 6, 2014"),
        ("2014-08-06", "es", "Pacific/Guam", "6 de agosto de 2014"),
        ("2014-08-06T16:00:00", "en", "America/New_York", "2014-08-06T16:00:00"),
        ("2014-08-06T16:00:00Z", "en", "Nowhere/../etc", "August 6, 2014, 4:00 PM (UTC)"),
        ("2014-13-45", "en", "America/New_York", "2014-13-45"),
        ("noon tomorrow", "en", "America/New_York", "noon tomorrow"),
    ],
)
def test_times_are_told_in_the_recipients_zone_and_language(value: str, language: str, zone: str, words: str) -> None:
    assert in_words(value, language, zone) == words


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_gives_a_letter_or_a_refusal(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    empty = not clean(text)
    try:
        letter = _write("DECISION_LETTER", "beneficiary", name=text or "x", rationale=text, provider_name=text)
    except NotSendable:
        assert empty
        return
    assert not empty
    letter.text.encode()
    letter.html.encode()
    assert all(len(line) <= 76 or " " not in line.strip() for line in letter.text.splitlines())
