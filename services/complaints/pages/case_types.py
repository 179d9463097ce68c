"""The page of all case types for people: `python -m services.complaints.pages.case_types > docs/case-types.md`."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from services.complaints.domain.procedure import Outcome, Procedure, Step
from services.complaints.domain.procedures import PROCEDURES
from services.complaints.domain.rule import Kind
from services.complaints.domain.rules import CASE_CLOCKS
from services.complaints.pages.cells import cell, notice, roles, row
from services.complaints.pages.diagram import beside, by_clock, diagram
from services.complaints.pages.windows import windows
from shared.contracts.complaints import CASES, PUBLIC_CASES, Obligor, Role

_INTRODUCTION: Final = """\
# Case types

Made from the tables in `services/complaints/domain/procedures/` by
`python -m services.complaints.pages.case_types > docs/case-types.md`; do not edit. `qio case steps TYPE` prints
the same table on the command line. The times are in [clocks.md](clocks.md), each with its source.

How to read it. A case is in one **state**; a **step** leads to the next. Whatever is neither in the diagram nor in the
lists below it is refused. Steps marked (clock) nobody takes: they follow by themselves, as soon as everything they need
is there, or when a time has passed. A step has the time at which it was done: never in the future, never before the
request. It is **refused with** every sentence that stands against it, all at once; also when something it needs was not
given or something came that it does not take. `party` is who was told, `how` says by telephone, by letter, or in vain;
`answers.x` is a coded answer, `facts.x` a time, `words.x` what a letter must say and only a person can write. Of a step
marked (inside) other services hear nothing.

Outcomes: an **adverse** one only a physician decides; after an **unfavourable** one the rights of the dissatisfied run;
a **favourable** one is in favour of the person or provider the case is about.
"""
_ASKING: Final = {
    Obligor.BENEFICIARY: "the beneficiary, or a representative with authority",
    Obligor.PROVIDER: "the provider",
    Obligor.PLAN: "the plan",
}


def render() -> str:
    """The whole page, in the order of the clocks' page."""
    ordered = [PROCEDURES[case_type] for case_type in CASE_CLOCKS]
    rows = "".join(f"| {_link(one)} | `{one.type}` | {one.source} | {_heard_briefly(one)} |\n" for one in ordered)
    index = "\n| case type | name | source | partners hear |\n|---|---|---|---|\n" + rows
    return _INTRODUCTION + index + "".join(_section(one) for one in ordered)


def anchor(title: str) -> str:
    """A heading as links name it."""
    return re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-")


def _link(procedure: Procedure) -> str:
    title = procedure.clock.title
    return f"[{title}](#{anchor(title)})"


def _section(procedure: Procedure) -> str:
    title = procedure.clock.title
    parts = (
        f"\n## {title}\n\n`{procedure.type}` · {procedure.source} · times: [clocks](clocks.md#{anchor(title)})\n",
        "\n" + "".join(f"- {line}\n" for line in _opening(procedure)),
        windows(procedure),
        _refusals(procedure),
        diagram(procedure),
        beside(procedure),
        _steps(procedure),
        _outcomes(procedure),
    )
    return "".join(parts)


def _opening(procedure: Procedure) -> Iterator[str]:
    """What opens the case and who belongs to it."""
    facts = {fact.id: fact.meaning for fact in procedure.clock.facts}
    yield f"**Who asks**: {_asking(procedure)}."
    yield f"**Must be named**: {roles(procedure.parties)}."
    required = (f"`{name}` ({facts[name]})" for name in procedure.required)
    yield f"**Must be known**: {', '.join(required) or 'nothing more'}."
    if procedure.clock.circumstances:
        known = (f"`{one.id}` ({one.meaning})" for one in procedure.clock.circumstances)
        yield f"**Circumstances that matter**: {'; '.join(known)}."
    if procedure.opening:
        yield f"**Sent at opening**: {'; '.join(map(notice, procedure.opening))}."
    yield f"**What outsiders hear**: {_heard(procedure)}."


def _asking(procedure: Procedure) -> str:
    if procedure.received is None:
        return "nobody: the QIO takes it up itself"
    rules = [rule for rule in procedure.clock.rules if rule.kind is Kind.WINDOW and rule.met_by == procedure.received]
    owners = list(dict.fromkeys(_ASKING.get(rule.obligor, rule.obligor.value) for rule in rules))
    counted = procedure.clock.fact(procedure.received).meaning
    return f"{' or '.join(owners)} ({counted})" if owners else counted


def _heard(procedure: Procedure) -> str:
    """Other services on the internal topic, partners on the public one."""
    if not procedure.announced:
        return "nothing: neither other services nor partners hear that there is such a case; only its letters leave"
    services = f"other services hear its steps and clocks, without persons or providers, on `{CASES.name}`"
    if procedure.coarse is None:
        return f"{services}; partners hear nothing"
    coarse = f"only {procedure.coarse} opened, decided, closed, by region and month, on `{PUBLIC_CASES.name}`"
    return f"{services}; partners {coarse}"


def _heard_briefly(procedure: Procedure) -> str:
    return procedure.coarse or ("other services only" if procedure.announced else "nothing")


def _refusals(procedure: Procedure) -> str:
    if not procedure.eligible:
        return ""
    lines = (f"- {cell(guard.text)} (`{guard.id}`; {guard.citation})\n" for guard in procedure.eligible)
    return "\n**A request is refused with**\n\n" + "".join(lines)


def _steps(procedure: Procedure) -> str:
    head = "\n| step | by | needs | refused with | follows | source |\n|---|---|---|---|---|---|\n"
    return head + "".join(row(*_step(procedure, step)) for step in procedure.steps.values())


def _step(procedure: Procedure, step: Step) -> Iterator[str]:
    marks = [text for text, so in _marks(procedure, step) if so]
    yield f"`{step.id}`" + (f" ({', '.join(marks)})" if marks else "") + (f": {step.note}" if step.note else "")
    yield "the clock" if by_clock(procedure, step.id) else step.actor.value
    yield ", ".join([*(f"`{need}`" for need in step.needs), *(f"`{may}` if any" for may in step.takes)])
    yield "<br>".join(guard.text for guard in step.guards)
    yield "<br>".join(_follows(step))
    yield step.citation


def _marks(procedure: Procedure, step: Step) -> Iterator[tuple[str, bool]]:
    yield "reconsideration", bool(step.level)
    yield "interim", step.interim
    yield "inside", procedure.announced and step.quiet


def _follows(step: Step) -> Iterator[str]:
    """Facts, letters and ends."""
    if step.fact:
        yield f"time of `{step.fact}`"
    by_fact: dict[str, list[Role]] = defaultdict(list)
    for role, fact in step.party_facts.items():
        by_fact[fact].append(role)
    for fact, told in by_fact.items():
        yield f"time of `{fact}`, of {roles(told)}"
    if step.clears:
        yield "open again: " + ", ".join(f"`{name}`" for name in step.clears)
    yield from map(notice, step.notices)
    if step.voids:
        everyone = step.voids == frozenset(Obligor)
        owed = "by anybody" if everyone else "by " + ", ".join(one.value for one in Obligor if one in step.voids)
        yield f"nothing more is owed {owed}"
    if step.ends:
        yield f"ends as {step.ends}"


def _outcomes(procedure: Procedure) -> str:
    if not procedure.outcomes:
        return "\nIt ends without a determination.\n"
    head = "\n| outcome | says | adverse | unfavourable | favourable |\n|---|---|---|---|---|\n"
    return head + "".join(row(*_outcome(one)) for one in procedure.outcomes.values())


def _outcome(outcome: Outcome) -> Sequence[str]:
    flags = (outcome.adverse, outcome.unfavourable, outcome.favourable)
    return (f"`{outcome.id}`", outcome.says, *("yes" if flag else "" for flag in flags))


if __name__ == "__main__":
    sys.stdout.write(render())
