"""What a browser sends becomes the same command as staff's, and its page is plain, whole and inert."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from services.notifications import survey_words
from services.notifications.domain.engagement import form as forms
from services.notifications.domain.engagement.form import Form, Problem
from services.notifications.domain.engagement.questions import CURRENT, SURVEYS
from shared.contracts.notifications.engagement import RecordSurveyAnswer
from tests.notifications.engagement.voices import CODE, TODAY, answered
from tests.notifications.readability import EASE, GRADE, ease, grade

HOSTILE = "</textarea><script>alert(1)</script> {{ 7 * 7 }} \" ' & <b>"


def sent(**fields: str) -> bytes:
    return urlencode({"version": CURRENT, **fields}).encode()


def command(body: bytes) -> RecordSurveyAnswer | Problem:
    return forms.command(forms.read(body), actor="nora", code=CODE, language="en", on=TODAY)


class Reader(HTMLParser):
    """Collects what a screen reader needs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_a_form_is_the_command_that_staff_would_give() -> None:
    body = sent(reached="4", listened="5", respected="", better="Call sooner.\r\nThank you.\t")
    expected = answered(words={"better": "Call sooner.\nThank you."})
    assert command(body) == expected.model_copy(update={"how": "ONLINE"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"=",
        b"version=1&version=1",
        b"version=0&reached=4",
        b"reached=4",
        sent(reached="6"),
        sent(reached="0"),
        sent(reached="4.0"),
        sent(reached="٤"),
        sent(nothing="4"),
        b"version=1&reached=4&reached=5",
        b"version=1&better=%ff",
        b"version=1&better=\xff",
        b"version=1&" + b"&".join(b"reached=4" for _ in range(60)),
        b'{"version": "1"}',
    ],
)
def test_what_our_page_does_not_send_is_not_read(body: bytes) -> None:
    assert command(body) is Problem.UNREADABLE


def test_text_is_as_long_as_the_command_takes_it_and_no_longer() -> None:
    assert isinstance(command(sent(better="é" * survey_words.LONGEST)), RecordSurveyAnswer)
    assert command(sent(better="é" * (survey_words.LONGEST + 1))) is Problem.TOO_LONG


def test_signs_that_act_instead_of_being_read_are_not_kept() -> None:
    made = command(sent(better="a\x00b\u202ec"))
    assert isinstance(made, RecordSurveyAnswer)
    assert made.words == {"better": "a bc"}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_question_has_a_name_for_screen_readers_and_nothing_comes_from_elsewhere(language: str) -> None:
    page = survey_words.asking(language)
    reader = Reader(page)
    questions = SURVEYS[CURRENT]
    assert reader.open == []
    assert reader.of("html") == [{"lang": language}]
    assert len(reader.of("fieldset")) == len(reader.of("legend")) == sum(one.scored for one in questions)
    assert {one["for"] for one in reader.of("label") if "for" in one} == {one["id"] for one in reader.of("textarea")}
    assert len(reader.of("label")) == 6 * len(reader.of("fieldset")) + len(reader.of("textarea"))
    assert [one["method"] for one in reader.of("form")] == ["post"]
    assert not {tag for tag, _ in reader.tags} & {"script", "img", "link", "iframe", "style"}
    assert "http" not in page
    assert all(one.text[language] in page for one in questions)


def test_what_was_typed_comes_back_inert_where_it_must_be_sent_again() -> None:
    page = survey_words.asking("en", Problem.TOO_LONG, Form(CURRENT, {"better": HOSTILE, "reached": "4"}))
    reader = Reader(page)
    assert "<script" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert [one["value"] for one in reader.of("input") if "checked" in one and one["name"] == "reached"] == ["4"]
    assert [one["role"] for one in reader.of("p") if "role" in one] == ["alert"]


def test_every_page_is_in_plain_words() -> None:
    problems = [survey_words.asking(language, one) for language in ("en", "es") for one in Problem]
    pages = [page(language) for language in ("en", "es") for page in (survey_words.thanks, survey_words.closed)]
    for page in [*problems, *pages]:
        words = " ".join(re.findall(r"(?:<p[^>]*>(?:<strong>)?|<legend>)([^<]+)", page))
        if 'html lang="en"' in page:
            assert grade(words) <= GRADE
        else:
            assert ease(words) >= EASE
