"""Effects of interventions as they are estimated: when one was flagged first, and when no flag was left."""

import datetime as dt
from typing import Final

from shared.contracts.effects import EffectEstimated
from shared.records.kinds import Kind, Record


class Effect(Record):
    """Of an intervention and a measure the highest revision; ``turned`` is the one that set the first flag or took the
    last away, 0 where none ever did."""

    id: str
    revision: int
    flagged: bool
    turned: int = 0


def effect_id(event: EffectEstimated) -> str:
    """The id of the effect an event is about."""
    return f"{event.intervention}|{event.measure}"


def flagged(effect: Effect | None, event: EffectEstimated) -> bool:
    """Whether it is by this estimate that the intervention is flagged."""
    return effect is not None and effect.turned == event.revision and bool(event.flags)


def cleared(effect: Effect | None, event: EffectEstimated) -> bool:
    """Whether it is by this estimate that the intervention is flagged no more."""
    return effect is not None and effect.turned == event.revision and not event.flags


def _evolve(before: Effect | None, event: EffectEstimated, at: dt.datetime) -> Effect:
    del at
    held = before or Effect(id=effect_id(event), revision=0, flagged=False)
    if event.revision <= held.revision:
        return held
    now = bool(event.flags)
    turned = event.revision if now is not held.flagged else held.turned
    return Effect(id=held.id, revision=event.revision, flagged=now, turned=turned)


EFFECT: Final = Kind(
    name="roster-effect",
    state=Effect,
    events=(EffectEstimated,),
    id_of=effect_id,
    evolve=_evolve,
    topic=None,
)
