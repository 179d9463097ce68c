"""The page of all clocks for people: `python -m services.complaints.pages.clocks > docs/clocks.md`."""

import sys
from collections.abc import Iterator

from services.complaints.domain.case_clock import CaseClock
from services.complaints.domain.clock import Hour, Unit
from services.complaints.domain.rule import Filed, Rule, Term
from services.complaints.domain.rules import BOOK, CASE_CLOCKS

_INTRODUCTION = """\
# Clocks

Made from `services/complaints/domain/rules/` by `python -m services.complaints.pages.clocks > docs/clocks.md`; do not
edit. `qio case clock TYPE --zone Z --at FACT=TIME ...` reckons with these rules; `--facts` lists the facts of a type.

Certainty: **V** read in the regulation, **M** from memory and not read again, **U** uncertain, a person must check it,
**D** decided here because the law is silent. The amount of every rule that is not V can be set with
`QIO_COMPLAINTS_CLOCK_AMOUNTS`, as `{"ST-LATE-FILING": 60}`; the close of business (17:00) with
`QIO_COMPLAINTS_CLOSE_OF_BUSINESS`; further days that are no working days with `QIO_COMPLAINTS_CLOSURES`.

Days count on the facility's clock, the day of the event not counted; hours on the UTC line. Weekends and holidays move
nothing but working days. A case keeps the versions in force on the local date it was opened. Rules whose publication
was not looked up are asserted from 2009-01-01, although they are older.
"""
_HEAD = """
| rule | in force | act | who | counts from | time | certainty | source |
|---|---|---|---|---|---|---|---|
"""


def render() -> str:
    """The whole page; a rule that several case types share stands under each."""
    count = f"\n{len(BOOK.all())} rules in {len(CASE_CLOCKS)} case types.\n"
    return _INTRODUCTION + count + "".join(_section(case) for case in CASE_CLOCKS.values())


def _section(case: CaseClock) -> str:
    rows = "".join(f"| {' | '.join(_cells(case, rule))} |\n" for rule in case.rules)
    return f"\n## {case.title}\n\n`{case.type}`, opened by `{case.opening}`\n{_HEAD}{rows}"


def _cells(case: CaseClock, rule: Rule) -> Iterator[str]:
    yield f"`{rule.id}` {rule.version}"
    yield f"{rule.effective_from} to {rule.effective_to or 'now'}"
    yield rule.owed + (f"; done by `{rule.met_by}`" if rule.met_by else "") + _conditions(rule)
    yield f"{rule.obligor.value} ({rule.kind.value})"
    yield "; or later ".join(_starts(case, term) for term in rule.terms)
    yield "; or later ".join(_span(term) for term in rule.terms) + _extras(rule)
    yield rule.certainty.value
    late = f"; late: {rule.if_late}" if rule.if_late else ""
    yield rule.citation + (f"; {rule.note}" if rule.note else "") + late


def _conditions(rule: Rule) -> str:
    if not rule.when:
        return ""
    return "; when " + ", ".join(f"{when.test.value} `{when.name}`" for when in rule.when)


def _starts(case: CaseClock, term: Term) -> str:
    names = [_start(case, name) for name in term.starts] + [f"`{name}` if any" for name in term.also]
    return names[0] if len(names) == 1 else f"the later of {', '.join(names)}"


def _start(case: CaseClock, name: str) -> str:
    presumed = case.fact(name).presumed
    return f"`{name}`" + (f" (presumed `{presumed.letter}` + {presumed.days} calendar days)" if presumed else "")


def _span(term: Term) -> str:
    span = term.span
    if span.unit in (Unit.SAME_DAY, Unit.AT_ONCE_OR_NEXT_DAY):
        return span.unit.value
    if span.unit is Unit.ELAPSED_HOURS:
        return f"{span.count} {span.unit.value}{' before' if span.before else ''}"
    hour = "" if span.hour is Hour.END else f", {span.hour.value}"
    if not span.count:
        return f"the same day{hour}"
    unit = span.unit.value if span.count > 1 else span.unit.value.removesuffix("s")
    return f"{span.count} {unit}{' before' if span.before else ''}{hour}"


def _extras(rule: Rule) -> str:
    extras = "; by postmark" if rule.filed is Filed.POSTMARK else ""
    if rule.outage_relief:
        extras += "; intake down: noon of the next open day"
    if rule.weekend_review:
        extras += "; an end on a weekend or holiday: good cause is reviewed"
    return extras


if __name__ == "__main__":
    sys.stdout.write(render())
