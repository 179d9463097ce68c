"""Signals of charts in words: those that hold, numbered or not, and those that were taken back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.measures.domain.methods.charts.rules import MEANING, Side
from services.measures.domain.methods.charts.state import Because, ChartState, Signal
from services.measures.pictures import words
from services.measures.pictures.told import About

SHOWN: Final = 3  # signals told on the picture; more cannot be read from afar, the description has all


@dataclass(frozen=True, slots=True)
class Retracted:
    """A signal that was raised and does not hold any more: why, and since when."""

    signal: Signal
    because: Because
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """What a point signals; ``number`` is written beside it, None where words are left to the description.

    ``words`` tell all rules, ``brief`` the first.
    """

    place: int
    number: int | None
    words: str
    brief: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Where a signal was that was taken back, and what it was and why, in words."""

    place: int
    words: str


def marks(state: ChartState, places: Mapping[str, int], about: About) -> tuple[Mark, ...]:
    """By period; numbered are the first and the last ones."""
    found: dict[str, list[Signal]] = defaultdict(list)
    for signal in sorted(state.signals, key=lambda one: (one.period, one.rule)):
        found[signal.period].append(signal)
    numbered = {0, *range(max(0, len(found) - SHOWN + 1), len(found))}
    shown, number = [], 0
    for index, (period, own) in enumerate(found.items()):
        number += index in numbered
        said = [f"{MEANING[one.rule]}, {one.side}, for the {way(one, about)}" for one in own]
        when, more = words.period(period), len(said) - 1
        others = f", and {words.counted(more, 'rule')} more" if more else ""
        brief = f"{when}: {said[0]}{others}"
        shown.append(Mark(places[period], number if index in numbered else None, f"{when}: {'; '.join(said)}", brief))
    return tuple(shown)


def gone(state: ChartState, past: Sequence[Retracted], places: Mapping[str, int]) -> tuple[Gone, ...]:
    """Those that were not raised again since and whose period is shown, each once, the latest first."""
    standing = {signal.key for signal in state.signals}
    latest = {one.signal.key: one for one in past if one.signal.key not in standing and one.signal.period in places}
    return tuple(
        Gone(
            places[one.signal.period],
            f"{words.period(one.signal.period)}: {MEANING[one.signal.rule]}, {one.signal.side}; "
            f"taken back on {one.at.date().isoformat()}, because {one.because.value}",
        )
        for one in sorted(latest.values(), key=lambda one: one.at, reverse=True)
    )


def remarks(shown: Sequence[Mark], back: Sequence[Gone]) -> list[str]:
    """What is said of them on the picture."""
    found = [f"Signal {mark.number}, {mark.brief}" for mark in shown if mark.number is not None]
    left = len(shown) - len(found)
    if left:
        found.append(f"{words.counted(left, 'more point signals', 'more points signal')} (all in the description)")
    if back:
        others = f" (and {words.counted(len(back) - 1, 'other')}, in the description)" if len(back) > 1 else ""
        found.append(f"Grey ring: signal taken back{others}. {back[0].words}")
    return found


def way(signal: Signal, about: About) -> str:
    """Whether it is for the better."""
    return about.better.of(high=signal.side is Side.HIGH)
