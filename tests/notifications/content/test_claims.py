"""What the rules ask a legal notice to say beyond its facts, and what no notice may say."""

import re

import pytest

from services.notifications.domain.catalogue import CATALOGUE, Category
from services.notifications.domain.languages import LANGUAGES
from shared.contracts.notifications.terms import Channel
from tests.notifications.content.written import PLACES, TEXTS, read, write

LEGAL = sorted(kind for kind, described in CATALOGUE.items() if described.category is Category.LEGAL)


@pytest.mark.parametrize(
    ("kind", "role", "language", "claims"),
    [
        # 42 CFR 476.94(c)(4), (6); 478.18
        ("DENIAL_NOTICE", "provider", "en", ("in writing to us", "section 1154", "reasonable and medically necessary")),
        ("DENIAL_NOTICE", "beneficiary", "en", ("any Social Security office", "Railroad", "The law asks us to check")),
        ("DENIAL_NOTICE", "beneficiary", "es", ("oficina del Seguro Social", "Railroad", "La ley nos pide revisar")),
        ("DRG_NOTICE", "practitioner", "en", ("in writing to us", "section 1154", "DRG validation")),
        # 42 CFR 476.110(c)
        ("IA_DISCONTINUED", "beneficiary", "en", ("only if all who took part agree in writing",)),
        ("IA_DISCONTINUED", "beneficiary", "es", ("dan su permiso por escrito",)),
        ("IA_DISCONTINUED", "provider", "en", ("only with the written consent of all who took part",)),
        # 42 CFR 405.1206(d)(5) and its like
        ("REQ_NOTIFY_PROVIDER", "hospital", "en", ("You can explain to us why",)),
        # 42 CFR 1004.40(b)(3), (6)
        ("SANCTION_N1", "practitioner", "en", ("authority and the responsibility to report", "section 1156(a)")),
        ("SANCTION_N1", "practitioner", "en", ("within 30 days of the day we receive", "for good cause", "attorney")),
        (
            "SANCTION_N1",
            "practitioner",
            "en",
            ("opening and closing remarks", "clarifying questions", "expert witness"),
        ),
        # 42 CFR 1004.70(b)(2), (3)
        ("SANCTION_FINAL", "provider", "en", ("at its headquarters", "1004.100(e)", "later is not considered")),
    ],
)
def test_a_legal_notice_says_what_its_rule_lists(kind: str, role: str, language: str, claims: tuple[str, ...]) -> None:
    text = read(write(kind, role, language))
    assert [claim for claim in claims if claim not in text] == []


@pytest.mark.parametrize(("kind", "role", "language"), TEXTS)
def test_nothing_is_called_an_impact_or_an_effect_of_the_program(kind: str, role: str, language: str) -> None:
    text = read(write(kind, role, language)).lower()
    assert not re.search(r"\b(impact|impacto|because of our|thanks to our|gracias a nuestr)", text)


def test_a_reached_goal_is_an_association_and_shows_no_cause() -> None:
    text = read(write("GOAL_REACHED", "coalition"))
    assert "it is an association" in text
    assert "do not show what caused it" in text
    assert "do not show that it caused them" in read(write("PRACTICE_SHARED", "facility"))


@pytest.mark.parametrize(("kind", "role", "language"), [place for place in PLACES if place[1] == "beneficiary"])
def test_a_letter_to_a_patient_tells_how_to_call_by_tty(kind: str, role: str, language: str) -> None:
    if CATALOGUE[kind].by is not Channel.CALL and not kind.startswith("INTEREST_"):
        assert "711" in read(write(kind, role, language))


@pytest.mark.parametrize("kind", ["PRACTICE_SHARED", "PEER_MATCH", "STORY_RETURNED"])
def test_who_is_named_only_with_consent_is_named_only_when_the_request_names_them(kind: str) -> None:
    named = {"shared_by": "Dr. Named", "peer_contact": "Dr. Named", "told_by": "Dr. Named"}
    known = dict.fromkeys(CATALOGUE[kind].mandatory, "x")
    assert "Dr. Named" in read(write(kind, "facility", facts=known | named))
    assert not re.search("Shared by|Contact:|Told by", read(write(kind, "facility", facts=known)))


def test_legal_notices_have_the_channels_their_rules_name_and_nothing_holds_them_back() -> None:
    for kind in LEGAL:
        described = CATALOGUE[kind]
        assert not described.digestible
        assert described.channels in {
            (Channel.EMAIL, Channel.LETTER),
            (Channel.CALL,),
            (Channel.CERTIFIED,),
        }
    assert CATALOGUE["DECISION_CALL"].urgent
    assert CATALOGUE["EMTALA_NOTICE_CERTIFIED"].channels == (Channel.CERTIFIED,)


def test_only_words_that_all_readers_get_alike_become_a_subject_line() -> None:
    headed = {kind for kind, described in CATALOGUE.items() if described.headline}
    assert headed == {"CAMPAIGN_MESSAGE", "KEY_MESSAGE", "LIST_UPDATE"}
    facts = {"heading": "New\r\nBcc: thief@evil.example"}
    known = dict.fromkeys(CATALOGUE["KEY_MESSAGE"].mandatory, "x")
    assert write("KEY_MESSAGE", "family", facts=known | facts).title == "New Bcc: thief@evil.example"


def test_every_language_has_all_its_words() -> None:
    for written in LANGUAGES.values():
        assert len(set(written.months)) == 12
        assert written.direction in {"ltr", "rtl"}
    used = {language for described in CATALOGUE.values() for _, language in described.titles}
    assert used == set(LANGUAGES)
