"""A chart followed the slow way: everything anew from all points ever told, in fractions, each rule read literally."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.rules import Rule, Side
from services.measures.domain.methods.charts.state import Plan

Key = tuple[str, Rule, Side]
FAR = ((Rule.WE1, 1, 1, 3), (Rule.WE2, 2, 3, 2), (Rule.WE3, 4, 5, 1), (Rule.WE4, 8, 8, 0))


@dataclass
class Slow:
    """What was told, the figures of the baseline in force (None: none is), and since when each signal stands."""

    plan: Plan
    told: list[Point] = field(default_factory=list)
    version: int = 0
    figures: list[tuple[int, Fraction]] | None = None
    centre: Fraction = Fraction(0)
    spread: Fraction = Fraction(1)
    signals: dict[Key, tuple[int, int, dt.datetime]] = field(default_factory=dict)

    def take(self, points: Sequence[Point], now: dt.datetime, plan: Plan) -> list[tuple[object, ...]]:
        """Take points over; what follows, as tuples of words and numbers."""
        self.told += points
        said: list[tuple[object, ...]] = []
        before, self.plan, replanned = self.figures, plan, plan != self.plan
        base = [self.held.get(period) for period in plan.periods]
        figures = [(one.events, one.exposure) for one in base if one is not None and settled(one)]
        self.figures = figures if len(figures) == len(base) and self.limited(figures) else None
        if before is not None and self.figures is None:
            said.append(("withdrawn", self.version))
        if self.figures is not None and (self.figures != before or replanned):
            self.version += 1
            self.centre, self.spread = middle(plan.kind, self.figures)
            said.append(("frozen", self.version, self.centre, self.spread))
        because = "no" if self.figures is None else "restated" if said == [] else "new"
        standing = dict.fromkeys(self.found()) if self.figures is not None else {}
        said += [("retracted", key, because) for key in self.signals if key not in standing]
        said += [("raised", key) for key in standing if key not in self.signals]
        held = {key: (self.held[key[0]].revision, self.version, now) for key in standing}
        self.signals = {key: self.signals.get(key, new) for key, new in held.items()}
        return said

    @property
    def held(self) -> dict[str, Point]:
        """The points that hold, in order of time."""
        best: dict[str, Point] = {}
        for point in sorted(self.told, key=lambda one: (one.revision, not one.provisional, one.events, one.exposure)):
            best[point.period] = point
        return dict(sorted(best.items()))

    def limited(self, figures: Sequence[tuple[int, Fraction]]) -> bool:
        """Whether limits can be made of them."""
        events, exposure = sum(one for one, _ in figures), sum(of for _, of in figures)
        return self.plan.kind is Kind.RUN or (events > 0 and not (self.plan.kind is Kind.P and events == exposure))

    def found(self) -> Iterator[Key]:
        """Every rule that holds at settled points after the baseline."""
        after = [point for point in self.held.values() if settled(point) and point.period > self.plan.last]
        values = [Fraction(point.events) / point.exposure for point in after]
        if self.plan.kind is Kind.RUN:
            assert self.figures is not None
            yield from self.runs([Fraction(events) / of for events, of in self.figures], values, after)
            return
        chance = self.centre * (1 - self.centre) if self.plan.kind is Kind.P else self.centre
        far = []  # squares of the distance in sigma, with the side
        for point, value in zip(after, values, strict=True):
            off = value - self.centre
            far.append(off * abs(off) / (self.spread**2 * chance / point.exposure))
        for place, point in enumerate(after):
            holding: list[tuple[Rule, Side]] = []
            for rule, many, of, sigma in FAR:
                for side, sign in ((Side.HIGH, 1), (Side.LOW, -1)):
                    seen = [sign * square > sigma**2 for square in far[max(0, place - of + 1) : place + 1]]
                    if seen[-1] and sum(seen) >= many:
                        holding.append((rule, side))
            last = values[max(0, place - 5) : place + 1]
            for side, sign in ((Side.HIGH, 1), (Side.LOW, -1)):
                if len(last) == 6 and all(sign * (last[step + 1] - last[step]) > 0 for step in range(5)):
                    holding.append((Rule.N3, side))
            yield from ((point.period, rule, side) for rule, side in holding)

    def runs(self, base: list[Fraction], values: list[Fraction], after: list[Point]) -> Iterator[Key]:
        """Where a run of the median first is too long or crossings too few."""
        for place, point in enumerate(after):
            now, was = (unusual([*base, *values[:many]], self.centre) for many in (place + 1, place))
            if now is not None and was is None:
                yield point.period, Rule.RUNS, now


def settled(point: Point) -> bool:
    return point.exposure > 0 and not point.provisional


def middle(kind: Kind, figures: Sequence[tuple[int, Fraction]]) -> tuple[Fraction, Fraction]:
    """Centre and spread."""
    values = [Fraction(events) / of for events, of in figures]
    if kind is Kind.RUN:
        ordered, half = sorted(values), len(values) // 2
        return (ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2), Fraction(1)
    centre = Fraction(sum(events for events, _ in figures)) / sum(of for _, of in figures)
    if kind is not Kind.U_PRIME:
        return centre, Fraction(1)
    scores = [float(value - centre) / math.sqrt(centre / of) for value, (_, of) in zip(values, figures, strict=True)]
    ranges = [abs(scores[place] - scores[place - 1]) for place in range(1, len(scores))]
    return centre, max(Fraction(1), Fraction(math.fsum(ranges) / len(ranges) / 1.128))


def unusual(values: Sequence[Fraction], centre: Fraction) -> Side | None:
    """The side of the last value off the median, where chance would not run so long or cross so seldom (Anhoej)."""
    sides = [value > centre for value in values if value != centre]
    if not sides:
        return None
    crossings = sum(sides[place] is not sides[place - 1] for place in range(1, len(sides)))
    longest = run = 1
    for place in range(1, len(sides)):
        run = run + 1 if sides[place] is sides[place - 1] else 1
        longest = max(longest, run)
    trials = len(sides) - 1
    least = next(k for k in range(trials + 1) if 20 * sum(math.comb(trials, i) for i in range(k + 1)) >= 2**trials)
    wide = longest > round(math.log2(len(sides))) + 3
    return (Side.HIGH if sides[-1] else Side.LOW) if wide or crossings < least else None
