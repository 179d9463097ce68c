"""What changed with an intervention as a scene: those with it, those without, and what may be said of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.measures.domain.methods.charts.points import named
from services.measures.domain.methods.effects import Effect, Wording
from services.measures.domain.methods.verdict import Verdict
from services.measures.pictures import words
from services.measures.pictures.told import About, Told, settled, told

ALONE = "Nobody else is compared: what changed goes along with the intervention and need not come of it."


@dataclass(frozen=True, slots=True)
class Group:
    """Values by period of those with or without the intervention, and their name."""

    name: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Path:
    """A line through places with a value."""

    words: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``paths``: those with the intervention, then those without, or what the time before leads on to; ``begin`` is
    the place of the first period with it."""

    told: Told
    x: str
    y: str
    ticks: tuple[str, ...]
    paths: tuple[Path, ...]
    begin: int
    begin_words: str


def change(groups: Sequence[Group], first_after: str, verdict: Verdict, about: About, meaning: str) -> Change:
    """The group with the intervention first; ``impact`` is said only where the effect has a comparison group.

    ``meaning`` says what the number of the effect is.
    """
    alone = verdict.effect.wording is Wording.ASSOCIATION
    remarks = (verdict.sentence, words.clean(meaning))
    return drawn(groups, first_after, about, _headline(verdict, about), remarks, (ALONE,) if alone else ())


def drawn(
    groups: Sequence[Group],
    first_after: str,
    about: About,
    headline: str,
    remarks: Iterable[str],
    notes: Iterable[str] = (),
) -> Change:
    """The same with words that somebody else found, who answers for them."""
    known = sorted({period for group in groups for period in group.values})
    if not known or not known[0] <= first_after <= known[-1]:
        raise ValueError(f"period {first_after}: the first with the intervention is not among the values")
    ticks = named(known[0], known[-1])
    places = {period: place for place, period in enumerate(ticks)}
    return Change(
        told=told(
            about,
            headline,
            status=settled(0),
            remarks=remarks,
            notes=notes,
        ),
        x=words.kind_of_period(ticks[0]),
        y=words.clean(about.axis, 60),
        ticks=tuple(words.period(period) for period in ticks),
        paths=tuple(
            Path(
                words.clean(group.name),
                tuple((places[period], group.values[period]) for period in sorted(group.values)),
            )
            for group in groups
        ),
        begin=places[first_after],
        begin_words=f"Intervention from {words.period(first_after)}",
    )


def _headline(verdict: Verdict, about: About) -> str:
    return headline_of(verdict.effect, about)


def headline_of(effect: Effect, about: About) -> str:
    """What an effect may be called, and which way it goes; ``impact`` only beside others."""
    word = effect.wording.value
    if not effect.clear:
        return f"No clear {word} of the intervention" if effect.comparison else "No clear change with the intervention"
    way = about.better.of(high=effect.estimate > effect.none)
    if effect.comparison is None:
        return f"A change for the {way} goes along with the intervention ({word})"
    return f"{word.capitalize()} of the intervention: for the {way}"
