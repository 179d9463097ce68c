"""Whatever a value holds is shown as it is and does nothing: in every text, for every role, in every form."""

import re
from typing import Final

import pytest

from services.notifications.domain.catalogue import CATALOGUE, samples
from services.notifications.domain.words import clean, number, one_line, web_address
from tests.notifications.content.written import PLACES, TEXTS, write

HOSTILE: Final = (
    "{{7*7}}",
    "{% for x in range(9) %}x{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd onerror=alert(1)>",
    '"><a href="http://evil.example">click</a>',
    "javascript:alert(1)",
    'https://evil.example/" onmouseover="alert(1)',
    "Bcc: thief@evil.example\r\nSubject: free\r\n\r\nbody",
    "שלום עולם",
    "مرحبا\u202e بالعالم",
    "#panic() \\ $x$ *b* `code`",
    "N" * 300,
)
_TAGS: Final = set(re.findall(r"\w+", "html head meta title body h1 h2 p strong bdi blockquote hr small ul li a"))
# Elements that choose words of ours instead of being said.
_CHOOSING: Final = {"calendar", "rhythm"}
_GIVEN: Final = {"outcome": "y", "rhythm": "weekly"}
texts = pytest.mark.parametrize(("kind", "role", "language"), TEXTS)


def _plain(text: str) -> str:
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split())


def _shown(value: str) -> str:
    return one_line(clean(value))


def _names(kind: str, role: str) -> list[str]:
    described = CATALOGUE[kind]
    hidden = {"outcome"} | ({"beneficiary_name"} if role == "beneficiary" else set())
    return [name for name in (*described.mandatory, *described.optional) if name not in hidden | _CHOOSING]


def _markup(html: str) -> str:
    """The tags alone, quoted values taken out."""
    return " ".join(re.findall(r"<[^>]*>", html))


@texts
def test_hostile_values_are_shown_as_they_are_in_text_in_html_and_on_paper(kind: str, role: str, language: str) -> None:
    names = _names(kind, role)
    innocent = _markup(write(kind, role, language, dict.fromkeys(names, "x") | _GIVEN).html)
    for hostile in HOSTILE:
        facts = dict.fromkeys(names, hostile) | _GIVEN
        letter = write(kind, role, language, facts, name=hostile)
        shown = _shown(hostile)
        assert _plain(letter.text).count(shown) >= len(CATALOGUE[kind].mandatory) - 3
        assert shown in _plain(" ".join(part for parts in letter.parts for part in parts))
        assert "49" not in letter.text.replace("4901", "")
        assert not re.search("[\u202a-\u202e]", letter.text + letter.html)
        assert set(re.findall(r"</?(\w+)", letter.html)) <= _TAGS
        if "\r" not in hostile:  # a second line is a second paragraph
            assert _markup(letter.html) == innocent


@pytest.mark.parametrize(("kind", "role", "language"), PLACES)
def test_each_role_gets_every_value_even_when_all_are_hostile(kind: str, role: str, language: str) -> None:
    names = _names(kind, role)
    values = {name: f"{HOSTILE[place % len(HOSTILE)]} {place:02}" for place, name in enumerate(names)}
    letter = write(kind, role, language, values | _GIVEN)
    told = _plain(letter.text)
    passed_over = {"beneficiary_name"} if role in {"beneficiary", "representative"} else set()
    assert [name for name, value in values.items() if _shown(value) not in told and name not in passed_over] == []


@texts
def test_what_may_be_left_out_leaves_no_gap(kind: str, role: str, language: str) -> None:
    least = write(kind, role, language, samples.sample(kind, language=language))
    assert not re.search(r"\b(None|undefined)\b", least.text)
    assert "<bdi></bdi>" not in least.html
    assert not [parts for parts in least.parts if parts[0] == "row" and not parts[2]]
    assert not [parts for parts in least.parts if parts[0] == "quote" and len(parts) == 1]


@texts
def test_only_a_plain_web_address_becomes_a_link(kind: str, role: str, language: str) -> None:
    linked = re.findall(r'href="([^"]*)"', write(kind, role, language).html)
    assert all(web_address(address) for address in linked)
    bad = dict.fromkeys(("link", "leave_url", "join_url", "confirm_url", "survey_url"), "javascript:alert(1)")
    facts = samples.sample(kind, complete=True) | bad
    assert "href" not in write(kind, role, language, facts).html


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https://a.example/ b",
        "https://a.example/\n",
        'https://a.example/"onclick',
        "https://name@evil.example/",
        "https://пример.example/",
        "ftp://a.example/",
        "",
    ],
)
def test_what_is_no_plain_web_address_is_none(value: str) -> None:
    assert not web_address(value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1234567", "1,234,567"),
        ("1234.5", "1,234.5"),
        ("-0.5", "-0.5"),
        ("-1234", "-1,234"),
        ("0", "0"),
        ("007", "007"),
        ("12:30", "12:30"),
        ("١٢٣٤", "١٢٣٤"),
        ("about 1234", "about 1234"),
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_numbers_are_grouped_and_nothing_else_is_touched(value: str, written: str, language: str) -> None:
    assert number(value, language) == written
