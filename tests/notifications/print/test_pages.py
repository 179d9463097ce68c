"""What is printed: all that the letter says, within its margins, tagged, and nothing that hostile text makes of it."""

import subprocess
import sys
import threading
import unicodedata
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.languages import LANGUAGES
from services.notifications.domain.letters import NotSendable
from services.notifications.domain.print import Press, press
from services.notifications.domain.words import clean
from shared.contracts.notifications.terms import Format
from tests.notifications.print.pdf import Pdf, bare
from tests.notifications.print.press import DAY, NOTICE, OFFICE, PRESS, printed, read, recipient, with_parts, written
from tests.notifications.support import FACTS

ALL = [
    (kind, role, language)
    for kind, described in CATALOGUE.items()
    for role, letter in described.letters.items()
    for place, language in described.titles
    if place == letter
]
PATIENT = list(product(["en", "es"], Format))
INCH = 72
LEFT, RIGHT, BOTTOM, TOP = 1 * INCH, 7.5 * INCH, 1 * INCH, 10.5 * INCH
HOSTILE = {
    "typst code": '#panic("x") #read("/etc/passwd") $x^2$ *b* _i_ `r` <l> @r = // /* [',
    "an end of string": '"); #panic("out") #("',
    "backslashes": "\\u{41} \\n \\ \\\\",
    "template code": "{{7*7}} {% raw %} {{ ''.__class__ }}",
    "HTML": "<script>alert(1)</script>",
    "a wide word": "W" * 300,
    "a long word": "n" * 300,
    "a long address": "https://example.org/" + "a/b?c=d&" * 35,
    "closing marks": "! " * 150,
    "opening marks": "( " * 150,
    "quotation marks": "“ « " * 75,
    "spaces that hold": "a\u00a0" * 150,
    "word joiners": "a\u2060" * 150,
    "dashes": "—" * 300,
    "marks upon a letter": "a" + "\u0301" * 200,
    "Hebrew": "שלום עולם " * 20,
    "a Hebrew word": "ש" * 300,
    "Arabic": "مرحبا " * 40,
    "directions": "\u202eevil\u2067x",
    "controls": "a\x00b\x07c\x1bd",
}


def _overrun(pdf: Pdf) -> list[str]:
    """Runs that leave the text block, or stand in each other's line."""
    return [
        run.text
        for run in pdf.runs()
        if run.tagged
        and bare(run.text)
        and not (run.left >= LEFT - 0.5 and run.right <= RIGHT + 0.5 and BOTTOM - 0.5 <= run.base <= TOP)
    ]


@pytest.mark.parametrize(("kind", "role", "language"), ALL)
def test_every_notice_is_printed_whole_within_its_margins(kind: str, role: str, language: str) -> None:
    to = recipient(role, language)
    letter = written(to, kind)
    pdf = Pdf(printed(letter, to))
    body = bare(
        "".join(
            text + (":" if kind == "row" and not at else "")
            for kind, *texts in letter.parts
            for at, text in enumerate(texts)
        )
    )
    assert body.replace("•", "") in pdf.text().replace("•", "")  # the mark of a list comes from the page
    assert bare(letter.title) in pdf.text()
    assert _overrun(pdf) == []


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_printed_as_it_is_and_stays_within_its_margins(hostile: str, form: Format) -> None:
    facts = {name: hostile for name in FACTS["DECISION_LETTER"] if name != "outcome"}
    to = recipient(language="es", name=hostile[:300])
    pdf = Pdf(printed(written(to, **facts), to, form))
    assert _overrun(pdf) == []
    shown = bare(unicodedata.normalize("NFC", clean(hostile))).replace("\u2060", "")
    if not any(unicodedata.bidirectional(char) in {"R", "AL"} for char in shown):  # printed from right to left
        assert pdf.text().replace("\u2060", "").count(shown) >= len(facts) - 1
    assert set(pdf.tags()) == set(read(form=form, language="es").tags())


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", max_codepoint=0x7FF), min_size=1, max_size=300), st.sampled_from(Format))
def test_any_text_is_printed_within_its_margins_or_refused(text: str, form: Format) -> None:
    refused = ""
    try:
        assert _overrun(read(form=form, name=text, rationale=text, provider_name=text, service_name=f"x {text}")) == []
    except NotSendable as verdict:
        refused = verdict.code
    assert refused in {"", "unprintable-characters", "incomplete:rationale", "incomplete:provider_name"}


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize(
    "part",
    [
        ("p", "a " + "W" * 60),
        ("heading", "W" * 60),
        ("row", "W" * 60, "a"),
        ("row", "a", "W" * 60),
        ("quote", "a", "W" * 60),
        ("items", "a", "W" * 60),
        ("mark", "W" * 60),
    ],
)
def test_a_line_that_would_run_off_the_page_is_noticed_whatever_should_have_broken_it(
    part: tuple[str, ...], form: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "breakable", lambda value: value)
    to = recipient()
    letter = with_parts(written(to), part)
    with pytest.raises(NotSendable, match=r"^line-too-long$"):
        printed(letter, to, form)


def test_without_that_notice_these_tests_see_the_line_run_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "breakable", lambda value: value)
    blind = Press(PRESS._source.decode().replace('panic("qio:line-too-long")', ""))
    to = recipient()
    letter = with_parts(written(to), ("p", "W" * 60))
    content = blind.letter_pdf(letter, recipient=to, office=OFFICE, form=Format.STANDARD, notice_id=NOTICE, day=DAY)
    assert _overrun(Pdf(content)) == ["W" * 60]


@pytest.mark.parametrize(("language", "form"), PATIENT)
def test_a_letter_is_a_tagged_pdf_in_its_language(language: str, form: Format) -> None:
    pdf = read(language=language, form=form)
    assert pdf.content.startswith(b"%PDF-1.7")
    assert b"/MarkInfo<</Marked true" in pdf.content
    assert f"/Lang({language}".encode() in pdf.content
    assert b"/DisplayDocTitle true" in pdf.content
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.metadata()
    tags = pdf.tags()
    assert tags[0] == "Document"
    assert tags.count("H1") == 1
    assert tags.index("P") < tags.index("H1") < tags.index("H2")  # addresses come before the title
    assert tags.count("BlockQuote") == 3
    assert all(run.tagged or run.base < BOTTOM for run in pdf.runs())  # only the foot of a page is an artifact


@pytest.mark.parametrize(
    ("language", "form", "feet"),
    [
        ("en", Format.STANDARD, ["Page 1 of 2", "Page 2 of 2"]),
        ("es", Format.LARGE_PRINT, ["Página 1 de 3", "Página 2 de 3", "Página 3 de 3"]),
    ],
)
def test_pages_are_numbered_in_the_readers_language(language: str, form: Format, feet: list[str]) -> None:
    shown = [run.text for run in read(language=language, form=form).runs() if not run.tagged]
    assert [text for text in shown if text.startswith(("Page", "Página"))] == feet


@pytest.mark.parametrize("language", ["en", "es"])
def test_large_print_has_no_letter_under_18_points_but_in_the_address_for_the_post(language: str) -> None:
    runs = read(language=language, form=Format.LARGE_PRINT).runs()
    small = {run.text for run in runs if run.size < 18 and bare(run.text)}
    assert len(small) == 3
    assert "123 N MAIN ST APT 4" in small


@pytest.mark.parametrize("form", [Format.LARGE_PRINT, Format.PLAIN_TEXT])
def test_large_print_and_plain_text_have_nothing_beside_anything(form: Format) -> None:
    starts = {round(run.left) for run in read(form=form).runs()}
    lines: dict[tuple[int, int], list[float]] = {}
    for run in read(form=form).runs():
        lines.setdefault((run.page, round(run.base)), []).extend((run.left, run.right))
    assert min(starts) == LEFT
    for edges in lines.values():  # what stands on a line follows on what is before it
        assert all(after - before < 1 for before, after in zip(edges[1::2], edges[2::2], strict=False))


@pytest.mark.parametrize("form", Format)
def test_a_list_is_tagged_as_one_and_an_empty_one_is_nothing(form: Format) -> None:
    to = recipient()
    letter = with_parts(written(to), ("items", "First", "W" * 60, "שלום"), ("items",))
    pdf = Pdf(printed(letter, to, form))
    assert pdf.tags().count("L") == 1
    assert pdf.tags().count("LI") == 3
    assert "First" in pdf.text()
    assert _overrun(pdf) == []


def test_every_language_has_its_words_for_the_page() -> None:
    assert set(press._WORDS) == set(LANGUAGES)


def test_a_letter_tells_its_date_and_reference() -> None:
    assert f"Reference:{NOTICE}" in read().text()
    assert "Date:August7,2014" in read().text()
    assert "Fecha:7deagostode2014" in read(language="es", form=Format.LARGE_PRINT).text()


def test_the_same_letter_is_the_same_bytes_in_another_process_too() -> None:
    code = (
        "import hashlib; from tests.notifications.print.press import *; to = recipient(); "
        "print(hashlib.sha256(printed(written(to), to)).hexdigest(), end='')"
    )
    elsewhere = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in "12"]
    assert elsewhere[0] == elsewhere[1]
    to = recipient()
    assert printed(written(to), to) == printed(written(to), to)


def test_two_threads_print_at_once() -> None:
    made: list[bytes] = []
    to = recipient()

    def work(number: int) -> None:
        for at in range(5):
            made.append(printed(written(to, rationale=f"{number} {at}"), to))  # noqa: PERF401 - appended while others are

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 15


def test_the_pdfs_own_data_name_no_person() -> None:
    pdf = read(name="Zacharias Quux")
    plain = b"".join(pdf.objects.values()) + pdf.metadata().encode()
    for word in (b"Quux", b"Zacharias", b"Author", b"Mercy", b"Main St"):
        assert word not in plain
    assert '<rdf:li xml:lang="x-default">Our decision about your care</rdf:li>' in pdf.metadata()
