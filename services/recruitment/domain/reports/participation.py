"""Participation in a collaborative on a day: recruited against eligible, by state and by network."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from services.recruitment.domain.program.answering import Answer
from shared.program.jurisdictions import UNKNOWN
from shared.program.states import STATES


class Members(NamedTuple):
    """How many members of a state were recruited on a day; ``open`` are neither closed nor merged into another."""

    state: str
    recruited_on: dt.date
    open: bool
    number: int


@dataclass(frozen=True, slots=True)
class StateShare:
    """One state: members against eligible, and the network that answers for it (or UNKNOWN)."""

    state: str
    name: str
    network: str
    eligible: int
    recruited: int


@dataclass(frozen=True, slots=True)
class RegionShare:
    """One network: the sums over its states."""

    network: str
    states: tuple[str, ...]
    eligible: int
    recruited: int


@dataclass(frozen=True, slots=True)
class Participation:
    """Every state and territory, and the networks that are known; ``unknown_because`` says why the rest is not."""

    collaborative: str
    as_of: dt.date
    states: tuple[StateShare, ...]
    regions: tuple[RegionShare, ...]
    unknown_because: str | None

    @property
    def eligible(self) -> int:
        """Eligible participants everywhere."""
        return sum(one.eligible for one in self.states)

    @property
    def recruited(self) -> int:
        """Members everywhere."""
        return sum(one.recruited for one in self.states)


def participation(
    collaborative: str,
    as_of: dt.date,
    eligible: Mapping[str, int],
    members: Iterable[Members],
    answers: Mapping[str, Answer],
) -> Participation:
    """The sums. A member that closed or merged counts no more, so that no state has more members than eligible."""
    recruited: dict[str, int] = defaultdict(int)
    for one in members:
        if one.open and one.recruited_on <= as_of:
            recruited[one.state] += one.number
    states = tuple(
        StateShare(code, row.name, answers[code].qio, eligible.get(code, 0), recruited[code])
        for code, row in sorted(STATES.items())
    )
    unknown = next((answer.source for answer in answers.values() if answer.qio == UNKNOWN), None)
    return Participation(collaborative, as_of, states, _regions(states), unknown)


def _regions(states: tuple[StateShare, ...]) -> tuple[RegionShare, ...]:
    by_network: dict[str, list[StateShare]] = defaultdict(list)
    for one in states:
        if one.network != UNKNOWN:
            by_network[one.network].append(one)
    return tuple(
        RegionShare(
            network,
            tuple(one.state for one in those),
            sum(one.eligible for one in those),
            sum(one.recruited for one in those),
        )
        for network, those in sorted(by_network.items())
    )


def percent(recruited: int, eligible: int) -> int:
    """Whole percent, rounded down, so that 100 means all; 0 of none."""
    return recruited * 100 // eligible if eligible else 0
