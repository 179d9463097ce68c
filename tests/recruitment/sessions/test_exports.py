"""Exports are read in every layout, people are added up without a minute twice, bad lines said without values."""

import datetime as dt
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.recruitment.cli.webinar_matching import Presence, matched, read_book
from services.recruitment.cli.webinar_values import seconds, span
from services.recruitment.domain.sessions.minutes import Span, covered, minutes
from shared.feeds.lines import Fault
from shared.feeds.rows import UnusableFile
from tests.recruitment.sessions import exports
from tests.recruitment.sessions.cast import ELM, OAK
from tests.recruitment.sessions.exports import BEGINS, read

BOOK = {"ann@elm.example": ELM, "cy@oak.example": OAK}


def presences(folder: Path, text: str, encoding: str = "utf-8") -> list[tuple[str, int, int]]:
    found, rejected = matched(read(folder, text, encoding).joins, BOOK, "f")
    assert rejected == []
    return [(one.participant, one.people, one.minutes) for one in found]


def test_the_report_of_a_zoom_webinar(tmp_path: Path) -> None:
    export = read(tmp_path, exports.ZOOM_WEBINAR)
    assert (export.layout, export.rejected) == ("zoom-webinar", [])
    assert export.passed_over == {"host": 1, "did not attend": 1}
    assert presences(tmp_path, exports.ZOOM_WEBINAR) == [(ELM, 2, 90 + 120), (OAK, 1, 10)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
def test_the_report_of_teams_in_every_encoding_counts_joins_and_no_sum_besides(tmp_path: Path, encoding: str) -> None:
    export = read(tmp_path, exports.TEAMS, encoding)
    assert (export.layout, export.rejected, export.passed_over) == ("teams", [], {"host": 1})
    assert presences(tmp_path, exports.TEAMS, encoding) == [(ELM, 1, 45), (OAK, 1, 88)]


@pytest.mark.parametrize(
    ("text", "layout", "expected"),
    [
        (exports.WEBEX, "webex", [(ELM, 1, 55)]),
        (exports.GOTO, "goto", [(ELM, 1, 50)]),
        (exports.ZOOM_MEETING, "zoom-meeting", [(ELM, 1, 45)]),
    ],
)
def test_the_reports_of_webex_goto_and_zoom_meetings(
    tmp_path: Path, text: str, layout: str, expected: list[tuple[str, int, int]]
) -> None:
    assert read(tmp_path, text).layout == layout
    assert presences(tmp_path, text) == expected


def test_times_are_those_of_the_zone_that_is_said(tmp_path: Path) -> None:
    (eastern,) = [one.span for one in read(tmp_path, exports.WEBEX).joins]
    (utc,) = [one.span for one in read(tmp_path, exports.WEBEX, zone=ZoneInfo("UTC")).joins]
    assert eastern is not None
    assert utc is not None
    assert eastern[0] == BEGINS
    assert utc[0] == BEGINS - dt.timedelta(hours=5)


@pytest.mark.parametrize(
    ("row", "field", "rule"),
    [
        ("Ann,ann@elm.example,03/04/2015 01:00 PM,soon,10", "leave time", "not a time of a known layout"),
        ("Ann,ann@elm.example,13/04/2015 01:00 PM,03/04/2015 02:00 PM,10", "join time", "not a time of a known layout"),
        ("Ann,ann@elm.example,03/04/2015 02:00 PM,03/04/2015 01:00 PM,10", "leave time", "left before joining"),
        (
            "Ann,ann@elm.example,03/01/2015 01:00 PM,03/04/2015 01:00 PM,9",
            "leave time",
            "more than a day after joining",
        ),
        (
            "Ann,ann@elm.example,03/06/2015 04:00 PM,03/06/2015 05:00 PM,9",
            "join time",
            "more than a day from the session",
        ),
        ("Ann,ann@elm.example,,,long", "duration (minutes)", "not a duration"),
        ("Ann,ann@elm.example,,,9999", "duration (minutes)", "longer than a day"),
        ("Ann,ann@elm.example,,,", "duration (minutes)", "missing"),
        ("Ann,ann@elm.example,,,10,more", "(row)", "5 values expected, 6 found"),
        ('"Ann,ann@elm.example,,,10', "(row)", "quotes do not match"),
        ("Ann,ann@\x00elm.example,,,10", "(row)", "contains a NUL character"),
    ],
)
def test_a_bad_line_is_said_by_line_field_and_rule_and_its_neighbour_goes_on(
    tmp_path: Path, row: str, field: str, rule: str
) -> None:
    header = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
    export = read(tmp_path, f"{header}{row}\nCy,cy@oak.example,03/04/2015 01:00 PM,03/04/2015 01:30 PM,30\n")
    (rejected,) = export.rejected
    assert (rejected.file, rejected.line, rejected.field, rejected.rule) == ("export.csv", 2, field, rule)
    assert "ann" not in str(rejected).lower().replace("(original name)", "")
    assert [one.email for one in export.joins] == ["cy@oak.example"]


@pytest.mark.parametrize("text", ["", "nothing\nof the kind\n", "Email,Name\nann@elm.example,Ann\n"])
def test_a_file_of_no_known_layout_is_refused_as_a_whole(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnusableFile, match=r"^export\.csv has no line of headings"):
        read(tmp_path, text)


def test_a_file_is_read_in_the_layout_that_is_asked_for_and_no_other(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile):
        read(tmp_path, exports.WEBEX, layout="goto")


def test_participants_are_named_in_a_column_else_found_by_address(tmp_path: Path) -> None:
    text = (
        "Name (Original Name),User Email,Duration (Minutes),Which home?\n"
        "A,a@x.example,10,225001\nB,b@x.example,10,25002\nC,c@x.example,10,own:Guest-House\n"
        "D,cy@oak.example,10,no idea\nE,e@x.example,10,no idea\nF,f@x.example,10,\nG,,10,225001\nH,,10,225001\n"
    )
    export = read(tmp_path, text, column="Which home?")
    found, rejected = matched(export.joins, BOOK, "f")
    assert found == [
        Presence(ELM, 2, 3, 30),
        Presence("025002", 3, 1, 10),
        Presence("own:guest-house", 4, 1, 10),
        Presence(OAK, 5, 1, 10),
    ]
    assert [(one.line, one.field, one.rule) for one in rejected] == [
        (6, "participant", "not the id of a participant"),
        (7, "email", "no participant given, and the address is not in the address book"),
    ]


def test_a_bad_line_of_the_address_book_leaves_the_others_good(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text(
        "Email,Participant\nAnn@Elm.example,225001\nann@elm.example,225001\nx@x.example,\nx@x.example,Ida\n"
        "two@x.example,225001\ntwo@x.example,225002\n"
    )
    book = read_book(path)
    assert book.participants == {"ann@elm.example": ELM}
    assert [(one.line, one.field) for one in book.rejected] == [(4, "PARTICIPANT"), (5, "participant"), (7, "email")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60", 3600),
        ("0.5", 30),
        ("1h 27m 51s", 5271),
        ("55 mins", 3300),
        ("1 hr 5 min", 3900),
        ("01:27:51", 5271),
        ("27:51", 1671),
        ("51s", 51),
        ("0", 0),
    ],
)
def test_durations_are_read_as_they_are_written(text: str, expected: int) -> None:
    assert seconds(text, "d") == expected


def test_an_hour_that_comes_twice_is_not_a_leaving_before_the_joining() -> None:
    zone = ZoneInfo("America/New_York")
    joined, left = span("2015-11-01 01:50:00", "2015-11-01 01:10:00", zone, ("j", "l"))
    assert left - joined == dt.timedelta(minutes=20)
    with pytest.raises(Fault):
        span("2015-11-01 03:50:00", "2015-11-01 03:10:00", zone, ("j", "l"))


def _span(start: int, length: int) -> Span:
    joined = BEGINS + dt.timedelta(seconds=start)
    return joined, joined + dt.timedelta(seconds=length)


spans = st.lists(st.builds(_span, st.integers(0, 200), st.integers(0, 90)), max_size=8)


@given(spans)
def test_what_joins_cover_is_what_a_count_of_seconds_finds(given_: list[Span]) -> None:
    seen = {
        second
        for joined, left in given_
        for second in range(int((joined - BEGINS).total_seconds()), int((left - BEGINS).total_seconds()))
    }
    assert covered(given_) == len(seen)


@given(spans, st.randoms())
def test_neither_order_nor_repetition_adds_a_minute(given_: list[Span], random: Random) -> None:
    shuffled = given_ * 2
    random.shuffle(shuffled)
    assert covered(shuffled) == covered(given_)
    assert covered(given_) <= sum((left - joined).total_seconds() for joined, left in given_)


def test_half_a_minute_is_one() -> None:
    assert [minutes(one) for one in (0, 29, 30, 89, 90)] == [0, 0, 1, 1, 2]
