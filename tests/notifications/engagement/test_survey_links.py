"""The link of an invitation: made again alike, read however it is typed, and never guessed."""

import datetime as dt
import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.engagement.codes import Codes
from services.notifications.domain.engagement.invitations import with_code, with_page
from services.notifications.domain.engagement.links import SurveyLinks
from services.notifications.list_settings import ListSettings
from services.notifications.survey_codes import survey_links
from shared.contracts.notifications import NoticeRequested
from tests.notifications.engagement.voices import CODE, CODES, INVITED, TODAY
from tests.notifications.support import LETTERS, SURVEYS, request
from tests.support.service import KEYRING

UNTIL = TODAY + dt.timedelta(days=30)
FACTS = {
    "case_id": "7d3c",
    "qio_name": "QIO",
    "qio_phone": "1-866-555-0100",
    "survey_group": "APPEAL",
    "answer_by": UNTIL.isoformat(),
}
HOSTILE = (
    "",
    "x",
    "\x00",
    "../../etc/passwd",
    "..%2f..%2f",
    "a/b",
    "٣" * 32,
    "ı" * 32,
    "\ud800" * 32,
    "𝟛" * 32,
    "0" * 32,
    "A" * 100_000,
    "-" * 63,
    "' OR 1=1 --",
)


def link(language: str = "en", until: dt.date = UNTIL) -> str:
    found = SURVEYS.link(CODE, until, language)
    assert found is not None
    return found


def token(until: dt.date = UNTIL) -> str:
    return link(until=until).rpartition("/")[2].partition("?")[0]


def invitation(language: str = "en", **facts: str) -> NoticeRequested:
    return request(kind="SURVEY_INVITATION", role="beneficiary", language=language, facts={**FACTS, **facts})


def test_a_link_is_read_again_however_it_is_typed() -> None:
    assert re.fullmatch(r"https://notices\.example/survey/([0-9A-Z]{8}-){3}[0-9A-Z]{8}\?lang=es", link("es"))
    found = SURVEYS.read(token())
    assert found is not None
    assert (found.code, found.until) == (CODE, UNTIL)
    assert SURVEYS.read(token().lower().replace("-", "")) == found
    assert SURVEYS.read(token().replace("0", "o").replace("1", "l")) == found


def test_a_link_tells_neither_the_notice_nor_the_proof_of_the_code() -> None:
    plain = token().replace("-", "")
    assert str(INVITED)[:8].upper() not in plain
    assert CODE.replace("-", "")[10:] not in plain


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_tokens_are_none_of_ours(text: str) -> None:
    assert SURVEYS.read(text) is None


@given(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=32, max_size=32) | st.text(max_size=80))
def test_whoever_guesses_a_token_learns_nothing(guess: str) -> None:
    assert SURVEYS.read(guess) is None


def test_a_token_with_one_sign_changed_is_none_so_nobody_makes_its_time_longer() -> None:
    plain = token().replace("-", "")
    for place, sign in enumerate(plain):
        assert SURVEYS.read(plain[:place] + ("2" if sign != "2" else "3") + plain[place + 1 :]) is None
    other = SurveyLinks(Codes(lambda _, text: text.encode().ljust(32, b"x")[:32]), "https://notices.example")
    assert other.read(token()) is None


def test_a_link_is_over_when_its_last_day_has_ended_everywhere() -> None:
    found = SURVEYS.read(token())
    assert found is not None
    ends = dt.datetime.combine(UNTIL, dt.time(), dt.UTC) + dt.timedelta(hours=36)  # midnight at UTC-12
    assert not found.over(ends - dt.timedelta(seconds=1))
    assert found.over(ends)


def test_an_invitation_has_its_page_in_the_language_of_its_reader_and_the_letter_shows_it() -> None:
    for language in ("en", "es"):
        made = with_page(with_code(invitation(language), CODES), SURVEYS)
        url = made.facts["survey_url"]
        assert url.endswith(f"?lang={language}")
        found = SURVEYS.read(url.rpartition("/")[2].partition("?")[0])
        assert found is not None
        assert (found.code, found.until) == (made.facts["survey_code"], UNTIL)
        letter = LETTERS.write(made.notice_type, made.recipient, made.facts)
        assert url in letter.text
        assert made.facts["survey_code"] in letter.text


def test_without_an_address_of_the_site_an_invitation_has_its_code_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QIO_NOTIFICATIONS_PUBLIC_URL", raising=False)
    coded = with_code(invitation(), CODES)
    assert with_page(coded, survey_links(KEYRING, ListSettings())) == coded
    assert coded.facts["survey_code"] in LETTERS.write(coded.notice_type, coded.recipient, coded.facts).text
    monkeypatch.setenv("QIO_NOTIFICATIONS_PUBLIC_URL", "https://qio.example/n/")
    made = with_page(coded, survey_links(KEYRING, ListSettings()))
    assert made.facts["survey_url"].startswith("https://qio.example/n/survey/")


@pytest.mark.parametrize("answer_by", ["", "soon", "2014-02-30", "1999-12-31", "2120-01-01"])
def test_a_day_that_no_link_can_tell_makes_none(answer_by: str) -> None:
    coded = with_code(invitation(answer_by=answer_by), CODES)
    assert with_page(coded, SURVEYS) == coded


def test_other_notices_and_invitations_without_a_code_get_no_page() -> None:
    for other in (request(), invitation(survey_group="ELSE"), request(facts={**FACTS, "survey_code": CODE})):
        assert with_page(other, SURVEYS) == other


def test_links_of_many_invitations_differ() -> None:
    codes = [CODES.code(UUID(int=number), "APPEAL", TODAY) for number in range(1_000)]  # type: ignore[arg-type]
    assert len({SURVEYS.link(code, UNTIL, "en") for code in codes}) == 1_000
