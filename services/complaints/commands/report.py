"""A reckoning for people and for machines: each line with its rule, its source and its arithmetic."""

from collections.abc import Iterator
from typing import Any

from services.complaints.domain import clock
from services.complaints.domain.case_clock import CaseClock
from services.complaints.domain.facts import Known
from services.complaints.domain.reckoned import Reckoned, Reckoning, Standing
from services.complaints.domain.rule import Filed, Kind
from services.complaints.domain.rules import CASE_CLOCKS
from shared.contracts.envelope import format_instant

_STANDINGS = {
    Standing.OPEN: "",
    Standing.IN_TIME: "in time",
    Standing.LATE: "LATE",
    Standing.TOO_EARLY: "TOO EARLY",
    Standing.HOUR_NEEDED: "HOUR?",
    Standing.GOOD_CAUSE_REVIEW: "LATE?",
}
_REVIEW = "the time ended on a weekend or holiday: not turned away, good cause is reviewed"
_AFTER_HOURS = "begun after the hour of its day, so due on the next [U]"


def document(reckoning: Reckoning) -> dict[str, Any]:
    """Everything in plain values; instants in UTC (``..._at``) and on the facility's clock (``..._local``)."""
    zone = reckoning.zone
    lines = [_line(found, zone) for found in reckoning.reckoned]
    return {
        "case_type": reckoning.case.type.value,
        "title": reckoning.case.title,
        "zone": zone,
        "opened_on": reckoning.opened_on.isoformat(),
        "facts": {name: _fact(known, zone) for name, known in reckoning.known.items()},
        "deadlines": [line for line in lines if line["kind"] != Kind.LIABILITY.value],
        "liability": [line for line in lines if line["kind"] == Kind.LIABILITY.value],
        "waiting": [
            {"rule": found.rule.id, "owed": found.rule.owed, "needs": list(found.needs)} for found in reckoning.waiting
        ],
    }


def text(reckoning: Reckoning) -> Iterator[str]:
    """The same in lines for people."""
    zone = reckoning.zone
    yield f"{reckoning.case.title} ({reckoning.case.type})"
    yield f"Clock of {zone}, rules in force on {reckoning.opened_on:%a %Y-%m-%d}"
    yield ""
    yield "Facts"
    for name, known in reckoning.known.items():
        presumed = f"  {known.presumed}" if known.presumed else ""
        yield f"  {name:<33}{clock.in_words(known.at, zone)}{presumed}"
    for heading, liability in (("Deadlines", False), ("Liability", True)):
        found = [line for line in reckoning.reckoned if (line.rule.kind is Kind.LIABILITY) is liability]
        if found:
            yield from ("", heading)
        for line in found:
            yield from _lines(line, zone)
    if reckoning.waiting:
        yield from ("", "Not yet: what is missing")
        for waiting in reckoning.waiting:
            yield f"  {waiting.rule.id:<33}{', '.join(waiting.needs)}"


def understood(case: CaseClock) -> Iterator[str]:
    """The facts and circumstances a case type understands, with their meaning."""
    yield f"{case.title} ({case.type})"
    yield ""
    yield "Facts: --at NAME=TIME, as 2026-07-04T23:40-05:00, or a local date where the hour does not matter"
    for fact in case.facts:
        presumed = ""
        if fact.presumed is not None:
            days = f"{fact.presumed.days} calendar days after {fact.presumed.letter}"
            presumed = f"; unless given, presumed {days} ({fact.presumed.citation})"
        yield f"  {fact.id:<33}{fact.meaning}{presumed}"
    if case.circumstances:
        yield from ("", "Circumstances: --is NAME")
        for circumstance in case.circumstances:
            yield f"  {circumstance.id:<33}{circumstance.meaning}"


def case_types() -> Iterator[str]:
    """Every case type with its title."""
    for case in CASE_CLOCKS.values():
        yield f"  {case.type.value:<28}{case.title}"


def _fact(known: Known, zone: str) -> dict[str, Any]:
    at = known.at
    return {
        "given": at.isoformat(),
        "local": clock.in_words(at, zone),
        "presumed": known.presumed or None,
    }


def _line(found: Reckoned, zone: str) -> dict[str, Any]:
    rule = found.rule
    return {
        "rule": rule.id,
        "rule_version": rule.version,
        "citation": rule.citation,
        "certainty": rule.certainty.value,
        "configured": rule.configured,
        "kind": rule.kind.value,
        "obligor": rule.obligor.value,
        "owed": rule.owed,
        "due_at": format_instant(found.due_at),
        "due_local": clock.in_words(found.due_at, zone),
        "due_date": clock.local_date(found.due_at, zone).isoformat(),
        "standing": found.standing.value,
        "arithmetic": found.arithmetic,
        "notes": list(_notes(found)),
    }


def _lines(found: Reckoned, zone: str) -> Iterator[str]:
    rule = found.rule
    words = "" if rule.kind in (Kind.DUTY, Kind.WINDOW) else f" ({rule.kind.value})"
    due = clock.in_words(found.due_at, zone)
    yield f"  {_STANDINGS[found.standing]:<10}{due:<42}{rule.obligor:<12}{rule.owed}{words}"
    yield f"            {found.arithmetic}"
    configured = ", set by this QIO" if rule.configured else ""
    yield f"            {rule.citation} ({rule.id} version {rule.version}) [{rule.certainty}{configured}]"
    for note in _notes(found):
        yield f"            {note}"


def _notes(found: Reckoned) -> Iterator[str]:
    rule = found.rule
    if found.standing in (Standing.LATE, Standing.GOOD_CAUSE_REVIEW) and rule.if_late:
        yield f"late: {rule.if_late}"
    if found.standing is Standing.GOOD_CAUSE_REVIEW:
        yield _REVIEW
    if found.standing is Standing.HOUR_NEEDED:
        yield f"done that day; whether in time needs the hour of {rule.met_by}"
    if found.after_hours:
        yield _AFTER_HOURS
    if rule.filed is Filed.POSTMARK:
        yield "the postmark counts"
    if rule.note:
        yield rule.note
