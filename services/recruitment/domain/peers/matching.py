"""Ranks those whom a facility could learn from: who consents to teach, and has solved what it struggles with.

What counts are the figures of one measure of the topic: how well each does now, and how much better than a year
before; then how alike they are. They say who may have something to teach, never why a figure changed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.peer_terms import MatchReason, PeerFigure, PeerScope, Side, WhyMatched

# Points of at most 100: what it reached now, how far it came within a year, then likeness; our own weights.
_NOW: Final = 40
_GAIN: Final = 40
_SETTING: Final = 10
_SIZE: Final = 10
# The better quarter performs well; two are of similar size where the smaller has two thirds of the larger.
_WELL: Final = Decimal("0.75")
_SIMILAR: Final = Decimal(2) / 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the measure; ``tellable``: no small number can be worked out from it."""

    period: str
    value: Decimal
    tellable: bool


@dataclass(frozen=True, slots=True)
class Peer:
    """A facility as the match sees it; ``now`` is its latest figure, ``before`` the one a year earlier, if any."""

    participant: str
    setting: Setting
    state: str
    beds: int | None
    before: Figure | None
    now: Figure | None
    scopes: frozenset[PeerScope]


@dataclass(frozen=True, slots=True)
class Match:
    """A possible teacher, with the reasons; ``points`` order matches of one learner and mean nothing else."""

    participant: str
    state: str
    points: int
    reasons: tuple[MatchReason, ...]
    figures: tuple[PeerFigure, ...]


class _Weighed(NamedTuple):
    points: int
    well: bool
    improved: bool
    alike: bool
    similar: bool


def match(learner: Peer, others: Iterable[Peer], *, higher_is_better: bool, limit: int = 10) -> tuple[Match, ...]:
    """Teachers for a learner, the best first; equal ones by id. Nobody where the learner has not consented to learn.

    Only who consents to teach and has a figure is looked at; where the learner has one too, only who does better.
    Figures are among the reasons where their owner shares them and they are tellable.
    """
    if PeerScope.LEARN_FROM_PEERS not in learner.scopes:
        return ()
    sign = 1 if higher_is_better else -1
    teachers = [one for one in others if one.now is not None and PeerScope.TEACH_PEERS in one.scopes]
    teachers = [one for one in teachers if one.participant != learner.participant]
    reached = sorted(_reached(one, sign) for one in teachers)
    gains = sorted(gain for one in teachers if (gain := _gain(one, sign)) is not None and gain > 0)
    weighed = [
        (_weighed(learner, one, _share(_reached(one, sign), reached), _gain_share(one, sign, gains)), one)
        for one in teachers
        if learner.now is None or _reached(one, sign) > sign * learner.now.value
    ]
    best = sorted(weighed, key=lambda pair: (-pair[0].points, pair[1].participant))[:limit]
    return tuple(_matched(learner, one, found) for found, one in best)


def _reached(one: Peer, sign: int) -> Decimal:
    assert one.now is not None, "who teaches has a figure"
    return sign * one.now.value


def _gain(one: Peer, sign: int) -> Decimal | None:
    if one.before is None or one.now is None:
        return None
    return sign * (one.now.value - one.before.value)


def _gain_share(one: Peer, sign: int, gains: Sequence[Decimal]) -> Decimal:
    gain = _gain(one, sign)
    return Decimal(0) if gain is None or gain <= 0 else _share(gain, gains)


def _share(value: Decimal, among: Sequence[Decimal]) -> Decimal:
    """The share of sorted values (of which this is one) that are not above it."""
    return Decimal(bisect_right(among, value)) / len(among)


def _weighed(learner: Peer, one: Peer, well: Decimal, gained: Decimal) -> _Weighed:
    size = _size(learner, one)
    alike = learner.setting is one.setting
    points = _NOW * well + _GAIN * gained + (_SETTING if alike else 0) + _SIZE * size
    return _Weighed(int(points), well >= _WELL, gained > 0, alike, size >= _SIMILAR)


def _matched(learner: Peer, one: Peer, found: _Weighed) -> Match:
    whys = {
        WhyMatched.BETTER_NOW: learner.now is not None,
        WhyMatched.IMPROVED: found.improved,
        WhyMatched.PERFORMS_WELL: found.well,
        WhyMatched.SAME_SETTING: found.alike,
        WhyMatched.SIMILAR_SIZE: found.similar,
    }
    # With no figure of its own a learner is matched with whoever there is, which staff are told in words.
    reasons = tuple(MatchReason(why=why) for why, holds in whys.items() if holds) or (_ANY,)
    figures = (*_told(learner, Side.LEARNER), *_told(one, Side.TEACHER))
    return Match(one.participant, one.state, found.points, reasons, figures)


_ANY: Final = MatchReason(why=WhyMatched.JUDGED, words="The one who teaches has a figure of this measure.")


def _size(learner: Peer, one: Peer) -> Decimal:
    if not learner.beds or not one.beds:
        return Decimal(0)
    return Decimal(min(learner.beds, one.beds)) / max(learner.beds, one.beds)


def _told(one: Peer, side: Side) -> Iterator[PeerFigure]:
    if PeerScope.SHARE_FIGURES in one.scopes:
        for figure in (one.before, one.now):
            if figure is not None and figure.tellable:
                yield PeerFigure(of=side, period=figure.period, value=f"{figure.value:f}")
