"""The report on one task for CMS: recruited against target, infrastructure done, deliverables due and met."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from services.recruitment.domain.coalitions.state import Coalition, Former
from services.recruitment.domain.communities.state import Community
from services.recruitment.domain.program.state import Deliverable, QioContract
from services.recruitment.domain.program.timeline import Status, as_of, due_as_of, due_on, status
from services.recruitment.domain.reports.participation import Members
from services.recruitment.domain.targets.areas import states_of
from services.recruitment.domain.targets.coverage import Coverage, coverage
from services.recruitment.domain.targets.state import RecruitmentTarget
from shared.contracts.recruitment.coalition_terms import Item
from shared.program.ssa import STATE_BY_CODE

_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is reported: the states, and the first and last day. What stands is told as it stood on the last day."""

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
    """One coalition: where it was, how many were members and which items were done, all as of one day.

    That is the last day of the report, or the coalition's own last day where it ended before; ``ended_on`` is the first
    day it was none, None where it was at work on the last day of the report. ``kept`` is False where members and
    infrastructure of a coalition of long ago are not on record.
    """

    community: str
    number: int
    name: str
    states: tuple[str, ...]
    formed_on: dt.date
    ended_on: dt.date | None
    members: int
    done: tuple[Item, ...]
    kept: bool

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
    task: str,
    coalitions: Iterable[Coalition],
    communities: Mapping[str, Community],
    zip_states: Mapping[str, str],
) -> tuple[CoalitionReport, ...]:
    """The coalitions for a task that were at work in the time of the report in any of its states.

    Those that ended since, or whose community was dissolved since, count as they were: by their effective days, as
    known now. What was reopened or lapsed after the day counts as done on it.
    """
    found = []
    for coalition in coalitions:
        community = communities.get(coalition.id)
        ever: tuple[Former | Coalition, ...] = (*coalition.former, coalition)
        for one in ever:
            ended = one.ended_on if one.ended_on is not None and one.ended_on <= scope.last else None
            day = scope.last if ended is None else ended - _DAY
            states = states_of_areas(community.areas_on(day), zip_states) if community else ()
            at_work = one.formed_on <= day and day >= scope.first
            if one.task == task and at_work and not scope.states.isdisjoint(states):
                members = sum(member.on(day) for member in one.members.values())
                done = tuple(item for item, check in one.infrastructure.items() if check.done_on(day))
                found.append(
                    CoalitionReport(
                        coalition.id,
                        one.number,
                        one.name,
                        states,
                        one.formed_on,
                        ended,
                        members,
                        done,
                        bool(one.infrastructure),
                    )
                )
    return tuple(found)


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
            source = due_as_of(one, scope.last).source
            reported.append(DeliverableReport(contract.id, contract.qio, one.deliverable, one.title, due, how, source))
    return tuple(sorted(reported, key=lambda one: (one.due_on, one.contract, one.deliverable)))


def by_status(found: Iterable[DeliverableReport]) -> dict[str, int]:
    """How many deliverables had each status, every status named."""
    counted = Counter(one.status for one in found)
    return {one.value: counted[one] for one in Status}
