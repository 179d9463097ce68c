"""Signals of control charts as they stand: which places signalled, and when a period began to signal or ceased to.

Of each signal the latest word holds, whatever the order in which words come. A signal is news for 18 months after its
period: figures settle up to half a year after theirs, and what is older is history that was loaded late.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from services.notifications.domain.roster.measures import last_day
from services.notifications.domain.roster.traits import Trait
from shared.contracts.signals import SignalRaised, SignalRetracted
from shared.records.kinds import Kind, Record

SIGNALLED: Final = "signalled"
FACILITIES: Final = frozenset(("hospital", "nursing_home", "practice", "provider"))
NEWS_FOR: Final = dt.timedelta(days=548)


class Said(Record):
    """The latest word on one rule at one period."""

    period: str
    rule: str
    side: str
    direction: str
    standing: bool
    at: dt.datetime

    @property
    def turn(self) -> str:
        """What of a chart one alert is about, however many rules hold: a period and a direction."""
        return f"{self.period}|{self.direction}"


class Turn(Record):
    """What last made a period signal, or cease to; ``news``: it began to signal while that was news."""

    standing: bool
    rule: str
    side: str
    at: dt.datetime
    news: bool


class Chart(Record):
    """The chart of a measure for a unit: signals by period, rule and side; turns by period and direction."""

    id: str
    measure: str
    unit_type: str
    unit: str
    signals: Mapping[str, Said] = {}
    turns: Mapping[str, Turn] = {}
    traits: tuple[Trait, ...] = ()


def chart_id(event: SignalRaised | SignalRetracted) -> str:
    """The id of the chart an event is about."""
    return f"{event.measure}|{event.unit_type}|{event.unit}"


def turned(chart: Chart | None, event: SignalRaised | SignalRetracted) -> bool:
    """Whether it was this event that made its period signal, or cease to, and people are to hear of that."""
    said = _said(event)
    turn = chart.turns.get(said.turn) if chart else None
    by = (said.standing, said.rule, said.side, said.at)
    return turn is not None and turn.news and by == (turn.standing, turn.rule, turn.side, turn.at)


def _evolve(before: Chart | None, event: SignalRaised | SignalRetracted, at: dt.datetime) -> Chart:
    del at
    held = before or Chart(id=chart_id(event), measure=event.measure, unit_type=event.unit_type, unit=event.unit)
    said = _said(event)
    key = f"{said.period}|{said.rule}|{said.side}"
    known = held.signals.get(key)
    if known is not None and (known.at, not known.standing) >= (said.at, not said.standing):
        return held
    signals = {**held.signals, key: said}
    turns = dict(held.turns)
    if _signals(held.signals, said.turn) is not _signals(signals, said.turn):
        turns[said.turn] = _turn(held.turns.get(said.turn), said)
    changed = held.model_copy(update={"signals": signals, "turns": turns})
    return changed.model_copy(update={"traits": _traits(changed)})


def _said(event: SignalRaised | SignalRetracted) -> Said:
    raised = isinstance(event, SignalRaised)
    return Said(
        period=event.period,
        rule=event.rule,
        side=event.side,
        direction=event.direction,
        standing=raised,
        at=event.raised_at if isinstance(event, SignalRaised) else event.retracted_at,
    )


def _signals(signals: Mapping[str, Said], turn: str) -> bool:
    return any(one.standing for one in signals.values() if one.turn == turn)


def _turn(before: Turn | None, said: Said) -> Turn:
    news = said.at.date() < _news_until(said.period) if said.standing else before is not None and before.news
    return Turn(standing=said.standing, rule=said.rule, side=said.side, at=said.at, news=news)


def _news_until(period: str) -> dt.date:
    return last_day(period) + NEWS_FOR


def _traits(chart: Chart) -> tuple[Trait, ...]:
    """Audiences ask for places that became worse; what has become better needs no campaign."""
    worse = [one.period for one in chart.signals.values() if one.standing and one.direction == "worse"]
    if not worse:
        return ()
    until = max(map(_news_until, worse))
    named = f"measure:{chart.measure}:{SIGNALLED}"
    return tuple(Trait(place=place, trait=named, until=until) for place in _places(chart))


def _places(chart: Chart) -> Iterable[str]:
    if chart.unit_type == "community":
        return (f"community:{chart.unit}", f"coalition:{chart.unit}")
    return (f"facility:{chart.unit}",) if chart.unit_type in FACILITIES else ()


CHART: Final = Kind(
    name="roster-chart",
    state=Chart,
    events=(SignalRaised, SignalRetracted),
    id_of=chart_id,
    evolve=_evolve,
    topic=None,
)
