"""Charts through time, one of each unit: as the platform follows them, or made of figures, or goal lines."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.measures.commands.pictures import build, followed
from services.measures.commands.pictures.followed import Followed
from services.measures.commands.pictures.options import Words
from services.measures.commands.pictures.sending import Made, of_each
from services.measures.commands.pictures.sources import Found
from services.measures.commands.pictures.wanted import Asked
from services.measures.pictures import control
from services.measures.pictures.describing import Scene


class Look(StrEnum):
    """What kind of chart."""

    CONTROL = "control"
    RUN = "run"
    FUNNEL = "funnel"
    GOAL = "goal"
    DISPARITY = "disparity"


@dataclass(frozen=True, slots=True)
class Line:
    """What was said of a chart through time."""

    look: Look
    baseline: str | None
    goal: str | None
    by: str | None
    prime: bool

    @property
    def as_followed(self) -> bool:
        """Whether nothing asks for another chart than the platform's own."""
        return self.look is Look.CONTROL and self.baseline is None and not self.prime


def each(found: Found, said: Words, line: Line, asked: Asked) -> Made:
    """The chart of every unit. Units that the platform follows have its baseline, its versions and its signals."""
    if found.measure is not None and found.measure.spans > 1 and line.look is not Look.GOAL:
        raise ValueError("periods of this measure share their data, so a chart would signal by itself: use --as goal")
    known: Mapping[str, Followed] = {}
    if found.measure is not None and found.units and line.as_followed and asked.every is None:
        known = followed.charts(found.measure.id, list(found.units))

    def scene(unit: str) -> Scene:
        about = said.about(found.called(unit), found.measure)
        if line.look is Look.GOAL:
            return build.goal_line(found.units[unit], about, found.measure, line.goal, _day(line.by))
        if unit in known:
            state, past = known[unit]
            return control.chart(state, about, build.goal_of(found.measure, line.goal), past)
        kind = build.kind_of(found.measure, share=said.share, run=line.look is Look.RUN, prime=line.prime)
        return build.control_chart(found.units[unit], about, kind, found.measure, line.baseline, line.goal)

    return of_each(list(found.units), scene, found.missing)


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("by must be a day such as 2018-03-31") from None
