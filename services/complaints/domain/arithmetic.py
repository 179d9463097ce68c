"""How a deadline was reckoned, in one sentence a lawyer can check with a calendar."""

import datetime as dt

from services.complaints.domain import clock
from services.complaints.domain.clock import DAY, Hour, Moment, Practice, Span, Unit
from services.complaints.domain.facts import Known
from shared.program.holidays import holiday


def sentence(span: Span, start: Known, due_at: dt.datetime, zone: str, practice: Practice) -> str:
    """From the start, over the span, to the end: ``request_received Fri … plus 72 elapsed hours = Mon …``."""
    begins = f"{start.fact.id} {clock.in_short(start.at, zone)}"
    if start.presumed:
        begins += f" ({start.presumed})"
    ends = clock.in_short(due_at, zone)
    if span.unit is Unit.ELAPSED_HOURS:
        sign = "minus" if span.before else "plus"
        return f"{begins} = {_utc(clock.instant(start.at))}, {sign} {span.count} elapsed hours = {ends}"
    if span.unit is Unit.AT_ONCE_OR_NEXT_DAY:
        return f"{begins}, cutoff {practice.cutoff:%H:%M}: from {ends}"
    if span.unit is Unit.SAME_DAY:
        return f"{begins}, the same local day = {ends}"
    moved = _moved(span, start.at, due_at, zone)
    if not span.count and not moved:
        return f"{begins}, {_hour(span, practice)} of that day = {ends}"
    return f"{begins}, {_counted(span, start.at, zone, practice)}{moved}, {_hour(span, practice)} = {ends}"


def _utc(at: dt.datetime) -> str:
    return f"{at:%H:%M:%S}Z" if at.second else f"{at:%H:%M}Z"


def _counted(span: Span, start: Moment, zone: str, practice: Practice) -> str:
    day = clock.local_date(start, zone)
    if not span.count:
        return "the same day"
    sign = "minus" if span.before else "plus"
    unit = span.unit.value if span.count > 1 else span.unit.value.removesuffix("s")
    words = f"{sign} {span.count} {unit}"
    if span.unit is not Unit.WORKING_DAYS:
        return words
    counted = clock.counted_working_days(day, span.count, practice)
    if span.count > 5:
        return words
    skipped = [f"{name} {found:%a %m-%d}" for found, name in _holidays(day, counted[-1], practice)]
    without = f" without {', '.join(skipped)}" if skipped else ""
    return f"{words} ({', '.join(f'{found:%a %m-%d}' for found in counted)}{without})"


def _holidays(after: dt.date, until: dt.date, practice: Practice) -> list[tuple[dt.date, str]]:
    days = [after + count * DAY for count in range(1, (until - after).days)]
    names = [(day, holiday(day) or ("closure" if day in practice.closures else "")) for day in days]
    return [(day, name) for day, name in names if name and day.weekday() < 5]


def _moved(span: Span, start: Moment, due_at: dt.datetime, zone: str) -> str:
    if span.count or clock.local_date(due_at, zone) == clock.local_date(start, zone):
        return ""
    return ", after hours: the next day"


def _hour(span: Span, practice: Practice) -> str:
    if span.hour is Hour.CLOSE:
        return f"close of business {practice.close_of_business:%H:%M}"
    return span.hour.value
