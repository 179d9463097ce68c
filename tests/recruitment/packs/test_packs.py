"""A pack as it is read: whose figures are where, what is said where there are none, and both ways it is set."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import typst

import services.recruitment
from services.recruitment.cli.pack_figures import asked
from services.recruitment.domain.packs.blocks import Items, Pack, Picture, Rows, Table, Words
from services.recruitment.domain.packs.gathered import Gathered
from services.recruitment.domain.packs.pack import OWN_PAGE, UNREACHABLE, Figures, pack, wanted
from services.recruitment.domain.packs.rendering import NotPrintable, _said, html_of, pdf_of
from shared.contracts.recruitment.learning_terms import Topic
from tests.recruitment.packs.cast import ELM, MEASURES, OAK, YEW, busy, chart, figure, known, registered

TEMPLATES = Path(services.recruitment.__file__).parent / "templates"
HTML, TYPST = ((TEMPLATES / name).read_text() for name in ("pack.html.j2", "pack.typ"))


def answer(path: str, **given: Any) -> list[dict[str, Any]]:
    """Measures: Elm is followed on a chart, of Oak there are two published values, of Yew nothing."""
    if path == "/facilities/measures":
        return MEASURES
    if given["measure"] != "nursing-home-falls" or given["offset"]:
        return []
    if path == "/charts":
        return [chart(ELM)] if ELM in given["unit"] else []
    return [figure(OAK, one, "3.7") for one in ("2014Q1", "2014Q2")] if OAK in given["unit"] else []


def made(found: Gathered | None = None, figures: Figures | None = None) -> Pack:
    found = found or known(*busy())
    return pack(found, figures or asked(wanted(found), answer))


def words(page_blocks: tuple[Any, ...]) -> str:
    """All that is said in blocks."""
    said: list[str] = []
    for one in page_blocks:
        if isinstance(one, Picture):
            said += [one.caption, one.alt]
        elif isinstance(one, Items):
            said += one.lines
        elif isinstance(one, Rows | Table):
            said += [cell for row in one.rows for cell in row]
        else:
            said.append(one.text)
    return "\n".join(said)


def test_each_participant_has_a_page_with_its_own_figures_and_no_others() -> None:
    elm, oak, yew = made().pages
    assert [one.title for one in (elm, oak, yew)] == [f"Home {one}" for one in (ELM, OAK, YEW)]
    assert "from 4 in Q2 2014 to 9 in Q4 2014" in words(elm.blocks)
    assert "from 3.7 in Q1 2014 to 3.7 in Q2 2014" in words(oak.blocks)
    assert "no figure of this facility is published yet" in words(yew.blocks)
    assert all(Words(OWN_PAGE) in page.blocks for page in (elm, oak, yew))
    assert [sum(isinstance(one, Picture) for one in page.blocks) for page in (elm, oak, yew)] == [1, 1, 0]


def test_no_figure_stands_on_the_cover_or_on_a_page_of_another_but_what_a_peer_shows() -> None:
    found = made()
    everywhere = words(found.cover) + "".join(words(page.blocks) for page in found.pages if page.title != f"Home {OAK}")
    assert "3.7" not in everywhere
    assert "1.9 in Q4 2014" in words(found.pages[0].blocks)
    assert "1.9" not in words(found.cover) + words(found.pages[1].blocks) + words(found.pages[2].blocks)


def test_the_page_says_what_was_tested_reported_matched_and_adopted() -> None:
    elm, oak, yew = (words(page.blocks) for page in made().pages)
    assert "The change stays." in elm
    assert "Reported: Huddles (First, due 2015-03-20). 7 huddles. Seven huddles were held." in elm
    assert "Still to report: Aim (First, due 2015-03-31)." in elm
    assert f"Home {OAK} in Cambridge, MA can tell you about falls (agreed on 2015-02-09)." in elm
    assert f"Home {ELM} in Cambridge, MA would like to learn from you about falls" in oak
    assert "Hourly rounds (falls), since 2015-02-01" in oak
    assert "A peer is named only where both facilities consent." in yew


def test_the_cover_counts_those_with_a_place_and_marks_who_waits() -> None:
    cover = made().cover
    assert "2 participants, 4 people." in words(cover)
    (table,) = (one for one in cover if isinstance(one, Table))
    assert table.rows[2] == (f"Home {YEW}", "Cambridge, NY", "2", "waiting for a place")
    assert "Monday, March 16, 2015, 14:00 to 16:00 (America/New_York)" in words(cover)
    assert "Ten minutes" in words(cover)


def test_without_measures_the_pack_says_so_and_has_all_the_rest() -> None:
    found = made(figures=Figures(answered=False))
    assert UNREACHABLE in words(found.cover)
    assert all(UNREACHABLE in words(page.blocks) for page in found.pages)
    assert "The change stays." in words(found.pages[0].blocks)


def test_a_session_without_anything_else_has_a_pack_too() -> None:
    at, name = registered()
    for one in made(known(at, name)).pages:
        assert "None is recorded yet." in words(one.blocks)
        assert "There are none." in words(one.blocks)


def test_many_facilities_are_asked_of_in_few_requests_and_page_by_page() -> None:
    requests: list[tuple[str, int]] = []

    def counted(path: str, **given: Any) -> list[dict[str, Any]]:
        requests.append((path, len(given.get("unit", ()))))
        return MEASURES[:1] if path == "/facilities/measures" else []

    asked({Topic.FALLS: [f"{one:06d}" for one in range(250)]}, counted)
    assert requests == [
        ("/facilities/measures", 0),
        *[("/charts", many) for many in (100, 100, 50)],
        *[("/facilities/figures", many) for many in (100, 100, 50)],
    ]
    assert asked({}, counted) == Figures()


class Tags(HTMLParser):
    """Holds a page to what a reader needs: every tag closed, nothing loaded from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [value or "" for name, value in attrs if name in {"src", "data"} or (tag == "link")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def hostile() -> Pack:
    """A pack of which every word could be markup."""
    found = made()
    evil = '<script>alert("x")</script> #panic() {{ 7*7 }} \u202e\x07'
    return Pack(
        evil, evil, (Words(evil), Items((evil,)), Rows(((evil, evil),)), Table(("a",), ((evil,),))), found.pages
    )


def test_the_html_is_whole_and_self_contained_and_nothing_in_it_is_markup() -> None:
    page = Tags()
    page.feed(html_of(hostile(), HTML))
    assert page.open == []
    assert page.loaded == []
    assert "script" not in html_of(made(), HTML)
    assert html_of(hostile(), HTML).count("<script") == 0
    assert "{{ 7*7 }}" in "".join(page.text)
    assert "\u202e" not in html_of(hostile(), HTML)
    for drawn in re.findall(r"<svg.*?</svg>", html_of(made(), HTML), re.DOTALL):
        ET.fromstring(drawn)


def test_the_pdf_is_tagged_and_always_the_same() -> None:
    first, second = pdf_of(made(), TYPST), pdf_of(made(), TYPST)
    assert first == second
    assert first.startswith(b"%PDF-")
    assert b"/MarkInfo" in first
    assert b"pdfuaid" in first


def test_the_pdf_has_a_page_for_each_participant_after_the_cover() -> None:
    inputs = {"pack": json.dumps(_said(made()))}
    pages: Any = typst.compile(TYPST.encode(), format="png", ppi=30, sys_inputs=inputs, ignore_system_fonts=True)
    assert len(pages) == 4


def test_long_runs_break_and_what_cannot_be_shown_is_said_without_quoting_it() -> None:
    found = made()
    long = Pack("w" * 300, "f" * 300, (Words("W" * 900), Table(("a", "b", "c", "d"), (("W" * 99,) * 4,))), found.pages)
    assert pdf_of(long, TYPST).startswith(b"%PDF-")
    with pytest.raises(NotPrintable, match="in no font") as refusal:
        pdf_of(Pack("\u4e2d\u6587", "", (), ()), TYPST)
    assert "\u4e2d" not in str(refusal.value)
