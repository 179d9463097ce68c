"""What the time of the request means, by the clocks of its case type, while the caller waits."""

import datetime as dt
from dataclasses import dataclass

from services.complaints.domain import procedures
from services.complaints.domain.facts import FactRefused
from services.complaints.domain.intake.draft import Draft
from services.complaints.domain.intake.finder import find
from services.complaints.domain.intake.request import circumstances, facts, zone_of
from services.complaints.domain.procedure import Late, Limit
from services.complaints.domain.reckoned import Desk, Reckoned, Reckoning, Standing
from services.complaints.domain.reckoning import reckon
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import CaseType

_LATE = frozenset({Standing.LATE, Standing.GOOD_CAUSE_REVIEW})


@dataclass(frozen=True, slots=True)
class Window:
    """One filing window by the answers so far: until when, and whether the request came in it."""

    limit: Limit
    found: Reckoned
    zone: str

    @property
    def late(self) -> bool:
        """Whether the request came after its end."""
        return self.found.standing in _LATE


def windows(draft: Draft, desk: Desk, now: dt.datetime) -> tuple[Window, ...]:
    """The filing windows that can be told already; none while the type or the facts they count from are not known.

    Facts that contradict each other tell nothing here: filing says which.
    """
    case_type = find(draft).case_type
    if case_type is None or draft.answer("state") is None:
        return ()
    zone, procedure = zone_of(draft), procedures.of(case_type)
    reckoning = _reckoning(draft, case_type, zone, desk, now)
    if reckoning is None:
        return ()
    passed = {limit.rule: limit for limit, _ in procedure.passed(reckoning)}
    found = {limit.rule: limit for limit in procedure.limits} | passed
    items = ((limit, reckoning.of(rule)) for rule, limit in found.items())
    return tuple(Window(limit, item, zone) for limit, item in items if item is not None)


def needs_good_cause(draft: Draft, desk: Desk, now: dt.datetime) -> bool:
    """Whether the request is so late that it is heard for good cause only (42 CFR 478.22)."""
    return any(
        window.limit.late is Late.GOOD_CAUSE and window.found.standing is Standing.LATE
        for window in windows(draft, desk, now)
    )


def _reckoning(draft: Draft, case_type: CaseType, zone: str, desk: Desk, now: dt.datetime) -> Reckoning | None:
    procedure = procedures.of(case_type)
    try:
        known = facts(draft, procedure, zone, now)
        if procedure.received is not None:
            known[procedure.received] = draft.first_contact(case_type).at
        return reckon(procedure.clock, known, zone, desk, circumstances=circumstances(draft, procedure, zone))
    except (FactRefused, Refusal):
        return None
