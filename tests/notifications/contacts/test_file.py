"""A file of contacts: ids of its own keys, several parts of one key, errors by line, and again without effect."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.notifications.cli.contact_file import COLUMNS, contact_id, from_file
from services.notifications.cli.contact_import import contact_of, summary
from shared.cli.many import Row, Tally, send, write_rejects
from shared.contracts.message import Command
from shared.contracts.notifications.contacts import RegisterContact
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.feeds.rows import UnusableFile
from shared.messaging.handling import Accepted
from tests.notifications.contacts.people import facts_of
from tests.notifications.desk import Desk

HEADER = "key,name,email,part,place,since"


def rows_of(folder: Path, *lines: str) -> list[Row]:
    path = folder / "contacts.csv"
    path.write_text("\n".join(lines) + "\n")
    return from_file(path, "crm", "cli:t")


def asked(row: Row) -> RegisterContact:
    assert isinstance(row.command, RegisterContact), row.reasons
    return row.command


class DeskLine:
    """Answers as the service would, over its desk in memory."""

    def __init__(self) -> None:
        self.desk = Desk()

    async def ask(
        self, command: Command, key: str, command_id: UUID | None = None
    ) -> CommandAccepted | CommandRejected:
        assert isinstance(command, RegisterContact)
        assert (key, command_id) == (str(command.contact), None)
        await asyncio.sleep(0)
        answer = self.desk.ask(command)
        told: dict[str, Any] = {"command_id": UUID(int=0), "command_type": command.wire_type()}
        if isinstance(answer, Accepted):
            return CommandAccepted(**told, made=dict(answer.made))
        return CommandRejected(**told, reasons=answer.reasons)


async def imported(line: DeskLine, rows: list[Row]) -> Tally:
    tally = Tally(rows)
    await send(rows, line, tally, lambda _: None, key=contact_of)
    return tally


def test_a_row_says_all_that_is_known_and_what_it_leaves_out_follows_from_its_addresses(tmp_path: Path) -> None:
    given = dict.fromkeys(COLUMNS, "")
    given |= {"key": "7", "name": "Ida", "street": "1 Main Street", "city": "Gary", "state": "in", "zip_code": "46402"}
    given |= {"phone": "2195550100", "quiet": "21:00-08:00", "organisation": "no", "consented_name": "YES"}
    (row,) = rows_of(tmp_path, ",".join(given), ",".join(given.values()))
    facts = asked(row).facts
    assert facts.addresses.postal is not None
    assert (facts.addresses.postal.lines, facts.addresses.postal.state) == (("1 Main Street",), "IN")
    assert facts.preferences.channels == ("letter", "call")
    assert facts.preferences.time_zone == "America/Chicago"  # that corner of Indiana keeps Central time
    assert facts.preferences.quiet is not None
    assert (facts.consented_name, facts.organisation, facts.holds) == (True, False, ())
    assert asked(row).contact == contact_id("crm", "7") != contact_id("other", "7")


async def test_rows_of_one_key_are_one_contact_with_the_parts_of_each(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        HEADER,
        "7,Ida,ida@home.example,ADMINISTRATOR,facility:225009,2015-01-01",
        "8,Ann,ann@home.example,,,",
        "7,Ida,,FAMILY,any:any,2014-01-01",
    )
    assert [(row.line, row.key) for row in rows] == [(2, "7"), (3, "8")]
    line = DeskLine()
    await imported(line, rows)
    facts = facts_of(line.desk, contact_id("crm", "7"))
    assert [hold.part for hold in facts.holds] == ["FAMILY", "ADMINISTRATOR"]


async def test_a_file_that_is_imported_again_brings_nobody_twice(tmp_path: Path) -> None:
    line = DeskLine()
    lines = [HEADER, *(f"{n},Name {n},n{n}@home.example,,," for n in range(300))]
    first = await imported(line, rows_of(tmp_path, *lines[:200]))
    assert summary(first) == {"registered": 199, "known": 0, "known_otherwise": 0, "refused": 0, "why": {}}
    lines[1] = "0,Other,other@home.example,,,"
    again = await imported(line, rows_of(tmp_path, *lines))
    assert summary(again) == {"registered": 101, "known": 199, "known_otherwise": 1, "refused": 0, "why": {}}
    assert len(line.desk.records) == 300
    assert facts_of(line.desk, contact_id("crm", "0")).name == "Name 0"


async def test_what_is_wrong_is_told_by_line_and_holds_up_no_other(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        f"{HEADER},organisation,quiet,channels",
        "1,Ida,ida@home.example,,,,,,",
        ",Nobody,a@b.example,,,,,,",
        "2,Ann,no address,,,,,,",
        "3,Cy,cy@elm.example,KING,facility:1,2015-01-01,,,",
        "4,Dee,dee@elm.example,FAMILY,,,,,",
        '5,"Ed',
        "6,Flo,flo@elm.example,,,,perhaps,,",
        "7,Gus,gus@elm.example,,,,,late,",
        "8,Hal,hal@elm.example,,,,,,email;sms",
        "9,Ira,ira@elm.example,,,,,,",
        "9,Iris,,,,,,,",
        "10,Joe,joe@elm.example,OWNER,state:MA,2015-01-01,,,",
    )
    line = DeskLine()
    tally = await imported(line, rows)
    target = tmp_path / "rejects.csv"
    write_rejects(target, tally.refused, "key")
    told = [text.split(",")[:4] for text in target.read_text().splitlines()]
    assert told == [
        ["line", "key", "code", "field"],
        ["3", "", "KEY_MISSING", "key"],
        ["4", "2", "SCHEMA", "email"],
        ["5", "3", "SCHEMA", "part"],
        ["6", "4", "SCHEMA", "place"],
        ["6", "4", "SCHEMA", "since"],
        ["7", "", "LINE", ""],
        ["8", "6", "SCHEMA", "organisation"],
        ["9", "7", "SCHEMA", "quiet"],
        ["10", "8", "ADDRESS_MISSING", "facts.preferences.channels"],
        ["12", "9", "KEY_REPEATED", "key"],
        ["13", "10", "PART_ELSEWHERE", "facts.holds[0].place"],
    ]
    assert "no address" not in target.read_text()
    assert [row.key for row, _ in tally.accepted] == ["1"]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("key,name,colour", "unknown or twice: colour"),
        ("key,name,key", "unknown or twice: key"),
        ("key,email", "needs the columns key and name"),
        ("", "is empty"),
    ],
)
def test_a_file_with_other_columns_is_refused_whole(tmp_path: Path, header: str, told: str) -> None:
    with pytest.raises(UnusableFile, match=told):
        rows_of(tmp_path, header)
