"""The report on one task for CMS: recruited against target, infrastructure done, deliverables due and met."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from services.recruitment.domain.coalitions.equipment import ItemState
from services.recruitment.domain.coalitions.state import Coalition
from services.recruitment.domain.communities.state import Community
from services.recruitment.domain.program.state import Deliverable, QioContract
from services.recruitment.domain.program.timeline import Status, as_of, due_on, status
from services.recruitment.domain.reports.participation import Members
from services.recruitment.domain.targets.areas import states_of
from services.recruitment.domain.targets.coverage import Coverage, coverage
from services.recruitment.domain.targets.state import RecruitmentTarget
from shared.contracts.recruitment.coalition_terms import Item
from shared.program.ssa import STATE_BY_CODE


@dataclass(frozen=True, slots=True)
class Scope:
    """What is reported: the states, and the first and last day. Everything is told as it stood on the last day."""

    states: AbstractSet[str]
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class StateRecruitment:
    """One state on the last day: eligible, members of those, and members recruited since the first day.

    Who was recruited and closed or merged since is work done, but neither eligible nor a member any more.
    """

    state: str
    eligible: int
    members: int
    recruited: int


@dataclass(frozen=True, slots=True)
class Recruitment:
    """One collaborative in the states of the report, with the targets set for those states."""

    collaborative: str
    states: tuple[StateRecruitment, ...]
    targets: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class CoalitionReport:
    """One coalition: where it is, how many were members on the last day, and which items were done by then."""

    community: str
    name: str
    states: tuple[str, ...]
    formed_on: dt.date
    members: int
    done: tuple[Item, ...]

    @property
    def complete(self) -> bool:
        """Whether all of the infrastructure was done."""
        return len(self.done) == len(Item)


@dataclass(frozen=True, slots=True)
class DeliverableReport:
    """One deliverable that was due in the time of the report."""

    contract: str
    qio: str
    deliverable: str
    title: str
    due_on: dt.date
    status: Status
    source: str


def recruitment(
    scope: Scope,
    collaborative: str,
    eligible: Mapping[str, int],
    members: Sequence[Members],
    targets: Iterable[RecruitmentTarget],
) -> Recruitment:
    """The sums of one collaborative; a target counts whose whole area is reported and whose period meets the time.

    Recruited against a target is counted over the target's own period, up to the last day of the report.
    """
    states = tuple(
        StateRecruitment(
            state,
            eligible.get(state, 0),
            sum(one.number for one in members if one.state == state and one.open),
            sum(one.number for one in members if one.state == state and one.recruited_on >= scope.first),
        )
        for state in sorted(scope.states)
        if state in eligible or any(one.state == state for one in members)
    )
    joined = [(one.state, one.recruited_on, one.number) for one in members]
    counted = [
        one
        for target in targets
        if target.collaborative == collaborative and (states_of(target.area) or {""}) <= scope.states
        for one in coverage(target, scope.last, eligible, joined)
        if one.version.starts_on <= scope.last and one.version.ends_on >= scope.first
    ]
    return Recruitment(collaborative, states, tuple(counted))


def infrastructure(
    scope: Scope,
    coalitions: Iterable[Coalition],
    communities: Mapping[str, Community],
    zip_states: Mapping[str, str],
) -> tuple[CoalitionReport, ...]:
    """The coalitions that were at work on the last day in any state of the report.

    An item counts as done by the last day when it is done now and its evidence is of that day or before: what was
    reopened or lapsed since then counts as not done.
    """
    found = []
    for one in coalitions:
        community = communities.get(one.id)
        states = states_of_areas(community.areas, zip_states) if community else ()
        at_work = one.formed_on <= scope.last and (one.ended_on is None or one.ended_on > scope.last)
        if at_work and not scope.states.isdisjoint(states):
            members = sum(member.on(scope.last) for member in one.members.values())
            found.append(CoalitionReport(one.id, one.name, states, one.formed_on, members, _done(one, scope.last)))
    return tuple(found)


def _done(coalition: Coalition, last: dt.date) -> tuple[Item, ...]:
    return tuple(
        item
        for item, check in coalition.infrastructure.items()
        if check.state is ItemState.DONE and check.evidence is not None and check.evidence.done_on <= last
    )


def states_of_areas(areas: Iterable[str], zip_states: Mapping[str, str]) -> tuple[str, ...]:
    """The states that the areas of a community lie in: ZIP codes, and counties by their SSA state code."""
    found = set()
    for area in areas:
        kind, _, code = area.partition(":")
        state = zip_states.get(code) if kind == "zip" else STATE_BY_CODE.get(code[:2])
        if state is not None:
            found.add(state)
    return tuple(sorted(found))


def deliverables(
    scope: Scope, contracts: Mapping[str, QioContract], found: Iterable[Deliverable]
) -> tuple[DeliverableReport, ...]:
    """Those that were due from the first to the last day, by contracts for any state of the report, by due date."""
    reported = []
    for one in found:
        contract = contracts.get(one.contract)
        terms = as_of(contract, scope.last) if contract else None
        due = due_on(one, scope.last)
        if contract and terms and not scope.states.isdisjoint(terms.states) and scope.first <= due <= scope.last:
            how = status(one, scope.last)
            source = one.dues[-1].source
            reported.append(DeliverableReport(contract.id, contract.qio, one.deliverable, one.title, due, how, source))
    return tuple(sorted(reported, key=lambda one: (one.due_on, one.contract, one.deliverable)))


def by_status(found: Iterable[DeliverableReport]) -> dict[str, int]:
    """How many deliverables had each status, every status named."""
    counted = Counter(one.status for one in found)
    return {one.value: counted[one] for one in Status}
