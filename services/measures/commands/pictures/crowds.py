"""Facilities of the platform beside one another in one period, those that stand out by name."""

from collections.abc import Sequence
from dataclasses import replace

from services.measures.commands.pictures import build, cohort, platform
from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.sources import Found
from services.measures.domain.panel.measure import Form
from services.measures.pictures import words
from services.measures.pictures.describing import Scene
from services.measures.pictures.funnel import Funnel, Member
from services.measures.pictures.ranking import Bars


def funnel(found: Found, said: Words, period: str | None, own: str | None, goal: str | None, *, widened: bool) -> Scene:
    """The funnel of all of them; names of those that stand out are asked for once it is known who they are."""
    if found.measure is None or found.measure.form is Form.RATIO:
        raise ValueError("a funnel needs events out of an exposure, and this measure has none")
    when, figures = platform.latest(found, period)
    if own is not None and own not in {one.unit for one in figures}:
        raise ValueError(f"own: {own} has no figure of {when}")
    size = "Predicted events" if found.measure.form is Form.STANDARDIZED else "Size of the facility"
    members = build.members_of(figures, own)

    def made(of: Sequence[Member]) -> Funnel:
        return build.funnel(of, said, size, goal, found.measure, subject(found, len(of), said, when), widened=widened)

    scene = made(members)
    far = [spot.name for spot in scene.spots if spot.named]
    known = cohort_of(found, far)
    return made([replace(one, name=known.get(one.name, one.name)) for one in members]) if known else scene


def named(bars: Bars, found: Found) -> Bars:
    """The places that are drawn with the names of their facilities."""
    known = cohort_of(found, [bar.name for bar in bars.bars[: bars.shown]])
    return replace(bars, bars=tuple(replace(bar, name=known.get(bar.name, bar.name)) for bar in bars.bars))


def cohort_of(found: Found, units: Sequence[str]) -> dict[str, str]:
    """What these facilities are called, those of which a name is known."""
    known = found.who.names or cohort.names(units)
    return {unit: words.clean(f"{known[unit]} ({unit})") for unit in units if unit in known}


def subject(found: Found, many: int, said: Words, when: str) -> str:
    """Whose figures they are."""
    of = f" of {found.who.place}" if found.who.place else ""
    whose = said.name or f"{words.counted(many, 'facility', 'facilities')}{of}"
    return f"{whose}, {words.period(when)}"
