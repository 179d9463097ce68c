"""Rows of control charts and of the effects of interventions: what began to signal, and what was said too early.

However many rules hold at a period of a chart, its change one way is one alert, and no other follows before it was
corrected; nobody hears twice of an intervention that stays flagged.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from services.notifications.domain.roster.charts import CHART, FACILITIES, chart_id, turned
from services.notifications.domain.roster.communities import COMMUNITY
from services.notifications.domain.roster.effects import EFFECT, cleared, effect_id, flagged
from services.notifications.domain.roster.facilities import FACILITY
from services.notifications.domain.roster.measures import measure_in_words, period_in_words
from services.notifications.domain.rules import places, recipients
from services.notifications.domain.rules.row import THREE_DAYS, Condition, NoticeRule
from shared.contracts.effects import EffectEstimated
from shared.contracts.signals import SignalRaised, SignalRetracted
from shared.records.deciding import Held

_MONTH: Final = dt.timedelta(days=30)
_UNITS: Final = frozenset((*FACILITIES, "community"))
# The rules of the charts (Western Electric, Nelson, Anhoej), for somebody who looks at the picture.
_RULES: Final[Mapping[str, str]] = {
    "WE1": "a value more than 3 sigma {side} the center line",
    "WE2": "2 of 3 values more than 2 sigma {side} the center line",
    "WE3": "4 of 5 values more than 1 sigma {side} the center line",
    "WE4": "8 values in a row {side} the center line",
    "N3": "6 values in a row, each {than} than the one before",
    "RUNS": "a longer run {side} the median, or fewer crossings of it, than chance gives",
}
_SIDES: Final[Mapping[str, Mapping[str, str]]] = {
    "high": {"side": "above", "than": "higher"},
    "low": {"side": "below", "than": "lower"},
}


def _place(event: SignalRaised | SignalRetracted, held: Held) -> dict[str, str]:
    """Who signs, and the name of the place."""
    if event.unit_type == "community":
        community = held.get(COMMUNITY, event.unit)
        name, states = (community.name, community.states) if community else ("", ())
    else:
        facility = held.get(FACILITY, event.unit)
        name, state = (facility.get("name"), facility.get("state")) if facility else ("", "")
        states = (state,) if state else ()
    qio = places.qin_of(held, states, _at(event).date())
    return {"qio_name": qio, "place_name": name or event.unit}


def _at(event: SignalRaised | SignalRetracted) -> dt.datetime:
    return event.raised_at if isinstance(event, SignalRaised) else event.retracted_at


def _signal(event: SignalRaised | SignalRetracted, held: Held) -> dict[str, str]:
    pattern = _RULES[event.rule].format_map(_SIDES[event.side])
    facts = {
        **_place(event, held),
        "measure_name": measure_in_words(event.measure),
        "period": period_in_words(event.period),
        "signal": f"{pattern}; a change for the {event.direction}",
    }
    return facts | ({"reason": event.because} if isinstance(event, SignalRetracted) else {})


def _signal_once(event: SignalRaised | SignalRetracted) -> str:
    word = "raised" if isinstance(event, SignalRaised) else "retracted"
    return f"signal|{word}|{chart_id(event)}|{event.period}|{event.rule}|{event.side}|{_at(event).isoformat()}"


def _turned(event: SignalRaised | SignalRetracted, held: Held) -> bool:
    return turned(held.get(CHART, chart_id(event)), event)


def _of_chart(event: SignalRaised | SignalRetracted) -> tuple[str, ...]:
    return (CHART.key(chart_id(event)), *recipients.about_unit(event.unit))


def _effect(event: EffectEstimated, held: Held) -> dict[str, str]:
    known = held.get(COMMUNITY, event.community)
    states = known.states if known else ()
    return {
        "qio_name": places.qin_of(held, states, event.estimated_at.date()),
        "place_name": known.name if known else event.community,
        "measure_name": measure_in_words(event.measure),
        "intervention": event.intervention,
        "finding": event.sentence,
    }


def _of_effect(event: EffectEstimated) -> tuple[str, ...]:
    return (EFFECT.key(effect_id(event)), *recipients.about_community(event))


def _effect_once(event: EffectEstimated) -> str:
    return f"effect|{effect_id(event)}|{event.revision}"


_SIGNAL: Final[Mapping[str, Any]] = {
    "to": (recipients.LEAD_OF_CHART, recipients.STAFF_OF_CHART),
    "facts": _signal,
    "subject": lambda event: event.unit,
    "reads": _of_chart,
    "once_per": _signal_once,
    "term": THREE_DAYS,
    "stale_after": _MONTH,
}
_EFFECT: Final[Mapping[str, Any]] = {
    "event": EffectEstimated,
    "to": (recipients.LEAD, recipients.STAFF_OF_COMMUNITY),
    "facts": _effect,
    "subject": recipients.community_of,
    "reads": _of_effect,
    "once_per": _effect_once,
    "term": THREE_DAYS,
    "stale_after": _MONTH,
}


def _is_place(event: SignalRaised | SignalRetracted) -> bool:
    return event.unit_type in _UNITS


ROWS: Final = (
    NoticeRule(
        event=SignalRaised,
        when=Condition(
            "a facility or community, the first rule of its period and direction, at most 18 months after the period",
            _is_place,
            _turned,
        ),
        notice="SIGNAL_ALERT",
        **_SIGNAL,
    ),
    NoticeRule(
        event=SignalRetracted,
        when=Condition("no rule of the period and direction holds any more, and that was told", _is_place, _turned),
        notice="SIGNAL_RETRACTED",
        **_SIGNAL,
    ),
    NoticeRule(
        when=Condition(
            "flagged, and was not before", given=lambda event, held: flagged(held.get(EFFECT, effect_id(event)), event)
        ),
        notice="EFFECT_ALERT",
        **_EFFECT,
    ),
    NoticeRule(
        when=Condition("flagged no more", given=lambda event, held: cleared(held.get(EFFECT, effect_id(event)), event)),
        notice="EFFECT_CLEARED",
        **_EFFECT,
    ),
)
