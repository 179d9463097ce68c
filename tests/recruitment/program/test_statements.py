"""Statements of work: which held when, with which tasks, and nothing that no source says."""

import datetime as dt
from collections.abc import Iterator

import pytest

from services.recruitment.domain.program.statements import (
    STATEMENTS,
    reason_against,
    statement,
    statement_on,
    task,
    term,
    why_none,
)
from services.recruitment.domain.program.terms import Precision
from shared.contracts.recruitment.qio_contracts import Role

_WORK = "statement of work"
_BETWEEN = "the day lies between the contracts"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "improvement", "review"),
    [
        ("2008-01-01", None, None),
        ("2011-07-31", None, None),
        ("2011-08-01", 10, 10),
        ("2014-07-31", 10, 10),
        ("2014-08-01", 11, 11),
        ("2019-07-31", 11, 11),
        ("2019-08-01", None, None),
        ("2019-10-31", None, None),
        ("2019-11-15", None, None),
        ("2019-12-01", 12, None),
        ("2024-10-31", 12, 13),
        ("2024-11-15", None, 13),
        ("2025-04-30", None, 13),
        ("2025-05-15", None, 13),
        ("2025-06-01", 13, 13),
        ("2029-04-30", 13, 13),
        ("2029-05-01", 13, None),
        ("2030-06-01", None, None),
    ],
)
def test_a_statement_holds_only_on_days_its_sources_leave_no_doubt_about(
    on: str, improvement: int | None, review: int | None
) -> None:
    found = statement_on(day(on)), statement_on(day(on), Role.BFCC_QIO)
    assert tuple(one and one.number for one in found) == (improvement, review)
    for role, one in zip((Role.QIN_QIO, Role.BFCC_QIO), found, strict=True):
        assert bool(why_none(day(on), role)) == (one is None)


def test_two_statements_never_hold_at_once_for_one_role() -> None:
    for role in Role:
        for offset in range(0, 24 * 366, 3):
            on = dt.date(2008, 1, 1) + dt.timedelta(days=offset)
            held = [one.number for one in STATEMENTS for held in one.terms if role in held.roles and held.surely(on)]
            assert len(held) <= 1, (role, on)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2010-01-01", "No source gives the first day of the 9th statement of work."),
        (
            "2019-09-15",
            f"The 11th {_WORK} ended on 31 July 2019 and the 12th {_WORK} began in November 2019: {_BETWEEN}.",
        ),
        (
            "2025-02-01",
            f"The 12th {_WORK} ended in November 2024 and the 13th {_WORK} began in May 2025: {_BETWEEN}.",
        ),
        ("2031-01-01", "The 13th statement of work ended in May 2030; no source names a later one."),
    ],
)
def test_why_no_statement_holds_is_said_plainly(on: str, words: str) -> None:
    assert why_none(day(on)) == words


def test_where_a_source_gives_no_day_the_precision_says_so() -> None:
    by_number = {one.number: one for one in STATEMENTS}
    ninth = term(by_number[9], Role.STATE_QIO)
    twelfth = term(by_number[12], Role.QIN_QIO)
    eleventh = term(by_number[11], Role.QIN_QIO)
    assert ninth is not None
    assert twelfth is not None
    assert eleventh is not None
    assert (str(ninth.start), ninth.start.precision) == ("UNKNOWN", Precision.UNKNOWN)
    assert (str(twelfth.start), twelfth.start.precision) == ("November 2019", Precision.MONTH)
    assert (str(eleventh.end), eleventh.end.precision) == ("31 July 2019", Precision.DAY)


def test_a_statement_has_only_the_roles_of_its_time() -> None:
    tenth, eleventh = statement(10), statement(11)
    assert tenth is not None
    assert eleventh is not None
    assert term(tenth, Role.QIN_QIO) is None
    assert term(eleventh, Role.STATE_QIO) is None
    assert statement(14) is None


def test_tasks_are_found_by_code_and_day() -> None:
    found = task("C.2", day("2016-01-01"))
    assert found is not None
    assert (found.code, found.title) == ("C.2", "Reducing healthcare-acquired conditions in nursing homes")
    uncoded = task("nursing-homes", day("2012-01-01"))
    assert uncoded is not None
    assert uncoded.code is None
    assert task("C.2", day("2012-01-01")) is None
    assert task("C.2", day("2019-09-01")) is None


@pytest.mark.parametrize(
    ("code", "on", "expected", "words"),
    [
        ("C.3", "2014-08-01", None, ""),
        ("C.3", "2019-07-31", None, ""),
        ("C.3", "2019-08-01", "BETWEEN_CONTRACTS", "the day lies between the contracts"),
        ("C.3", "2019-11-29", "BETWEEN_CONTRACTS", "the day lies between the contracts"),
        ("C.3", "2019-12-01", "STATEMENT_ENDED", "The 11th statement of work ended on 31 July 2019."),
        ("C.3", "2014-07-31", "BEFORE_STATEMENT", "began on 1 August 2014"),
        ("nursing-homes", "2014-08-01", "STATEMENT_ENDED", "The 10th statement of work ended in July 2014."),
        ("Q.9", "2016-01-01", "TASK_UNKNOWN", "there are A.1, C.2, C.3"),
    ],
)
def test_why_a_task_cannot_be_worked_on(code: str, on: str, expected: str | None, words: str) -> None:
    found = reason_against(code, day(on), "task")
    assert (found and found.code) == expected
    if found is not None:
        assert found.field == "task"
        assert words in found.text


def _sources() -> Iterator[tuple[str, str]]:
    for one in STATEMENTS:
        yield one.name, one.source
        for held in one.terms:
            yield f"{one.name} term", held.source
        for each in one.tasks:
            yield f"{one.name} {each.key}", each.source
        for aim in one.aims:
            yield f"{one.name} {aim.text}", aim.source


@pytest.mark.parametrize(("what", "source"), list(_sources()))
def test_everything_said_names_its_source(what: str, source: str) -> None:
    assert len(source) > 10, what


def test_codes_are_only_those_a_source_gives_and_numbers_only_with_their_dates() -> None:
    coded = {(one.number, each.code) for one in STATEMENTS for each in one.tasks if each.code}
    assert coded == {(11, "A.1"), (11, "C.2"), (11, "C.3")}
    numbers = {(one.number, aim.change_percent, aim.by_year) for one in STATEMENTS for aim in one.aims}
    assert numbers == {(10, -40, None), (11, -20, 2019), (11, 10, 2019), (11, None, None)}
