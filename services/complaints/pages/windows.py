"""The time to ask for a case of a type, and what a later request comes to."""

from collections.abc import Iterator

from services.complaints.domain.clock import Hour
from services.complaints.domain.procedure import Limit, Procedure
from services.complaints.domain.rule import Rule, Term
from services.complaints.pages.cells import row


def windows(procedure: Procedure) -> str:
    """A table of the filing windows, or that there is none; nothing where nobody asks."""
    if not procedure.limits:
        return "\nNo time is set for asking.\n" if procedure.received is not None else ""
    head = "\n**Time to ask**\n\n| rule | act | no later than | a later request |\n|---|---|---|---|\n"
    return head + "".join(line for limit in procedure.limits for line in _window(procedure, limit))


def _window(procedure: Procedure, limit: Limit) -> Iterator[str]:
    for rule in procedure.clock.rules:
        if rule.id != limit.rule or (limit.versions and rule.version not in limit.versions):
            continue
        since = f", {rule.effective_from} to {rule.effective_to or 'now'}" if limit.versions else ""
        more = f": {rule.if_late}" if rule.if_late else ""
        yield row(
            f"`{rule.id}` {rule.version}{since}",
            f"{rule.owed} ({rule.citation}){_when(rule)}",
            ", or if later: ".join(map(_end, rule.terms)),
            f"**{limit.late.value}**{more}",
        )


def _when(rule: Rule) -> str:
    asked = ", ".join(f"{when.test.value} `{when.name}`" for when in rule.when)
    return f"; when {asked}" if asked else ""


def _end(term: Term) -> str:
    """The end of a time as a date is said: noon, 1 calendar day after ..."""
    span, starts = term.span, " and ".join(f"`{name}`" for name in (*term.starts, *term.also))
    if not span.count:
        return f"{starts} itself" if span.unit.value.endswith("hours") else f"{_hour(span.hour)}the day of {starts}"
    unit = span.unit.value if span.count > 1 else span.unit.value.removesuffix("s")
    return f"{_hour(span.hour)}{span.count} {unit} {'before' if span.before else 'after'} {starts}"


def _hour(hour: Hour) -> str:
    return "" if hour is Hour.END else f"{hour.value}, "
