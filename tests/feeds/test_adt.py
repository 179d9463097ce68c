"""HL7 v2 ADT messages become encounter notices; what is wrong is named by file, message, field and rule only."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from shared.contracts import compiled
from shared.contracts.feeds import EncounterNotice
from shared.feeds.adt import files, hl7
from shared.feeds.adt.notices import Facilities, Taker
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Rejection, UnusableFile
from tests.feeds.support import sorted_out

TODAY = dt.date(2026, 7, 1)
MBI = "1EG4TE5MK73"


def message(
    event: str = "A01",
    told: str = "20260110093000-0500",
    *,
    kind: str = "I",
    visit: str = "V1",
    admitted: str = "202601100912",
    discharged: str = "",
    disposition: str = "",
    sender: str = "360134",
    person: str = f"000123^^^GSH^MR~{MBI}^^^CMS^MC",
    diagnoses: Sequence[str] = (),
    servicing: str = "",
    place: str = "4W^401^A",
) -> str:
    """One message, its segments ended by carriage returns as HL7 has it."""
    pv1 = [""] * 46
    for number, value in {2: kind, 3: place, 19: visit, 36: disposition, 39: servicing}.items():
        pv1[number] = value
    pv1[44], pv1[45] = admitted, discharged
    segments = [
        f"MSH|^~\\&|EPIC|{sender}|HIE|QIO|{told}||ADT^{event}^ADT_A01|MSG1|P|2.5.1",
        f"EVN|{event}|{told}",
        f"PID|1||{person}||DOE^JANE||19400101|F",
        "PV1|1|" + "|".join(pv1[2:]),
        *(f"DG1|{number}||{code}" for number, code in enumerate(diagnoses, start=1)),
    ]
    return "\r".join(segments) + "\r"


def taken(tmp_path: Path, text: str, *facilities: str) -> tuple[list[EncounterNotice], list[Rejection], list[Folded]]:
    path = tmp_path / "a.hl7"
    path.write_bytes(text.encode())
    taker = Taker(Facilities.of(facilities), Reference(bytes(range(32))), TODAY)
    rows, rejections, folded, _ = sorted_out(files.read(path, taker))
    for row in rows:
        compiled.CARE[row.wire_type](row.value)
        assert row.topic == "qio.feeds.care.v1"
    return [EncounterNotice.model_validate_json(row.value) for row in rows], rejections, folded


def test_an_admission_is_an_open_stay(tmp_path: Path, reference: Reference) -> None:
    codes = ("I50.23^Heart failure^I10", "E119^Diabetes^I10^^^~ignored", "428.0^Old^I9C", "84114007^Heart^SCT", "I5023")
    (notice,), rejections, folded = taken(tmp_path, message(diagnoses=codes))
    assert not rejections
    assert not folded
    assert notice == EncounterNotice(
        beneficiary=reference.beneficiary(MBI),
        visit=reference.visit("360134 V1"),
        version=int(dt.datetime(2026, 1, 10, 14, 30, tzinfo=dt.UTC).timestamp()),
        action="original",
        provider="360134",
        admission=dt.date(2026, 1, 10),
        diagnoses=("I5023", "E119"),
        told=dt.date(2026, 1, 10),
    )


def test_a_stay_from_admission_to_discharge_keeps_its_visit(tmp_path: Path) -> None:
    text = (
        message("A01")
        + message("A02", "20260111080000-0500", place="ICU^2")
        + message("A08", "20260112080000-0500")
        + message("A03", "20260114173000-0500", discharged="20260114171500", disposition="1")
        + message("A13", "20260114174500-0500", discharged="20260114171500", disposition="1")
        + message("A03", "20260115100000-0500", discharged="20260115095500", disposition="20")
        + message("A08", "20260116100000-0500", discharged="20260115095500", disposition="EXPIRED")
    )
    notices, rejections, _ = taken(tmp_path, text)
    assert not rejections
    assert len({(notice.beneficiary, notice.visit) for notice in notices}) == 1
    assert [notice.version for notice in notices] == sorted(notice.version for notice in notices)
    assert [(n.action, n.discharge and n.discharge.day, n.status) for n in notices] == [
        ("original", None, None),
        ("adjust", None, None),
        ("adjust", None, None),
        ("adjust", 14, "01"),
        ("adjust", None, None),  # the discharge was called off
        ("adjust", 15, "20"),
        ("adjust", 15, None),  # a disposition of the hospital's own list says nothing we know
    ]


@pytest.mark.parametrize("event", ["A11", "A07"])
def test_a_called_off_admission_and_a_change_to_outpatient_cancel_the_visit(tmp_path: Path, event: str) -> None:
    kind = "O" if event == "A07" else "I"
    (notice,), _, _ = taken(tmp_path, message(event, kind=kind, admitted=""))
    assert (notice.action, notice.admission) == ("cancel", notice.told)


def test_a_change_from_outpatient_begins_a_stay(tmp_path: Path) -> None:
    (notice,), _, _ = taken(tmp_path, message("A06"))
    assert (notice.action, notice.discharge) == ("adjust", None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (message(kind="E"), "not inpatient"),
        (message("A08", kind="O"), "not inpatient"),
        (message("A04"), "another event"),
        (message("A05"), "another event"),
        (message().replace("ADT^A01", "ORU^R01"), "not an ADT message"),
    ],
)
def test_what_is_no_inpatient_event_is_counted_and_left_out(tmp_path: Path, text: str, why: str) -> None:
    assert taken(tmp_path, text) == ([], [], [Folded(why)])


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize(("before", "after"), [("", ""), ("\x0b", "\x1c\r")])
def test_messages_end_their_lines_and_are_framed_in_any_way(
    tmp_path: Path, ending: str, before: str, after: str
) -> None:
    one, two = (before + message(visit=visit).replace("\r", ending) + after for visit in ("V1", "V2"))
    envelope = f"FHS|^~\\&{ending}BHS|^~\\&{ending}", f"BTS|2{ending}FTS|1{ending}"
    notices, rejections, _ = taken(tmp_path, envelope[0] + one + two + envelope[1])
    assert not rejections
    assert len({notice.visit for notice in notices}) == 2


@pytest.mark.parametrize(
    ("text", "field", "rule"),
    [
        (message(kind=""), "PV1-2", "missing"),
        (message(visit=""), "PV1-19", "missing"),
        (message(visit='""'), "PV1-19", "missing"),
        (message(admitted=""), "PV1-44", "missing"),
        (message(admitted="20260230"), "PV1-44", "no such date or time"),
        (message(admitted="2026"), "PV1-44", "not a time of HL7 with at least a day"),
        (message("A03"), "PV1-45", "missing"),
        (message("A03", discharged="20260109"), "discharge", "before admission"),
        (message(sender="GOODSAM"), "MSH-4", "a facility without a CMS certification number"),
        (message(sender="CENTER"), "MSH-4", "a facility without a CMS certification number"),
        (message(person=""), "PID-3", "missing"),
        (message(told="20991231"), "EVN-2", "lies in the future"),
        (message(told="19691231"), "EVN-2", "before 1970"),
        (message(told=""), "MSH-7", "missing"),
        ("MSH|^~\r" + message()[3:].split("\r", 1)[1], "MSH", "not a message header with its delimiters"),
    ],
)
def test_a_bad_message_is_rejected_by_number_field_and_rule_and_the_others_are_taken(
    tmp_path: Path, text: str, field: str, rule: str
) -> None:
    notices, rejections, _ = taken(tmp_path, message() + text + message(visit="V9"))
    assert rejections == [Rejection("a.hl7", 2, field, rule)]
    assert len(notices) == 2


@pytest.mark.parametrize(
    ("given", "provider"),
    [
        ({"sender": "Good Sam"}, "360134"),
        ({"sender": "SYSTEM", "servicing": "good sam "}, "360134"),
        ({"sender": "SYSTEM", "place": "4W^401^A^GOOD SAM"}, "360134"),
        ({"sender": "361300"}, "361300"),
        ({"sender": "SYSTEM^36T134"}, "36T134"),
        ({"sender": "361300", "servicing": "GOOD SAM"}, "360134"),
    ],
)
def test_a_hospital_is_known_by_its_number_or_by_the_name_it_was_given(
    tmp_path: Path, given: dict[str, str], provider: str
) -> None:
    (notice,), _, _ = taken(tmp_path, message(**given), "Good Sam=360134")
    assert notice.provider == provider


def test_a_facility_without_a_number_is_refused() -> None:
    for pair in ("Good Sam", "=360134", "Good Sam=CENTER"):
        with pytest.raises(ValueError, match="NAME=CCN"):
            Facilities.of([pair])


@pytest.mark.parametrize(
    ("person", "number"),
    [
        ("000123^^^GSH^MR~1EG4-TE5-MK73^^^CMS^MC", MBI),
        ("000123^^^GSH^MR~77^^^X^HC~88^^^Y^MB", "88"),
        ("000123^^^GSH^MR", "000123"),
        ("^^^GSH^MR~000124^^^GSH^PI", "000124"),
        ("A\\T\\B", "A&B"),
    ],
)
def test_a_person_is_known_by_the_medicare_number_else_the_first_one(
    tmp_path: Path, reference: Reference, person: str, number: str
) -> None:
    (notice,), _, _ = taken(tmp_path, message(person=person))
    assert notice.beneficiary == reference.beneficiary(number)


def test_the_same_visit_number_of_two_hospitals_is_two_visits(tmp_path: Path) -> None:
    notices, _, _ = taken(tmp_path, message() + message(sender="361300"))
    assert len({notice.visit for notice in notices}) == 2


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f", "a|b^c&d~e\\f"),
        ("\\X4A4B\\", "JK"),
        ("\\.br\\x", "x"),
        ("half \\F", "half \\F"),
        ("a&b", "a"),
    ],
)
def test_escapes_are_resolved(written: str, read: str) -> None:
    (one,) = hl7.messages(f"MSH|^~\\&|X\rZZZ|{written}\r")
    assert one is not None
    assert one.value(one.first("ZZZ"), 1) == read


def test_the_public_sample_holds_no_inpatient(data: Path, reference: Reference) -> None:
    taker = Taker(Facilities({}), reference, TODAY)
    assert list(files.read(data / "hl7v2_adt" / "sample_unix.hl7", taker)) == [Folded("not inpatient")]


def test_a_folder_is_searched_for_what_looks_like_messages(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("b.HL7", "in/a.json", "notes.txt"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in files.find([tmp_path, tmp_path / "notes.txt"])] == ["b.HL7", "a.json", "notes.txt"]
    (tmp_path / "none").mkdir()
    with pytest.raises(UnusableFile, match="has no file ending in"):
        files.find([tmp_path / "none"])
    with pytest.raises(UnusableFile, match=r"notes\.txt holds neither HL7 v2 messages nor a FHIR bundle"):
        files.read(tmp_path / "notes.txt", Taker(Facilities({}), Reference(bytes(32)), TODAY))
