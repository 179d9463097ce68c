"""qio case clock: every deadline, timeliness and liability date from given facts, without any server."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from shared.cli.output import as_json, fail, say

if TYPE_CHECKING:
    from services.complaints.domain.case_clock import CaseClock
    from services.complaints.domain.clock import Moment
    from services.complaints.domain.outages import Outage
    from services.complaints.domain.reckoned import Desk

_EXAMPLE = "2026-07-04T23:40-05:00"
_LISTS = "Without it the case types are listed."
_FACTS_HELP = "List the facts the case type understands."
_IS_HELP = "A circumstance that holds; --facts lists them."
_AT_HELP = f"What happened when: request_received={_EXAMPLE}, or a local date where the hour does not matter."
_OUTAGE_HELP = "Intake was down, FROM/TO with zones; may be repeated."
_AS_OF_HELP = "The local date the case was opened, which fixes the rule versions."


def clock(
    case_type: Annotated[str | None, typer.Argument(metavar="TYPE", help=_LISTS)] = None,
    *,
    zone: Annotated[str | None, typer.Option(help="IANA time zone of the facility.")] = None,
    at: Annotated[list[str] | None, typer.Option(metavar="FACT=TIME", help=_AT_HELP)] = None,
    is_: Annotated[list[str] | None, typer.Option("--is", metavar="NAME", help=_IS_HELP)] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help=_AS_OF_HELP)] = None,
    outage: Annotated[list[str] | None, typer.Option(metavar="FROM/TO", help=_OUTAGE_HELP)] = None,
    facts: Annotated[bool, typer.Option("--facts", help=_FACTS_HELP)] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Reckon every deadline, timeliness and liability date from facts; needs no server."""
    # Imported when asked: the other commands need not pay for the rules and the holidays.
    from services.complaints.commands import report as clock_report  # noqa: PLC0415
    from services.complaints.domain.facts import FactRefused  # noqa: PLC0415
    from services.complaints.domain.reckoning import reckon  # noqa: PLC0415

    if case_type is None:
        say("\n".join(("Case types:", *clock_report.case_types())))
        return
    case = _case(case_type)
    if facts:
        say("\n".join(clock_report.understood(case)))
        return
    given, opened_on = _facts(at or ()), None if as_of is None else _date("--as-of", as_of)
    try:
        reckoning = reckon(case, given, _zone(zone), _desk(outage or ()), circumstances=is_ or (), opened_on=opened_on)
    except FactRefused as refused:
        _refuse(str(refused))
    if json:
        as_json(clock_report.document(reckoning))
    else:
        say("\n".join(clock_report.text(reckoning)))


def _case(name: str) -> "CaseClock":
    from services.complaints.domain.rules import CASE_CLOCKS  # noqa: PLC0415
    from shared.contracts.complaints import CaseType  # noqa: PLC0415

    try:
        return CASE_CLOCKS[CaseType(name.upper().replace("-", "_"))]
    except ValueError:
        _refuse(f"There is no case type {name!r}; there are {', '.join(CaseType)}.")


def _facts(assignments: "list[str] | tuple[str, ...]") -> "dict[str, Moment]":
    given: dict[str, Moment] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name:
            _refuse(f"--at wants FACT=TIME, as request_received={_EXAMPLE}.")
        if name in given:
            _refuse(f"{name} is given twice.")
        given[name] = _date(name, value) if len(value) == len("YYYY-MM-DD") else _instant(name, value)
    return given


def _date(name: str, value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        _refuse(f"{name} is no date of the calendar; give it as 2026-07-04.")


def _instant(name: str, value: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(value)
    except ValueError:
        _refuse(f"{name} is no time; give it as {_EXAMPLE}.")
    if found.tzinfo is None:
        _refuse(f"{name} has no time zone; give it as {_EXAMPLE}.")
    return found


def _zone(zone: str | None) -> str:
    from shared.program.zones import is_zone  # noqa: PLC0415

    if zone is None:
        _refuse("--zone is missing: the IANA time zone of the facility, as America/Chicago.")
    if not is_zone(zone):
        _refuse("--zone is not an IANA time zone, as America/Chicago.")
    return zone


def _desk(outages: "list[str] | tuple[str, ...]") -> "Desk":
    from pydantic import ValidationError  # noqa: PLC0415

    from services.complaints.domain.outages import OutageCalendar  # noqa: PLC0415
    from services.complaints.domain.reckoned import Desk  # noqa: PLC0415
    from services.complaints.settings import ComplaintsSettings  # noqa: PLC0415

    try:
        settings = ComplaintsSettings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        _refuse(f"The settings QIO_COMPLAINTS_... do not hold: {first['msg']}.")
    calendar = OutageCalendar(_outage(value) for value in outages)
    return Desk(book=settings.rule_book(), practice=settings.practice(), outages=calendar)


def _outage(value: str) -> "Outage":
    from services.complaints.domain.outages import Outage  # noqa: PLC0415

    since, slash, until = value.partition("/")
    if not slash:
        _refuse(f"--outage wants FROM/TO, as {_EXAMPLE}/2026-07-05T02:00-05:00.")
    try:
        return Outage(_instant("--outage", since), _instant("--outage", until))
    except ValueError as error:
        _refuse(f"--outage: {error}.")


def _refuse(sentence: str) -> NoReturn:
    fail(sentence, status=2)
