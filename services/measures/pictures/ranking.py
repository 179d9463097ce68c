"""Rankings as scenes: where infections are to be prevented (TAP), and gaps by the events that could be prevented."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from services.measures.domain.methods.shrinkage import Gap, Ranks
from services.measures.domain.methods.tap import Ranked
from services.measures.pictures import words
from services.measures.pictures.told import About, Told, settled, told

SHOWN: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A place in the ranking. ``cautious`` is the value that is reached nine times of ten, None where not known;
    ``flagged``: worth work. ``own``: whose picture it is."""

    place: int
    name: str
    value: float
    cautious: float | None
    flagged: bool
    words: str
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """``bars`` are all places in order; ``shown`` of them are drawn."""

    told: Told
    x: str
    bars: tuple[Bar, ...]
    shown: int


def tap(rows: Sequence[Ranked], goal: Fraction, about: About, *, provisional: int = 0) -> Bars:
    """Locations or facilities as ranked, most to prevent first; above 0 is more than the goal allows."""
    bars = [
        Bar(
            place=row.place,
            name=words.clean(_name(row)),
            value=float(row.cad),
            cautious=None,
            flagged=row.cad > 0,
            words=_tap_words(row),
        )
        for row in rows
    ]
    above = [bar for bar in bars if bar.flagged]
    most = f": {words.number(sum(bar.value for bar in above))} infections to prevent" if above else ""
    headline = f"{len(above):,} of {len(bars):,} above the goal{most}"
    ratio = words.number(float(goal))
    notes = (
        f"To prevent: observed less predicted times the goal of {ratio} (CDC's cumulative attributable difference).",
        "SIR: observed over predicted, none below 1 predicted. DUR: device days over patient days.",
    )
    return _bars(about, headline, bars, notes, [row.infections.observed for row in rows], provisional)


def gaps(
    found: Sequence[Gap],
    benchmark: float,
    about: About,
    *,
    ranks: Iterable[Ranks] = (),
    counts: Iterable[int] = (),
    provisional: int = 0,
) -> Bars:
    """Gaps as ranked; ``benchmark`` in the unit of the picture. Flagged ones are above it nine times of ten."""
    places = {one.name: one for one in ranks}
    bars = [
        Bar(
            place=gap.place,
            name=words.clean(gap.name),
            value=gap.preventable,
            cautious=gap.cautious,
            flagged=gap.flagged,
            words=_gap_words(gap, places.get(gap.name)),
        )
        for gap in found
    ]
    flagged = [bar for bar in bars if bar.flagged]
    many = words.number(sum(bar.value for bar in flagged))
    headline = (
        f"{len(flagged):,} of {len(bars):,} very likely above the benchmark: {many} to prevent"
        if flagged
        else f"None of {len(bars):,} very likely above the benchmark"
    )
    notes = (
        f"To prevent: events expected above the benchmark of {words.number(benchmark)}, rates drawn to the mean.",
        "The thin line begins where it is 9 times of 10. Solid: above the benchmark with a chance of 90 % or more.",
    )
    return _bars(about, headline, bars, notes, counts, provisional)


def own(bars: Bars, of: Bar, names: Mapping[str, str]) -> Bars:
    """The same for one of them: its own place is always drawn, the last one if it is not among the first."""
    said = [replace(bar, name=names.get(bar.name, bar.name), own=bar.place == of.place and bar.name == of.name)
            for bar in bars.bars]  # fmt: skip
    mine = next(place for place, bar in enumerate(said) if bar.own)
    drawn = (
        said
        if mine < bars.shown
        else [*said[: bars.shown - 1], said[mine], *said[bars.shown - 1 : mine], *said[mine + 1 :]]
    )
    above = "very likely above the benchmark" if of.flagged else "not clearly above the benchmark"
    shown = (
        [f"The first {bars.shown - 1} of {len(said):,} are shown, and its own place."] if mine >= bars.shown else None
    )
    told = replace(
        bars.told,
        headline=f"Place {of.place:,} of {len(said):,}, {above}",
        subject=f"{names.get(of.name, of.name)}, among {bars.told.subject}",
        remarks=bars.told.remarks if shown is None else tuple(shown),
    )
    return replace(bars, told=told, bars=tuple(drawn))


def _bars(
    about: About, headline: str, bars: list[Bar], notes: Iterable[str], counts: Iterable[int], provisional: int
) -> Bars:
    left = len(bars) - SHOWN
    remarks = [f"The first {SHOWN} of {len(bars):,} are shown."] if left > 0 else []
    return Bars(
        told=told(about, headline, status=settled(provisional), remarks=remarks, notes=notes, counts=counts),
        x="Events that could be prevented",
        bars=tuple(bars),
        shown=min(SHOWN, len(bars)),
    )


def _name(row: Ranked) -> str:
    return row.facility if row.location is None else row.location or row.facility


def _tap_words(row: Ranked) -> str:
    parts = [_to_prevent(float(row.cad))]
    parts.append(f"SIR {words.number(float(row.ratio))}" if row.ratio is not None else "no SIR")
    if row.use is not None:
        parts.append(f"DUR {words.number(float(row.use))}")
    return ", ".join(parts)


def _gap_words(gap: Gap, places: Ranks | None) -> str:
    where = f", place {places.low} to {places.high}" if places is not None and places.low < places.high else ""
    return f"{_to_prevent(gap.preventable)}{where}"


def _to_prevent(value: float) -> str:
    shown = words.number(round(abs(value), 2))
    return f"{shown} to prevent" if value > 0 else f"{shown} fewer"
